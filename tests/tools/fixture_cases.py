"""Cases under ``fixtures/``: a folder ``<topic>/<case>`` with one program in some languages and what is expected of it.

``source.ts``, ``source.js``, ``source.py`` (any source suffix) are twins. ``graph.json`` holds the payload of the workflow in
them, or the list of payloads if there is not exactly one; ``findings.txt`` what is wrong with them, if something is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analyzer import Analysis, Options, analyze_source
from analyzer.output.findings.concise import render_concise
from analyzer.source import SUFFIXES

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
OTHER_TOPICS = frozenset({"projects", "reference", "rules", "runtime"})
"""Folders whose cases have another form and another test."""

DECIDERS = (".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".jsx", ".py")
"""The first source in this order decides the expectation: the texts of conditions are the language's own."""

READ_BY_ESPRIMA = frozenset({".js", ".mjs", ".cjs", ".jsx"})
TEXTS = frozenset({"condition", "discriminant"})
MASK = "(text)"

assert frozenset(DECIDERS) == frozenset(SUFFIXES)


@dataclass(frozen=True)
class Case:
    """A folder with sources, the deciding one first."""

    folder: Path
    sources: tuple[Path, ...]

    @property
    def name(self) -> str:
        return self.folder.relative_to(FIXTURES).as_posix()

    @property
    def graph_file(self) -> Path:
        return self.folder / "graph.json"

    @property
    def findings_file(self) -> Path:
        return self.folder / "findings.txt"


def cases(names: tuple[str, ...] = ()) -> Iterator[Case]:
    """All cases in order, or those whose name starts with one of the given ones."""
    for folder in sorted({path.parent for path in FIXTURES.glob("*/**/source.*")}):
        case = Case(folder, tuple(sorted(folder.glob("source.*"), key=lambda path: DECIDERS.index(path.suffix))))
        if case.name.split("/")[0] not in OTHER_TOPICS and (not names or case.name.startswith(names)):
            yield case


def analyze(source: Path, parser: str = "tree-sitter") -> Analysis:
    return analyze_source(source.read_bytes(), filename=source.name, options=Options(parser=parser))


def graph_text(analysis: Analysis) -> str:
    """What ``graph.json`` is to hold."""
    documents = list(analysis.documents)
    return json.dumps(documents[0] if len(documents) == 1 else documents, indent=2, ensure_ascii=False) + "\n"


def findings_text(case: Case) -> str:
    """What ``findings.txt`` is to hold; empty if there is to be none."""
    return "".join(render_concise(analyze(source).findings) for source in case.sources)


def expected_documents(case: Case) -> list[object]:
    """The payloads that ``graph.json`` holds. Raises FileNotFoundError for a case without one."""
    expected = json.loads(case.graph_file.read_text(encoding="utf-8"))
    return expected if isinstance(expected, list) else [expected]


def expected_findings(case: Case) -> str:
    return case.findings_file.read_text(encoding="utf-8") if case.findings_file.exists() else ""


def masked(value: object) -> object:
    """A document in which the texts of conditions are one and the same; that there is none still shows."""
    match value:
        case dict():
            return {key: MASK if key in TEXTS and isinstance(item, str) else masked(item) for key, item in value.items()}
        case list() | tuple():
            return [masked(item) for item in value]
        case _:
            return value
