"""SG407."""

from __future__ import annotations

from analyzer.graph.model import Severity
from analyzer.lint.rule import Proof
from analyzer.lint.worker import ProblemRule


class StepLimitAboveMaximum(ProblemRule):
    """A workflow asks for more steps than the platform allows.

    ## What it does
    Reports `limits.steps` over 25,000.

    ## Why it is bad
    "exceeds the production maximum of 25,000. This configuration may not work when deployed": wrangler only warns.

    ## Use instead
    At most 25,000, or several instances that do a part of the work each.
    """

    code = "SG407"
    name = "step-limit-above-maximum"
    severity = Severity.WARNING
    proof = Proof.WRANGLER
    kinds = frozenset({"STEP_LIMIT"})
