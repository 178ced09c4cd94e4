"""The entry, `streamlit run app.py`: start-up and the frame's place.

The frame stands outside the folder that holds pages/: beside it, a deep link after a restart runs the page without
its filters.
"""

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from dashboard import access
from dashboard.guarding import Guarding
from dashboard.nothing import failed
from dashboard.serving import Serving

if access.exposed():
    sys.exit(
        f"没有设置登录，看板只能在本机开放，不能用地址 {access.exposed()}；设置登录的办法见 docs/operations.md"
    )


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[dict[str, object]]:
    """Import and ask once what every page needs, then take it out of the collector's sight.

    Streamlit collects garbage after every rerun; without the freeze that takes most of a rerun's time.
    """
    from dashboard import warmth

    warmth.warm_up()
    gc.collect()
    gc.freeze()
    yield {}


app = st.App(
    "dashboard/frame.py",
    lifespan=lifespan,
    middleware=[
        Middleware(TrustedHostMiddleware, allowed_hosts=st.get_option("server.allowedHosts") or ["*"]),
        Middleware(Guarding),
        Middleware(Serving),
    ],
    on_script_error=failed,
)
