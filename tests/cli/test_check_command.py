"""``stepgraph check``: selection, suppressions, baseline, fixes, formats, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_lines import Run, Write
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif

HEAD = 'import { WorkflowEntrypoint } from "cloudflare:workers";\n'


def workflow(*lines: str) -> str:
    body = "".join(f"    {line}\n" for line in lines)
    return f"{HEAD}export class W extends WorkflowEntrypoint {{\n  async run(event, step) {{\n{body}  }}\n}}\n"


FLOATING = 'step.do("a", async () => 1);'
SLEEP = 'await step.sleep("nap", "10 min");'
TIMER = "await scheduler.wait(5);"
BROKEN = workflow(FLOATING, SLEEP, TIMER)


PYTHON = """\
class W(WorkflowEntrypoint):
    async def run(self, event, step):
        step.sleep("nap", "1 minute")
"""


def lines_of(out: str) -> list[str]:
    return [line.partition(": ")[2].partition(" ")[0] for line in out.splitlines()]


def test_concise(run: Run, write: Write) -> None:
    write("a.js", BROKEN)
    result = run("check", "--format", "concise")
    assert result.code == 1
    assert result.out == (
        'a.js:4:5: SG201 step "a" is never awaited: its error is lost\n'
        'a.js:5:29: SG106 [*] "10 min" is read as milliseconds, or refused: write the duration as "10 minutes"\n'
        "a.js:6:11: SG209 scheduler.wait() starts again on every replay: use step.sleep\n"
    )
    assert result.err == "3 findings in 1 file; 1 fixable with --fix; 1 fixable with --unsafe-fixes\n"


def test_a_duration_without_space_is_refused_by_every_engine(run: Run, write: Write) -> None:
    write("a.js", workflow('await step.sleep("nap", "100ms");'))
    assert '"100ms" is refused: write the duration as "100 milliseconds"' in run("check", "--format", "concise").out


def test_full(run: Run, write: Write) -> None:
    write("a.js", workflow('await step.sleep("日本", "10 min");'))
    assert run("check").out == (
        'SG106 "10 min" is read as milliseconds, or refused: write the duration as "10 minutes"\n'
        " --> a.js:4:28\n"
        "  |\n"
        "3 |   async run(event, step) {\n"
        '4 |     await step.sleep("日本", "10 min");\n'
        "  |                              ^^^^^^^^\n"
        "5 |   }\n"
        "  |\n"
        'help: Write "10 minutes"\n'
    )


def test_full_shows_a_window_of_a_long_line(run: Run, write: Write) -> None:
    write("a.js", workflow(f"const x = '{'x' * 500}'; {SLEEP}"))
    lines = run("check").out.splitlines()
    assert max(map(len, lines[1:])) < 200
    assert '"10 min"' in lines[4]
    assert lines[5].index("^") == lines[4].index('"10 min"')


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        ([], ["SG201", "SG106", "SG209"]),
        (["--select", "SG2"], ["SG201", "SG209"]),
        (["--select", "floating-step,SG106"], ["SG201", "SG106"]),
        (["--select", "SG2", "--ignore", "SG209"], ["SG201"]),
        (["--ignore", "SG1,SG2"], []),
        (["--select", "SG106", "--extend-select", "SG209"], ["SG106", "SG209"]),
        (["--select", "ALL", "--ignore", "SG1"], ["SG201", "SG209"]),
        (["--select", "SG201", "--ignore", "SG2"], ["SG201"]),
        (["--select", "timer-outside-step,SG1", "--ignore", "ALL"], ["SG106", "SG209"]),
        (["--select", "SG201", "--ignore", "floating-step"], []),
        (["--ignore", "SG2", "--extend-select", "SG20"], ["SG201", "SG106", "SG209"]),
    ],
)
def test_selection(run: Run, write: Write, arguments: list[str], codes: list[str]) -> None:
    write("a.js", BROKEN)
    assert lines_of(run("check", "--format", "concise", *arguments).out) == codes


def test_unknown_code(run: Run, write: Write) -> None:
    write("a.js", BROKEN)
    result = run("check", "--select", "floating-steps")
    assert (result.code, result.out) == (2, "")
    assert result.err == "unknown rule 'floating-steps'; did you mean floating-step?\n"


def test_the_command_line_overrides_the_configuration(run: Run, write: Write) -> None:
    write("stepgraph.toml", 'select = ["SG2"]\nignore = ["SG209"]\n')
    write("a.js", BROKEN)
    assert lines_of(run("check", "--format", "concise").out) == ["SG201"]
    assert lines_of(run("check", "--format", "concise", "--extend-select", "SG209").out) == ["SG201", "SG209"]
    assert lines_of(run("check", "--format", "concise", "--select", "SG106").out) == ["SG106"]


def test_unknown_codes_of_a_configuration_have_places(run: Run, write: Write) -> None:
    write("a.js", BROKEN)
    write("stepgraph.toml", 'select = ["SG2", "SG777"]\n\n[per-file-ignores]\n"a.js" = ["floating-stepp"]\n')
    result = run("check")
    folder = Path.cwd()
    assert (result.code, result.out) == (2, "")
    assert result.err.splitlines() == [
        f"{folder}/stepgraph.toml:1:18: unknown rule 'SG777'; did you mean SG407?",
        f"{folder}/stepgraph.toml:4:11: unknown rule 'floating-stepp'; did you mean floating-step?",
    ]


def test_settings_are_found_upward(run: Run, write: Write) -> None:
    write("stepgraph.toml", 'ignore = ["SG106"]\n[per-file-ignores]\n"src/legacy/**" = ["SG2"]\n')
    write("src/a.js", BROKEN)
    write("src/legacy/b.js", BROKEN)
    assert run("check", "src", "--format", "concise").out.count("\n") == 2
    shown = run("check", "src", "--show-settings")
    assert shown.code == 0
    assert 'ignore = ["SG106"]' in shown.out
    assert shown.out.startswith("# from ")


def test_excluded_paths_are_not_read(run: Run, write: Write) -> None:
    write("stepgraph.toml", 'exclude = ["generated/"]\n')
    write("generated/a.js", BROKEN)
    write("src/b.js", workflow('await step.do("x", async () => 1);'))
    assert run("check").code == 0
    assert run("check", "generated/a.js").code == 1


def test_findings_in_an_imported_module_are_reported_once(run: Run, write: Write) -> None:
    write("helper.js", "export async function pause(step) {\n  await step.sleep('nap', '10 min');\n}\n")
    one = HEAD + "import { pause } from './helper.js';\n"
    body = "export class A extends WorkflowEntrypoint {\n  async run(event, step) {\n    await pause(step);\n  }\n}\n"
    write("a.js", one + body)
    write("b.js", one + body.replace("class A", "class B"))
    assert run("check", "--format", "concise").out.count("SG106") == 1
    write(
        "helper.js", "export async function pause(step) {\n  await step.sleep('nap', '10 min'); // stepgraph-ignore SG106\n}\n"
    )
    assert run("check").code == 0


@pytest.mark.parametrize(
    ("fail_on", "body", "code"),
    [("error", TIMER, 0), ("warning", TIMER, 1), ("info", TIMER, 1), ("error", FLOATING, 1)],
)
def test_fail_on(run: Run, write: Write, fail_on: str, body: str, code: int) -> None:
    write("a.js", workflow('await step.do("x", async () => 1);', body))
    assert run("check", "--fail-on", fail_on).code == code
    assert run("check", "--fail-on", fail_on, "--exit-zero").code == 0


def test_statistics(run: Run, write: Write) -> None:
    write("a.js", workflow(FLOATING, FLOATING, SLEEP))
    assert run("check", "--statistics").out == "2  SG201  floating-step\n1  SG106  misread-duration\n"


def test_suppressions(run: Run, write: Write) -> None:
    write("a.js", workflow(f"{FLOATING} // stepgraph-ignore SG201: no one needs it", "// stepgraph-ignore SG106", SLEEP))
    assert run("check").out == ""


def test_suppression_of_a_file(run: Run, write: Write) -> None:
    write("a.js", "// stepgraph-ignore-file SG201, SG106: generated\n" + BROKEN)
    write("b.js", "/* stepgraph-ignore-file */\n" + BROKEN)
    write("c.py", "# stepgraph-ignore-file floating-step\nfrom workers import WorkflowEntrypoint\n" + PYTHON)
    write("d.js", "// stepgraph-ignore-file SG202: nothing\n" + BROKEN)
    found = run("check", "--format", "concise").out.splitlines()
    assert [(line.partition(":")[0], *lines_of(line)) for line in found] == [
        ("a.js", "SG209"),
        ("d.js", "SG001"),
        ("d.js", "SG201"),
        ("d.js", "SG106"),
        ("d.js", "SG209"),
    ]


def test_suppression_on_the_line_before_or_the_first_line(run: Run, write: Write) -> None:
    several = ["step.do(", '"a",', "async () => 1,", ");"]
    write("a.js", workflow("// stepgraph-ignore SG201", *several))
    write("b.js", workflow("step.do( // stepgraph-ignore SG201", *several[1:]))
    write("c.js", workflow(*several[:3], ");  // stepgraph-ignore SG201"))
    write("d.js", workflow("// stepgraph-ignore SG201", "// stepgraph-ignore SG106: both", 'step.sleep("a", "10 min");'))
    found = run("check", "--format", "concise").out
    assert {line.partition(":")[0] for line in found.splitlines()} == {"c.js"}
    assert lines_of(found) == ["SG201", "SG001"]


def test_baseline_survives_moved_lines(run: Run, write: Write) -> None:
    write("a.js", workflow(FLOATING, FLOATING))
    written = run("check", "--write-baseline", "baseline.json")
    assert (written.code, written.out) == (0, "")
    write("a.js", "// a new line\n\n" + workflow(FLOATING, "const x = 1;", FLOATING))
    assert run("check", "--baseline", "baseline.json").code == 0
    write("a.js", workflow(FLOATING, FLOATING, FLOATING))
    assert lines_of(run("check", "--baseline", "baseline.json", "--format", "concise").out) == ["SG201"]


@pytest.mark.parametrize("content", ["no json", '{"version": 2}', "[]"])
def test_a_bad_baseline_is_a_usage_error(run: Run, write: Write, content: str) -> None:
    write("a.js", BROKEN)
    write("baseline.json", content)
    assert run("check", "--baseline", "baseline.json").code == 2


def test_fix_keeps_line_ends_and_byte_order_mark(run: Run, write: Write) -> None:
    before = b"\xef\xbb\xbf" + workflow(SLEEP, FLOATING).replace("\n", "\r\n").encode()
    path = write("a.js", before)
    result = run("check", "--fix", "--format", "concise")
    assert path.read_bytes() == before.replace(b"10 min", b"10 minutes")
    assert lines_of(result.out) == ["SG201"]
    assert result.err == "1 finding in 1 file; 1 finding fixed; 1 fixable with --unsafe-fixes\n"
    assert run("check", "--unsafe-fixes").code == 0
    assert b"await step.do(" in path.read_bytes()


def test_diff_changes_nothing(run: Run, write: Write) -> None:
    path = write("a.js", workflow(SLEEP))
    result = run("check", "--diff")
    assert result.code == 1
    assert '-    await step.sleep("nap", "10 min");\n+    await step.sleep("nap", "10 minutes");\n' in result.out
    assert path.read_text(encoding="utf-8") == workflow(SLEEP)


def test_json(run: Run, write: Write) -> None:
    write("a.js", workflow(SLEEP, "await step.do(event.payload.name, async () => 1);"))
    document = json.loads(run("check", "--format", "json").out)
    (finding,) = document["findings"]
    assert document["version"] == 1
    assert document["notes"] == {"SG902": 1}
    assert (finding["code"], finding["name"], finding["start"]) == ("SG106", "misread-duration", {"line": 4, "column": 29})
    assert finding["fix"]["edits"] == [
        {"start": {"line": 4, "column": 29}, "end": {"line": 4, "column": 37}, "text": '"10 minutes"'}
    ]


def test_sarif_fits_the_official_schema(run: Run, write: Write) -> None:
    write("sub dir/ä#.js", BROKEN)
    text = run("check", "--format", "sarif").out
    document = Sarif.model_validate_json(text)
    (sarif_run,) = json.loads(text)["runs"]
    assert document.version.value == "2.1.0"
    result = sarif_run["results"][0]
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "sub%20dir/%C3%A4%23.js", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 4, "startColumn": 5, "endLine": 4, "endColumn": 32},
    }
    rules = sarif_run["tool"]["driver"]["rules"]
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_without_findings(run: Run, write: Write) -> None:
    write("a.js", workflow('await step.do("x", async () => 1);'))
    result = run("check", "--format", "sarif")
    assert result.code == 0
    assert Sarif.model_validate_json(result.out).runs[0].results == []


def test_github_escapes(run: Run, write: Write) -> None:
    write("a,b:c%.js", workflow('step.do("50%", async () => 1);'))
    assert run("check", "--format", "github").out == (
        "::error file=a%2Cb%3Ac%25.js,line=4,endLine=4,title=SG201 floating-step,col=5,endColumn=34"
        '::step "50%25" is never awaited: its error is lost\n'
    )


def test_gitlab(run: Run, write: Write) -> None:
    write("a.js", workflow(TIMER, 'await step.do("x", async () => 1);'))
    (issue,) = json.loads(run("check", "--format", "gitlab").out)
    assert issue["check_name"] == "timer-outside-step"
    assert issue["severity"] == "minor"
    assert issue["location"] == {"path": "a.js", "lines": {"begin": 4, "end": 4}}
    assert len(issue["fingerprint"]) == 32


def test_affected_are_workflows_that_import_what_is_named(run: Run, write: Write) -> None:
    write("helper.js", "export async function pause(step) {\n  await step.sleep('nap', '10 min');\n}\n")
    write("src/a.js", "import { pause } from '../helper.js';\n" + workflow("await pause(step);", FLOATING))
    write("src/a.jsx", workflow(FLOATING))
    write("generated/c.js", workflow(FLOATING))
    write("stepgraph.toml", 'exclude = ["generated/"]\n')

    def places(*paths: str) -> list[str]:
        out = run("check", "--affected", *paths, "--format", "concise").out
        return [line.partition(":")[0] for line in out.splitlines()]

    assert places("helper.js") == ["helper.js", "src/a.js"]
    assert places("src/a.js") == ["helper.js", "src/a.js"]
    assert places("src") == ["helper.js", "src/a.js", "src/a.jsx"]
    assert places("generated/c.js") == []
    write("src/stepgraph.toml", 'ignore = ["ALL"]\n')
    assert places("src/a.js") == ["helper.js", "src/a.js"], "the settings are those of the folder that is searched"
    missing = run("check", "--affected", "src/b.js")
    assert (missing.code, missing.err) == (2, "src/b.js:1:1: no such file or directory\n")
    assert run("check", "--affected", "-").code == 2


def test_output_file_takes_what_is_no_text(run: Run, write: Write) -> None:
    write("a.js", workflow(r'step.do("\ud800", async () => 1);'))
    assert run("check", "--format", "json", "--output-file", "found.json").code == 1
    assert "\ud800" in json.loads(Path("found.json").read_text(encoding="utf-8"))["findings"][0]["message"]


def test_output_file(run: Run, write: Write) -> None:
    write("a.js", BROKEN)
    result = run("check", "--format", "json", "--output-file", "out/findings.json")
    assert result.out == ""
    assert len(json.loads(Path("out/findings.json").read_text(encoding="utf-8"))["findings"]) == 3


def test_standard_input(run: Run) -> None:
    result = run("check", "-", "--stdin-filename", "a.ts", "--format", "concise", stdin=BROKEN.encode())
    assert lines_of(result.out) == ["SG201", "SG106", "SG209"]


def test_unreadable_file(run: Run, write: Write) -> None:
    write("a.js", b"import { WorkflowEntrypoint } from 'x'\n\0")
    assert run("check", "--format", "concise").out == "a.js:2:1: SG003 binary: a NUL character\n"


def test_step_limit_of_the_configuration(run: Run, write: Write) -> None:
    write("wrangler.toml", 'name = "w"\n[[workflows]]\nname = "w"\nbinding = "W"\nclass_name = "W"\nlimits = { steps = 2 }\n')
    write("src/a.js", workflow(*['await step.do("x", async () => 1);'] * 3))
    assert lines_of(run("check", "--format", "concise").out) == ["SG301"]


def test_rule_and_rules(run: Run) -> None:
    assert run("rule", "SG201").out.startswith("# floating-step (SG201)\n")
    assert run("rule", "floating-step").out == run("rule", "sg201").out
    assert run("rule", "SG902").out.startswith("# dynamic-name (SG902)\n")
    unknown = run("rule", "SG999")
    assert (unknown.code, unknown.out) == (2, "")
    table = run("rules").out
    assert table.splitlines()[1].startswith("SG001  unused-suppression")
    assert len(json.loads(run("rules", "--format", "json").out)) == len(table.splitlines()) - 1


def test_bounds(run: Run, write: Write) -> None:
    loop = 'for (const x of event.payload.items) { await step.do("y", async () => x); }'
    write(
        "a.js", workflow('await step.do("x", { timeout: "1 minute", retries: { limit: 0, delay: 1 } }, async () => 1);', loop)
    )
    result = run("bounds", "a.js")
    assert result.out.splitlines() == [
        "W a.js:2",
        "  do steps   1 to 1 + len(event.payload.items) (limit 10,000)",
        "  all steps  at most 1 + len(event.payload.items)",
        "  at once    at most 1",
        "  duration   at most 1 minute + 1.086 hours·len(event.payload.items)",
        "  kept       7 days after its end (limit 30 days)",
    ]
    (workflow_bounds,) = json.loads(run("bounds", "a.js", "--format", "json").out)["workflows"]
    assert workflow_bounds["most"] == {"number": 1, "terms": [{"symbols": ["len(event.payload.items)"], "times": 1}]}


def test_bounds_know_the_plan_and_the_configuration(run: Run, write: Write) -> None:
    write("src/a.js", workflow('for (let i = 0; i < 1_100; i++) { await step.do("x", async () => i); }'))
    assert run("bounds", "src/a.js").code == 0
    free = run("bounds", "src/a.js", "--plan", "free")
    assert free.code == 1
    assert "  do steps   1,100 to 1,100 (limit 1,024)" in free.out
    assert "  kept       3 days after its end (limit 3 days)" in free.out
    entry = {"name": "w", "binding": "W", "class_name": "W", "limits": {"steps": 1000}}
    retention = {"success_retention": "2 days", "error_retention": 3_600_000}
    write("wrangler.json", json.dumps({"name": "w", "workflows": [{**entry, "default_retention": retention}]}))
    configured = run("bounds", "src/a.js")
    assert configured.code == 1
    assert "(limit 1,000)" in configured.out
    assert "  kept       2 days after it succeeded, 1 hour after it failed (limit 30 days)" in configured.out
    (found,) = json.loads(run("bounds", "src/a.js", "--format", "json").out)["workflows"]
    assert (found["limit"], found["retention"]["success"]) == (1000, 172_800_000)
