"""SG403."""

from __future__ import annotations

from analyzer.graph.model import Severity
from analyzer.lint.rule import Proof
from analyzer.lint.worker import ProblemRule


class InvalidWorkflowName(ProblemRule):
    """The name of a workflow is not allowed, or taken.

    ## What it does
    Reports workflow names in the configuration that are not 1 to 64 letters, digits, `-` and `_`, or begin with `-`, and two
    entries of one name.

    ## Why it is bad
    wrangler stops.

    ## Use instead
    A name such as `order-processing`, once in a configuration.
    """

    code = "SG403"
    name = "invalid-workflow-name"
    severity = Severity.ERROR
    proof = Proof.WRANGLER
    kinds = frozenset({"NAME", "DUPLICATE_NAME"})
