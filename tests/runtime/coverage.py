"""Prints what the runs of ``fixtures/runtime`` cover: workflows, runs, and edges of control-flow graphs.

Run from the project's root: python tests/runtime/coverage.py
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from driving import Driving, drive, observable_edges  # noqa: E402
from engine import Engine  # noqa: E402
from provisioning import node_modules, python_sdk  # noqa: E402
from python_engine import PythonEngine  # noqa: E402
from runtime_cases import FIXTURES, all_cases, javascript_cases  # noqa: E402
from trace_checks import complaints  # noqa: E402


def main() -> int:
    """Drives every case; exits 0."""
    python = PythonEngine(python_sdk())
    with Engine(node_modules(), [case.subject for case in javascript_cases()]) as engine:
        driven = [
            drive(python.run if case.is_python else lambda case, job: engine.run(case.name, job), case) for case in all_cases()
        ]
    _print(driven)
    return 0


def _print(driven: list[Driving]) -> None:
    edges = sum(len(observable_edges(driving.case.flow)) for driving in driven)
    missed = sum(len(driving.uncovered) for driving in driven)
    untaken = json.loads((FIXTURES / "untaken-edges.json").read_text(encoding="utf-8"))
    wrong = [driving.case.name for driving in driven if any(complaints(driving.case, one) for one in driving.runs)]
    print(f"{len(driven)} workflows, {sum(len(driving.case.jobs) for driving in driven)} runs written down")
    print(f"{sum(len(driving.runs) for driving in driven)} runs driven")
    print(f"{edges - missed} of {edges} edges taken ({(edges - missed) / edges:.1%}); listed with a reason: {_listed(untaken)}")
    print(f"runs that are no path of their graph in: {', '.join(wrong) or 'none'}")


def _listed(untaken: dict[str, dict[str, list[str]]]) -> int:
    return sum(len(edges) for reasons in untaken.values() for edges in reasons.values())


if __name__ == "__main__":
    sys.exit(main())
