"""SG003."""

from __future__ import annotations

from analyzer.graph.model import Severity
from analyzer.lint.rule import NotedRule, Proof


class UnreadableFile(NotedRule):
    """A file cannot be read as source.

    ## What it does
    Reports files that were named, or found below a folder, and that are missing, binary, larger than `max-size`, or not
    UTF-8.

    ## Why it is bad
    Nothing in the file was checked.

    ## Use instead
    UTF-8 text without NUL characters. Larger files are read with `--max-size`.
    """

    code = "SG003"
    name = "unreadable-file"
    severity = Severity.ERROR
    proof = Proof.SOURCE
