"""Where the entries of a TOML file stand, which the standard library's parser does not tell.

The text is known to be valid TOML, so the scan only has to tell keys, strings, brackets and comments apart.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

from analyzer.config import KeyPath
from analyzer.project.documents.document import Place
from analyzer.source import Language, Position, SourceFile

_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_KEY = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'|[^\s=."\'\[\]{}#,]+')
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_EQUALS = re.compile(r"[ \t]*=[ \t]*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?!")'
    r"|'''.*?'''(?!')"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'",
    re.DOTALL,
)
_PLAIN = re.compile(r"[^,\]}#\r\n]*")


def toml_places(text: str) -> Mapping[KeyPath, Place]:
    """The place of every key and array element of a valid TOML text; of those up to a nesting no call stack takes."""
    scanner = _Scanner(text)
    try:
        scanner.scan()
    except RecursionError:
        return scanner.places
    return scanner.places


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.position = SourceFile("", text, Language.JAVASCRIPT).position
        self.at = 0
        self.places: dict[KeyPath, Place] = {}
        self.elements: dict[KeyPath, int] = {}  # of each array of tables, how many so far

    def scan(self) -> None:
        table: KeyPath = ()
        self.skip(_BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.entry(table)
            self.skip(_BLANK)

    def header(self) -> KeyPath:
        """Reads ``[a.b]`` or ``[[a.b]]``; gives the path of the table that follows."""
        place = Place(self.position(self.at), self.position(self.at))
        brackets = 2 if self.text.startswith("[[", self.at) else 1
        self.at += brackets
        self.skip(_BLANK)
        *outer, last = self.keys()
        path: KeyPath = ()
        for key in outer:
            path = (*path, key)
            if path in self.elements:
                path = (*path, self.elements[path] - 1)
            self.places.setdefault(path, place)
        path = (*path, last)
        if brackets == 2:
            self.places.setdefault(path, place)
            self.elements[path] = self.elements.get(path, 0) + 1
            path = (*path, self.elements[path] - 1)
        self.places.setdefault(path, place)
        self.skip(_BLANK)
        self.at += brackets
        return path

    def entry(self, table: KeyPath) -> None:
        """Reads ``key = value``, ``a.b = value`` too."""
        start = self.position(self.at)
        path = table
        for key in self.keys():
            path = (*path, key)
            self.places.setdefault(path, Place(start, start))
        self.skip(_EQUALS)
        self.value(path, start)

    def keys(self) -> list[str]:
        keys = [self.key()]
        while self.skip(_DOT):
            keys.append(self.key())
        return keys

    def key(self) -> str:
        token = self.take(_KEY)
        return str(tomllib.loads(f"key = {token}")["key"]) if token[0] in "\"'" else token

    def value(self, path: KeyPath, key: Position | None = None) -> None:
        start = self.position(self.at)
        self.places[path] = Place(key or start, start)
        match self.text[self.at]:
            case "[":
                self.array(path)
            case "{":
                self.table(path)
            case '"' | "'":
                self.skip(_STRING)
            case _:
                self.skip(_PLAIN)

    def array(self, path: KeyPath) -> None:
        index = 0
        while self.goes_on("]"):
            self.value((*path, index))
            index += 1

    def table(self, path: KeyPath) -> None:
        while self.goes_on("}"):
            self.entry(path)

    def goes_on(self, end: str) -> bool:
        """Steps over an opening bracket or a comma; false, and behind the end, if nothing follows."""
        self.skip(_BLANK)
        if self.text[self.at] in "[{,":
            self.at += 1
            self.skip(_BLANK)
        if self.text[self.at] != end:
            return True
        self.at += 1
        return False

    def take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:
            raise ValueError(f"no valid TOML at offset {self.at}")
        self.at = found.end()
        return found[0]

    def skip(self, pattern: re.Pattern[str]) -> bool:
        """Steps over what a pattern matches here; whether that was anything."""
        start = self.at
        found = pattern.match(self.text, start)
        if found is not None:
            self.at = found.end()
        return self.at > start
