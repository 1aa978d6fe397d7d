"""SG305."""

from __future__ import annotations

from analyzer.graph.model import Severity
from analyzer.lint.rule import NotedRule, Proof


class NoSteps(NotedRule):
    """A workflow has no steps.

    ## What it does
    Reports an entrypoint in which no step was found, and whose step object is not handed to code that cannot be followed:
    that is a matter of coverage (SG901, SG904).

    ## Why it is bad
    "A valid Workflow must define a run method with at least one step call" (documentation: Workers API). Nothing in it is
    retried, stored or resumed.

    ## Example
    ```ts
    import { WorkflowEntrypoint } from "cloudflare:workers";
    export class Orders extends WorkflowEntrypoint {
      async run(event, step) {
        return event.payload;
      }
    }
    ```

    ## Use instead
    ```ts
    import { WorkflowEntrypoint } from "cloudflare:workers";
    export class Orders extends WorkflowEntrypoint {
      async run(event, step) {
        return step.do("load", async () => 1);
      }
    }
    ```
    """

    code = "SG305"
    name = "no-steps"
    severity = Severity.ERROR
    proof = Proof.DOCS
