"""The entry, `streamlit run app.py`: start-up and the frame's place.

The frame stands outside the folder that holds pages/: beside it, a deep link after a restart runs the page without
its filters.
"""

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
    """Import and ask once what every page needs, and keep the collector of garbage from looking at all of it."""
    from dashboard import garbage, warmth

    warmth.warm_up()
    async with garbage.kept_small():
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
