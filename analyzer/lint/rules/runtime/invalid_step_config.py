"""SG105."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.analyses.engine import BACKOFFS
from analyzer.graph.facts import Given, GivenField, StepFact, StepKind, ValueKind
from analyzer.graph.model import Severity
from analyzer.lint.context import WorkflowContext, quoted
from analyzer.lint.finding import Edit, Fix
from analyzer.lint.rule import Proof, Report, WorkflowRule
from analyzer.lint.step_configs import KEYS
from analyzer.lint.words import did_you_mean
from analyzer.source import Language, Span

RETRY_KEYS = ("limit", "delay", "backoff")


class InvalidStepConfig(WorkflowRule):
    """The engine does not accept the configuration of a step.

    ## What it does
    Reports unknown keys, `retries` without `limit` or without `delay`, a limit that is negative or no number, a back-off that
    is not `constant`, `linear` or `exponential`, a timeout or delay that is negative, a timeout of 0, and `sensitive` other
    than `"output"`; in a `rollbackConfig` just so.

    ## Why it is bad
    The instance fails with "Step config for … is in a invalid format". The types allow `retries: { limit: 3 }`, the engine
    does not: it needs both.

    ## Example
    ```ts
    await step.do("charge", { retries: { limit: 3 } }, async () => charge());
    ```
    ```py
    @step.do("charge", config={"retries": {"limit": 3}})
    async def charge():
        return 1

    await charge()
    ```

    ## Use instead
    ```ts
    await step.do("charge", { retries: { limit: 3, delay: "10 seconds" } }, async () => charge());
    ```
    ```py
    @step.do("charge", config={"retries": {"limit": 3, "delay": "10 seconds"}})
    async def charge():
        return 1

    await charge()
    ```

    ## Fix safety
    Adding the missing `delay` is unsafe: how long to wait is yours to say.
    """

    code = "SG105"
    name = "invalid-step-config"
    severity = Severity.ERROR
    proof = Proof.ENGINE

    def _check_workflow(self, workflow: WorkflowContext) -> Iterator[Report]:
        python = workflow.workflow.language is Language.PYTHON
        for fact in workflow.facts.steps:
            for owner, config in _configs(fact):
                yield from _config(owner, config, python)


def _configs(fact: StepFact) -> Iterator[tuple[str, Given]]:
    """The configurations of a step call, of the step and of its rollback, with what each is of."""
    if fact.kind is StepKind.DO and fact.config is not None:
        yield f"step {quoted(fact.name)}", fact.config
    rollback = None if fact.rollback is None else fact.rollback.get("rollbackConfig")
    if rollback is not None:
        yield f"the rollback of step {quoted(fact.name)}", rollback.value


def _config(owner: str, config: Given, python: bool) -> Iterator[Report]:
    match config:
        case Given(kind=ValueKind.CONSTANT, value=value) if value is not None:
            yield Report(config.span, f"the configuration of {owner} is not an object")
        case Given(kind=ValueKind.RECORD):
            yield from _unknown_keys(config, KEYS, "a step's configuration")
            for part in config.fields:
                yield from _field(owner, part, python)
        case _:
            return


def _field(owner: str, part: GivenField, python: bool) -> Iterator[Report]:
    match part.name, part.value:
        case "retries", Given(kind=ValueKind.RECORD) as retries:
            yield from _retries(owner, part, retries, python)
        case "retries", Given(kind=ValueKind.CONSTANT, value=value) if value is not None:
            yield Report(part.value.span, "retries is an object of limit, delay and backoff")
        case "timeout", Given(kind=ValueKind.CONSTANT, value=value) if not _positive(value, python):
            yield Report(part.value.span, "the timeout of a step must be greater than 0")
        case "sensitive", Given(kind=ValueKind.CONSTANT, value=value) if value != "output":
            yield Report(part.value.span, 'sensitive can only be "output"')
        case _:
            return


def _positive(value: object, python: bool) -> bool:
    """Whether a constant can be a timeout; texts are another rule's business, Python's None is left out."""
    match value:
        case bool():
            return False
        case int() | float():
            return value > 0
        case None:
            return python
        case _:
            return True


def _retries(owner: str, part: GivenField, retries: Given, python: bool) -> Iterator[Report]:
    yield from _unknown_keys(retries, RETRY_KEYS, "retries")
    missing = [key for key in ("limit", "delay") if retries.get(key) is None]
    if missing and not retries.open:
        message = f"retries of {owner} without {' and '.join(missing)}: the engine needs limit and delay"
        yield Report(part.span, message, _add_delay(retries, python) if missing == ["delay"] else None)
    for inner in retries.fields:
        problem = _retry_problem(inner)
        if problem is not None:
            yield Report(inner.value.span, problem)


def _retry_problem(part: GivenField) -> str | None:
    if part.value.kind is not ValueKind.CONSTANT or part.value.value is None:
        return None
    match part.name, part.value.value:
        case "limit", bool() | str():
            return "retries.limit is not a number"
        case "limit", value if float(value) < 0:
            return "retries.limit is negative"
        case "delay", bool():
            return "retries.delay is not a duration"
        case "delay", int() | float() as value if value < 0:
            return "retries.delay is negative"
        case "backoff", value if value not in BACKOFFS:
            return f"retries.backoff must be constant, linear or exponential, not {value!r}"
        case _:
            return None


def _unknown_keys(record: Given, known: tuple[str, ...], what: str) -> Iterator[Report]:
    for part in record.fields:
        if part.name not in known:
            message = f"{part.name} is no key of {what} ({', '.join(known)}){did_you_mean(part.name, known)}"
            yield Report(part.span, message)


def _add_delay(retries: Given, python: bool) -> Fix | None:
    limit = retries.get("limit")
    if limit is None or not limit.value.literal:
        return None
    end = limit.value.span.end
    text = ', "delay": "10 seconds"' if python else ', delay: "10 seconds"'
    return Fix("Add a delay", (Edit(Span(limit.value.span.path, end, end), text),), safe=False)
