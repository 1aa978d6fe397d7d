"""The command line: one file a command."""

from analyzer.cli.application import main

__all__ = ["main"]
