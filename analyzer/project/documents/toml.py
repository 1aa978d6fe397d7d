"""TOML: values by the standard library's parser, places by a scan of the text it has accepted."""

from __future__ import annotations

import re

from analyzer.project.documents.document import START, Document, DocumentProblem
from analyzer.source import Position

_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


def parse_toml(path: str, text: str) -> Document:
    """Reads TOML. Never raises: what does not parse is a document without data, with the parser's own words."""
    import tomllib

    from analyzer.project.documents.toml_places import toml_places

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Document(path, {}, {}, (_problem(str(error), text),))
    except RecursionError:
        return Document(path, {}, {}, (DocumentProblem("nested too deeply", START),))
    return Document(path, data, toml_places(text))


def _problem(message: str, text: str) -> DocumentProblem:
    found = _PLACE.search(message)
    if found is None:
        return DocumentProblem(message, START)
    words = message[: found.start()]
    if found[1] is None:
        return DocumentProblem(words, Position(text.count("\n") + 1, len(text) - text.rfind("\n")))
    return DocumentProblem(words, Position(int(found[1]), int(found[2])))
