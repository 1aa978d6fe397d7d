"""``stepgraph serve``: workflows in a browser, and the platform's API for them."""

from __future__ import annotations

import argparse

from analyzer.cli.arguments import Commands, add_command, add_reading

LOOPBACK = "127.0.0.1"
PORT = 4747
EXTRA = "serve"
PACKAGES = ("anyio", "starlette", "uvicorn", "watchfiles")
"""What the extra brings."""


def add_parser(commands: Commands) -> None:
    """Adds the command."""
    details = "Files are watched: the page and the platform's read-only API follow them. Needs stepgraph[serve]."
    parser = add_command(commands, "serve", "serve diagrams and the platform's API, live", details)
    parser.add_argument("path", nargs="?", default=".", metavar="PATH", help="a file or folder (default: .)")
    parser.add_argument("--host", default=LOOPBACK, help="address to listen on (default: %(default)s, this machine only)")
    parser.add_argument("--port", type=_port, default=PORT, help="0: a free one (default: %(default)s)")
    parser.add_argument("--open", action="store_true", help="open the page in a browser")
    add_reading(parser, stdin=False)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serves until Ctrl-C."""
    import os

    from analyzer.cli.arguments import options_of
    from analyzer.errors import MissingExtraError, UnreadableFileError

    try:
        from analyzer.serve.server import serve
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package not in PACKAGES:
            raise
        raise MissingExtraError(package, EXTRA) from error
    if not os.path.exists(args.path):
        raise UnreadableFileError(args.path, "no such file or directory")
    serve(args.path, options_of(args), host=args.host, port=args.port, open_page=args.open)
    return 0


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port from 0 to 65535")
    return int(text)
