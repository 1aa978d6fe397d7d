"""Listening, until somebody stops it."""

from __future__ import annotations

import os
import socket
import webbrowser

import uvicorn

from analyzer.api import Options
from analyzer.errors import UsageError
from analyzer.serve.application import application
from analyzer.serve.live import Live
from analyzer.serve.platform import CLIENT_BASE


def serve(path: str, options: Options, *, host: str, port: int, open_page: bool) -> None:
    """Serves a file or folder until Ctrl-C. ``port`` 0: a free one. Raises UsageError if the address cannot be had."""
    listening = _listen(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}"
    live = Live(path, options)
    config = uvicorn.Config(application(live, host), log_config=None, log_level="error", server_header=False, ws="none")
    try:
        _Server(config, live, path, address, open_page).run(sockets=[listening])
    except KeyboardInterrupt:
        return
    finally:
        listening.close()


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
        return socket.create_server((host, port), family=family)
    except socket.gaierror as error:
        raise UsageError(f"cannot listen on {host}: {error.strerror}") from error
    except OSError as error:
        free = "; --port 0 takes a free one" if port else ""
        raise UsageError(f"cannot listen on {host} port {port}: {os.strerror(error.errno or 0)}{free}") from error


class _Server(uvicorn.Server):
    """Says where it is once it listens, and ends the streams of events before it waits for answers to end."""

    def __init__(self, config: uvicorn.Config, live: Live, path: str, address: str, open_page: bool) -> None:
        super().__init__(config)
        self._live, self._path, self._address, self._open_page = live, path, address, open_page

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print(f"{self._path} is served at {self._address}/ and {self._address}{CLIENT_BASE}; Ctrl-C stops", flush=True)
        if self._open_page:
            webbrowser.open(f"{self._address}/")

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._live.close()
        await super().shutdown(sockets)
