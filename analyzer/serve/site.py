"""The page, what it is made of, and the stream of events that keeps it up to date."""

from __future__ import annotations

from collections.abc import AsyncIterator
from importlib.resources import files

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from analyzer.output.diagrams.viewer import asset, page, viewer_data
from analyzer.payload.text import canonical
from analyzer.serve.envelope import NO_ROUTE, ApiError
from analyzer.serve.live import Live
from analyzer.serve.snapshot import Served
from analyzer.serve.summary import summary_text

RETRY = 1_000
"""Milliseconds after which a browser that lost the stream asks for it again."""

_SCRIPT, _STYLE, _STREAM = "text/javascript", "text/css", "text/event-stream"
_ASSETS = {"viewer.js": _SCRIPT, "live.js": _SCRIPT, "viewer.css": _STYLE, "live.css": _STYLE}
_OWN = ("live.js", "live.css")


class Site:
    """Serves the viewer and what it shows. No path of a request becomes a path of a file: assets are a fixed few."""

    def __init__(self, live: Live) -> None:
        self._live = live

    @property
    def routes(self) -> list[Route]:
        """The routes."""
        return [
            Route("/", self.page),
            Route("/events", self.events),
            Route("/views/{name}", self.view),
            *(Route(f"/{name}", self.asset) for name in _ASSETS),
        ]

    async def page(self, request: Request) -> Response:
        """The page."""
        scripts, styles = ("viewer.js", "live.js"), ("viewer.css", "live.css")
        return HTMLResponse(page("stepgraph", scripts=scripts, styles=styles))

    async def asset(self, request: Request) -> Response:
        """A script or a style sheet."""
        name = request.url.path.removeprefix("/")
        text = files(__package__).joinpath(name).read_text(encoding="utf-8") if name in _OWN else asset(name)
        return Response(text, media_type=_ASSETS[name])

    async def view(self, request: Request) -> Response:
        """What the viewer shows of one workflow."""
        served = (await self._live.current()).named(request.path_params["name"])
        if served is None or served.subject is None:
            raise ApiError(404, NO_ROUTE, "there is no graph of this name")
        text = await anyio.to_thread.run_sync(_view, served, limiter=self._live.limiter)
        return Response(text, media_type="application/json")

    async def events(self, request: Request) -> Response:
        """The summary of the project, now and whenever it changes, as server-sent events."""
        if request.method == "HEAD":
            return Response(media_type=_STREAM)
        return StreamingResponse(self._events(), media_type=_STREAM)

    async def _events(self) -> AsyncIterator[str]:
        yield f"retry: {RETRY}\n\n"
        async for snapshot in self._live.follow():
            text = await anyio.to_thread.run_sync(summary_text, self._live.path, snapshot, limiter=self._live.limiter)
            yield f"id: {snapshot.digest}\ndata: {text}\n\n"


def _view(served: Served) -> str:
    assert served.subject is not None
    return canonical(viewer_data(served.subject))
