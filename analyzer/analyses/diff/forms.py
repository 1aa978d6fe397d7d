"""The normal form of a workflow as a tree that can be compared with another.

The tree has one node for the workflow; below it the body of ``run`` and of each function. A call names the function by its
place among the matched functions, a join names its promises by what they are, so that what is put in front of either
changes nothing behind it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from analyzer.analyses.normal_form import Normal, NormalForm, Written
from analyzer.graph import model
from analyzer.records import field, record

Traits: TypeAlias = tuple[tuple[str, object], ...]
"""What a node says beside its name, by key."""

SETTINGS = {
    "do": ("retries.limit", "retries.delay", "retries.backoff", "timeout"),
    "sleep": ("duration",),
    "sleep until": ("timestamp",),
    "wait": ("type", "timeout"),
}
"""Kinds of steps, and the keys of their settings in the order in which the normal form has them."""

STARTED = "started"
MEMBERS = "promises"
WIRING = frozenset({STARTED, MEMBERS, "kind", "leaves"})
"""Traits that say how a node is connected; the others are settings of a step."""

UNKNOWN = "?"
"""The name or value of what is not static, in a normal form."""

UNORDERED = frozenset({"workflow", "branch"})
"""Kinds whose children have no order: functions, and the arms of a choice."""


@record
class Form:
    """A node: its kind, a step's name or what a call calls, traits, children, and the node of the graph it stands for."""

    kind: str
    name: str = ""
    traits: Traits = ()
    children: tuple[Form, ...] = ()
    node: model.Node | None = field(compare=False, repr=False, default=None)


def form_of(normal: NormalForm, labels: Sequence[str]) -> Form:
    """The tree of a normal form. ``labels``: what its functions are called in both trees, in their order."""
    bodies = [Form("body", "run", (), _Reader(normal.body, labels).sequence(normal.body))]
    for label, body in zip(labels, normal.functions, strict=True):
        bodies.append(Form("function", label, (), _Reader(body, labels).sequence(body)))
    return Form("workflow", children=tuple(bodies))


class _Reader:
    """Reads the forms of one body; a promise is known by its kind and name, numbered if there are several of that name."""

    def __init__(self, body: Normal, labels: Sequence[str]) -> None:
        self.labels = labels
        self.promises: dict[object, str] = {}
        counts: Counter[str] = Counter()
        for kind, name, number in _kept(body, labels):
            word = f"{kind} {name}".rstrip()
            counts[word] += 1
            self.promises[number] = word if counts[word] == 1 else f"{word} ({counts[word]})"

    def sequence(self, nodes: object) -> tuple[Form, ...]:
        """The forms of nodes in their order."""
        return tuple([self._node(node) for node in _tuple(nodes)])

    def _node(self, node: object) -> Form:
        kind, *rest = _tuple(node)
        match kind:
            case "do" | "sleep" | "sleep until" | "wait":
                return self._step(node, str(kind), rest)
            case "call":
                return self._call(rest)
            case "block":
                return Form("block", "", _started(rest[:-1]), self.sequence(rest[-1]))
            case "parallel":
                elements = tuple([Form("element", "", (), self.sequence(element)) for element in rest[1:]])
                return Form("parallel", "", (("kind", rest[0]),), elements)
            case "branch":
                return Form("branch", children=tuple([Form("arm", "", (), self.sequence(arm)) for arm in rest]))
            case "try":
                parts = zip(("try block", "catch", "finally"), rest, strict=True)
                return Form("try", children=tuple([Form(part, "", (), self.sequence(nodes)) for part, nodes in parts]))
            case "join":
                members = sorted(self.promises.get(number, "?") for number in rest[1:])
                return Form("join", "", (("kind", rest[0]), (MEMBERS, tuple(members))))
            case "jump":
                return Form("jump", "", (("leaves", (rest[0], rest[1])),))
            case _:
                return Form(str(kind), children=self.sequence(rest[0]) if rest else ())

    def _call(self, rest: Sequence[object]) -> Form:
        function = rest[0]
        assert isinstance(function, int)
        return Form("call", self.labels[function], _started(rest[1:]))

    def _step(self, node: object, kind: str, rest: Sequence[object]) -> Form:
        name, *values = rest
        keys = SETTINGS[kind]
        unknown = kind == "wait" and values[0] is None
        settings = [UNKNOWN] * len(keys) if unknown else values[: len(keys)]
        values = values[1 if unknown else len(keys) :]
        body = values.pop() if kind == "do" else ()
        traits = (*zip(keys, settings, strict=True), *_started(values))
        return Form(kind, str(name), traits, self.sequence(body), node.node if isinstance(node, Written) else None)


def _started(parts: Sequence[object]) -> Traits:
    """How a promise is treated; its number is left out."""
    return ((STARTED, str(parts[0])),) if parts else ()


def _kept(nodes: object, labels: Sequence[str]) -> Iterator[tuple[str, str, object]]:
    """Kind, name and number of the promises kept in a body, in the order in which they are written."""
    stack = [*_tuple(nodes)][::-1]
    while stack:
        node = stack.pop()
        match node:
            case ("do" | "sleep" | "sleep until" | "wait" as kind, str() as name, *rest):
                yield from _numbered(kind, name, rest)
            case ("call", int() as function, *rest):
                yield from _numbered("call", labels[function], rest)
            case ("block", *rest):
                yield from _numbered("block", "", rest)
            case tuple():
                pass
            case _:
                continue
        stack += [part for part in _tuple(node) if isinstance(part, tuple)][::-1]


def _numbered(kind: str, name: str, parts: Sequence[object]) -> Iterator[tuple[str, str, object]]:
    for mark, number in pairwise(parts):
        if mark == model.Started.KEPT.name:
            yield kind, name, number


def _tuple(value: object) -> tuple[object, ...]:
    match value:
        case tuple():
            return value
        case _:
            raise AssertionError(f"no normal form: {value!r}")
