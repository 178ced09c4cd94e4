"""What every first page needs, done before anybody asks."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import charts, db
from etl import forms


def warm_up() -> None:
    """Import, open and ask once; a missing database is not an error here."""
    forms.load()
    point = charts.Point("", 2024, "received", 1, "")
    figure = charts.by_year([charts.Series("received", "", [point])], [2024], "", charts.LIGHT)
    go.Figure(figure).to_json()
    pd.DataFrame({"one": [1]}).dtypes.items()
    if db.build():
        db.query("counties")
        db.query("labels")
