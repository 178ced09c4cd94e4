"""Small figures behind figures of full size on printed pages: notes' marks, unless they are recognised in a picture."""

import pytest

from etl.readers.geometry.glyphs import Glyph
from etl.readers.geometry.marks import without_marks


@pytest.mark.parametrize(("run", "kept"), [(1, "5"), (0, "51")])
def test_a_small_figure_is_a_mark_but_not_beside_what_was_recognised_as_a_tall_one(
    run: int, kept: str
) -> None:
    glyphs = [Glyph("5", 100, 105, 192, 208, run), Glyph("1", 105, 110, 195, 205, run)]
    assert "".join(glyph.text for glyph in without_marks(glyphs)) == kept
