"""Parts of the server on their own: names, and what of a commit is written to disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.serve.mirror import Mirror
from analyzer.serve.names import free_name, valid_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Order", "Order"),
        ("$Order", "_Order"),
        ("-order", "_order"),
        ("Bestellung_für_2", "Bestellung_f_r_2"),
        ("", "_"),
        ("a" * 70, "a" * 64),
    ],
)
def test_valid_name(text: str, name: str) -> None:
    assert valid_name(text) == name


def test_name_that_is_taken_is_numbered() -> None:
    assert free_name("Order", {"Order", "Order-2"}) == "Order-3"
    assert free_name("a" * 64, {"a" * 64}) == "a" * 62 + "-2"


class Commits:
    """A repository of made-up commits: the content of a file is its name."""

    def __init__(self, **trees: list[str]) -> None:
        self.trees = trees
        self.read: list[str] = []

    def tree(self, sha: str) -> dict[str, str]:
        return {path: path.upper() if sha == "other" and path == "b.py" else path for path in self.trees[sha]}

    def contents(self, objects: object) -> dict[str, bytes]:
        names = list(objects)  # type: ignore[call-overload]
        self.read += names
        return {name: name.encode() for name in names}


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_next_commit_writes_what_differs(tmp_path: Path) -> None:
    commits = Commits(one=["a.ts", "src/c.js", "b.py", "read.me"], other=["a.ts", "b.py", "new/wrangler.toml"])
    mirror = Mirror(commits, str(tmp_path))  # type: ignore[arg-type]
    mirror.show("one")
    assert files(tmp_path) == ["a.ts", "b.py", "src/c.js"]
    commits.read.clear()
    mirror.show("other")
    assert files(tmp_path) == ["a.ts", "b.py", "new/wrangler.toml"]
    assert commits.read == ["B.PY", "new/wrangler.toml"]
    assert (tmp_path / "b.py").read_text() == "B.PY"


@pytest.mark.parametrize("path", ["../a.ts", "/etc/a.ts", "b/../../a.ts", ".git/hooks/a.py", "./a.ts", "node_modules/a.ts"])
def test_nothing_is_written_outside_of_the_folder(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "inner"
    Mirror(Commits(one=[path, "fine.ts"]), str(folder)).show("one")  # type: ignore[arg-type]
    assert files(tmp_path) == ["inner/fine.ts"]
