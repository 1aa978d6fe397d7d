"""The whole repository passes its own tools."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent

CHECKS = {
    "ruff check": [sys.executable, "-m", "ruff", "check", "."],
    "ruff format": [sys.executable, "-m", "ruff", "format", "--check", "."],
    "mypy": [sys.executable, "-m", "mypy"],
    "import contracts": [str(BIN / "lint-imports"), "--no-cache", "--no-logo"],
    "budgets": [sys.executable, "tests/tools/metrics.py", "--check"],
}


@pytest.mark.parametrize("command", CHECKS.values(), ids=CHECKS)
def test_tool_has_nothing_to_say(command: list[str]) -> None:
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_metrics_notices_a_broken_budget(tmp_path: Path) -> None:
    (tmp_path / "long.py").write_text("def f():\n" + "    f()\n" * 60, encoding="utf-8")
    command = [sys.executable, "tests/tools/metrics.py", "--check", str(tmp_path)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "BROKEN  longest function: 61 (at most 50)" in result.stdout
