"""Each kind of syntax gives the tree written by hand in ``javascript_trees``."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from javascript_sources_read import read

from analyzer.flow.dump import dump

FOLDER = Path(__file__).with_name("javascript_trees")


def cases() -> list[tuple[str, str, str]]:
    """Path, source and expected tree of every case: ``=== path``, the source, ``---``, the tree."""
    found = []
    for file in sorted(FOLDER.glob("*.txt")):
        _, *blocks = re.split(r"^=== (\S+)\n", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for path, block in zip(blocks[::2], blocks[1::2], strict=True):
            source, expected = block.split("\n---\n", 1)
            found.append((path, source, expected.removesuffix("\n")))
    return found


@pytest.mark.parametrize(("path", "source", "expected"), cases(), ids=lambda text: text[:40] if "\n" not in text else "")
def test_a_source_has_the_expected_tree(path: str, source: str, expected: str) -> None:
    module = read(source, path)
    assert dump(module.body) == expected
    assert module.problems == ()


@pytest.mark.parametrize(("path", "source"), [case[:2] for case in cases() if case[0] == "a.js"], ids=lambda text: text[:40])
def test_javascript_means_the_same_in_a_typescript_file(path: str, source: str) -> None:
    typed = read(source, "a.ts")
    assert dump(typed.body) == dump(read(source, path).body)
