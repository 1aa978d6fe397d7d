"""SG119."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.model import Severity
from analyzer.lint.context import FileContext
from analyzer.lint.rule import Proof, Report, Rule
from analyzer.source import Language, suffix_of

TYPES = frozenset({"WorkflowEvent", "WorkflowStep"})
PLAIN = frozenset({".js", ".mjs", ".cjs", ".jsx"})


class TypeImportedAsValue(Rule):
    """A type is imported in JavaScript, where there is none.

    ## What it does
    Reports `WorkflowEvent` and `WorkflowStep` imported from `cloudflare:workers` in a JavaScript file.

    ## Why it is bad
    They are types. TypeScript drops such an import; in JavaScript it is asked of the module at run time, which has no export
    of that name, and the worker does not start. workers-sdk issue 10644.

    ## Example
    ```js
    import { WorkflowEntrypoint, WorkflowStep } from "cloudflare:workers";
    export class Orders extends WorkflowEntrypoint {
      async run(event, step) {
        await step.do("charge", async () => 1);
      }
    }
    ```

    ## Use instead
    ```js
    import { WorkflowEntrypoint } from "cloudflare:workers";
    export class Orders extends WorkflowEntrypoint {
      async run(event, step) {
        await step.do("charge", async () => 1);
      }
    }
    ```
    """

    code = "SG119"
    name = "type-imported-as-value"
    severity = Severity.ERROR
    proof = Proof.BUNDLER
    languages = (Language.JAVASCRIPT,)

    def _check(self, file: FileContext) -> Iterator[Report]:
        for imported in file.imports:
            wrong = imported.specifier == "cloudflare:workers" and imported.name in TYPES and not imported.type_only
            if wrong and suffix_of(file.path) in PLAIN:
                yield Report(imported.span, f"{imported.name} is a type: in JavaScript there is nothing to import")
