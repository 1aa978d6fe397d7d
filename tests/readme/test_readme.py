"""Every command and every piece of code in the README does what it says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from blocks import RULES, Block, blocks, exchanges, pictures

from analyzer import Options, analyze_paths
from analyzer.config import DEFAULT_SETTINGS, Settings
from analyzer.project.settings import read_settings
from analyzer.records import field_names

ROOT = Path(__file__).resolve().parents[2]
README = blocks(ROOT / "README.md")
BIN = Path(sys.executable).parent
COPIED = ("pyproject.toml", "README.md", "LICENSE", "analyzer", "fixtures")
MAIN = "import sys; from analyzer.cli import main; sys.exit(main())"
IGNORED = shutil.ignore_patterns("__pycache__", "node_modules")


def of(language: str, mark: str | None = None) -> list[Block]:
    return [block for block in README if block.language == language and (mark is None or mark in block.info)]


def shell(command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(BIN), os.environ["PATH"]])
    env = {**os.environ, "PATH": path, **environment}
    return subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, env=env, check=False)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What somebody has after cloning, tests aside."""
    for name in COPIED:
        source, target = ROOT / name, tmp_path / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=IGNORED)
        else:
            shutil.copy(source, target)
    return tmp_path


def test_every_block_with_commands_is_tested() -> None:
    known = {
        ("console",),
        ("sh", "first-run"),
        ("sh", "tests"),
        ("python",),
        ("sh", "html"),
        ("sh", "serve"),
        ("python", "serve"),
        ("python", "dask"),
        ("python", "ray"),
        ("ts",),
        ("mermaid",),
    }
    recipes = {
        ("yaml", "pre-commit"),
        ("yaml", "github"),
        ("yaml", "gitlab"),
        ("toml", "settings"),
        ("toml", "wrangler"),
        ("json", "npm"),
    }
    assert {block.info for block in README} <= known | recipes
    assert [len(of("sh", "first-run")), len(of("sh", "tests"))] == [1, 1]


def test_first_run_needs_nothing_but_python(checkout: Path) -> None:
    (command,) = (block.text for block in of("sh", "first-run"))
    result = shell(command, checkout, PIP_NO_COMPILE="1")
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("OrderFulfilment ")


def test_ci_runs_the_command_for_the_tests() -> None:
    """So it is run in a clean checkout, by ``.ci/run``; from here it would run itself."""
    (command,) = (block.text.strip() for block in of("sh", "tests"))
    assert f"\n  {command}\n" in (ROOT / ".ci/run").read_text(encoding="utf-8")


@pytest.mark.parametrize("block", of("console"), ids=lambda block: f"line {block.line}")
def test_console_shows_what_commands_print(block: Block) -> None:
    for command, expected in exchanges(block):
        result = shell(command, ROOT)
        assert result.stdout + result.stderr == expected, command


@pytest.mark.parametrize("block", [block for block in README if block.output_of], ids=lambda block: f"line {block.line}")
def test_block_is_the_output_of_its_command(block: Block) -> None:
    assert block.output_of is not None
    result = shell(block.output_of, ROOT)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == block.text


def test_pictures_are_what_their_commands_draw() -> None:
    drawn = pictures(ROOT / "README.md")
    assert len(drawn) == 1
    for command, picture in drawn:
        assert shell(command, ROOT).stdout == picture.read_text(encoding="utf-8"), command


def test_page_is_one_file_without_network(checkout: Path) -> None:
    (command,) = (block.text for block in of("sh", "html"))
    assert shell(command, checkout).returncode == 0
    page = (checkout / "order.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)=[\"']?(?!data:)[\w./]", page.partition("<script")[0])


def test_the_table_of_rules_is_what_the_command_prints() -> None:
    found = RULES.search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert found is not None
    assert found["table"] == shell("stepgraph rules --format markdown", ROOT).stdout


def test_client_lists_what_is_served(capsys: pytest.CaptureFixture[str]) -> None:
    """On a free port in place of the one in the text."""
    (command,) = (block.text.replace("--port 4747", "--port 0") for block in of("sh", "serve"))
    (code,) = (block.text for block in of("python", "serve"))
    with subprocess.Popen([BIN / "python", "-c", MAIN, *command.split()[1:]], cwd=ROOT, stdout=-1, text=True) as server:
        assert server.stdout is not None
        port = server.stdout.readline().partition(":")[2].partition(":")[2].partition("/")[0]
        try:
            exec(compile(code.replace(":4747/", f":{port}/"), "README.md", "exec"), {"__name__": "readme"})
        finally:
            server.kill()
    printed = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert {"OrderFulfilment", "OrderFulfilment-2"} == set(printed)


CLUSTERS = [
    pytest.param("dask", "distributed", id="dask"),
    pytest.param("ray", "ray", id="ray", marks=pytest.mark.full),
]


@pytest.mark.parametrize(("name", "package"), CLUSTERS)
def test_clusters_find_what_is_found_here(name: str, package: str, tmp_path: Path) -> None:
    """Ray is asked for by ``--full`` alone, and installed by whoever asks: it is 80 MB and takes 10 s to start."""
    pytest.importorskip(package)
    (block,) = of("python", name)
    script = tmp_path / "organisation.py"
    script.write_text(block.text, encoding="utf-8")
    folder = str(ROOT / "fixtures/showcase")
    result = subprocess.run([BIN / "python", script, folder], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    analyses = analyze_paths([folder], options=Options(facts=True))
    expected = [f"{each.path} {each.workflows[0].class_name} {len(each.findings)}" for each in analyses]
    assert [line for line in result.stdout.splitlines() if line.startswith(folder)] == expected


def test_the_settings_are_what_a_configuration_may_hold(tmp_path: Path) -> None:
    (block,) = of("toml", "settings")
    path = tmp_path / "stepgraph.toml"
    path.write_text(block.text, encoding="utf-8")
    settings = read_settings(str(path))
    untouched = {"path", "places", "select", "ignore"}
    same = {name for name in field_names(Settings) if getattr(settings, name) == getattr(DEFAULT_SETTINGS, name)}
    assert same - untouched == set()


@pytest.mark.parametrize(
    "block", [block for block in of("python") if len(block.info) == 1], ids=lambda block: f"line {block.line}"
)
def test_python_runs(block: Block, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(block.text, "README.md", "exec"), {"__name__": "readme"})
