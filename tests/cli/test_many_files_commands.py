"""Commands on many files: several processes, what is skipped, a progress bar, and a bug in one of the files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_lines import ORDER, TWO, Run, Write

from analyzer import Analysis, Options

MAIN = "import sys; from analyzer.cli import main, progress; progress.DELAY = {delay}; code = main(sys.argv[1:]); {after}; sys.exit(code)"
IN_TERMINAL = """\
import fcntl, os, pty, struct, sys, termios
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(2, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
output = b""
try:
    while part := os.read(terminal, 1024):
        output += part
except OSError:
    pass
sys.stdout.buffer.write(output)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
"""


def stepgraph(folder: Path, *arguments: str, terminal: bool = False, delay: float = 0, after: str = "pass") -> str:
    """What a process of its own prints, on a terminal if asked: there both streams are one."""
    command = [sys.executable, "-c", MAIN.format(delay=delay, after=after), *arguments]
    if terminal:
        command = [sys.executable, "-c", IN_TERMINAL, *command[1:]]
    environment = {**os.environ, "TERM": "xterm", "NO_COLOR": "1"}
    result = subprocess.run(command, cwd=folder, capture_output=True, check=True, env=environment)
    assert terminal or result.stderr == b""
    return result.stdout.decode()


@pytest.fixture
def folder(write: Write, tmp_path: Path) -> Path:
    write("a/order.ts", ORDER)
    write("b/two.ts", TWO)
    write("c/plain.ts", "export const x = 1;\n")
    write("c/entry.py", "class Other: ...\n")
    return tmp_path


@pytest.mark.parametrize(
    "command", [("graph", ".", "--all"), ("list",), ("bounds",), ("check", "--format", "json")], ids=lambda command: command[0]
)
def test_several_processes_print_the_same(folder: Path, run: Run, command: tuple[str, ...]) -> None:
    alone = run(*command)
    result = subprocess.run(
        [sys.executable, "-c", MAIN.format(delay=1, after="pass"), *command, "--jobs", "2"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stdout, result.stderr) == (alone.code, alone.out, alone.err)
    assert alone.out


@pytest.mark.parametrize("jobs", ["two", "-1", "1.5"])
def test_a_number_of_processes_is_asked_for(run: Run, jobs: str) -> None:
    result = run("list", "--jobs", jobs)
    assert result.code == 2
    assert f"{jobs!r} is not a number of processes" in result.err or "expected one argument" in result.err


def test_verbose_says_what_is_skipped_and_why(folder: Path, run: Run, write: Write) -> None:
    write(".gitignore", "b/\n")
    write("node_modules/x/index.ts", ORDER)
    (folder / ".git").mkdir()
    result = run("list", "-v")
    assert result.out.split()[4] == "Order"
    assert sorted(result.err.splitlines()) == [
        ".git: skipped: a hidden folder",
        "b: skipped: ignored by .gitignore",
        "c/entry.py: skipped: names no entrypoint base",
        "c/plain.ts: skipped: names no entrypoint base",
        "node_modules: skipped: a folder of other people's or generated code",
    ]
    assert run("list").err == ""


def test_a_bar_on_a_terminal_is_gone_at_the_end(folder: Path) -> None:
    bar, _, table = stepgraph(folder, "list", terminal=True).partition("CLASS")
    assert "files/s]" in bar
    assert bar.endswith("\r")
    assert bar.split("\r")[-2].isspace()
    assert [line.split()[0] for line in table.splitlines()[1:]] == ["Order", "First", "Second"]


def test_no_bar_in_pipes_and_none_on_short_runs(folder: Path) -> None:
    assert stepgraph(folder, "list", after="print('tqdm' in sys.modules)").splitlines()[-1] == "False"
    printed = stepgraph(folder, "list", terminal=True, delay=60, after="print('tqdm' in sys.modules)")
    assert printed.splitlines()[-1] == "False"
    assert "files/s" not in printed


def test_a_bug_in_one_file_costs_none_of_the_others(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import analyzer.api

    analyze = analyzer.api.analyze_file

    def fail(path: str, *, options: Options) -> Analysis:
        if "order" in path:
            raise ZeroDivisionError("in a test")
        return analyze(path, options=options)

    monkeypatch.setattr("analyzer.api.analyze_file", fail)
    result = run("list")
    assert result.code == 2
    assert [line.split()[0] for line in result.out.splitlines()] == ["CLASS", "First", "Second"]
    assert result.err.startswith("stepgraph: internal error: ZeroDivisionError: in a test (while analyzing a/order.ts)\n")
