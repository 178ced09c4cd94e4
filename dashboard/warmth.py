"""What every first page needs, done before anybody asks."""

from importlib import import_module
from pathlib import Path

import plotly.io
import pyarrow as pa
from streamlit.dataframe_util import convert_arrow_table_to_arrow_bytes

from dashboard import charts, columns, db
from etl import forms

_FRAME = "frame"


def warm_up() -> None:
    """Import, open and ask once; a missing database is not an error here.

    What is imported later is walked by the collector after every rerun, so all the pages' modules come now.
    """
    for module in sorted(Path(__file__).parent.glob("*.py")):
        if module.stem not in ("__init__", _FRAME):
            import_module(f"dashboard.{module.stem}")
    forms.load()
    point = charts.Point("", 2024, "received", 1, "")
    figure = charts.by_year([charts.Series("received", "", [point])], [2024], "", charts.LIGHT)
    plotly.io.to_json(figure, validate=False)
    convert_arrow_table_to_arrow_bytes(pa.Table.from_arrays([columns.of(["text"])], names=["one"]))
    if db.readable():
        for name in ("counties", "labels", "metric_labels"):
            db.query(name)
