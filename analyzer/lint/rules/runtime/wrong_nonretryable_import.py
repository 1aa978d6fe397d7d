"""SG111."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.graph.facts import ErrorFact, Given, ImportFact
from analyzer.graph.model import Severity
from analyzer.lint.context import FileContext
from analyzer.lint.finding import Edit, Fix
from analyzer.lint.rule import Proof, Report, Rule
from analyzer.source import Span

NAME = "NonRetryableError"
HOMES = {"cloudflare:workers": "cloudflare:workflows", "workers": "workers.workflows"}
"""The module it is taken from by mistake, and the one that has it."""


class WrongNonretryableImport(Rule):
    """`NonRetryableError` is not the one the engine knows.

    ## What it does
    Reports `NonRetryableError` imported from `cloudflare:workers` (Python: from `workers`), and an own class of that name that
    never sets `name`.

    ## Why it is bad
    The class is exported by `cloudflare:workflows` (Python: `workers.workflows`): the import fails. The engine knows the error
    by its `name`, so a step that throws an own class is retried like any other.

    ## Example
    ```ts
    import { WorkflowEntrypoint, NonRetryableError } from "cloudflare:workers";
    export class Orders extends WorkflowEntrypoint {
      async run(event, step) {
        await step.do("charge", async () => { throw new NonRetryableError("card declined"); });
      }
    }
    ```

    ## Use instead
    ```ts
    import { WorkflowEntrypoint } from "cloudflare:workers";
    import { NonRetryableError } from "cloudflare:workflows";
    export class Orders extends WorkflowEntrypoint {
      async run(event, step) {
        await step.do("charge", async () => { throw new NonRetryableError("card declined"); });
      }
    }
    ```

    ## Fix safety
    Safe: an import of nothing else is given the right module.
    """

    code = "SG111"
    name = "wrong-nonretryable-import"
    severity = Severity.ERROR
    proof = Proof.ENGINE

    def _check(self, file: FileContext) -> Iterator[Report]:
        for imported in file.imports:
            if imported.name == NAME and imported.specifier in HOMES:
                right = HOMES[imported.specifier]
                message = f"{NAME} is exported by {right}, not by {imported.specifier}"
                yield Report(imported.span, message, _fix(file, imported, right))
        for workflow in file.workflows:
            for error in workflow.facts.errors:
                if error.own and error.class_name == NAME and not error.names_itself and not _is_told(error):
                    message = f'this {NAME} is retried: the engine knows it by its name, so set this.name = "{NAME}"'
                    yield Report(error.span, message)


def _is_told(error: ErrorFact) -> bool:
    """Whether the engine knows an error by its message, which begins with the name."""
    match error.arguments:
        case (Given(value=str(message)), *_):
            return message.startswith(NAME)
        case _:
            return False


def _fix(file: FileContext, imported: ImportFact, right: str) -> Fix | None:
    text = file.sources[imported.span.path].text
    pattern = rf"""import\s*\{{\s*{NAME}\s*,?\s*\}}\s*from\s*["']({re.escape(imported.specifier)})["']"""
    pattern += rf"""|from\s+({re.escape(imported.specifier)})\s+import\s+{NAME}[ \t]*(?:$|\n|#)"""
    for found in re.finditer(pattern, text):
        if found.start() <= imported.span.start < found.end():
            group = 1 if found[1] else 2
            edit = Edit(Span(imported.span.path, found.start(group), found.end(group)), right)
            return Fix(f"Import it from {right}", (edit,), safe=True)
    return None
