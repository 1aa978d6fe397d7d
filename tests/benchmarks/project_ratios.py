#!/usr/bin/env python3
"""A large repository in which few files matter, measured side by side: project_ratios.py [--check] [--rounds N].

20,000 files of 2 KB, of which 25 in TypeScript and 25 in Python define workflows. One run may cost twice a bare loop that
walks, reads and searches the same bytes, and once the graphs of the 50; finding the 50, with what gitignore files say, three
times ``git grep``, which is C and takes every processor. Memory is that of a process of its own.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from generate import OTHER_CODE, python, typescript
from measuring import Row, arguments, measure

from analyzer import analyze_paths
from analyzer.payload.text import canonical
from analyzer.project.discovery import find_sources

FILES, FOLDER, WORKFLOWS = 20_000, 100, 50
SIZE = 2_000
MARKERS = (b"WorkflowEntrypoint", b"AgentWorkflow", b"ThinkWorkflow")
MEMORY = 300
"""Megabytes a run may take at most."""


def main(argv: Sequence[str] | None = None) -> int:
    args = arguments(__doc__, argv, rounds=3)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        _write(root)
        subprocess.run(["git", "init", "--quiet", root], check=True)
        results = [measure(row, args.rounds) for row in _rows(root)]
        results.append(_fits(root))
    return int(args.check and not all(results))


def _write(root: Path) -> None:
    for index in range(FILES):
        folder = root / f"package{index // FOLDER}"
        folder.mkdir(exist_ok=True)
        suffix = ".py" if index % 2 else ".ts"
        (folder / f"file{index}{suffix}").write_text(_content(index, suffix), encoding="utf-8")


def _content(index: int, suffix: str) -> str:
    share = FILES // WORKFLOWS
    if index % share == index // share % 2:
        return (python if suffix == ".py" else typescript)(2)
    if suffix == ".py":
        return f'def helper{index}(value):\n    return {{"value": value, "index": {index}}}\n\n\n' * (SIZE // 70)
    return OTHER_CODE.format(i=index) * (SIZE // len(OTHER_CODE.format(i=index)))


def _rows(root: Path) -> list[Row]:
    chosen = [path for path, data in _read(root) if any(marker in data for marker in MARKERS)]
    assert len(chosen) == WORKFLOWS

    def allowed() -> None:
        list(_search(root)), list(_search(root))
        _graphs(chosen)

    def grep() -> None:
        subprocess.run(["git", "grep", "-l", "--untracked", "WorkflowEntrypoint"], cwd=root, check=True, capture_output=True)

    return [
        Row("20,000 files : twice a bare loop, graphs of 50", allowed, lambda: _graphs([str(root)]), 1.0),
        Row("finding the 50 : git grep -l --untracked", grep, lambda: list(find_sources([str(root)])), 3.0),
    ]


def _graphs(paths: Sequence[str]) -> int:
    graphs = [canonical(document) for analysis in analyze_paths(paths) for document in analysis.documents]
    assert len(graphs) == WORKFLOWS
    return len(graphs)


def _search(root: Path) -> Iterator[str]:
    return (path for path, data in _read(root) if any(marker in data for marker in MARKERS))


def _read(root: Path) -> Iterator[tuple[str, bytes]]:
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                yield path, file.read()


def _fits(root: Path) -> bool:
    stepgraph = Path(sys.executable).with_name("stepgraph")
    subprocess.run([stepgraph, "graph", root, "--all"], check=True, stdout=subprocess.DEVNULL)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{'stepgraph graph --all, memory':46} {peak:8.1f} MB (at most {MEMORY})  {'ok' if peak < MEMORY else 'MISSED'}")
    return peak < MEMORY


if __name__ == "__main__":
    sys.exit(main())
