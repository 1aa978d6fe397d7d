"""``stepgraph graph``: what is printed, where, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_lines import DYNAMIC, EMPTY, ORDER, TWO, Run, Write

from analyzer import validate_payload

DEFAULTS = "(by default 5 retries from 1 second, exponential, timeout 10 minutes)"


def test_prints_the_graph_of_the_one_workflow(run: Run, write: Write) -> None:
    write("order.js", ORDER)
    result = run("graph", "order.js")
    document = json.loads(result.out)
    assert (result.code, result.err) == (0, "")
    assert validate_payload(document) == []
    assert document["version"] == 1
    assert document["workflow"]["class_name"] == "Order"
    assert [node["name"] for node in document["workflow"]["nodes"]] == ["charge", "nap"]


def test_same_source_gives_the_same_bytes(run: Run, write: Write) -> None:
    write("order.js", ORDER)
    assert run("graph", "order.js").out == run("graph", "order.js").out


def test_several_workflows_are_a_usage_error_with_the_list(run: Run, write: Write) -> None:
    write("two.js", TWO)
    result = run("graph", "two.js")
    assert (result.code, result.out) == (2, "")
    assert "two.js#First" in result.err
    assert "two.js#Second" in result.err
    assert "--workflow" in result.err


def test_workflow_chooses_one(run: Run, write: Write) -> None:
    write("two.js", TWO)
    by_option = run("graph", "two.js", "--workflow", "Second")
    by_path = run("graph", "two.js#Second")
    assert by_option.code == by_path.code == 0
    assert by_option.out == by_path.out
    assert json.loads(by_path.out)["workflow"]["class_name"] == "Second"


def test_unknown_workflow_is_a_usage_error_that_lists_the_known(run: Run, write: Write) -> None:
    write("two.js", TWO)
    result = run("graph", "two.js#Third")
    assert (result.code, result.out) == (2, "")
    assert "no workflow Third in two.js" in result.err
    assert "two.js#First" in result.err


def test_contradicting_choices_are_a_usage_error(run: Run, write: Write) -> None:
    write("two.js", TWO)
    assert run("graph", "two.js#First", "--workflow", "Second").code == 2


def test_file_with_a_hash_in_its_name_is_read(run: Run, write: Write) -> None:
    write("a#b.js", ORDER)
    assert run("graph", "a#b.js").code == 0


def test_all_prints_a_line_each(run: Run, write: Write) -> None:
    write("src/two.js", TWO)
    write("src/order.js", ORDER)
    result = run("graph", "src", "--all")
    lines = [json.loads(line) for line in result.out.splitlines()]
    assert result.code == 0
    assert [list(line) for line in lines] == [["path", "language", "class_name", "graph"]] * 3
    assert [(line["path"], line["class_name"]) for line in lines] == [
        ("src/order.js", "Order"),
        ("src/two.js", "First"),
        ("src/two.js", "Second"),
    ]
    assert {line["language"] for line in lines} == {"javascript"}
    assert all(validate_payload(line["graph"]) == [] for line in lines)


def test_all_trees_are_printed_one_after_another(run: Run, write: Write) -> None:
    write("two.js", TWO)
    assert (
        run("graph", "two.js", "--all", "--format", "tree").out
        == f"First {DEFAULTS}\n└─ ● one\n\nSecond {DEFAULTS}\n└─ ● two\n"
    )


def test_output_dir_gets_a_file_each(run: Run, write: Write, tmp_path: Path) -> None:
    write("a/two.js", TWO)
    write("b/order.js", ORDER)
    write("c/order.js", ORDER)
    result = run("graph", ".", "--output-dir", "out/graphs", "--spans")
    assert result.code == 0
    names = [name + kind for name in ("First", "Order", "Order-2", "Second") for kind in ("", ".spans")]
    assert {path.name for path in (tmp_path / "out/graphs").iterdir()} == {f"{name}.json" for name in names}
    assert sorted(result.out.splitlines()) == sorted(f"out/graphs/{name}.json" for name in names)
    assert json.loads((tmp_path / "out/graphs/Second.json").read_text())["workflow"]["class_name"] == "Second"


def test_output_dir_that_is_a_file_is_a_usage_error(run: Run, write: Write) -> None:
    write("order.js", ORDER)
    write("taken", "")
    result = run("graph", "order.js", "--output-dir", "taken")
    assert result.code == 2
    assert result.err.startswith("taken: cannot be written")


def test_tree_and_mermaid(run: Run, write: Write) -> None:
    write("order.js", ORDER)
    assert run("graph", "order.js", "--format", "tree").out == f"Order {DEFAULTS}\n├─ ● charge\n└─ ◷ nap (sleep 1 hour)\n"
    assert run("graph", "order.js", "--format", "mermaid").out.startswith('flowchart TD\n  start_Order(["Order<br>by default')


@pytest.mark.parametrize("name", ["mermaid", "dot", "graphml", "svg", "html"])
def test_a_diagram_is_a_file_each(run: Run, write: Write, name: str) -> None:
    write("two.js", TWO)
    refused = run("graph", "two.js", "--all", "--format", name)
    assert (refused.code, refused.out) == (2, "")
    assert f"{name} holds one diagram" in refused.err
    assert "--output-dir" in refused.err
    result = run("graph", "two.js", "--output-dir", "drawn", "--format", name)
    assert result.code == 0
    suffix = {"mermaid": "mmd"}.get(name, name)
    assert [Path(line).name for line in result.out.splitlines()] == [f"First.{suffix}", f"Second.{suffix}"]
    for path, step in zip(result.out.splitlines(), ("one", "two"), strict=True):
        assert step in Path(path).read_text(encoding="utf-8")


def test_html_shows_what_the_linter_says(run: Run, write: Write) -> None:
    write("lost.js", ORDER.replace("await step.do", "step.do"))
    result = run("graph", "lost.js", "--format", "html")
    assert result.code == 0
    assert '"code":"SG201"' in result.out


def test_spans_lead_from_the_graph_to_the_source(run: Run, write: Write) -> None:
    write("order.js", ORDER)
    result = run("graph", "order.js", "--spans")
    document = json.loads(result.out)
    assert document["version"] == 1
    charge = document["spans"]["/workflow/nodes/0"]
    assert (charge["path"], charge["line"], charge["column"]) == ("order.js", 4, 11)
    assert (charge["end_line"], charge["end_column"]) == (4, 44)
    assert charge["method"] == {"path": "order.js", "line": 4, "column": 16, "end_line": 4, "end_column": 18}


def test_spans_go_with_json_only(run: Run, write: Write) -> None:
    write("order.js", ORDER)
    assert run("graph", "order.js", "--spans", "--format", "tree").code == 2


def test_standard_input_needs_a_name(run: Run) -> None:
    named = run("graph", "-", "--stdin-filename", "src/order.js", "--all", stdin=ORDER.encode())
    assert json.loads(named.out)["path"] == "src/order.js"
    nameless = run("graph", "-", stdin=ORDER.encode())
    assert (nameless.code, nameless.out) == (2, "")
    assert "--stdin-filename" in nameless.err


def test_coverage_is_told_on_standard_error(run: Run, write: Write) -> None:
    write("dynamic.js", DYNAMIC)
    result = run("graph", "dynamic.js", "--coverage")
    assert result.code == 0
    assert json.loads(result.out)["workflow"]["class_name"] == "Dynamic"
    assert result.err.splitlines()[0].startswith("dynamic.js:5:")
    assert "SG902" in result.err
    assert result.err.splitlines()[-1] == "coverage: 50.0 % (1 of 2 step calls)"


def test_too_little_coverage_fails(run: Run, write: Write) -> None:
    write("dynamic.js", DYNAMIC)
    assert run("graph", "dynamic.js", "--min-coverage", "50").code == 0
    failed = run("graph", "dynamic.js", "--min-coverage", "50.1")
    assert failed.code == 1
    assert failed.err == "coverage is 50.0 % (1 of 2 step calls), less than 50.1 %\n"
    assert run("graph", "dynamic.js", "--min-coverage", "101").code == 2


def test_workflow_without_steps_gives_an_empty_graph_and_an_error(run: Run, write: Write) -> None:
    write("empty.js", EMPTY)
    result = run("graph", "empty.js")
    assert result.code == 1
    assert json.loads(result.out)["workflow"]["nodes"] == []
    assert result.err.startswith("empty.js:2:")
    assert " SG305 " in result.err


def test_rest_of_a_broken_file_is_analyzed(run: Run, write: Write) -> None:
    write("broken.js", ORDER + "const = ;\n")
    result = run("graph", "broken.js")
    assert result.code == 1
    assert [node["name"] for node in json.loads(result.out)["workflow"]["nodes"]] == ["charge", "nap"]
    assert result.err.startswith("broken.js:8:")
    assert " SG101 " in result.err


def test_named_file_without_a_workflow_fails(run: Run, write: Write) -> None:
    write("plain.js", "export const x = 1;\n")
    result = run("graph", "plain.js")
    assert (result.code, result.out, result.err) == (1, "", "no workflow found in plain.js\n")


def test_folder_without_a_workflow_does_not_fail(run: Run, write: Write) -> None:
    write("src/plain.js", "export const x = 1;\n")
    result = run("graph", "src")
    assert (result.code, result.out, result.err) == (0, "", "no workflow found in src\n")


def test_python_dependencies_follow_the_compatibility_date(run: Run, write: Write) -> None:
    write(
        "flow.py",
        "from workers import WorkflowEntrypoint\n\n\nclass Flow(WorkflowEntrypoint):\n"
        "    async def run(self, event, step):\n"
        '        @step.do("first")\n        async def first():\n            return 1\n\n'
        '        @step.do("second")\n        async def second(first):\n            return first\n\n'
        "        await second()\n",
    )
    newest = json.loads(run("graph", "flow.py").out)["workflow"]["nodes"]
    legacy = json.loads(run("graph", "flow.py", "--compatibility-date", "2025-10-01").out)["workflow"]["nodes"]
    assert [node["name"] for node in newest] == ["first", "second"]
    assert [node["name"] for node in legacy] == ["second"]
    assert run("graph", "flow.py", "--compatibility-date", "last year").code == 2


def test_esprima_reads_javascript_but_not_typescript(run: Run, write: Write) -> None:
    write("order.js", ORDER)
    write("order.ts", ORDER)
    assert run("graph", "order.js", "--parser", "esprima").out == run("graph", "order.js").out
    refused = run("graph", "order.ts", "--parser", "esprima")
    assert (refused.code, refused.out) == (2, "")
    assert "esprima" in refused.err


def test_fail_on_change(run: Run, write: Write) -> None:
    write("a.js", ORDER)
    command = ("graph", ".", "--format", "mermaid", "--output-dir", "docs", "--fail-on-change")
    assert [run(*command).code, run(*command).code] == [1, 0]
    write("a.js", ORDER.replace("charge", "bill"))
    assert [run(*command).code, run(*command[:-1]).code] == [1, 0]
    refused = run("graph", "a.js", "--fail-on-change")
    assert (refused.code, refused.err) == (2, "--fail-on-change is about the files of --output-dir DIR\n")


def test_where_the_step_object_was_lost_is_said_instead_of_no_steps(run: Run, write: Write) -> None:
    write(
        "a.js",
        EMPTY.replace("return 1;", "return hand(step);").replace(
            '"cloudflare:workers";', '"cloudflare:workers";\nimport { hand } from "elsewhere";'
        ),
    )
    result = run("graph", "a.js")
    assert (result.code, "SG904 the step object is given to elsewhere.hand" in result.err, "SG305" in result.err) == (
        1,
        True,
        False,
    )
    assert run("graph", "a.js", "--coverage").err.count("SG904") == 1
    assert run("check", "a.js").code == 0
