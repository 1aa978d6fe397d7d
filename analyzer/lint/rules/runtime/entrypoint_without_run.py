"""SG102."""

from __future__ import annotations

from analyzer.graph.model import Severity
from analyzer.lint.rule import NotedRule, Proof


class EntrypointWithoutRun(NotedRule):
    """A workflow class has no `run` method the engine can call.

    ## What it does
    Reports entrypoint classes without a `run` of their own or of a base in the project, and those whose `run` is a property
    (`run = async () => {…}`) or a generator.

    ## Why it is bad
    The engine calls `run` through RPC, which sees methods of the class only: the instance fails with "The RPC receiver does
    not implement the method "run"". A generator's result cannot be cloned.

    ## Example
    ```ts
    import { WorkflowEntrypoint } from "cloudflare:workers";
    export class Orders extends WorkflowEntrypoint {
      run = async (event, step) => {
        await step.do("charge", async () => 1);
      };
    }
    ```

    ## Use instead
    ```ts
    import { WorkflowEntrypoint } from "cloudflare:workers";
    export class Orders extends WorkflowEntrypoint {
      async run(event, step) {
        await step.do("charge", async () => 1);
      }
    }
    ```
    """

    code = "SG102"
    name = "entrypoint-without-run"
    severity = Severity.ERROR
    proof = Proof.ENGINE
