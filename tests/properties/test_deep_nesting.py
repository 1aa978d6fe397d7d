"""What is nested or chained thousands deep: read, or reported with its place; never an exception, never a lost process.

Below 1,000 levels of indentation a source is already half a megabyte; the language itself accepts 99.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from deep_programs import DEPTH, INDENTED, JAVASCRIPT, PYTHON, TYPESCRIPT, javascript, python

from analyzer import Analysis, analyze_source, validate_payload
from analyzer.cli import main
from analyzer.graph.model import Severity

MAX_INDENTATION = 97
"""Levels that Python allows below ``run``: 99 in all."""

REPORTS = frozenset({"SG101", "SG906"})

CASES: dict[str, tuple[str, str]] = {
    **{f"javascript {name}": ("flow.jsx", javascript(write(DEPTH))) for name, write in JAVASCRIPT.items()},
    **{f"typescript {name}": ("flow.ts", javascript(write(DEPTH))) for name, write in TYPESCRIPT.items()},
    **{f"python {name}": ("flow.py", python(write(DEPTH))) for name, write in PYTHON.items()},
    **{f"python {name}, allowed": ("flow.py", python(write(MAX_INDENTATION))) for name, write in INDENTED.items()},
}
TOO_DEEP = {f"python {name}": ("flow.py", python(write(1_000))) for name, write in INDENTED.items()}
ALL = CASES | TOO_DEEP
SHOWN = (
    "javascript parentheses",
    "javascript else-ifs",
    "javascript callbacks",
    "javascript steps in steps",
    "javascript then chains",
    "javascript elements",
    "python parentheses",
    "python additions",
    "python ifs, allowed",
    "python ifs",
)
"""Cases that are shown to the command one by one."""


def found(analysis: Analysis) -> Counter[str]:
    """The names of the steps in a payload."""
    return Counter(_names(list(analysis.documents)))


def reported(analysis: Analysis) -> bool:
    """Whether something says that the source is not read as a whole, and where that is."""
    text = analysis.sources[analysis.path].text
    spans = [note.span for note in analysis.all_notes if note.code in REPORTS]
    return bool(spans) and all(span is not None and 0 <= span.start <= span.end <= len(text) for span in spans)


def _names(value: object) -> Iterator[str]:
    match value:
        case dict():
            if value.get("type") == "step_do":
                yield str(value["name"])
            for item in value.values():
                yield from _names(item)
        case list():
            for item in value:
                yield from _names(item)


@pytest.mark.parametrize(("filename", "source"), CASES.values(), ids=CASES)
def test_what_stands_around_is_read_and_what_is_left_out_is_reported(filename: str, source: str) -> None:
    analysis = analyze_source(source, filename=filename)
    steps = found(analysis)
    assert (steps["first"], steps["last"]) == (1, 1)
    holds_a_step = '"inner"' in source if filename != "flow.py" else "await inner()" in source
    assert not holds_a_step or steps["inner"] >= 1 or reported(analysis)
    assert [problem for document in analysis.documents for problem in validate_payload(document)] == []


@pytest.mark.parametrize(("filename", "source"), TOO_DEEP.values(), ids=TOO_DEEP)
def test_more_indentation_than_the_language_allows_is_reported(filename: str, source: str) -> None:
    assert reported(analyze_source(source, filename=filename))


@pytest.mark.parametrize(("filename", "source"), [ALL[name] for name in SHOWN], ids=SHOWN)
def test_command_prints_a_graph_or_says_why_not(
    filename: str, source: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / filename
    path.write_text(source, encoding="utf-8")
    code = main(["graph", str(path)])
    out, err = capsys.readouterr()
    has_errors = any(note.severity is Severity.ERROR for note in analyze_source(source, filename=filename).all_notes)
    assert code == (1 if has_errors else 0)
    assert "Traceback" not in err
    assert not out or validate_payload(json.loads(out)) == []
    assert not has_errors or err.startswith(f"{path}:")


def test_process_survives_all_of_them(tmp_path: Path) -> None:
    """In a process of its own, with the stack that a command has."""
    for name, (filename, source) in ALL.items():
        folder = tmp_path / name.replace(" ", "-").replace(",", "")
        folder.mkdir()
        (folder / filename).write_text(source, encoding="utf-8")
    command = "from analyzer.cli import main; raise SystemExit(main())"
    arguments = [sys.executable, "-X", "faulthandler", "-c", command, "graph", "--all", str(tmp_path)]
    result = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert result.returncode == 1, result.stderr[-2000:]
    assert "Traceback" not in result.stderr
    graphs = [json.loads(line) for line in result.stdout.splitlines()]
    assert len({graph["path"] for graph in graphs}) >= len(CASES)
