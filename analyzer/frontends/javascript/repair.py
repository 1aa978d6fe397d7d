"""The text as tree-sitter is given it: one byte a character, and what its grammars cannot read blanked, at equal length.

Offsets of nodes are then offsets in code points of the source, whose own text every literal and name is cut from.
Blanking in a string, template or comment does no harm for the same reason.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import NamedTuple

_NARROW = "analyzer.frontends.javascript.narrow"
_STRANGE = "\x01"

# Each pattern begins with a literal, which the engine finds fast; what stands before it is looked at behind it.
# Repetitions that need not match are bounded: no input takes more than linear time. They are compiled when a file needs them:
# compiling all takes a tenth of what reading a small file does.
_USING = rb"using(?<![\w$.]using)(?=[ \t]+(?!(?:of|in|as|instanceof|satisfies)\b)[\w$]{1,200}\s{0,200}(?:[=:,;]|of\b))"
_USING_NAME = rb"using(?![\w$])(?<![\w$.]using)(?![ \t]+(?!(?:of|in|as|instanceof|satisfies)\b)[\w$\[{])"
_AWAIT_CONST = rb"await[ \t]+(?=const\b)"
_TYPE_EXPORT = rb"export(?<![\w$.]export)\s+(type)\s*\*"
_TAG_TYPES = rb"<(?<=[\w$\])]<)[\w$\s.,|&\[\]{}:?;'\"<>-]{0,400}>(?=`)"
_NO_TYPES = (b"&&", b"||", b"?.", b"${")
_ACCESSOR = rb"accessor(?<![\w$.]accessor)(?=[ \t]+[\w$#\[\"'])"
_ASSERT = rb"""from(?<![\w$.]from)\s*(?:"[^"\n]{0,1000}"|'[^'\n]{0,1000}')\s*(assert\s*\{[^{}]{0,1000}\})"""
_PHASE = rb"import(?<![\w$.]import)\s+(defer|source)\s+(?:\*|[\w$]{1,200}\s+from\b)"
_WRAPPED = rb"([\[,:.]\s{0,50})\((\s{0,50}[\w$][\w$.]{0,200}\s{0,50})\)(?=\s{0,50}(?:[,\]}]|=[^=>]))"
_IN_NAME = rb"in(?=[\d_$]|stanceof[\w$])(?<![\w$.]in)"
_AWAIT_LET = rb"for\s+(await)\s*\(\s*let\s*\["
_LONE_NAME = rb"(\n[ \t]*(?:static[ \t]+)?#?[\w$]{1,200})\r?\n(?=\s*\[)"
_CONFLICT = rb"(?m:^(?:<<<<<<<|\|\|\|\|\|\|\||=======|>>>>>>>)(?: .*)?$)"


class Shadow(NamedTuple):
    """The bytes to parse, as many as the source has characters, and where merge-conflict markers stood."""

    data: bytes
    conflicts: list[tuple[int, int]]


def shadow_of(text: str, typed: bool) -> Shadow:
    """The text to parse instead of a source; ``typed``: for the TypeScript grammars."""
    data = text.encode("ascii", errors=_NARROW)
    # At the start of a line the grammars take a name that begins like this for the operator.
    data = re.sub(_IN_NAME, b"xn", data)
    for word, repair in _TYPED if typed else _PLAIN:
        if word in data:
            data = repair(data)
    conflicts: list[tuple[int, int]] = []
    if b"\n<<<<<<<" in data or data.startswith(b"<<<<<<<"):
        conflicts = [match.span() for match in re.finditer(_CONFLICT, data)]
        data = re.sub(_CONFLICT, _blank, data)
    return Shadow(data, conflicts)


def _narrow(error: UnicodeError) -> tuple[str, int]:
    """What stands for the characters that are not ASCII, one for each."""
    assert isinstance(error, UnicodeEncodeError)
    return "".join([_ascii(char) for char in error.object[error.start : error.end]]), error.end


def _ascii(char: str) -> str:
    """A letter stands for letters, a space for spaces, and a sign no code may hold for all the rest."""
    if ("a" + char).isidentifier() or char in "\u200c\u200d":
        return "a"
    return " " if char.isspace() or char == "\ufeff" else _STRANGE


def end_fields(data: bytes) -> bytes:
    """With a semicolon behind each name alone on its line before a bracket: a field of a class, if the text is right."""
    return re.sub(_LONE_NAME, lambda match: match[1] + b";" + match[0][len(match[1]) + 1 :], data)


def bare_targets(data: bytes) -> bytes:
    """Without parentheses around names and members in brackets: in patterns the grammars do not allow them."""
    return re.sub(_WRAPPED, rb"\1 \2 ", data)


def _no_using(data: bytes) -> bytes:
    """R7: the TypeScript grammar has no ``using``; ``const`` is as long and binds alike."""
    repaired, count = re.subn(_USING, b"const", data)
    return re.sub(_AWAIT_CONST, _blank, repaired) if count else data


def _no_using_name(data: bytes) -> bytes:
    """``using`` as a name, which the JavaScript grammar does not know."""
    return re.sub(_USING_NAME, b"xsing", data)


def _no_await_let(data: bytes) -> bytes:
    """``for await (let [``, of which the JavaScript grammar makes an element of ``let``."""
    return re.sub(_AWAIT_LET, _blank_group, data)


def _no_tag_types(data: bytes) -> bytes:
    """R6: type arguments of a tag, which the grammar takes for comparisons."""
    return re.sub(_TAG_TYPES, lambda match: match[0] if any(sign in match[0] for sign in _NO_TYPES) else _blank(match), data)


def _no_type_export(data: bytes) -> bytes:
    """``export type * from``, which the TypeScript grammar does not know."""
    return re.sub(_TYPE_EXPORT, _blank_group, data)


def _no_accessor(data: bytes) -> bytes:
    """``accessor`` before a field, which the JavaScript grammar does not know."""
    return re.sub(_ACCESSOR, _blank, data)


def _no_assert(data: bytes) -> bytes:
    """The older spelling of import attributes, likewise."""
    return re.sub(_ASSERT, _blank_group, data)


def _no_phase(data: bytes) -> bytes:
    """``import defer * as x`` and ``import source x``, which no grammar here knows."""
    return re.sub(_PHASE, _blank_group, data)


def _blank(match: re.Match[bytes]) -> bytes:
    return b" " * len(match[0])


def _blank_group(match: re.Match[bytes]) -> bytes:
    start, end = match.start(1) - match.start(), match.end(1) - match.start()
    return match[0][:start] + b" " * (end - start) + match[0][end:]


_TYPED: tuple[tuple[bytes, Callable[[bytes], bytes]], ...] = (
    (b"using", _no_using_name),
    (b"using", _no_using),
    (b"for await", _no_await_let),
    (b">`", _no_tag_types),
    (b"export type", _no_type_export),
    (b"import defer", _no_phase),
    (b"import source", _no_phase),
)
_PLAIN: tuple[tuple[bytes, Callable[[bytes], bytes]], ...] = (
    (b"accessor", _no_accessor),
    (b"using", _no_using_name),
    (b"for await", _no_await_let),
    (b"assert", _no_assert),
    (b"import defer", _no_phase),
    (b"import source", _no_phase),
)

codecs.register_error(_NARROW, _narrow)
