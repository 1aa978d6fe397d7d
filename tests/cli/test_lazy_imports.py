"""Heavy packages are imported by the commands that need them, and by no other."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from command_lines import ORDER

HEAVY = ("pydantic", "libcst", "networkx")
CODE = """\
import sys
from analyzer.cli import main
try:
    code = main(sys.argv[1:])
except SystemExit as stop:
    code = stop.code
print(*sorted(sys.modules), file=sys.stderr)
sys.exit(code)
"""


@pytest.fixture
def modules(tmp_path: Path) -> Callable[..., set[str]]:
    """The modules a command has imported when it ends; it runs beside a TypeScript workflow."""
    (tmp_path / "order.ts").write_text(ORDER, encoding="utf-8")

    def call(*arguments: str) -> set[str]:
        command = [sys.executable, "-c", CODE, *arguments]
        result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
        return set(result.stderr.splitlines()[-1].split())

    return call


@pytest.mark.parametrize(
    "command",
    [
        ("--help",),
        ("--version",),
        ("list", "."),
        ("check", "."),
        ("debug", "flow", "order.ts"),
        ("graph", "order.ts", "--format", "tree"),
        ("diff", "order.ts", "order.ts"),
        ("graph", "order.ts", "--format", "mermaid"),
        ("graph", "order.ts", "--format", "svg"),
        ("graph", "order.ts", "--format", "html"),
    ],
    ids=" ".join,
)
def test_commands_on_typescript_without_heavy_packages(modules: Callable[..., set[str]], command: tuple[str, ...]) -> None:
    assert modules(*command).isdisjoint(HEAVY)


@pytest.mark.parametrize("command", ["list", "check"])
def test_commands_on_typescript_define_no_dataclasses(modules: Callable[..., set[str]], command: str) -> None:
    assert modules(command, "order.ts").isdisjoint({"dataclasses", "inspect"})


def test_json_is_checked_by_pydantic(modules: Callable[..., set[str]]) -> None:
    found = modules("graph", "order.ts")
    assert "pydantic" in found
    assert found.isdisjoint({"libcst", "networkx"})


def test_help_imports_nothing_of_the_pipeline(modules: Callable[..., set[str]]) -> None:
    found = modules("--help")
    assert {name for name in found if name.startswith("analyzer.") and not name.startswith("analyzer.cli")} == {
        "analyzer.errors"
    }
    assert found.isdisjoint({"dataclasses", "typing", "json", "shutil", "tree_sitter"})


def test_bare_import_of_the_package_imports_no_module_of_it() -> None:
    code = "import analyzer, sys; print(*(name for name in sys.modules if name.startswith('analyzer.')))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "\n"
