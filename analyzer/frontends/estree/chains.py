"""Chains read link by link, without recursion: members and calls on a head, infix operators on a leftmost operand."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from analyzer.flow.tree import Call, Ignorance, Member, Node, Opaque, Operation
from analyzer.frontends.ecmascript import build
from analyzer.frontends.ecmascript.build import MAX_DEPTH
from analyzer.frontends.estree import syntax
from analyzer.frontends.estree.literals import static_key
from analyzer.frontends.estree.lowering import LowerExpression, Lowering

_HEADS = {"CallExpression": "callee", "MemberExpression": "object", "TaggedTemplateExpression": "tag"}
_INFIX = ("BinaryExpression", "LogicalExpression")


def _lower_chain(lowering: Lowering, node: object, depth: int) -> Node:
    head: object | None = node
    links: list[object] = []
    while True:
        kind = syntax.kind(head)
        if kind in _HEADS:
            links.append(head)
            head = syntax.child(head, _HEADS[kind])
        elif kind == "ChainExpression":
            head = syntax.child(head, "expression")
        else:
            break
    level = depth + len(links)
    if level > MAX_DEPTH:
        kept = max(MAX_DEPTH - depth - 1, 0)
        value, links, level = _cut(lowering, head, links[kept:]), links[:kept], depth + kept
    else:
        value = lowering.expression(head, level)
    for link in reversed(links):
        level -= 1
        value = _LINKS[syntax.kind(link)](lowering, link, value, level)
    return value


def _cut(lowering: Lowering, head: object | None, links: list[object]) -> Node:
    """The inner part of a chain that is too long: what runs in it, in order."""
    parts = [lowering.expression(head, MAX_DEPTH)]
    for link in reversed(links):
        parts.extend(lowering.operands(_operands(link), MAX_DEPTH))
    return Opaque(tuple(parts), Ignorance.DEPTH, lowering.span(links[0]))


def _operands(link: object) -> list[object]:
    match syntax.kind(link):
        case "CallExpression":
            return syntax.children(link, "arguments")
        case "MemberExpression":
            inner = syntax.child(link, "property") if syntax.flag(link, "computed") else None
        case _:
            inner = syntax.child(link, "quasi")
    return [] if inner is None else [inner]


def _link_call(lowering: Lowering, link: object, callee: Node, depth: int) -> Node:
    return Call(callee, lowering.operands(_operands(link), depth + 1), None, False, lowering.span(link))


def _link_member(lowering: Lowering, link: object, receiver: Node, depth: int) -> Node:
    key, subscript = syntax.child(link, "property"), syntax.flag(link, "computed")
    lowered = lowering.expression(key, depth + 1) if subscript else static_key(lowering, key)
    return Member(receiver, lowered, subscript, lowering.span(link))


_LINKS: dict[str, Callable[[Lowering, object, Node, int], Node]] = {
    "CallExpression": _link_call,
    "TaggedTemplateExpression": _link_call,
    "MemberExpression": _link_member,
}


class _Run(NamedTuple):
    """Infix operators that make one node, the outermost and last one first."""

    operator: str
    links: list[object]


def _lower_infix(lowering: Lowering, node: object, depth: int) -> Node:
    first, runs = _unroll(node)
    kept = max(MAX_DEPTH - depth, 0)
    level = depth + min(len(runs), kept)
    if len(runs) > kept:
        cut = max(kept - 1, 0)
        value, runs = _cut_infix(lowering, first, runs[cut:]), runs[:cut]
    else:
        value = lowering.expression(first, level)
    for run in reversed(runs):
        rights = [lowering.expression(syntax.child(link, "right"), level) for link in reversed(run.links)]
        level -= 1
        value = _infix(run.operator, value, rights, lowering, run.links[0])
    return value


def _unroll(node: object | None) -> tuple[object | None, list[_Run]]:
    """The leftmost operand, and the operators on it, outermost first."""
    runs: list[_Run] = []
    while syntax.kind(node) in _INFIX and node is not None:
        operator = syntax.text(node, "operator")
        if runs and runs[-1].operator == operator and operator in build.FLAT:
            runs[-1].links.append(node)
        else:
            runs.append(_Run(operator, [node]))
        node = syntax.child(node, "left")
    return node, runs


def _infix(operator: str, left: Node, rights: list[Node], lowering: Lowering, link: object) -> Node:
    if len(rights) > 1:
        return Operation(operator, (left, *rights), lowering.span(link))
    return build.binary(operator, left, rights[0], lowering.span(link))


def _cut_infix(lowering: Lowering, first: object | None, runs: list[_Run]) -> Node:
    rights = [syntax.child(link, "right") for run in reversed(runs) for link in reversed(run.links)]
    parts = [lowering.expression(operand, MAX_DEPTH) for operand in (first, *rights)]
    return Opaque(tuple(parts), Ignorance.DEPTH, lowering.span(runs[0].links[0]))


TABLE: dict[str, LowerExpression] = {**dict.fromkeys(_HEADS, _lower_chain), **dict.fromkeys(_INFIX, _lower_infix)}
"""Chains by ESTree type."""
