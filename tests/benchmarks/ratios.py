#!/usr/bin/env python3
"""Speed as ratios, measured side by side: ratios.py [--check] [--rounds N].

Each row compares the least time of ours with the least time of a yardstick, taken in turns in one run: a slow machine slows
both. With --check the exit code is 1 if a ratio is above its limit.
"""

from __future__ import annotations

import compileall
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import tree_sitter
import tree_sitter_javascript
import tree_sitter_typescript
from generate import SIZES, bundle, typescript
from measuring import Action, Row, arguments, measure

from analyzer import analyze_source
from analyzer.api import Options
from analyzer.payload.text import canonical

STEPGRAPH = Path(sys.executable).with_name("stepgraph")
GRAPH_IMPORTS = "import argparse, tree_sitter, tree_sitter_typescript; from pydantic import BaseModel"
LIST_IMPORTS = "import argparse, tree_sitter, tree_sitter_typescript"


def main(argv: Sequence[str] | None = None) -> int:
    args = arguments(__doc__, argv, rounds=15)
    if not STEPGRAPH.exists():
        sys.exit(f"{STEPGRAPH} is missing; install the package first")
    # An installed package comes with its bytecode; a checkout of which files were edited since does not.
    compileall.compile_dir(Path(__file__).parents[2] / "analyzer", quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        results = [measure(row, args.rounds) for row in _rows(Path(folder))]
    return int(args.check and not all(results))


def _rows(folder: Path) -> list[Row]:
    small = folder / "small.ts"
    small.write_text(typescript(SIZES["small"]), encoding="utf-8")
    medium, large, script = typescript(SIZES["medium"]), typescript(SIZES["large"]), bundle()
    in_typescript = tree_sitter.Language(tree_sitter_typescript.language_typescript())
    in_javascript = tree_sitter.Language(tree_sitter_javascript.language())
    return [
        Row(
            "analysis and JSON of 247 KB : parse and walk",
            _parse_and_walk(in_typescript, large, _read),
            _json(large, "a.ts"),
            5,
        ),
        Row("the same : parse and moves alone", _parse_and_walk(in_typescript, large, _move), _json(large, "a.ts"), 5),
        Row("check of 247 KB : graph", _json(large, "a.ts"), _findings(large, "a.ts"), 1.5),
        Row("ten times the input : once", _json(medium, "a.ts"), _json(large, "a.ts"), 12),
        Row("1 MB bundle, small workflow : parse", _parse(in_javascript, script), _json(script, "a.js"), 2),
        Row("stepgraph graph : its imports", _python(GRAPH_IMPORTS), _stepgraph("graph", str(small)), 2.6),
        Row("graph of 247 KB as svg : as json", _graph(folder, "json"), _graph(folder, "svg"), 2),
        Row("stepgraph list : its imports", _python(LIST_IMPORTS), _stepgraph("list", str(small)), 3.5),
        Row("stepgraph check : imports of list", _python(LIST_IMPORTS), _stepgraph("check", str(small)), 3.5),
        Row("stepgraph --help : import argparse", _python("import argparse"), _stepgraph("--help"), 2.5),
    ]


def _json(text: str, filename: str) -> Action:
    return lambda: [canonical(document) for document in analyze_source(text, filename=filename).documents]


def _findings(text: str, filename: str) -> Action:
    return lambda: analyze_source(text, filename=filename, options=Options(facts=True)).findings


def _parse(language: tree_sitter.Language, text: str) -> Action:
    data = text.encode()
    return lambda: tree_sitter.Parser(language).parse(data)


def _parse_and_walk(language: tree_sitter.Language, text: str, walk: Callable[[tree_sitter.TreeCursor], None]) -> Action:
    data = text.encode()
    return lambda: walk(tree_sitter.Parser(language).parse(data).walk())


def _read(cursor: tree_sitter.TreeCursor) -> None:
    """A walk that asks each node for its type: the 0.2 to 0.3 µs a node that a walk with a cursor is known to cost."""
    while True:
        _ = cursor.node.type
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return


def _move(cursor: tree_sitter.TreeCursor) -> None:
    """A walk that looks at nothing; half as long."""
    while True:
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return


def _graph(folder: Path, format_name: str) -> Action:
    large = folder / "large.ts"
    large.write_text(typescript(SIZES["large"]), encoding="utf-8")
    return _stepgraph("graph", str(large), "--format", format_name)


def _python(code: str) -> Action:
    return lambda: subprocess.run([sys.executable, "-c", code], check=True)


def _stepgraph(*arguments: str) -> Action:
    return lambda: subprocess.run([STEPGRAPH, *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
