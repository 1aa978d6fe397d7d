"""JSON with comments and trailing commas.

Such a text is a JavaScript expression, so the JavaScript reader reads it: its parser is a dependency already, knows every
place and goes on after an error. What JavaScript allows beyond JSON is refused here.
"""

from __future__ import annotations

import re

from analyzer.config import KeyPath
from analyzer.flow import tree
from analyzer.project.documents.document import START, Document, DocumentProblem, Place
from analyzer.source import Language, Position, SourceFile, Span

_BEFORE, _AFTER = "(", "\n)"
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_NO_OBJECT = "not a JSON object"
_CONSTANTS = ("true", "false", "null")


def parse_jsonc(path: str, text: str) -> Document:
    """Reads JSON or JSONC whose outermost value is an object. Never raises: what cannot be read is a problem."""
    from analyzer.frontends import read

    source = SourceFile(path, _BEFORE + text.removeprefix("\ufeff") + _AFTER, Language.JAVASCRIPT)
    module = read(source)
    reader = _Reader(source)
    for problem in module.problems:
        reader.report(problem.span, problem.message if problem.span.start else _NO_OBJECT)
    match module.body:
        case (tree.Record() as record,):
            data = reader.members(record, ())
        case _:
            data = {}
            if not module.problems:
                reader.problems.append(DocumentProblem(_NO_OBJECT, START))
    return Document(path, data, reader.places, tuple(reader.problems))


class _Reader:
    def __init__(self, source: SourceFile) -> None:
        self.source = source
        self.places: dict[KeyPath, Place] = {}
        self.problems: list[DocumentProblem] = []

    def members(self, record: tree.Record, path: KeyPath) -> dict[str, object]:
        """The members of an object; of several of one name the last holds."""
        data: dict[str, object] = {}
        for entry in record.entries:
            match entry:
                case tree.Entry(key=tree.Literal(value=str(key), span=span), value=value) if self.is_string(span):
                    self.places[(*path, key)] = Place(self.position(span), self.position(value.span))
                    data[key] = self.value(value, (*path, key))
                case tree.Entry(key=key):
                    self.report(key.span, "a key must be a string in double quotes")
                case tree.Spread(span=span):
                    self.report(span, "not JSON")
        return data

    def value(self, node: tree.Node, path: KeyPath) -> object:
        match node:
            case tree.Record():
                return self.members(node, path)
            case tree.Items(elements=elements):
                return [self.element(element, (*path, index)) for index, element in enumerate(elements)]
            case tree.Literal(value=value, span=span) if self.is_constant(value, span):
                return value
            case tree.Operation(operator="-", operands=(tree.Literal(value=int() | float() as number),), span=span):
                if _NUMBER.fullmatch(self.source.slice(span)):
                    return -number
            case tree.Opaque(reason=tree.Ignorance.SYNTAX_ERROR):
                return None
        self.report(node.span, "not JSON")
        return None

    def element(self, node: tree.Node, path: KeyPath) -> object:
        self.places[path] = Place(self.position(node.span), self.position(node.span))
        return self.value(node, path)

    def is_constant(self, value: tree.Constant, span: Span) -> bool:
        """Whether a constant is written as JSON writes it."""
        text = self.source.slice(span)
        match value:
            case str():
                return self.is_string(span)
            case bool() | None:
                return text in _CONSTANTS
            case int() | float():
                return _NUMBER.fullmatch(text) is not None
            case _:
                return False

    def is_string(self, span: Span) -> bool:
        return self.source.text.startswith('"', span.start)

    def position(self, span: Span) -> Position:
        """The place of a span's start in the text without the parenthesis before it."""
        line, column = self.source.position(max(span.start, len(_BEFORE)))
        return Position(line, column - len(_BEFORE)) if line == 1 else Position(line, column)

    def report(self, span: Span, message: str) -> None:
        self.problems.append(DocumentProblem(message, self.position(span)))
