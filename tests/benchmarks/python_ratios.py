#!/usr/bin/env python3
"""Speed on Python as ratios to libcst's own parse, measured side by side: python_ratios.py [--check] [--rounds N].

Ours is everything: positions, lowering, graph, JSON. The large file is a workflow of 400 blocks; in the module of 6,000 lines
only the last hundred are a workflow. Both run without the cyclic collector, which ours turns off by itself: with it libcst's
parse takes a third longer.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

import libcst
from generate import SIZES, python
from measuring import Action, Row, arguments, measure

from analyzer import analyze_source
from analyzer.payload.text import canonical

MODULE_LINES = 6_000
WORKFLOW_BLOCKS = 2
"""Of 45 lines each."""

OTHER_CODE = '''\
class Record{i}:
    """One of many that have nothing to do with workflows."""

    def __init__(self, key, value={i}):
        self.key = key
        self.values = [value * count for count in range(3) if count != {i}]

    def total(self, other, *, scale=2.5):
        result = sum(self.values) * scale
        if other is not None and result > {i}:
            return f"{{self.key}}: {{result}}"
        return {{"key": self.key, "result": result, **other}}


'''


def main(argv: Sequence[str] | None = None) -> int:
    args = arguments(__doc__, argv, rounds=5)
    rows = [
        Row("all of a large workflow : libcst's parse", _parse(large()), _json(large()), 2.0),
        Row("all of a module, small workflow : parse", _parse(module()), _json(module()), 1.3),
    ]
    results = [measure(row, args.rounds) for row in rows]
    return int(args.check and not all(results))


def large() -> str:
    """450 KB of workflow."""
    return python(SIZES["large"])


def module() -> str:
    """6,000 lines of other code with a workflow of a hundred lines at its end."""
    workflow = python(WORKFLOW_BLOCKS)
    others = (MODULE_LINES - workflow.count("\n")) // OTHER_CODE.count("\n")
    return "".join(OTHER_CODE.format(i=i) for i in range(others)) + workflow


def _parse(text: str) -> Action:
    def parse() -> object:
        gc.disable()
        try:
            return libcst.parse_module(text)
        finally:
            gc.enable()

    return parse


def _json(text: str) -> Action:
    return lambda: [canonical(document) for document in analyze_source(text, filename="a.py").documents]


if __name__ == "__main__":
    sys.exit(main())
