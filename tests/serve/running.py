"""A running server, and the projects it serves."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

COMMAND = [sys.executable, "-c", "import sys; from analyzer.cli import main; sys.exit(main())", "serve"]
ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
SECONDS = 30.0
"""After which a test gives up; nothing is expected to take so long."""


@dataclass(frozen=True)
class Answer:
    """What a server answers."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Server:
    """A server in a process of its own."""

    process: subprocess.Popen[str]
    port: int
    said: str

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Asks for a path just as it is written."""
        with closing(self._ask(path, method, headers)) as connection, connection.getresponse() as response:
            return Answer(response.status, dict(response.getheaders()), response.read())

    @contextmanager
    def events(self) -> Iterator[Iterator[dict[str, Any]]]:
        """The summaries of the event stream, as they come."""
        with closing(self._ask("/events", "GET", {})) as connection, connection.getresponse() as response:
            assert response.headers["content-type"].startswith("text/event-stream")
            yield (json.loads(line.removeprefix(b"data: ")) for line in response if line.startswith(b"data: "))

    def _ask(self, path: str, method: str, headers: dict[str, str]) -> HTTPConnection:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        return connection

    def stop(self) -> int:
        """Presses Ctrl-C; gives the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(SECONDS)


@contextmanager
def serving(path: str | Path, *arguments: str, **environment: str) -> Iterator[Server]:
    """Serves a path on a free port, unless the arguments name one."""
    command = [*COMMAND, str(path), "--port", "0", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**ENVIRONMENT, **environment}) as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            found = re.search(r"http://[^/ ]+:(\d+)/", said)
            assert found, said
            yield Server(process, int(found[1]), said)
        finally:
            process.kill()


def workflow(name: str, *statements: str) -> str:
    """A TypeScript source with one workflow."""
    body = "".join(f"    {statement}\n" for statement in statements)
    return (
        'import { WorkflowEntrypoint } from "cloudflare:workers";\n'
        f"export class {name} extends WorkflowEntrypoint {{\n  async run(event, step) {{\n{body}  }}\n}}\n"
    )


def do(name: str) -> str:
    """A step."""
    return f'await step.do("{name}", async () => {{}});'
