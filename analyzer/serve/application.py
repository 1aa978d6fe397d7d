"""The web application: the platform's API, the page, and a watch over the files."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from tempfile import TemporaryDirectory

import anyio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from analyzer.serve.envelope import INTERNAL, NO_ROUTE, NOT_ALLOWED, ApiError, failure
from analyzer.serve.guard import guards
from analyzer.serve.history import History
from analyzer.serve.live import Live
from analyzer.serve.platform import Platform
from analyzer.serve.site import Site
from analyzer.serve.watching import watch


def application(live: Live, host: str) -> Starlette:
    """The application that serves a project on a host; it watches the files from its start to its end."""
    folder = TemporaryDirectory(prefix="stepgraph-", ignore_cleanup_errors=True)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        with folder:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(watch, live)
                yield
                tasks.cancel_scope.cancel()

    return Starlette(
        routes=[*Site(live).routes, *Platform(live, History(live.limiter, folder.name)).routes],
        middleware=guards(host),
        exception_handlers={ApiError: _told, HTTPException: _refused, Exception: _failed},
        lifespan=lifespan,
    )


def _told(_: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)
    return failure(error)


def _refused(request: Request, error: Exception) -> Response:
    """What the router refuses: a path that is none, or a method other than GET."""
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        response = failure(ApiError(405, NOT_ALLOWED, f"{request.method} is not allowed: local workflows are read only"))
        response.headers.update(error.headers or {})
        return response
    message = f"Could not route to {request.url.path}, perhaps your object identifier is invalid?"
    return failure(ApiError(error.status_code, NO_ROUTE, message))


def _failed(_: Request, error: Exception) -> Response:
    return failure(ApiError(500, INTERNAL, "workflows.api.error.internal_server"))
