"""The platform's read-only API of workflows and their versions, for local sources."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from analyzer.serve.envelope import MALFORMED, NO_ROUTE, WORKFLOW_NOT_FOUND, ApiError, page_of, success, success_page
from analyzer.serve.history import History, Version, current_version
from analyzer.serve.live import Live
from analyzer.serve.snapshot import Served

CLIENT_BASE = "/client/v4"
"""The path under which clients of the platform expect its API."""

STATUSES = (
    "complete", "errored", "paused", "queued", "rollingBack", "running", "terminated", "waiting", "waitingForPause",
)  # fmt: skip
"""Of instances, of which there are none here."""


class Platform:
    """Answers by what is live, and by the history of its files. Any account has the same workflows: those of the project."""

    def __init__(self, live: Live, history: History) -> None:
        self._live, self._history = live, history

    @property
    def routes(self) -> list[Route | Mount]:
        """The routes, at the root and under the path that clients use."""
        one = "/accounts/{account_id}/workflows/{workflow_name}"
        routes = [
            Route("/accounts/{account_id}/workflows", self.list_workflows),
            Route(one, self.get_workflow),
            Route(f"{one}/versions", self.list_versions),
            Route(f"{one}/versions/{{version_id}}", self.get_version),
            Route(f"{one}/versions/{{version_id}}/graph", self.get_graph),
        ]
        return [*routes, Mount(CLIENT_BASE, routes=routes)]

    async def list_workflows(self, request: Request) -> Response:
        """A page of the workflows whose name holds what ``search`` says."""
        page = page_of(request.query_params)
        wanted = request.query_params.get("search", "").lower()
        found = [served for served in (await self._live.current()).workflows if wanted in served.name.lower()]
        return success_page([_workflow(served) for served in page.of(found)], page, len(found))

    async def get_workflow(self, request: Request) -> Response:
        """One workflow."""
        return success(_workflow(await self._served(request)))

    async def list_versions(self, request: Request) -> Response:
        """A page of the versions of a workflow, newest first."""
        page = page_of(request.query_params)
        served = await self._served(request)
        versions = await self._history.versions(served)
        return success_page([_version(served, version) for version in page.of(versions)], page, len(versions))

    async def get_version(self, request: Request) -> Response:
        """One version."""
        served = await self._served(request)
        return success(_version(served, await self._asked_version(served, request)))

    async def get_graph(self, request: Request) -> Response:
        """The graph of a version."""
        served = await self._served(request)
        version = await self._asked_version(served, request)
        return success({**_dated(served, version), "graph": version.document})

    async def _served(self, request: Request) -> Served:
        name = request.path_params["workflow_name"]
        served = (await self._live.current()).named(name)
        if served is None:
            raise ApiError(404, WORKFLOW_NOT_FOUND, "workflows.api.error.workflow.not_found")
        return served

    async def _asked_version(self, served: Served, request: Request) -> Version:
        asked = _uuid(request.path_params["version_id"])
        now = current_version(served)
        if asked == now.id:  # asked for again and again by those who follow it: without a look into git
            return now
        for version in await self._history.versions(served):
            if version.id == asked:
                return version
        message = f"Could not route to {request.url.path}, perhaps your object identifier is invalid?"
        raise ApiError(404, NO_ROUTE, message)


def _workflow(served: Served) -> dict[str, object]:
    return {
        "id": served.id,
        "name": served.name,
        "class_name": served.class_name,
        "script_name": served.script_name,
        "created_on": _time(served.created_on),
        "modified_on": _time(served.modified_on),
        "triggered_on": None,
        "instances": dict.fromkeys(STATUSES, 0),
    }


def _version(served: Served, version: Version) -> dict[str, object]:
    return {
        **_dated(served, version),
        "has_dag": version.document is not None,
        "language": served.language.value,
        "limits": {"steps": served.step_limit},
    }


def _dated(served: Served, version: Version) -> dict[str, object]:
    return {
        "id": version.id,
        "class_name": served.class_name,
        "created_on": _time(version.created_on),
        "modified_on": _time(version.modified_on),
        "workflow_id": served.id,
    }


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _uuid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise ApiError(400, MALFORMED, f"version_id must be a UUID, not {text!r}") from None
