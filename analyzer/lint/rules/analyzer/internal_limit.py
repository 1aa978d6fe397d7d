"""SG004."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.model import Severity
from analyzer.lint.context import FileContext
from analyzer.lint.rule import Proof, Report, Rule

LIMIT = "SG906"
TOO_DEEP = "too deeply to be followed"
"""How notes of this code end that are about a limit; others are about a function that calls itself."""


class InternalLimit(Rule):
    """A part of the file was too deep or too large for the analyzer.

    ## What it does
    Reports, once a file, the first place at which the analyzer stopped: functions that call functions that call functions,
    more than 64 deep, or more than 20,000 calls in all.

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
        notes = [note for note in file.notes if note.code == LIMIT and note.message.endswith(TOO_DEEP)]
        places = sorted((note.span, note.message) for note in notes if note.span is not None)
        if places:
            span, message = places[0]
            more = f" (and {len(places) - 1} more places)" if len(places) > 1 else ""
            yield Report(span, f"not everything was checked: {message}{more}")
