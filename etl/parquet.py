"""Tables as Parquet, for programs."""

from collections.abc import Sequence
from io import BytesIO

import pyarrow as pa
from pyarrow import parquet

from etl.export import Rows


def written(heads: Sequence[str], rows: Rows, title: str = "") -> bytes:
    """A Parquet file with the heads as column names; types follow the values. A `title` is in its metadata."""
    columns = list(zip(*rows, strict=True)) or [()] * len(heads)
    table = pa.table(dict(zip(heads, map(pa.array, columns), strict=True)))
    if title:
        table = table.replace_schema_metadata({"title": title})
    file = BytesIO()
    parquet.write_table(table, file, compression="zstd")
    return file.getvalue()
