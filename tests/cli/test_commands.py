"""The other commands, and what all commands have in common."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import version

import pytest
from command_lines import DYNAMIC, EMPTY, ORDER, TWO, Run, Write

PYTHON = """\
from workers import WorkflowEntrypoint


class Nightly(WorkflowEntrypoint):
    async def run(self, event, step):
        await step.sleep("until morning", "8 hours")
"""


def test_version(run: Run) -> None:
    result = run("--version")
    assert (result.code, result.out) == (0, f"stepgraph {version('stepgraph')}\n")


def test_a_command_is_needed(run: Run) -> None:
    result = run()
    assert (result.code, result.out) == (2, "")
    assert "stepgraph --help" in result.err


def test_help_lists_every_command(run: Run) -> None:
    result = run("--help")
    assert result.code == 0
    assert all(f"\n    {name} " in result.out for name in ("check", "graph", "list", "validate", "schema", "debug"))


def test_list_is_a_table(run: Run, write: Write) -> None:
    write("src/two.js", TWO)
    write("src/flow.py", PYTHON)
    write("src/node_modules/x/order.js", ORDER)
    write("src/.hidden/order.js", ORDER)
    result = run("list", "src")
    assert (result.code, result.err) == (0, "")
    assert result.out == (
        "CLASS    PLACE          LANGUAGE    STEPS\n"
        "Nightly  src/flow.py:4  python      1\n"
        "First    src/two.js:2   javascript  1\n"
        "Second   src/two.js:5   javascript  1\n"
    )


def test_list_reads_the_current_folder_by_default(run: Run, write: Write) -> None:
    write("order.js", ORDER)
    assert "Order  order.js:2  javascript  2\n" in run("list").out


def test_list_of_a_folder_without_workflows(run: Run) -> None:
    result = run("list")
    assert (result.code, result.out, result.err) == (0, "", "no workflow found in .\n")


def test_check_reports_findings(run: Run, write: Write) -> None:
    write("src/empty.js", EMPTY)
    write("src/order.js", ORDER)
    result = run("check", "src", "--format", "concise")
    assert result.code == 1
    assert len(result.out.splitlines()) == 1
    assert result.out.startswith("src/empty.js:2:")
    assert " SG305 " in result.out
    assert result.err == "1 finding in 2 files\n"


def test_check_of_something_clean(run: Run, write: Write) -> None:
    write("order.js", ORDER)
    result = run("check")
    assert (result.code, result.out, result.err) == (0, "", "0 findings in 1 file\n")


def test_check_does_not_report_what_could_not_be_seen(run: Run, write: Write) -> None:
    write("dynamic.js", DYNAMIC)
    assert run("check").code == 0


def test_check_exit_code_can_be_waived(run: Run, write: Write) -> None:
    write("empty.js", EMPTY)
    result = run("check", "--exit-zero", "--format", "concise")
    assert result.code == 0
    assert " SG305 " in result.out


def test_debug_flow_prints_a_tree(run: Run, write: Write) -> None:
    write("order.js", ORDER)
    result = run("debug", "flow", "order.js")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith('Import WorkflowEntrypoint from "cloudflare:workers"')
    assert '\n            Literal "charge"\n' in result.out


def test_schema_is_a_json_schema(run: Run) -> None:
    result = run("schema")
    assert result.code == 0
    assert {"$defs", "properties"} <= json.loads(result.out).keys()


def test_validate_accepts_what_graph_prints(run: Run, write: Write) -> None:
    write("order.js", ORDER)
    write("graph.json", run("graph", "order.js").out)
    result = run("validate", "graph.json")
    assert (result.code, result.out) == (0, "graph.json: valid\n")


def test_validate_gives_the_path_of_each_problem(run: Run, write: Write) -> None:
    workflow = {"class_name": "A", "functions": {}, "nodes": [{"type": "step_sleep", "name": 1, "duration": "1 hour"}]}
    write("bad.json", json.dumps({"version": 1, "workflow": workflow}))
    write("good.json", json.dumps({"version": 1, "workflow": {**workflow, "nodes": []}}))
    result = run("validate", "good.json", "bad.json")
    assert result.code == 1
    good, bad = result.out.splitlines()
    assert good == "good.json: valid"
    assert bad.startswith("bad.json: $.workflow.nodes[0].name: ")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"a":\n 1,}', "bad.json: $: not JSON: line 2, column 4: "),
        (b'"\xff"', "bad.json: $: not JSON: not UTF-8 at byte 1"),
        (b"[" * 100_000, "bad.json: $: nested more than "),
    ],
)
def test_validate_of_what_is_no_json(run: Run, write: Write, content: bytes, message: str) -> None:
    write("bad.json", content)
    result = run("validate", "bad.json")
    assert result.code == 1
    assert result.out.startswith(message)


def test_validate_reads_standard_input(run: Run) -> None:
    assert run("validate", "-", stdin=b"[]").code == 1


@pytest.mark.parametrize("command", [("graph",), ("list",), ("check",), ("validate",), ("debug", "flow")])
def test_missing_file_is_a_usage_error(run: Run, command: tuple[str, ...]) -> None:
    result = run(*command, "none.js")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("none.js:1:1: ")
    assert result.err.count("\n") == 1


@pytest.mark.parametrize("command", ["graph", "list", "check"])
def test_file_that_is_no_source_is_a_usage_error(run: Run, write: Write, command: str) -> None:
    write("notes.txt", "hello")
    result = run(command, "notes.txt")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("notes.txt: not a source file")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"let a;\nlet b = '\xff';", "bad.js:2:10: SG003 not UTF-8: byte 0xff"),
        (b"let a;\nlet \0 = 1;", "bad.js:2:5: SG003 binary: a NUL character"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "bad.js:1:1: SG003 binary"),
        (b"\xff\xfel\0e\0t\0", "bad.js:1:1: SG003 not UTF-8: it is UTF-16; save it as UTF-8"),
        (b"x" * 1_000_001, "bad.js:1:1: SG003 larger than the limit of 1 MB"),
    ],
)
def test_unreadable_file_is_an_error_with_a_place(run: Run, write: Write, content: bytes, message: str) -> None:
    write("bad.js", content)
    graph = run("graph", "bad.js", "--max-size", "1")
    assert (graph.code, graph.out) == (1, "")
    assert graph.err.splitlines() == [message, "no workflow found in bad.js"]
    check = run("check", "bad.js", "--max-size", "1", "--format", "concise")
    assert (check.code, check.out) == (1, message + "\n")


def test_file_of_the_largest_size_is_read(run: Run, write: Write) -> None:
    write("order.js", ORDER + " " * (1_000_000 - len(ORDER)))
    assert run("graph", "order.js", "--max-size", "1").code == 0


def test_byte_order_mark_moves_no_column(run: Run, write: Write) -> None:
    write("plain.js", ORDER)
    write("marked.js", b"\xef\xbb\xbf" + ORDER.encode())
    plain, marked = (run("graph", f"{name}.js", "--spans").out for name in ("plain", "marked"))
    assert plain == marked.replace("marked.js", "plain.js")


def test_colors_are_for_terminals_or_on_demand(run: Run, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("order.js", ORDER)
    command = ("graph", "order.js", "--format", "tree")
    assert "\x1b[" not in run(*command).out
    assert "\x1b[32m●\x1b[0m charge" in run(*command, "--color", "always").out
    assert "\x1b[32m●\x1b[0m charge" in run("--color", "always", *command).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[32m●\x1b[0m charge" in run(*command, "--color", "always").out
    assert "\x1b[" not in run(*command, "--color", "auto").out


def test_internal_error_asks_for_a_report(run: Run, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("order.js", ORDER)

    def fail(*args: object, **kwargs: object) -> None:
        raise ValueError("surprise")

    monkeypatch.setattr("analyzer.analysis.build", fail)
    result = run("graph", "order.js")
    assert (result.code, result.out) == (2, "")
    assert "internal error: ValueError: surprise" in result.err
    assert "Please report it" in result.err
    assert "Traceback" not in result.err


def test_reader_that_goes_away_is_no_error(write: Write) -> None:
    path = write("many.js", "\n".join(TWO.replace("First", f"A{i}").replace("Second", f"B{i}") for i in range(300)))
    command = [sys.executable, "-c", "import sys; from analyzer.cli import main; sys.exit(main())", "graph", path, "--all"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()
    assert (process.returncode, errors) == (0, "")
