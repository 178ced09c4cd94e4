"""The page of the original on which something in doubt stands, as a picture."""

import subprocess
import sys
import threading
from collections import OrderedDict

import streamlit as st

from dashboard import db, original
from dashboard.text import t
from etl import places

_PDF = "application/pdf"
_SECONDS = 30
# A page is drawn for as long as somebody settles what stands on it: a few are kept, by filing and page.
_KEPT = 8
_pages: OrderedDict[tuple[str, int], bytes] = OrderedDict()
_lock = threading.Lock()


def show(filing: db.Row, page: int | None) -> None:
    """A fold with the page, drawn when it is opened; nothing for formats that have no pages."""
    if page is None or not _can_draw(filing["media_type"]):
        return
    below = st.expander(
        t("determine.page", n=page), key=f"page.{filing['sha256'][:12]}.{page}", on_change="rerun"
    )
    if not below.open:
        return
    png = page_of(filing, page)
    with below:
        if png is None:
            st.text(t("determine.no_page"))
        else:
            st.image(png, t("determine.page", n=page), width="stretch")


def page_of(filing: db.Row, page: int) -> bytes | None:
    """The page, drawn once for all who look at it; None where the file is gone, or does not give one."""
    key = filing["sha256"], page
    with _lock:
        png = _pages.pop(key, None)
    if png is None:
        data = original.read(filing)
        png = drawn(data, page) if data else None
    if png is not None:
        with _lock:
            _pages[key] = png
            while len(_pages) > _KEPT:
                _pages.popitem(last=False)
    return png


def drawn(data: bytes, page: int) -> bytes | None:
    """The page, counted from 1, as a PNG, drawn by a process of its own; None where that does not succeed."""
    command = [sys.executable, "-m", "etl", "page", str(page)]
    try:
        done = subprocess.run(
            command, cwd=places.ROOT, input=data, capture_output=True, timeout=_SECONDS, check=True
        )
    except subprocess.SubprocessError:
        return None
    return done.stdout


def _can_draw(media_type: str | None) -> bool:
    """Whether a format has pages that can be drawn: a PDF, or a picture."""
    return media_type == _PDF or bool(media_type and media_type.startswith("image/"))
