"""A server on this machine that answers as the platform's API does: envelopes, pages, errors."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "token-that-must-not-be-seen"
PAGE = 2
"""Items on a page."""


@dataclass
class Platform:
    """What there is: versions of workflows, with their graphs (None: the platform has none), instances, accounts.

    ``busy``: how many requests are answered with 429 first. ``requests``: paths asked for, in order. ``echo``: refusals quote
    the credentials, as no API should.
    """

    versions: dict[str, dict[str, Any]] = field(default_factory=dict)
    instances: dict[str, Any] = field(default_factory=dict)
    accounts: tuple[str, ...] = ("account1",)
    busy: int = 0
    echo: bool = False
    requests: list[str] = field(default_factory=list)

    def answer(self, path: str, query: dict[str, list[str]], token: str) -> tuple[int, Any]:
        """Status and envelope."""
        self.requests.append(path)
        if self.busy:
            self.busy -= 1
            return 429, failure(10429, "slow down")
        if token != f"Bearer {TOKEN}":
            return 401, failure(10000, f"Authentication error{f' for {token}' if self.echo else ''}")
        parts = path.strip("/").split("/")
        match parts:
            case ["accounts"]:
                return 200, paged([{"id": account, "name": account} for account in self.accounts], query)
            case ["accounts", _, "workflows", name, "versions"] if name in self.versions:
                listed = [version(id_, number) for number, id_ in enumerate(self.versions[name])]
                return 200, paged(listed, query)
            case ["accounts", _, "workflows", name, "versions", id_, "graph"] if id_ in self.versions.get(name, {}):
                return 200, success({**version(id_, 0), "graph": self.versions[name][id_]})
            case ["accounts", _, "workflows", name, "instances", id_] if f"{name}/{id_}" in self.instances:
                return 200, success(self.instances[f"{name}/{id_}"])
            case _:
                return 404, failure(10200, "workflow not found")


def version(id_: str, number: int) -> dict[str, Any]:
    """A version; a greater number is a newer one."""
    created = f"2026-11-{number + 1:02}T00:00:00Z"
    return {
        "id": id_,
        "class_name": "Order",
        "created_on": created,
        "modified_on": created,
        "workflow_id": "w",
        "has_dag": True,
        "language": "javascript",
    }


def success(result: Any, **more: Any) -> dict[str, Any]:
    return {"success": True, "errors": [], "messages": [], "result": result, **more}


def failure(code: int, message: str) -> dict[str, Any]:
    return {"success": False, "errors": [{"code": code, "message": message}], "messages": [], "result": None}


def paged(items: list[Any], query: dict[str, list[str]]) -> dict[str, Any]:
    page = int(query.get("page", ["1"])[0])
    info = {"page": page, "per_page": PAGE, "count": len(items), "total_count": len(items)}
    return success(items[(page - 1) * PAGE : page * PAGE], result_info=info)


@contextmanager
def serving(platform: Platform) -> Iterator[str]:
    """The address at which a platform answers."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            status, body = platform.answer(asked.path, parse_qs(asked.query), self.headers.get("authorization", ""))
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            if status == 429:
                self.send_header("retry-after-ms", "5")
                self.send_header("retry-after", "7")
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
