"""From bytes to text: what is read, what is refused, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.errors import UnreadableFileError, UsageError
from analyzer.project.reading import read_source, source_from_bytes, source_from_text
from analyzer.source import Language


def test_text_language_and_path_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.TS"
    path.write_bytes("// ünï\r\nlet a;".encode())
    source = read_source(str(path))
    assert (source.path, source.text, source.language) == (str(path), "// ünï\r\nlet a;", Language.JAVASCRIPT)


def test_byte_order_mark_is_no_part_of_the_text() -> None:
    assert source_from_bytes("a.py", b"\xef\xbb\xbfa = 1").text == "a = 1"
    assert source_from_text("a.py", "\ufeffa = 1").text == "a = 1"


@pytest.mark.parametrize(
    ("data", "reason", "line", "column"),
    [
        (b"a\n\n  \xff", "not UTF-8: byte 0xff", 3, 3),
        ("ü\r".encode() + b"\xe9", "not UTF-8: byte 0xe9", 2, 1),
        (b"a\n\0", "binary: a NUL character", 2, 1),
        (b"\0\xff", "binary", 1, 2),
        (b"\xfe\xff\0a", "not UTF-8: it is UTF-16; save it as UTF-8", 1, 1),
        (b"x" * 21, "larger than the limit of 2e-05 MB", 1, 1),
    ],
)
def test_what_is_no_source_is_refused_with_its_place(data: bytes, reason: str, line: int, column: int) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        source_from_bytes("a.js", data, max_size=20)
    assert (caught.value.reason, caught.value.line, caught.value.column) == (reason, line, column)
    assert str(caught.value) == f"a.js:{line}:{column}: {reason}"


def test_no_more_of_a_file_is_read_than_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "large.js"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(UnreadableFileError, match="larger than the limit of 1 MB"):
        read_source(str(path), max_size=1_000_000)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    (tmp_path / "folder.js").mkdir()
    for name in ("none.js", "folder.js"):
        with pytest.raises(UnreadableFileError, match=rf"{name}:1:1: \w+"):
            read_source(str(tmp_path / name))


@pytest.mark.parametrize("name", ["a", "a.txt", "a.ts.map", ".js"])
def test_name_tells_the_language(name: str) -> None:
    with pytest.raises(UsageError, match=r"suffix must be one of \.js, "):
        source_from_text(name, "")
