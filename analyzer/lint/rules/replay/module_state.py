"""SG212."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.facts import Given, Origins, WriteKind
from analyzer.graph.facts import ModuleState as StateOrigin
from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext
from analyzer.lint.rule import Proof, Report, WorkflowRule
from analyzer.source import Span


class ModuleState(WorkflowRule):
    """A module-level variable that changes with every run decides something.

    ## What it does
    Reports where a variable of the module that the workflow's code updates from its own value (`counter++`, `total += n`), or
    a member of an object of the module (`state.turns++`), reaches the name of a step, a guarding branch, the bound of a loop, a
    sleep's duration or a step's result.

    ## Why it is bad
    A module is loaded once for many instances, and again after every eviction. The variable counts other instances' runs and
    replays too. Runs in the engine show it: after a replay it has been incremented twice.

    ## Example
    ```ts
    import { WorkflowEntrypoint } from "cloudflare:workers";
    let counter = 0;
    export class Orders extends WorkflowEntrypoint {
      async run(event, step) {
        counter++;
        await step.do(`charge ${counter}`, async () => 1);
      }
    }
    ```

    ## Use instead
    ```ts
    import { WorkflowEntrypoint } from "cloudflare:workers";
    export class Orders extends WorkflowEntrypoint {
      async run(event, step) {
        let counter = 0;
        counter++;
        await step.do(`charge ${counter}`, async () => 1);
      }
    }
    ```
    """

    code = "SG212"
    name = "module-state"
    severity = Severity.WARNING
    proof = Proof.REPLAY

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        written = {write.target for write in workflow.facts.writes if write.kind is WriteKind.MODULE}
        for what, origins, span in _uses(workflow) if written else ():
            for origin in origins:
                match origin:
                    case StateOrigin(name=name) if name in written:
                        yield Report(span, f"{what} depends on {name}, which every run and replay of the module changes")
                    case _:
                        continue


def _uses(workflow: WorkflowContext) -> Iterator[tuple[str, Origins, Span]]:
    for fact in workflow.facts.steps:
        parts: tuple[tuple[str, Given | None], ...] = (
            ("the name of this step", fact.name),
            ("how long this sleep lasts", fact.when),
            ("the type of this event", fact.event_type),
        )
        for what, given in parts:
            if given is not None and fact.inside is None:
                yield what, given.origins, given.span
    for use in workflow.facts.uses:
        if use.inside is None and use.node in workflow.guarding:
            yield "which steps run", use.origins, use.span
    for result in workflow.facts.results:
        if result.step is not None:
            yield "the result of this step", result.value.origins, result.span
