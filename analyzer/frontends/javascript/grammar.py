"""The three tree-sitter grammars, and the numbers they give to the kinds of nodes the reader asks for."""

from __future__ import annotations

from functools import cache

from tree_sitter import Language, Node

from analyzer.records import record
from analyzer.source import suffix_of

ERROR_KIND = 65535
"""The kind of a node that holds what does not parse."""

_TYPED = frozenset({".ts", ".mts", ".cts", ".tsx"})
_ABSENT = -1


@record
class Grammar:
    """A language, with the kinds of nodes that handlers compare with (-1: a kind this grammar does not have)."""

    language: Language
    typed: bool
    comments: frozenset[int]
    binary: int
    block: int
    casts: frozenset[int]
    if_statement: int
    object: int
    parenthesized: int
    return_statement: int
    template: int

    def kinds(self, name: str) -> list[int]:
        """Every number of a kind of named nodes (a grammar may have several of one name)."""
        language = self.language
        return [
            kind
            for kind in range(language.node_kind_count)
            if language.node_kind_is_named(kind) and language.node_kind_for_id(kind) == name
        ]

    def only(self, node: Node) -> Node | None:
        """The first child that is neither a token nor a comment nor, if there is another, an error."""
        try:
            child = node.named_child(0)
        except IndexError:
            return None
        if child.kind_id not in self.comments and child.kind_id != ERROR_KIND:
            return child
        inner = [child for child in node.named_children if child.kind_id not in self.comments]
        return next((child for child in inner if child.kind_id != ERROR_KIND), inner[0] if inner else None)

    def bare(self, node: Node) -> Node:
        """What stands under any number of casts."""
        while node.kind_id in self.casts and (inner := self.only(node)) is not None:
            node = inner
        return node

    def unwrap(self, node: Node) -> Node:
        """What stands in any number of parentheses."""
        while node.kind_id == self.parenthesized:
            inner = self.only(node)
            if inner is None:
                return node
            node = inner
        return node


def grammar_of(path: str) -> Grammar:
    """The grammar for a file name: TypeScript, TypeScript with JSX, or JavaScript (with JSX, whatever the suffix)."""
    suffix = suffix_of(path)
    if suffix == ".tsx":
        return _tsx()
    return _typescript() if suffix in _TYPED else _javascript()


@cache
def _javascript() -> Grammar:
    import tree_sitter_javascript

    return _grammar(Language(tree_sitter_javascript.language()), typed=False)


@cache
def _typescript() -> Grammar:
    import tree_sitter_typescript

    return _grammar(Language(tree_sitter_typescript.language_typescript()), typed=True)


@cache
def _tsx() -> Grammar:
    import tree_sitter_typescript

    return _grammar(Language(tree_sitter_typescript.language_tsx()), typed=True)


def _grammar(language: Language, typed: bool) -> Grammar:
    def kind(name: str) -> int:
        found = language.id_for_node_kind(name, True)
        return _ABSENT if found is None else found

    return Grammar(
        language,
        typed,
        comments=frozenset({kind("comment"), kind("html_comment"), kind("hash_bang_line")}),
        binary=kind("binary_expression"),
        block=kind("statement_block"),
        casts=frozenset({kind("as_expression"), kind("satisfies_expression")} - {_ABSENT}),
        if_statement=kind("if_statement"),
        object=kind("object"),
        parenthesized=kind("parenthesized_expression"),
        return_statement=kind("return_statement"),
        template=kind("template_string"),
    )
