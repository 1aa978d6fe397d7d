"""SG101."""

from __future__ import annotations

from analyzer.graph.model import Severity
from analyzer.lint.rule import NotedRule, Proof


class SyntaxError(NotedRule):
    """The source does not parse.

    ## What it does
    Reports each piece of a source that is not valid in its language. The rest of the file is still analyzed.

    ## Why it is bad
    The bundler refuses the file, and what stands in the broken piece was not checked.

    ## Example
    ```ts
    import { WorkflowEntrypoint } from "cloudflare:workers";
    export class Broken extends WorkflowEntrypoint {
      async run(event, step) {
        await step.do("a", async () => ;
      }
    }
    ```

    ## Use instead
    ```ts
    import { WorkflowEntrypoint } from "cloudflare:workers";
    export class Whole extends WorkflowEntrypoint {
      async run(event, step) {
        await step.do("a", async () => 1);
      }
    }
    ```
    """

    code = "SG101"
    name = "syntax-error"
    severity = Severity.ERROR
    proof = Proof.BUNDLER
