"""Postfix chains (``head.member(argument)[element]``) and prefix operators, with tree-sitter's mistakes put right.

A chain is read link by link, without recursion. tree-sitter hangs some chains on the wrong head; no correct tree has one
of these shapes without parentheses, so no correct tree is changed (the numbers are those of ``DESIGN``'s rules):

R1. A prefix operator at the head of a chain (``await step.do<T>(x)``) belongs around the whole chain.
R2. In JavaScript ``await (x).y`` is a call of ``await``: an await of its argument, with the rest of the chain inside.
R3. A cast under ``await`` belongs around it: it leaves no node, but the await ends before it.
R4. An infix operator at the head of a chain: see ``infix``.
R5. What hangs on a cast (``x as A.B.C``) belongs to the type.
R6, R7. Blanked before parsing: see ``repair``.
"""

from __future__ import annotations

import tree_sitter as ts

from analyzer.flow.tree import Await, Call, Ignorance, Items, ItemsKind, Literal, Member, Name, Node, Opaque
from analyzer.frontends.ecmascript import build
from analyzer.frontends.ecmascript.build import MAX_DEPTH
from analyzer.frontends.ecmascript.literals import cook
from analyzer.frontends.javascript.infix import lower_infix
from analyzer.frontends.javascript.reader import LAST, LowerExpression, LowerLink, Operand, Reader, new_span, operand_of
from analyzer.source import Span


def lower_chain(reader: Reader, node: ts.Node, depth: int) -> Node:
    """A call, member, element, ``!`` or instantiation, with everything it hangs on."""
    links: list[ts.Node] = []
    heads = reader.heads
    at = node
    kind = at.kind_id
    while kind in heads:
        field = heads[kind]
        links.append(at)
        inner = at.child_by_field_name(field) if field else reader.grammar.only(at)
        if inner is None:
            return reader.missing(node)
        at = inner
        kind = at.kind_id
    level = depth + len(links)
    if kind in reader.misread or level > MAX_DEPTH:
        return chain(reader, Operand(at, links, node.end_byte), depth)
    value = reader.expressions[kind](reader, at, level)
    if type(value) is Name and value.name == "await":
        return _await_call(reader, Operand(at, links, node.end_byte), value, depth)
    start, lower_link = at.start_byte, reader.links
    for link in reversed(links):
        level -= 1
        value = lower_link[link.kind_id](reader, link, value, start, level)
    return value


def chain(reader: Reader, operand: Operand, depth: int) -> Node:
    """A node with links (outermost first) that hang on it and on which its own chain ends."""
    node, links, end = operand
    prefixes: list[ts.Node] = []
    grammar = reader.grammar
    inner: ts.Node | None
    while True:
        kind = node.kind_id
        field = reader.heads.get(kind)
        if field is not None:
            links.append(node)
            inner = node.child_by_field_name(field) if field else grammar.only(node)
        elif kind not in reader.misread or kind == grammar.binary or not links:
            break
        elif kind in grammar.casts:
            links.clear()
            inner = grammar.only(node)
        else:
            prefixes.append(node)
            inner = _operand(reader, node)
        if inner is None:
            return reader.missing(node)
        node = inner
    value = _on_head(reader, Operand(node, links, end), depth + len(prefixes))
    for prefix in reversed(prefixes):
        value = _apply(reader, prefix, value, end)
    return value


def _lower_await(reader: Reader, node: ts.Node, depth: int) -> Node:
    inner = reader.grammar.only(node)
    if inner is None:
        return Await(reader.missing(node), reader.span(node))
    if inner.kind_id not in reader.grammar.casts:
        return Await(reader.expression(inner, depth + 1), reader.span(node))
    bare = reader.grammar.bare(inner)
    return Await(reader.expression(bare, depth + 1), reader.between(node.start_byte, reader.end(bare)))


def _lower_prefixed(reader: Reader, node: ts.Node, depth: int) -> Node:
    """A prefix operator over its operand."""
    inner = _operand(reader, node)
    value = reader.missing(node) if inner is None else reader.expression(inner, depth + 1)
    return _apply(reader, node, value, reader.end(node))


def _operand(reader: Reader, node: ts.Node) -> ts.Node | None:
    return operand_of(reader, node, reader.prefixes[node.kind_id])


def _apply(reader: Reader, prefix: ts.Node, value: Node, end: int) -> Node:
    """A prefix operator over a value that ends at an offset."""
    span = reader.between(prefix.start_byte, end)
    operator = prefix.child_by_field_name("operator")
    if operator is None:
        return Await(value, span) if prefix.type == "await_expression" else value
    symbol = operator.type
    if prefix.type == "update_expression":
        return build.update(symbol, value, span)
    return build.unary(symbol, value, span)


def _on_head(reader: Reader, operand: Operand, depth: int) -> Node:
    """The links of a chain on a head that is no chain."""
    node, links, _ = operand
    if node.kind_id == reader.grammar.binary:
        return lower_infix(reader, operand, depth)
    level = depth + len(links)
    if level > MAX_DEPTH:
        return _cut(reader, operand, depth)
    value = reader.expressions[node.kind_id](reader, node, level)
    if type(value) is Name and value.name == "await" and links:
        return _await_call(reader, operand, value, depth)
    return _hang(reader, links, value, node.start_byte, depth)


def _hang(reader: Reader, links: list[ts.Node], value: Node, start: int, depth: int) -> Node:
    """Links of a chain on a value that starts at an offset, innermost first."""
    lower_link = reader.links
    level = depth + len(links)
    for link in reversed(links):
        level -= 1
        value = lower_link[link.kind_id](reader, link, value, start, level)
    return value


def _await_call(reader: Reader, operand: Operand, name: Name, depth: int) -> Node:
    """R2: what reads as a call or an element of ``await`` is an await; with any other link it is a name."""
    links, start = operand.links, operand.node.start_byte
    innermost = links[-1]
    arguments = innermost.child_by_field_name("arguments")
    index = innermost.child_by_field_name("index")
    level = depth + len(links)
    if arguments is not None:
        parts = _arguments(reader, arguments, level)
        value = build.sequence(parts, _inside(reader, arguments)) if parts else reader.missing(arguments)
        first = arguments.start_byte
    elif index is not None:
        is_list = index.type == "sequence_expression"
        parts = reader.operands(index, level) if is_list else (reader.expression(index, level),)
        value = Items(parts, ItemsKind.LIST, reader.between(index.start_byte - 1, innermost.end_byte))
        first = index.start_byte - 1
    else:
        value, first = reader.links[innermost.kind_id](reader, innermost, name, start, level), start
    value = _hang(reader, links[:-1], value, first, depth)
    return value if first == start else Await(value, reader.between(start, operand.end))


def _inside(reader: Reader, parentheses: ts.Node) -> Span:
    inner = [child for child in parentheses.named_children if child.kind_id not in reader.grammar.comments]
    return reader.between(inner[0].start_byte, inner[-1].end_byte)


def _cut(reader: Reader, operand: Operand, depth: int) -> Node:
    """A chain that is too long: its inner part is what runs in it, in order."""
    node, links, _ = operand
    keep = max(MAX_DEPTH - depth - 1, 0)
    dropped = links[keep:]
    level = max(MAX_DEPTH, depth + 1)
    parts = [reader.expression(node, level)]
    for link in reversed(dropped):
        arguments, index = link.child_by_field_name("arguments"), link.child_by_field_name("index")
        if arguments is not None:
            parts.extend(_arguments(reader, arguments, level - 1))
        elif index is not None:
            parts.append(reader.expression(index, level))
    start = node.start_byte
    value: Node = Opaque(tuple(parts), Ignorance.DEPTH, reader.between(start, dropped[0].end_byte))
    return _hang(reader, links[:keep], value, start, depth)


def _arguments(reader: Reader, node: ts.Node, depth: int) -> tuple[Node, ...]:
    """The arguments of a call, or the template of a tagged one."""
    if node.kind_id == reader.grammar.template:
        return (reader.expression(node, depth + 1),)
    return reader.operands(node, depth + 1)


def _link_call(reader: Reader, link: ts.Node, value: Node, start: int, depth: int) -> Node:
    node = link.child_by_field_name("arguments")
    args: tuple[Node, ...] = ()
    if node is not None and node.kind_id == reader.grammar.template:
        args = (reader.expression(node, depth + 1),)
    elif node is not None:
        args = reader.operands(node, depth + 1)
    return Call(value, args, None, False, reader.between(start, link.end_byte))


def _link_member(reader: Reader, link: ts.Node, value: Node, start: int, depth: int) -> Node:
    name = link.child_by_field_name("property")
    if name is None:
        return reader.missing(link)
    first, end, path = name.start_byte, name.end_byte, reader.path
    text = reader.text[first:end]
    if not text:
        return value
    key = Literal(cook(text) if "\\" in text else text, new_span(Span, (path, first, end)))
    return Member(value, key, False, new_span(Span, (path, start, end)))


def _link_element(reader: Reader, link: ts.Node, value: Node, start: int, depth: int) -> Node:
    key = reader.field(link, "index", depth + 1)
    return Member(value, key, True, reader.between(start, link.end_byte))


def _link_nothing(reader: Reader, link: ts.Node, value: Node, start: int, depth: int) -> Node:
    return value


LINKS: dict[str, tuple[str, LowerLink]] = {
    "call_expression": ("function", _link_call),
    "member_expression": ("object", _link_member),
    "subscript_expression": ("object", _link_element),
    "non_null_expression": ("", _link_nothing),
    "instantiation_expression": ("", _link_nothing),
}
"""Links by kind: the field of what they hang on (empty: their one child), and how they are lowered."""

PREFIXES: dict[str, str] = {
    "await_expression": "",
    "unary_expression": "argument",
    "update_expression": "argument",
    "type_assertion": LAST,
}
"""Prefix operators by kind, with the field of their operand (empty: their one child; LAST: the last one)."""

EXPRESSIONS: dict[str, LowerExpression] = {
    **dict.fromkeys(LINKS, lower_chain),
    **dict.fromkeys(PREFIXES, _lower_prefixed),
    "await_expression": _lower_await,
}
"""Chains and prefix operators by kind."""
