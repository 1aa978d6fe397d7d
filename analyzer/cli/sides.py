"""What the two sides of a comparison name: sources, payload files, git revisions of sources, what is deployed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from analyzer.api import Analysis, Options, analyze_paths
from analyzer.cli.deployed import fetch_graph, parse
from analyzer.cli.selection import split_target
from analyzer.cli.streams import read_bytes
from analyzer.errors import UsageError
from analyzer.graph.model import Workflow
from analyzer.output.diagrams.subject import Subject
from analyzer.output.diffs.report import Place
from analyzer.payload.document import GraphDocument
from analyzer.project.revisions import Revision, checked_out, find_revision, path_in_repository
from analyzer.records import field, record
from analyzer.source import SourceFile, Span

PAYLOAD_SUFFIX = ".json"


@record
class Candidate:
    """One workflow of a side: its graph and payload; ``place`` tells where in a source a span is, if there is one.

    ``drawing``: gives what diagrams are drawn from; None: there is nothing but the payload. ``path``: its file, in the folder
    that the side names; empty if that is a file.
    """

    workflow: Workflow
    document: GraphDocument
    place: Callable[[Span | None], Place | None] = field(default=lambda _: None)
    drawing: Callable[[], Subject] | None = None
    path: str = ""

    @property
    def is_payload(self) -> bool:
        """Whether there is nothing but the payload."""
        return not self.workflow.exact


@record
class Side:
    """What one argument names: its text and its workflows, in order."""

    text: str
    candidates: tuple[Candidate, ...]


def resolve(texts: tuple[str, str], options: Options) -> tuple[Side, Side]:
    """Both sides. A revision without a path is meant of the path of the other side. Raises UsageError for what is neither."""
    return _resolve(texts[0], texts[1], options), _resolve(texts[1], texts[0], options)


def only(text: str, options: Options) -> Candidate:
    """The one workflow an argument names. Raises UsageError if there are several."""
    side = _resolve(text, text, options)
    if len(side.candidates) > 1:
        path = split_target(text, None)[0]
        names = (f"{os.path.join(path, each.path) if each.path else path}#{_name(each)}" for each in side.candidates)
        raise UsageError("\n  ".join([f"{len(side.candidates)} workflows in {text}; choose one:", *names]))
    return side.candidates[0]


def _resolve(text: str, other: str, options: Options) -> Side:
    path, class_name = split_target(text, None)
    found = list(_candidates(path, split_target(other, None)[0], options))
    chosen = tuple(each for each in found if class_name in (None, _name(each)))
    if not chosen:
        names = ", ".join(map(_name, found))
        wanted = f"no workflow {class_name} in" if class_name else "no workflow in"
        raise UsageError(f"{wanted} {path}" + (f"; there is {names}" if names else ""))
    return Side(text, chosen)


def _name(candidate: Candidate) -> str:
    return candidate.workflow.class_name


def _candidates(path: str, other: str, options: Options) -> Iterator[Candidate]:
    asked = parse(path)
    if asked is not None:
        yield candidate_of(fetch_graph(asked), path)
    elif os.path.isfile(path) and path.endswith(PAYLOAD_SUFFIX):
        yield payload_candidate(path)
    elif os.path.exists(path):
        yield from _of_sources(path, options, lambda name: name)
    else:
        yield from _of_revision(path, other, options)


def payload_candidate(path: str) -> Candidate:
    """The workflow of a payload file: the API's response, its graph, or either spelling. Raises UsageError if it is none."""
    return candidate_of(read_bytes(path), path)


def candidate_of(data: object, name: str) -> Candidate:
    """The workflow of a payload, decoded or as JSON text. Raises UsageError, in the words of ``name``, if it is none."""
    from analyzer.payload.rebuilding import from_payload
    from analyzer.payload.tolerant import is_without_graph
    from analyzer.payload.validation import read_payload, validate_payload

    if is_without_graph(data):
        raise UsageError(f"{name}: there is no graph: the platform could not read this version's source, or it is in Python")
    problems = validate_payload(data)
    if problems:
        raise UsageError("\n".join(f"{name}: {problem}" for problem in problems))
    document = read_payload(data)
    return Candidate(from_payload(document), document)


def _of_sources(path: str, options: Options, naming: Callable[[str], str]) -> Iterator[Candidate]:
    """The workflows of a file or folder. Raises UsageError if one cannot be read as it is."""
    for analysis in analyze_paths([path], options=options):
        if analysis.errors and not analysis.workflows:
            worst = analysis.errors[0]
            raise UsageError(f"{naming(worst.path)}:{worst.start.line}:{worst.start.column}: {worst.code} {worst.message}")
        inside = os.path.relpath(analysis.path, path).replace(os.sep, "/") if os.path.isdir(path) else ""
        yield from _of_analysis(analysis, naming, inside)


def _of_analysis(analysis: Analysis, naming: Callable[[str], str], path: str) -> Iterator[Candidate]:
    place = partial(_place, dict(analysis.sources), naming)
    for index, (workflow, document) in enumerate(zip(analysis.workflows, analysis.documents, strict=True)):
        yield Candidate(workflow, document, place, partial(_drawing, analysis, index), path)


def _drawing(analysis: Analysis, index: int) -> Subject:
    return analysis.subjects[index]


def _place(sources: Mapping[str, SourceFile], naming: Callable[[str], str], span: Span | None) -> Place | None:
    if span is None:
        return None
    position = sources[span.path].position(span.start)
    return Place(naming(span.path), position.line, position.column)


def _of_revision(text: str, other: str, options: Options) -> Iterator[Candidate]:
    name, colon, path = text.partition(":")
    revision = find_revision(name) or find_revision(name, _folder(other))
    if revision is None:
        raise UsageError(f"{text} is neither a file, a payload, nor a git revision like HEAD~1:src/index.ts or main...")
    if not (colon and path):
        path = _path_of_other(other, revision)
    with checked_out(revision, path.removeprefix("./")) as checked:
        root = checked[: len(checked) - len(path.removeprefix("./"))]
        yield from list(_of_sources(checked, options, lambda found: f"{revision.text}:{found.removeprefix(root)}"))


def _folder(path: str) -> str:
    return path if os.path.isdir(path) else os.path.dirname(path) or "."


def _path_of_other(other: str, revision: Revision) -> str:
    if os.path.exists(other) and not other.endswith(PAYLOAD_SUFFIX):
        return path_in_repository(other, revision)
    if ":" in other and not os.path.exists(other):
        return other.partition(":")[2]
    raise UsageError(f"{revision.text} names no path, and {other} has none for it: write {revision.text}:PATH")
