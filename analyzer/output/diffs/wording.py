"""Operations of an edit script in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from analyzer.analyses.diff.difference import Difference, changed_settings
from analyzer.analyses.diff.forms import MEMBERS, STARTED, UNKNOWN, Form
from analyzer.analyses.diff.script import Added, Moved, Operation, Reconfigured, Removed, Renamed, Rewired
from analyzer.analyses.diff.trees import STEPS, wiring
from analyzer.output.diffs.report import Entry, Place, Status

KINDS = {"do": "step", "wait": "wait", "try": "try", "branch": "branch", "arm": "way of a branch", "jump": "exit"}
SETTINGS = {"retries.limit": "retries", "retries.delay": "delay of retries", "retries.backoff": "backoff", "type": "event"}
TREATMENTS = {None: "awaited on the spot", "KEPT": "kept and awaited later", "FLOATING": "never awaited"}
MAX_NAMED = 3
"""Steps inside a structure that a line names."""


def mark(operation: Operation) -> str:
    """One character: what kind of change it is."""
    match operation:
        case Added():
            return "+"
        case Removed():
            return "-"
        case Moved():
            return ">"
        case _:
            return "~"


def sentence(operation: Operation, *, lenient: bool) -> str:
    """What an operation does, without its place in a source."""
    match operation:
        case Added(form=form, where=where) | Removed(form=form, where=where):
            return _in(title(form), where)
        case Moved(forms=forms, where=where, target=target):
            named = ", ".join(title(form) for form in forms)
            return f"{named}: {_way(where, target)}"
        case Renamed(old=old, new=new, where=where):
            return _in(f"{title(old)} is now {_quoted(new)}", where)
        case Reconfigured(old=old, new=new, where=where):
            changes = changed_settings(old, new, lenient=lenient)
            return _in(f"{title(new)}: {said_settings(changes)}", where)
        case Rewired(old=old, new=new, where=where):
            return _in(f"{title(new)}: {_connections(old)} → {_connections(new)}", where)
        case unreachable:
            assert_never(unreachable)


def place(entry: Entry, operation: Operation) -> Place | None:
    """Where it is seen: what is gone in OLD, the rest in NEW."""
    match operation:
        case Removed(form=form):
            return entry.old_place(form)
        case Added(form=form):
            return entry.new_place(form)
        case Moved(forms=forms):
            return entry.new_place(forms[0])
        case _:
            return entry.new_place(operation.new)


def title(form: Form) -> str:
    """What a node is, and its name; of a structure, some steps in it."""
    kind = KINDS.get(form.kind, form.kind)
    if form.kind in STEPS:
        return f"{kind} {_quoted(form)}"
    if form.name:
        return f"{'call of' if form.kind == 'call' else kind} {form.name}"
    if form.kind == "join":
        return f"await of {_members(form)}"
    names = [_quoted(step) for step in _steps(form)]
    if not names:
        return kind
    more = f" and {len(names) - MAX_NAMED} more" if len(names) > MAX_NAMED else ""
    return f"{kind} with {', '.join(names[:MAX_NAMED])}{more}"


def remarks(difference: Difference) -> Iterator[str]:
    """What limits the answer."""
    if not difference.exact:
        yield "one side is a payload: promises and exits are compared as far as the platform's graph tells"
    if difference.unsettled:
        names = ", ".join(dict.fromkeys(_quoted(form) for form in difference.unsettled))
        yield f"not compared: the configuration of {names}, for which one side shows only the platform's defaults"
    if not difference.complete:
        yield "not compared: what is nested more than 200 structures deep"


def headline(entry: Entry) -> str:
    """What became of a workflow, in a few words."""
    match entry.status:
        case Status.SAME:
            return "no difference"
        case Status.CHANGED:
            count = len(entry.difference.operations) if entry.difference else 0
            return f"{count} change{'' if count == 1 else 's'}"
        case Status.ADDED:
            return "new workflow"
        case Status.REMOVED:
            return "workflow removed"


def said_settings(changes: list[tuple[str, object, object]]) -> str:
    """Settings that differ, with both values."""
    return "; ".join(f"{SETTINGS.get(key, key)} {_value(old)} → {_value(new)}" for key, old, new in changes)


def _in(text: str, where: tuple[str, ...]) -> str:
    return f"{text}, in {_place(where)}" if where else text


def _way(where: tuple[str, ...], target: tuple[str, ...]) -> str:
    return f"elsewhere in {_place(target)}" if where == target else f"from {_place(where)} to {_place(target)}"


def _place(where: tuple[str, ...]) -> str:
    return ", ".join(reversed(where)) or "run"


def _steps(form: Form) -> Iterator[Form]:
    stack = [form]
    while stack:
        node = stack.pop()
        if node.kind in STEPS:
            yield node
        stack += reversed(node.children)


def _quoted(form: Form) -> str:
    return "without a static name" if form.name == UNKNOWN else f'"{form.name}"'


def _value(value: object) -> str:
    match value:
        case None:
            return "default"
        case "?":
            return "not static"
        case str():
            return f'"{value}"'
        case _:
            return str(value)


def _connections(form: Form) -> str:
    parts = wiring(form)
    if form.kind == "join":
        return f"waits for {_members(form)} ({parts['kind']})"
    if form.kind in ("parallel", "jump"):
        return str(parts.get("kind") or parts.get("leaves"))
    return TREATMENTS[None if STARTED not in parts else str(parts[STARTED])]


def _members(form: Form) -> str:
    members = wiring(form).get(MEMBERS)
    return ", ".join(members) if isinstance(members, tuple) and members else "nothing"
