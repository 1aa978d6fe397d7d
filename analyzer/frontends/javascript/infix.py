"""Infix operators: read without recursion, and grouped again where tree-sitter grouped them wrongly (R4).

tree-sitter takes ``a || b!.c`` for ``(a || b)!.c``, ``a || b as T && c`` for ``((a || b) as T) && c``, and in TypeScript
``a < b < c`` for ``a < (b < c)``. Such a shape cannot come from a correct tree without parentheses: the chain is given
to the right operand, and the operators are grouped by precedence.
"""

from __future__ import annotations

from typing import NamedTuple

import tree_sitter as ts

from analyzer.flow.tree import Ignorance, Node, Opaque, Operation
from analyzer.frontends.ecmascript import build
from analyzer.frontends.ecmascript.build import MAX_DEPTH
from analyzer.frontends.javascript.reader import LowerExpression, Operand, Reader, operand_of

_PRECEDENCE = {
    operator: level
    for level, operators in enumerate(
        ("?? ||", "&&", "|", "^", "&", "== != === !==", "< > <= >= in instanceof", "<< >> >>>", "+ -", "* / %", "**")
    )
    for operator in operators.split()
}
_RIGHT_TO_LEFT = "**"
_ANY = None
_NONE = -1
_TYPE_OPERATORS = frozenset({"|", "&"})


class _Step(NamedTuple):
    """An operator and its right operand."""

    operator: str
    right: Operand


class _Part(NamedTuple):
    """What stands behind an operator: up to which rank an operator in it is taken apart (_ANY: the left side always is)."""

    operator: str
    operand: Operand
    limit: int | None


class _Run(NamedTuple):
    """Steps that make one node."""

    operator: str
    rights: list[Operand]


def lower_binary(reader: Reader, node: ts.Node, depth: int) -> Node:
    """Any expression of infix operators."""
    if depth < MAX_DEPTH and (simple := _simple(reader, node, depth)) is not None:
        return simple
    first, steps, misread = _unroll(reader, Operand(node, [], reader.end(node)))
    return (_regroup if misread else _fold)(reader, first, steps, depth)


def _simple(reader: Reader, node: ts.Node, depth: int) -> Node | None:
    """One operator between operands that hide no other: most operators of a program."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    operator = node.child_by_field_name("operator")
    if left is None or right is None or operator is None or right.kind_id == reader.grammar.binary:
        return None
    kind = left.kind_id
    if kind in reader.heads or kind in reader.misread:
        return None
    value = reader.expression(left, depth + 1)
    span = reader.between(left.start_byte, reader.end(node))
    return build.binary(operator.type, value, reader.expression(right, depth + 1), span)


def lower_infix(reader: Reader, whole: Operand, depth: int) -> Node:
    """An infix operator on which links of a chain hang."""
    first, steps, _ = _unroll(reader, whole)
    return _regroup(reader, first, steps, depth)


def _unroll(reader: Reader, whole: Operand) -> tuple[Operand, list[_Step], bool]:
    """The leftmost operand, the steps to its right, and whether the tree was wrong about them."""
    steps: list[_Step] = []
    misread = bool(whole.links)
    skips_types = False
    stack: list[_Part | None] = [_Part("", whole, _ANY)]
    while stack:
        part = stack.pop()
        if part is None or (skips_types and part.operator in _TYPE_OPERATORS):
            skips_types = True
            continue
        skips_types = False
        inner = _split(reader, part)
        if inner is not None:
            misread = misread or part.limit is not _ANY
            stack.extend(inner)
            continue
        hidden = _hidden(reader, part.operand.node) if part.limit is _ANY and reader.grammar.typed else None
        if hidden is None or part.operand.links:
            steps.append(_Step(part.operator, part.operand))
            continue
        misread = True
        node, links, behind_type = hidden
        if behind_type:
            stack.append(None)
        operand = Operand(node, links, part.operand.end)
        if node.kind_id == reader.grammar.binary:
            stack.append(_Part(part.operator, operand, _ANY))
        else:
            steps.append(_Step(part.operator, operand))
    return steps[0].right, steps[1:], misread


def _split(reader: Reader, part: _Part) -> tuple[_Part, _Part] | None:
    """The right and left part of an infix operator; None for what is a single operand to those around it.

    An operator at the right of one that binds no less stands there without parentheses by mistake.
    """
    node, links, end = part.operand
    if node.kind_id != reader.grammar.binary:
        return None
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    operator = node.child_by_field_name("operator")
    if left is None or right is None or operator is None:
        return None
    symbol = operator.type
    rank = _PRECEDENCE.get(symbol, 0)
    if part.limit is not _ANY and not links and rank > part.limit:
        return None
    limit = _NONE if symbol == _RIGHT_TO_LEFT else rank
    return _Part(symbol, Operand(right, links, end), limit), _Part(part.operator, Operand(left, [], reader.end(left)), _ANY)


def _hidden(reader: Reader, node: ts.Node) -> tuple[ts.Node, list[ts.Node], bool] | None:
    """What a left operand really is, if it is a chain on an infix operator or (true) on the rest of a type."""
    outer, outer_links = node, list[ts.Node]()
    links: list[ts.Node] = []
    behind_type = prefixed = False
    inner: ts.Node | None = node
    while inner is not None:
        node = inner
        field = reader.heads.get(node.kind_id)
        if field is not None:
            links.append(node)
            inner = node.child_by_field_name(field) if field else reader.grammar.only(node)
        elif node.kind_id in reader.grammar.casts:
            behind_type = behind_type or bool(links)
            links = []
            inner = reader.grammar.only(node)
        elif node.kind_id in reader.prefixes and not prefixed:
            prefixed, outer, outer_links = True, node, list(links)
            inner = operand_of(reader, node, reader.prefixes[node.kind_id])
        else:
            break
    if prefixed:
        return (outer, outer_links, True) if behind_type else None
    if node.kind_id == reader.grammar.binary or behind_type:
        return node, links, behind_type
    return None


def _fold(reader: Reader, first: Operand, steps: list[_Step], depth: int) -> Node:
    """Steps grouped from the left, as the tree has them: none hangs on a link."""
    runs = _runs(steps)
    value: Node
    start = first.node.start_byte
    keep = max(MAX_DEPTH - depth, 0)
    level = depth + min(len(runs), keep)
    if len(runs) > keep:
        cut = len(runs) - keep + 1
        operands = [first, *(right for run in runs[:cut] for right in run.rights)]
        value, runs = _too_deep(reader, operands, depth), runs[cut:]
    else:
        value = reader.expression(first.node, level)
    for operator, rights in runs:
        values: list[Node] = []
        for right in rights:
            values.append(reader.expression(right.node, level))
        level -= 1
        span = reader.between(start, rights[-1].end)
        value = build.binary(operator, value, values[0], span)
        if len(values) > 1 and type(value) is Operation:
            value = Operation(operator, (*value.operands, *values[1:]), span)
    return value


def _runs(steps: list[_Step]) -> list[_Run]:
    """Steps of one flat operator together, every other one alone."""
    runs: list[_Run] = []
    for operator, right in steps:
        if runs and runs[-1].operator == operator and operator in build.FLAT:
            runs[-1].rights.append(right)
        else:
            runs.append(_Run(operator, [right]))
    return runs


def _regroup(reader: Reader, first: Operand, steps: list[_Step], depth: int) -> Node:
    """Steps grouped by precedence."""
    level = depth + len(steps)
    if level > MAX_DEPTH:
        return _too_deep(reader, [first, *(right for _, right in steps)], depth)
    values = [(_lower(reader, first, level), first.node.start_byte, first.end)]
    waiting: list[str] = []

    def reduce() -> None:
        (left, start, _), (right, _, end) = values[-2:]
        operator = waiting.pop()
        values[-2:] = [(build.binary(operator, left, right, reader.between(start, end)), start, end)]

    for operator, right in steps:
        rank = _PRECEDENCE.get(operator, 0) + (operator == _RIGHT_TO_LEFT)
        while waiting and _PRECEDENCE.get(waiting[-1], 0) >= rank:
            reduce()
        waiting.append(operator)
        values.append((_lower(reader, right, level), right.node.start_byte, right.end))
    while waiting:
        reduce()
    return values[0][0]


def _lower(reader: Reader, operand: Operand, depth: int) -> Node:
    return reader.chain(operand, depth) if operand.links else reader.expression(operand.node, depth)


def _too_deep(reader: Reader, operands: list[Operand], depth: int) -> Opaque:
    """What runs in operators that are nested too deeply, in order."""
    level = max(MAX_DEPTH, depth + 1)
    parts = tuple([_lower(reader, operand, level) for operand in operands])
    return Opaque(parts, Ignorance.DEPTH, reader.between(operands[0].node.start_byte, operands[-1].end))


EXPRESSIONS: dict[str, LowerExpression] = {"binary_expression": lower_binary}
"""Infix operators by kind."""
