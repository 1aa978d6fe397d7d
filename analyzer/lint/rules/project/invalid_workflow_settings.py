"""SG404."""

from __future__ import annotations

from analyzer.graph.model import Severity
from analyzer.lint.rule import Proof
from analyzer.lint.worker import ProblemRule


class InvalidWorkflowSettings(ProblemRule):
    """The configuration says something about a workflow that wrangler does not accept.

    ## What it does
    Reports a configuration that cannot be read, and in what concerns workflows: values of the wrong type, required fields that
    are missing, settings out of their range (`limits.steps` that is not a positive integer), settings beside a `script_name`,
    and contradictions between `workflows` and `exports`.

    ## Why it is bad
    wrangler stops.

    ## Use instead
    What the message says.
    """

    code = "SG404"
    name = "invalid-workflow-settings"
    severity = Severity.ERROR
    proof = Proof.WRANGLER
    kinds = frozenset({"SYNTAX", "TYPE", "SETTING", "EXTERNAL_SETTING", "CONFLICT"})
