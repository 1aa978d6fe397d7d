"""What the viewer is given: a payload, and for each of its nodes what is said of it and where it is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NotRequired, TypeAlias, TypedDict

from analyzer.output.diagrams.captions import caption, walk, workflow_details
from analyzer.output.diagrams.naming import Names
from analyzer.output.diagrams.viewer.excerpts import FileExcerpt, clip, excerpts
from analyzer.output.diagrams.viewer.settings import Setting, settings

if TYPE_CHECKING:
    from analyzer.lint.finding import Finding
    from analyzer.output.diagrams.subject import Drawn, Extent, Subject
    from analyzer.payload.document import GraphDocument, NodeDocument

VERSION = 1
"""Of the data; raised when a field changes its meaning or goes."""

Place: TypeAlias = tuple[int, int, int, int, int]
"""The index of a file, then line and column of the start and of the end, from 1, the end exclusive."""


class NodeRecord(TypedDict):
    """What is known of one node; absent: nothing.

    ``settings`` is an index into the table of settings, ``findings`` into the list of findings; ``remarks`` are code,
    message and line of what could not be seen. ``clip``: the text of a node on a line that is too long to be shown.
    """

    id: str
    title: str
    details: NotRequired[tuple[str, ...]]
    settings: NotRequired[int]
    place: NotRequired[Place]
    clip: NotRequired[str]
    findings: NotRequired[list[int]]
    remarks: NotRequired[list[tuple[str, str, int]]]


class FindingRecord(TypedDict):
    """A finding of the linter; lines and columns from 1."""

    code: str
    name: str
    severity: str
    message: str
    path: str
    line: int
    column: int


class ViewerData(TypedDict):
    """One workflow for the viewer.

    ``nodes``: the workflow itself, then the nodes of the graph in the order of ``walk``, then each function and its nodes.
    """

    version: int
    path: str
    language: str
    class_name: str
    graph: GraphDocument
    nodes: list[NodeRecord]
    settings: list[tuple[Setting, ...]]
    files: list[FileExcerpt]
    findings: list[FindingRecord]


def viewer_data(subject: Subject) -> ViewerData:
    """Everything the viewer shows of a workflow, as plain JSON data."""
    collector = _Collector(subject)
    nodes = [*collector.records()]
    return {
        "version": VERSION,
        "path": subject.path,
        "language": subject.language.value,
        "class_name": subject.workflow["class_name"],
        "graph": subject.document,
        "nodes": nodes,
        "settings": [*collector.settings],
        "files": excerpts(subject.sources, collector.extents),
        "findings": collector.findings,
    }


class _Collector:
    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.settings: dict[tuple[Setting, ...], int] = {}
        self.extents: list[Extent] = []
        self.findings = [_finding_record(finding) for finding in subject.findings]
        self._names = Names()
        self._files: dict[str, int] = {}
        self._found: dict[int, list[int]] = {}
        parts = subject.innermost((finding.path, finding.start) for finding in subject.findings) if self.findings else []
        for index, part in enumerate(parts):
            self._found.setdefault(id(subject.workflow if part is None else part), []).append(index)

    def records(self) -> Iterator[NodeRecord]:
        workflow = self.subject.workflow
        name = workflow["class_name"]
        start: NodeRecord = {"id": self._names.id("start", name), "title": name, "details": workflow_details(self.subject)}
        yield self._completed(start, workflow)
        for node in walk([*workflow["nodes"], *workflow["functions"].values()]):
            yield self._completed(self._record(node), node)

    def _record(self, node: NodeDocument) -> NodeRecord:
        said = caption(node, self.subject)
        record: NodeRecord = {"id": self._names.node(node, said.title), "title": said.title}
        if said.details:
            record["details"] = said.details
        if table := settings(node, self.subject):
            record["settings"] = self.settings.setdefault(table, len(self.settings))
        return record

    def _completed(self, record: NodeRecord, part: Drawn) -> NodeRecord:
        extent = self.subject.extent(part)
        if extent is not None:
            self.extents.append(extent)
            file = self._files.setdefault(extent.path, len(self._files))
            record["place"] = (file, *extent.start, *extent.end)
            if text := clip(self.subject.sources[extent.path], extent):
                record["clip"] = text
        if found := self._found.get(id(part)):
            record["findings"] = found
        if remarks := self.subject.remarks(part):
            record["remarks"] = [(remark.code, remark.message, remark.line) for remark in remarks]
        return record


def _finding_record(finding: Finding) -> FindingRecord:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.message,
        "path": finding.path,
        "line": finding.start.line,
        "column": finding.start.column,
    }
