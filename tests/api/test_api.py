"""The Python API: what an analysis holds, and what becomes of sources that cannot be read."""

from __future__ import annotations

import pickle
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

import analyzer
from analyzer import Analysis, Options, UnreadableFileError, UsageError, analyze_paths, analyze_source, validate_payload
from analyzer.analyses.coverage import Coverage
from analyzer.source import Language

HEAD = 'import { WorkflowEntrypoint } from "cloudflare:workers";\n'
SOURCE = HEAD + (
    "export class Order extends WorkflowEntrypoint {\n"
    "  async run(event, step) {\n"
    '    for (const name of ["a", "b"]) await step.do(name, async () => {});\n'
    "    await step.do(event.payload.name, async () => {});\n"
    '    await withRetry(step, "hidden");\n'
    "  }\n"
    "}\n"
)


def test_analysis_of_a_text() -> None:
    analysis = analyze_source(SOURCE, filename="order.js")
    assert (analysis.path, analysis.language) == ("order.js", Language.JAVASCRIPT)
    assert [workflow.class_name for workflow in analysis.workflows] == ["Order"]
    assert validate_payload(analysis.documents[0]) == []
    assert analysis.graphs[0].workflow.class_name == "Order"
    assert analysis.findings == ()


def test_coverage_counts_calls_not_their_drawings() -> None:
    """One call drawn twice, one whose name is not static (SG902), one use that cannot be followed (SG901 or SG904)."""
    analysis = analyze_source(SOURCE, filename="order.js")
    assert [node["name"] for node in analysis.documents[0]["workflow"]["nodes"] if node["type"] == "step_do"][:2] == ["a", "b"]
    assert analysis.coverage == Coverage(1, 3)
    assert round(analysis.coverage.percent, 1) == 33.3


def test_nothing_seen_is_no_coverage() -> None:
    assert analyze_source("let a = 1;", filename="a.js").coverage.percent == 0


def test_file_without_a_workflow_is_no_error() -> None:
    analysis = analyze_source("export const a = 1;", filename="a.ts")
    assert (analysis.workflows, analysis.notes, analysis.findings) == ((), (), ())


@pytest.mark.parametrize(
    ("source", "message", "place"),
    [
        ("a\0b", "binary: a NUL character", (1, 2)),
        ("let a;\nlet b = '\ud800';", "not Unicode: a lone surrogate", (2, 10)),
        (b"a;\r\n\xe9", "not UTF-8: byte 0xe9", (2, 1)),
    ],
)
def test_unreadable_source_is_a_note_with_a_place(source: str | bytes, message: str, place: tuple[int, int]) -> None:
    (finding,) = analyze_source(source, filename="bad.js").findings
    assert (finding.code, finding.message, finding.start) == ("SG003", message, place)


def test_language_comes_from_the_name() -> None:
    python = (
        "from workers import WorkflowEntrypoint\nclass A(WorkflowEntrypoint):\n    async def run(self, event, step): pass\n"
    )
    assert analyze_source(python, filename="a.py").language is Language.PYTHON
    with pytest.raises(UsageError, match="suffix must be one of"):
        analyze_source(python, filename="a.txt")


def test_size_limit_is_an_option() -> None:
    options = Options(max_size=10)
    assert analyze_source(b"x" * 10, filename="a.js", options=options).findings == ()
    assert [finding.code for finding in analyze_source(b"x" * 11, filename="a.js", options=options).findings] == ["SG003"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b", "a", "c"):
        (tmp_path / f"{name}.js").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "broken.ts").write_bytes(b"WorkflowEntrypoint \xff")
    (tmp_path / "other.ts").write_text("let a = 1;", encoding="utf-8")
    return tmp_path


def names(analyses: list[Analysis]) -> list[str]:
    return [Path(analysis.path).name for analysis in analyses]


def test_folder_is_read_in_order_and_no_file_hides_another(folder: Path) -> None:
    analyses = list(analyze_paths([str(folder)]))
    assert names(analyses) == ["a.js", "b.js", "broken.ts", "c.js"]
    assert [len(analysis.workflows) for analysis in analyses] == [1, 1, 0, 1]


def test_threads_and_processes_give_the_same(folder: Path) -> None:
    alone = list(analyze_paths([str(folder)]))
    with ThreadPoolExecutor(2) as threads, ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        assert list(analyze_paths([str(folder)], executor=threads)) == alone
        assert list(analyze_paths([str(folder)], executor=processes)) == alone


def test_missing_path_is_told_before_anything_is_read(folder: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"none\.js:1:1: "):
        next(analyze_paths([str(folder), "none.js"]))


def test_analysis_can_be_pickled() -> None:
    analysis = analyze_source(SOURCE, filename="order.js")
    copy = pickle.loads(pickle.dumps(analysis))
    assert copy == analysis
    assert copy.documents == analysis.documents
    assert copy.findings == analysis.findings


def test_deeply_nested_analysis_can_be_pickled() -> None:
    nested = "if (a) {" * 120 + 'await step.do("x", async () => {});' + "}" * 120
    source = HEAD + f"export class Deep extends WorkflowEntrypoint {{ async run(event, step) {{ {nested} }} }}"
    analysis = analyze_source(source, filename="deep.js")
    assert pickle.loads(pickle.dumps(analysis)) == analysis


def test_public_names_can_be_imported() -> None:
    assert all(getattr(analyzer, name) is not None for name in analyzer.__all__)
    assert set(analyzer.__all__) <= set(dir(analyzer))
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        _ = analyzer.nothing_of_the_kind
