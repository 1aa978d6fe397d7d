"""Runs the observed sources in the engine and writes their traces down: our own recordings, kept beside the sources.

A case runs as ``fixtures/reference/runs.json`` says, else once. ``given`` declares what the source uses and does not have;
whatever else it lacks is something that tolerates any use, and so is its payload. Keys besides are those of ``engine.Job``.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from comparison import FOLDER, Case, cases
from engine import Engine, Happened, Job, Place, Run, Subject
from source_maps import Bundle, bundled

import analyzer

TRACES = FOLDER / "traces.jsonl"
LIMIT = 1500
"""How long a run is watched, in milliseconds: what waits for an event waits for ever."""

STEP_LIMIT = 40
"""Steps after which the engine stops a case that loops for ever."""


@dataclass(frozen=True)
class Recorded:
    """One run of a case as it was recorded, or why there is none."""

    case: str
    run: Run | None
    why_not: str = ""


def recorded() -> dict[str, list[Recorded]]:
    """The recordings in the repository, by case."""
    found: dict[str, list[Recorded]] = {}
    for line in TRACES.read_text(encoding="utf-8").splitlines():
        one = _read(json.loads(line))
        found.setdefault(one.case, []).append(one)
    return found


def record(node_modules: Path) -> list[Recorded]:
    """Runs every case anew."""
    planned = [_planned(case, index, dict(given), node_modules) for case in cases() for index, given in enumerate(_given(case))]
    subjects = [plan.subject for plan in planned if isinstance(plan, _Plan)]
    with Engine(node_modules, subjects, step_limit=STEP_LIMIT) as engine:
        return [plan if isinstance(plan, Recorded) else plan.recorded(engine) for plan in planned]


def raises(case: Case) -> bool:
    """Whether code of a case, or what it is given, raises between its steps."""
    return "throw" in case.source or any("throw" in str(given.get("given")) for given in _given(case))


def text_of(recordings: list[Recorded]) -> str:
    """Recordings as the file holds them, one a line."""
    return "".join(json.dumps(_written(one), separators=(",", ":")) + "\n" for one in recordings)


# ---------------------------------------------------------------- running


@dataclass(frozen=True)
class _Plan:
    case: str
    subject: Subject
    bundle: Bundle
    job: Job

    def recorded(self, engine: Engine) -> Recorded:
        run = engine.run(self.subject.name, self.job)
        trace = [replace(entry, at=entry.at and self.bundle.original(entry.at, "case.ts")) for entry in run.trace]
        return Recorded(self.case, replace(run, trace=tuple(entry for entry in trace if entry.kind != "attempt")))


def _given(case: Case) -> list[dict[str, object]]:
    runs: dict[str, list[dict[str, object]]] = json.loads((FOLDER / "runs.json").read_text(encoding="utf-8"))
    return runs.get(case.id, [{}])


def _planned(case: Case, index: int, options: dict[str, object], node_modules: Path) -> _Plan | Recorded:
    """A case made ready to run: exported, its lacks declared, without types."""
    class_name = _class_name(case)
    if class_name is None:
        return Recorded(case.id, None, "neither finds a workflow")
    given = str(options.pop("given", ""))
    exported = re.search(
        rf"export (default )?(class|const|var) {class_name}\b|as {class_name}\b|{{ {class_name} }};", case.source
    )
    source = f"{case.source}\n{given}\n" + ("" if exported or class_name == "default" else f"export {{ {class_name} }};\n")
    try:
        bundle = _bundled(source, node_modules)
    except subprocess.CalledProcessError as error:
        return Recorded(case.id, None, re.findall(r"\[ERROR\] (.*)", error.stderr)[0])
    job = {"settle": 20, "limit": LIMIT, "tolerant": True, "globals": sorted(set(re.findall(r"[A-Za-z_$][\w$]*", case.source)))}
    return _Plan(case.id, Subject(f"{case.id}-run-{index}", bundle.text, class_name), bundle, Job(**{**job, **options}))  # type: ignore[arg-type]


def _class_name(case: Case) -> str | None:
    ours = analyzer.analyze_source(case.source, filename="case.ts").documents
    names = [*(theirs["class_name"] for theirs in case.observed), *(own["workflow"]["class_name"] for own in ours)]
    return names[0] if names else None


def _bundled(source: str, node_modules: Path) -> Bundle:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.ts"
        path.write_text(source, encoding="utf-8")
        return bundled(path, node_modules)


# ---------------------------------------------------------------- the file


def _written(one: Recorded) -> dict[str, object]:
    if one.run is None:
        return {"case": one.case, "not run": one.why_not}
    return {"case": one.case, "status": one.run.status, "trace": list(_entries(one.run))}


def _entries(run: Run) -> Iterator[dict[str, object]]:
    for entry in run.trace:
        shown = {key: value for key, value in asdict(entry).items() if value not in (None, "", 0, False) or key == "call"}
        if entry.at is not None:
            shown["at"] = [entry.at.line, entry.at.column]
        if entry.inside is not None:
            shown["inside"] = entry.inside
        yield shown


def _read(data: dict[str, object]) -> Recorded:
    if "not run" in data:
        return Recorded(str(data["case"]), None, str(data["not run"]))
    entries = []
    trace = data["trace"]
    assert isinstance(trace, list)
    for entry in trace:
        place = entry.pop("at", None)
        entries.append(Happened(**entry, at=Place("case.ts", *place) if place else None))
    return Recorded(str(data["case"]), Run(str(data["status"]), None, tuple(entries)))
