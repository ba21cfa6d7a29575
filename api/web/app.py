"""The web application: routers, security headers, static files."""

from __future__ import annotations

import os
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib.resources import files

from fastapi import Depends, FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles

from api.home.session import Session
from api.home.uploads import MOST_MB
from api.web import errors
from api.web.access import Access, cookie_name, same_site
from api.web.body_limit import BodyLimit
from api.web.routers import data, documents, matching, pages, papers, recruiting, review
from api.web.routers import files as downloads
from api.web.routers.plan import filing, leads, plan_text, progress, tasks
from api.web.routers.workbench import (
    chain_map,
    changes,
    comparing,
    edit,
    edit_grid,
    edit_withdraw,
    graph,
    query,
    regions,
    search,
    visits,
)
from api.web.workers import Workers
from graph.version import __version__

# No inline script or style, nothing from another host; the mind map runs in a sandboxed frame.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",  # no-referrer would hide from us, too, which site a form comes from
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# FastAPI silences this where it makes a field, but requests are built later, when they are first read.
warnings.filterwarnings("ignore", message="The 'alias' attribute with value")
COOKIE_AGE = 30 * 24 * 3600
ROUTERS = (
    documents.router,
    documents.command_router,
    downloads.router,
    pages.router,
    chain_map.router,
    review.router,
    recruiting.router,
    matching.router,
    progress.router,
    filing.router,
    leads.router,
    visits.router,
    tasks.router,
    data.router,
    data.api_router,
    plan_text.router,
    plan_text.api_router,
    papers.router,
    changes.router,
    search.router,
    regions.router,
    query.router,
    query.api_router,
    graph.router,
    edit.router,
    comparing.router,
    edit_grid.router,
    edit_withdraw.router,
)


def create_app(session: Session, access: Access) -> FastAPI:
    """The application for one open home and the tokens of this start."""
    workers = Workers()
    session.draw = workers.draw

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        async with workers:
            yield

    app = FastAPI(title="链谱", version=__version__, openapi_url=None, lifespan=life)
    app.state.session, app.state.access, app.state.workers = session, access, workers
    errors.install(app)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=str(files("api") / "web" / "static")), name="static")

    app.add_middleware(BodyLimit, most_mb=MOST_MB + 1)  # with room for what stands round the files

    @app.middleware("http")
    async def _headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.query_params.get("token") == access.token:
            response.set_cookie(
                cookie_name(request), access.token, max_age=COOKIE_AGE, httponly=True, samesite="strict", path="/"
            )
        return response

    @app.get("/api/openapi.json", include_in_schema=False, dependencies=[Depends(same_site)])
    def _openapi() -> dict[str, object]:
        return app.openapi()

    @app.get("/healthz", include_in_schema=False, dependencies=[Depends(same_site)])
    async def _health() -> dict[str, object]:
        return {"ok": True, "pid": os.getpid()}

    return app
