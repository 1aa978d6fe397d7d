"""Branches: if, ternary, short circuits, switch and match, with the texts of their conditions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from analyzer.builder.coroutines import begin, coroutine
from analyzer.builder.machine import Machine, Outcome, Target
from analyzer.builder.promise_ids import promise_ids
from analyzer.builder.scopes import Scope
from analyzer.builder.sequences import evaluate_body, hoist, note_unreachable, run_sequence
from analyzer.builder.texts import text_of
from analyzer.builder.values import UNDEFINED, UNKNOWN, Constant, Coroutine, Value, merge
from analyzer.flow import tree
from analyzer.graph import model

SHORT_TEXT = {
    tree.BranchKind.AND: "is truthy",
    tree.BranchKind.OR: "is falsy",
    tree.BranchKind.NULLISH: "is nullish",
}


def branch(machine: Machine, node: tree.Branch) -> Value:
    """Evaluates any branch."""
    match node.kind:
        case tree.BranchKind.IF:
            _if(machine, node.arms, node)
            return UNKNOWN
        case tree.BranchKind.SWITCH | tree.BranchKind.MATCH:
            _switch(machine, node)
            return UNKNOWN
        case _:
            return short_circuit(machine, node, machine.eval)


def short_circuit(machine: Machine, node: tree.Branch, evaluate: Callable[[tree.Node], Value]) -> Value:
    """Evaluates a ternary or short circuit; ``evaluate`` yields the value of each way through."""
    if node.kind is tree.BranchKind.TERNARY:
        return _ternary(machine, node, evaluate)
    assert node.subject is not None
    mark = len(machine.texts)
    left = machine.eval(node.subject)
    text = f"{text_of(machine, node.subject.span, mark)} {SHORT_TEXT[node.kind]}"
    right = machine.outcome(lambda: evaluate(node.arms[0].body[0]))
    machine.join([right], exhaustive=False)
    chosen = _emit_if(machine, [(text, right, node.arms[0]), (None, None, None)], node)
    if right.value.__class__ is Coroutine:
        nothing = Outcome((), left, {}, True)
        return _one_of(machine, [(text, right, node.arms[0]), (None, nothing, None)], node, chosen)
    return merge([left, right.value]) if _may_be(left, node.kind) else right.value


def _may_be(left: Value, kind: tree.BranchKind) -> bool:
    """Whether the left side can be the value of the whole."""
    if kind is tree.BranchKind.AND:
        return not isinstance(left, Constant) or left.value != UNDEFINED.value
    return left != UNDEFINED and left != Constant(None)


def _ternary(machine: Machine, node: tree.Branch, evaluate: Callable[[tree.Node], Value]) -> Value:
    yes, no = node.arms
    assert yes.test is not None
    mark = len(machine.texts)
    test = machine.eval(yes.test)
    decided = _decided(yes.test, test)
    if decided is not None:
        return evaluate((yes if decided else no).body[0])
    text = text_of(machine, yes.condition or yes.test.span, mark)
    outcomes = [machine.outcome(lambda arm=arm: evaluate(arm.body[0])) for arm in (yes, no)]  # type: ignore[misc]
    machine.join(outcomes, exhaustive=True)
    ways = [(text, outcomes[0], yes), (None, outcomes[1], no)]
    chosen = _emit_if(machine, ways, node)
    if any(outcome.value.__class__ is Coroutine for outcome in outcomes):
        return _one_of(machine, ways, node, chosen)
    return merge(outcome.value for outcome in outcomes)


MAX_WAYS = 32
"""Most coroutines one may be chosen from, as many as functions one call may choose from (SEMANTICS section 6)."""

Way: TypeAlias = tuple[str | None, Outcome, tree.Arm | None]


def _one_of(machine: Machine, ways: Sequence[Way], node: tree.Branch, chosen: model.If | None) -> Value:
    """One of several coroutines, or of a coroutine and something else. ``chosen``: what the choice itself ran."""
    values = [outcome.value for _, outcome, _ in ways]
    if all(value is values[0] for value in values):
        return values[0]
    count = sum(value.ways for value in values if isinstance(value, Coroutine))
    if count > MAX_WAYS:
        machine.note("SG906", node.span, f"one of more than {MAX_WAYS} coroutines is chosen here")
        return UNKNOWN
    running = tuple(id_ for value in values for id_ in promise_ids(value))
    return coroutine(lambda: _start_one(machine, ways, node, chosen), node.span, count, running)


def _start_one(machine: Machine, ways: Sequence[Way], node: tree.Branch, chosen: model.If | None) -> Value:
    """Starts whichever coroutine a choice came to. Nothing has run since the choice: then the two are one branch."""
    at_once = chosen is not None and bool(machine.sequence) and machine.sequence[-1] is chosen
    if at_once:
        machine.sequence.pop()

    def run(way: Outcome) -> Value:
        if at_once:
            machine.sequence.extend(way.nodes)
        return begin(machine, way.value)

    outcomes = [machine.outcome(lambda way=way: run(way)) for _, way, _ in ways]  # type: ignore[misc]
    machine.join(outcomes, exhaustive=True)
    _emit_if(machine, [(text, outcome, arm) for (text, _, arm), outcome in zip(ways, outcomes, strict=True)], node)
    return merge(outcome.value for outcome in outcomes)


def _if(machine: Machine, arms: Sequence[tree.Arm], node: tree.Branch) -> None:
    """An if with its else-ifs. A later test that emits nodes stands in the null branch, before an inner if."""
    ways: list[tuple[str | None, Outcome | None, tree.Arm | None]] = []
    outcomes: list[Outcome] = []
    exhaustive = False
    for index, arm in enumerate(arms):
        if arm.test is None:
            outcome = machine.outcome(lambda arm=arm: evaluate_body(machine, arm.body))  # type: ignore[misc]
            ways.append((None, outcome, arm))
            outcomes.append(outcome)
            exhaustive = True
            break
        if index > 0 and _test_runs_something(machine, arm.test):
            outcome = machine.outcome(lambda rest=arms[index:]: _nested_if(machine, rest, node))  # type: ignore[misc]
            ways.append((None, outcome, arm))
            outcomes.append(outcome)
            exhaustive = True
            break
        mark = len(machine.texts)
        test = machine.eval(arm.test)
        decided = _decided(arm.test, test)
        if decided is False:
            _unreachable(machine, arm.body)
            continue
        text = text_of(machine, arm.condition or arm.test.span, mark)
        outcome = machine.outcome(lambda arm=arm: evaluate_body(machine, arm.body))  # type: ignore[misc]
        ways.append((None if decided else text, outcome, arm))
        outcomes.append(outcome)
        if decided:
            exhaustive = True
            for rest in arms[index + 1 :]:
                _unreachable(machine, rest.body)
            break
    machine.join(outcomes, exhaustive)
    if exhaustive and len(ways) == 1 and outcomes:
        machine.sequence.extend(outcomes[0].nodes)
        return
    _emit_if(machine, ways, node)


def _nested_if(machine: Machine, arms: Sequence[tree.Arm], node: tree.Branch) -> Value:
    _if(machine, arms, node)
    return UNKNOWN


def _test_runs_something(machine: Machine, test: tree.Node) -> bool:
    if isinstance(test, tree.Name | tree.Literal):
        return False
    with machine.isolated() as nodes:
        machine.eval(test)
    return bool(nodes)


def _decided(test: tree.Node, value: Value) -> bool | None:
    """What a test that is literally true or false says."""
    match test:
        case tree.Literal(value=bool() | int() as known):
            return bool(known)
        case tree.Operation(operator="!", operands=(tree.Literal(value=bool() | int() as known),)):
            return not known
        case _:
            return None


def _unreachable(machine: Machine, body: tuple[tree.Node, ...]) -> None:
    with machine.isolated() as nodes:
        evaluate_body(machine, body)
    note_unreachable(machine, tuple(nodes))


def _emit_if(
    machine: Machine,
    ways: Sequence[tuple[str | None, Outcome | None, tree.Arm | None]],
    node: tree.Branch,
) -> model.If | None:
    """Emits what the ways of a branch run, if any runs something."""
    if not any(outcome is not None and outcome.nodes for _, outcome, _ in ways):
        return None
    cases = tuple(model.Case(text, outcome.nodes if outcome else (), arm.span if arm else None) for text, outcome, arm in ways)
    emitted = model.If(cases, machine.new_id(), node.span)
    machine.emit(emitted)
    return emitted


def _switch(machine: Machine, node: tree.Branch) -> None:
    assert node.subject is not None
    mark = len(machine.texts)
    machine.eval(node.subject)
    discriminant = text_of(machine, node.subject.span, mark)
    falls = node.kind is tree.BranchKind.SWITCH
    texts = [_case_text(machine, arm) for arm in node.arms]
    target = Target(machine.new_id(), None, is_loop=False, is_block=not falls, mark=len(machine.trail))
    machine.frame.targets.append(target)
    with machine.inside(Scope(machine.scope)):
        hoist(machine, (part for arm in node.arms for part in arm.body))
        outcomes = _case_outcomes(machine, node.arms, falls, target)
    machine.frame.targets.pop()
    exhaustive = any(arm.test is None for arm in node.arms)
    machine.join([*outcomes[-1:], *target.breaks] if falls else outcomes, exhaustive)
    if any(outcome.nodes for outcome in outcomes):
        cases = tuple(
            model.Case(text, outcome.nodes, arm.span) for text, outcome, arm in zip(texts, outcomes, node.arms, strict=True)
        )
        machine.emit(model.Switch(discriminant, cases, target.id, node.span))


def _case_text(machine: Machine, arm: tree.Arm) -> str | None:
    if arm.test is None:
        return None
    mark = len(machine.texts)
    machine.eval(arm.test)
    text = text_of(machine, arm.condition or arm.test.span, mark)
    match arm.test:
        case tree.Literal(value=str(value)) if text[:1] in ("'", '"'):
            return value
        case _:
            return text


def _case_outcomes(machine: Machine, arms: tuple[tree.Arm, ...], falls: bool, target: Target) -> list[Outcome]:
    """Each case by itself, or, where it falls through, after what the cases before it wrote."""
    outcomes: list[Outcome] = []
    for arm in arms:
        fallen = outcomes[-1] if falls and outcomes and outcomes[-1].live else None

        def run(arm: tree.Arm = arm, fallen: Outcome | None = fallen) -> Value:
            for cell, value in (fallen.writes if fallen else {}).items():
                machine.set(cell, merge([cell.value, value]))
            run_sequence(machine, arm.body, hoisted=False)
            if machine.live and not falls:
                machine.emit(model.Jump(model.JumpKind.BREAK, target.id, arm.span))
            return UNKNOWN

        outcomes.append(machine.outcome(run))
    return outcomes
