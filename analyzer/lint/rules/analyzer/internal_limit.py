"""SG004."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.model import Severity
from analyzer.lint.context import FileContext
from analyzer.lint.rule import Proof, Report, Rule

LIMIT = "SG906"


class InternalLimit(Rule):
    """A part of the file was too deep or too large for the analyzer.

    ## What it does
    Reports, once a file, the first place at which the analyzer stopped: code nested too deeply, calls of calls of calls, a
    function too large to be drawn where it is called.

    ## Why it is bad
    What is behind that place was not checked. `stepgraph graph --coverage` lists all such places.

    ## Use instead
    Smaller functions, and fewer levels of calls between `run` and a step.
    """

    code = "SG004"
    name = "internal-limit"
    severity = Severity.WARNING
    proof = Proof.SOURCE

    def _check(self, file: FileContext) -> Iterator[Report]:
        places = sorted((note.span, note.message) for note in file.notes if note.code == LIMIT and note.span is not None)
        if places:
            span, message = places[0]
            more = f" (and {len(places) - 1} more places)" if len(places) > 1 else ""
            yield Report(span, f"not everything was checked: {message}{more}")
