"""SG002."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.model import Severity
from analyzer.lint.context import FileContext
from analyzer.lint.rule import Proof, Report, Rule
from analyzer.lint.words import did_you_mean


class UnknownCodeInSuppression(Rule):
    """A comment names a rule that does not exist.

    ## What it does
    Reports codes and names in `stepgraph-ignore` comments that are those of no rule.

    ## Why it is bad
    The comment silences nothing.

    ## Example
    ```ts
    step.do("audit", async () => audit()); // stepgraph-ignore SG2001: nobody needs the result
    ```

    ## Use instead
    ```ts
    step.do("audit", async () => audit()); // stepgraph-ignore SG201: nobody needs the result
    ```
    """

    code = "SG002"
    name = "unknown-code-in-suppression"
    severity = Severity.WARNING
    proof = Proof.SOURCE

    def _check(self, file: FileContext) -> Iterator[Report]:
        for suppression in file.suppressions.all:
            for name in suppression.names:
                if name.text not in file.known_names:
                    yield Report(name.span, f"there is no rule {name.text}{did_you_mean(name.text, file.known_names)}")
