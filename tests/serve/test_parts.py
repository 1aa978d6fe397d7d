"""Parts of the server on their own: names, what of a commit is written to disk, which changes of files count."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from pathlib import Path

import anyio
import pytest
from running import do, workflow
from watchfiles import Change

from analyzer import Options, analyze_paths
from analyzer.project.mirror import Mirror
from analyzer.records import replace
from analyzer.serve.configured import Configured
from analyzer.serve.memory import Memory
from analyzer.serve.names import free_name, valid_name
from analyzer.serve.naming import named
from analyzer.serve.snapshot import Served
from analyzer.serve.watching import SourceFilter, tell_changes
from analyzer.source import Language


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


def found(name: str, path: str, **fields: object) -> Served:
    return Served(name, "", name, path, 1, Language.JAVASCRIPT, **fields)  # type: ignore[arg-type]


def entry(class_name: str, name: str, *files: str, steps: int | None = None) -> Configured:
    real = frozenset(os.path.realpath(file) for file in files)
    return Configured(class_name, name, "shop", steps, "wrangler.toml", 1, Language.JAVASCRIPT, real)


def names_of(served: list[Served], *entries: Configured) -> list[tuple[str, str, str, int]]:
    workflows = named(served, entries, "my project", "free")
    return [(each.path, each.name, each.script_name, each.step_limit) for each in workflows]


def test_names_of_configurations_go_before_those_of_classes() -> None:
    """The first file's class would have the name that the second's configuration gives."""
    served = [found("flow", "a.ts"), found("Order", "b.ts")]
    assert names_of(served, entry("Order", "flow", "b.ts", steps=7)) == [
        ("a.ts", "flow-2", "my_project", 1024),
        ("b.ts", "flow", "shop", 7),
    ]


def test_configuration_means_the_class_of_its_own_worker() -> None:
    served = [found("Order", "a/order.ts"), found("Order", "b/order.ts")]
    named_so = names_of(served, entry("Order", "a-order", "a/order.ts"), entry("Order", "b-order", "b/order.ts"))
    assert [name for _, name, _, _ in named_so] == ["a-order", "b-order"]


def test_name_given_twice_is_numbered() -> None:
    served = [found("A", "a.ts"), found("B", "b.ts")]
    assert [name for _, name, _, _ in names_of(served, entry("A", "flow", "a.ts"), entry("B", "flow", "b.ts"))] == [
        "flow",
        "flow-2",
    ]


def test_stale_workflow_keeps_its_name_though_its_class_cannot_be_found() -> None:
    stale = replace(found("Order", "a.ts", stale=True), name="order-flow", script_name="shop", step_limit=9)
    assert names_of([stale], entry("Order", "order-flow")) == [("a.ts", "order-flow", "shop", 9)]


def test_files_that_cannot_be_watched_are_looked_at_again_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As on a system whose number of watched folders is used up."""
    asked: list[bool | None] = []

    async def awatch(*folders: Path, force_polling: bool | None, **_: object) -> AsyncIterator[set[object]]:
        asked.append(force_polling)
        if not force_polling:
            raise OSError("no space left on device")
        assert folders == (tmp_path,)
        yield {(Change.modified, "a.ts")}
        yield {(Change.modified, "b.ts")}

    async def told() -> list[frozenset[str]]:
        send, receive = anyio.create_memory_object_stream[frozenset[str]](9)
        async with send, receive:
            await tell_changes(send, [tmp_path], True)
            return [receive.receive_nowait() for _ in range(receive.statistics().current_buffer_used)]

    monkeypatch.setattr("analyzer.serve.watching.awatch", awatch)
    assert anyio.run(told) == [frozenset(), frozenset({"b.ts"})]
    assert asked == [None, True]
    assert capsys.readouterr().err == (
        "looking for changes every 500 ms, because files cannot be watched: no space left on device\n"
    )


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("src/a.ts", True),
        ("src/a.PY", True),
        ("wrangler.jsonc", True),
        ("pnpm-workspace.yaml", True),
        ("src", True),
        (".gitignore", True),
        ("a.md", False),
        ("a.ts~", False),
        ("node_modules/a/index.ts", False),
        (".git/index", False),
        ("python_modules/a.py", False),
    ],
)
def test_changes_that_count(path: str, wanted: bool) -> None:
    assert SourceFilter()(Change.modified, f"/project/{path}") is wanted


OPTIONS = Options(facts=True)
HELP = "export async function help(step) { await step.do('help', async () => {}); }"


class Asked(Memory):
    """Also keeps the names of the files that had to be analyzed."""

    def map(self, fn: Callable[..., object], *iterables: Iterable[object], **_: object) -> Iterator[object]:  # type: ignore[override]
        def asked(item: tuple[str, bool]) -> object:
            self.files.append(os.path.basename(item[0]))
            return fn(item)

        self.files: list[str] = []
        return super().map(asked, *iterables)


def test_only_what_a_change_concerns_is_analyzed_again(tmp_path: Path) -> None:
    def write(name: str, text: str) -> str:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return os.path.realpath(tmp_path / name)

    def analyzed(*changed: str, options: Options = OPTIONS) -> list[str]:
        memory.forget(frozenset(changed), options)
        found = [*analyze_paths([str(tmp_path)], options=options, executor=memory)]
        assert [os.path.basename(analysis.path) for analysis in found] == sorted(
            path.name for path in tmp_path.glob("[ab]*.ts")
        )
        return memory.files

    memory = Asked()
    helper = write("helper.ts", HELP)
    a = write("a.ts", 'import { help } from "./helper";\n' + workflow("A", "await help(step);"))
    b = write("b.ts", workflow("B", do("one")))
    assert analyzed() == ["a.ts", "b.ts"]
    assert analyzed(b) == ["b.ts"]
    assert analyzed(a) == ["a.ts"]
    assert analyzed(helper) == ["a.ts"]
    assert analyzed(helper, b) == ["a.ts", "b.ts"]
    assert analyzed(write("new.ts", HELP)) == ["a.ts", "b.ts"]
    assert analyzed(write("tsconfig.json", "{}")) == ["a.ts", "b.ts"]
    assert analyzed() == ["a.ts", "b.ts"]
    assert analyzed(b, options=replace(OPTIONS, max_size=1_000_000)) == ["a.ts", "b.ts"]
    os.unlink(helper)
    assert analyzed(helper) == ["a.ts", "b.ts"]
