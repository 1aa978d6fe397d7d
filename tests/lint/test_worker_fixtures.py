"""Rules about configurations fire on the marked lines of their fixtures, and only there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analyzer.api import Options, check_workers
from analyzer.config import Settings

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "rules"
FOLDERS = sorted(FIXTURES.glob("SG4*"))
MARK = re.compile(r"(?://|#) flagged\b")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name[:5])
def test_flagged_lines(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    marked = {
        (str(path.relative_to(folder)), number)
        for path in folder.rglob("*.*")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if MARK.search(line)
    }
    findings, _ = check_workers(["."], options=Options(settings=Settings(select=("SG4",))))
    found = {(finding.path, finding.start.line) for finding in findings if finding.code == folder.name[:5]}
    assert found == marked
