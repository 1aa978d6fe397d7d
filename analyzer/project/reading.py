"""From bytes to a source file: the one place that decodes, and that refuses what cannot be source."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from analyzer.config import MAX_SIZE
from analyzer.errors import UnreadableFileError, UsageError
from analyzer.source import SUFFIXES, Language, SourceFile, language_of


def read_source(path: str, *, max_size: int = MAX_SIZE) -> SourceFile:
    """Reads a file of at most ``max_size`` bytes. Raises UnreadableFileError, or UsageError for an unknown suffix."""
    language = _language(path)
    try:
        with open(path, "rb") as file:
            data = file.read(max_size + 1)
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or "cannot be read") from error
    return SourceFile(path, _decode(path, data, max_size), language)


def source_from_bytes(path: str, data: bytes, *, max_size: int = MAX_SIZE) -> SourceFile:
    """What ``read_source`` makes of a file of this name and content; raises the same errors."""
    return SourceFile(path, _decode(path, data, max_size), _language(path))


def source_from_text(path: str, text: str) -> SourceFile:
    """A source of text that is already decoded; raises the same errors, size aside."""
    language = _language(path)
    _refuse_nul(path, text)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise _unreadable(path, "not Unicode: a lone surrogate", text[: error.start]) from error
    return SourceFile(path, text.removeprefix("\ufeff"), language)


def _language(path: str) -> Language:
    language = language_of(path)
    if language is None:
        raise UsageError(f"{path}: not a source file; the suffix must be one of {', '.join(SUFFIXES)}")
    return language


def _decode(path: str, data: bytes, max_size: int) -> str:
    if len(data) > max_size:
        raise UnreadableFileError(path, f"larger than the limit of {max_size / 1_000_000:g} MB")
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise UnreadableFileError(path, "not UTF-8: it is UTF-16; save it as UTF-8")
    data = data.removeprefix(BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        reason = "binary" if b"\0" in data else f"not UTF-8: byte 0x{data[error.start]:02x}"
        raise _unreadable(path, reason, data[: error.start].decode()) from error
    _refuse_nul(path, text)
    return text


def _refuse_nul(path: str, text: str) -> None:
    at = text.find("\0")
    if at >= 0:
        raise _unreadable(path, "binary: a NUL character", text[:at])


def _unreadable(path: str, reason: str, before: str) -> UnreadableFileError:
    line, column = SourceFile(path, before, Language.JAVASCRIPT).position(len(before))
    return UnreadableFileError(path, reason, line, column)
