"""What every first page needs, done before anybody asks."""

from importlib import import_module
from pathlib import Path

import pandas as pd
import plotly.io
from streamlit.dataframe_util import convert_pandas_df_to_arrow_bytes

from dashboard import charts, db
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
    convert_pandas_df_to_arrow_bytes(pd.DataFrame({"one": [1], "two": ["text"]}))
    if db.readable():
        for name in ("counties", "labels", "metric_labels"):
            db.query(name)
