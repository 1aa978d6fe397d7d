"""Standard output and error: encoding, colour, and a reader that went away."""

from __future__ import annotations

import argparse
import io
import os
import sys


def prepare_output() -> None:
    """Makes standard output UTF-8 with plain line ends, whatever the locale: the same source gives the same bytes."""
    match sys.stdout:
        case io.TextIOWrapper() as stream:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def discard_output() -> None:
    """Points standard output nowhere, so that the interpreter's last flush into a closed pipe says nothing."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def use_color(args: argparse.Namespace) -> bool:
    """Whether standard output is to be coloured: as ``--color`` says, else on a terminal unless NO_COLOR is set."""
    if args.color != "auto":
        return bool(args.color == "always")
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def read_bytes(path: str) -> bytes:
    """What is in a file, or on standard input for ``-``. Raises UnreadableFileError."""
    if path == "-":
        return sys.stdin.buffer.read()
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        from analyzer.errors import UnreadableFileError

        raise UnreadableFileError(path, error.strerror or "cannot be read") from error


def complain(message: str) -> None:
    """Prints a line on standard error."""
    print(message, file=sys.stderr)
