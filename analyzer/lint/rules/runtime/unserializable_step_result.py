"""SG108."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.graph.facts import Given, ResultFact, ValueKind
from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext, quoted
from analyzer.lint.rule import Proof, Report, WorkflowRule
from analyzer.source import Language

CLASSES = frozenset({"Response", "Request", "URL", "URLSearchParams", "Symbol", "WeakMap", "WeakSet", "Promise"})
"""Classes of the runtime whose objects the engine cannot store."""

ADVICE = {"Response": "return what you need of it, as await response.json()", "URL": "return its href"}


class UnserializableStepResult(WorkflowRule):
    """A step returns something that cannot be stored.

    ## What it does
    Reports steps, and `run`, that return a function, a symbol, a `Response` as `fetch` gives it, a `URL`, a `WeakMap`, or an
    object of a class of the project, directly or inside an object or array. In Python: a tuple, a bytearray, a coroutine.

    ## Why it is bad
    Results are stored as structured clones. A function or a `Response` terminates the instance, and no `catch` can prevent it;
    the others fail the step with "could not be cloned". Python: "<class 'tuple'> cannot be sent over RPC.".

    ## Example
    ```ts
    const response = await step.do("load", async () => fetch("https://api.example.com"));
    ```
    ```py
    @step.do("load")
    async def load():
        return 1, 2

    await load()
    ```

    ## Use instead
    ```ts
    const data = await step.do("load", async () => {
      const response = await fetch("https://api.example.com");
      return response.json();
    });
    ```
    ```py
    @step.do("load")
    async def load():
        return [1, 2]

    await load()
    ```
    """

    code = "SG108"
    name = "unserializable-step-result"
    severity = Severity.ERROR
    proof = Proof.ENGINE

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        find = _in_python if workflow.workflow.language is Language.PYTHON else _in_javascript
        for result in workflow.facts.results:
            found = find(result.value)
            if found is not None:
                yield Report(result.span, f"{_who(workflow, result)} returns {found}, which cannot be stored")


def _who(workflow: WorkflowContext, result: ResultFact) -> str:
    if result.step is None:
        return "run"
    fact = workflow.step_facts.get(result.step)
    return "this step" if fact is None else f"step {quoted(fact.name)}"


def _in_javascript(given: Given) -> str | None:
    name = given.class_name
    match given.kind:
        case ValueKind.FUNCTION:
            return "a function"
        case ValueKind.STEP:
            return "the step object"
        case ValueKind.INSTANCE:
            return f"an object of class {name or 'without a name'}"
        case ValueKind.LIBRARY if name in CLASSES:
            return f"a {name} ({ADVICE[name]})" if name in ADVICE else f"a {name}"
        case _:
            inner = (*given.items, *(part.value for part in given.fields))
            return next((found for part in inner if (found := _in_javascript(part)) is not None), None)


def _in_python(given: Given) -> str | None:
    match given:
        case Given(kind=ValueKind.TUPLE):
            return "a tuple (return a list)"
        case Given(kind=ValueKind.PROMISE):
            return "a coroutine (await it)"
        case Given(kind=ValueKind.LIBRARY, class_name="bytearray"):
            return "a bytearray (return bytes)"
        case _:
            return None
