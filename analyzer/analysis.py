"""One source analyzed: read it, build its graphs, say what they hold.

A source that cannot be read is no exception here: it is an analysis without workflows and with a note that says why.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property, partial
from typing import TYPE_CHECKING

from analyzer.builder import BuildOptions, build
from analyzer.collector import without_collector
from analyzer.config import DEFAULT_SETTINGS, MAX_SIZE, Settings
from analyzer.errors import UnreadableFileError
from analyzer.frontends import read
from analyzer.graph.model import Note, Severity, Workflow
from analyzer.imported import ImportedModules
from analyzer.lint.finding import Finding
from analyzer.project.reading import read_source, source_from_bytes, source_from_text
from analyzer.records import field, field_names, record, replace
from analyzer.source import Language, SourceFile, Span, language_of

if TYPE_CHECKING:
    from analyzer.analyses.coverage import Coverage
    from analyzer.graph.facts import ImportFact
    from analyzer.lint.context import FileContext
    from analyzer.output.diagrams.subject import Subject
    from analyzer.payload.convert import Projection
    from analyzer.payload.document import GraphDocument
    from analyzer.payload.v1 import Graph

UNREADABLE = "SG003"
IMPLICIT_DEPENDENCIES_SINCE = "2026-02-25"
"""Compatibility date from which the platform's Python steps name their dependencies as parameters."""


@record
class Options:
    """How sources are read.

    ``parser``: of JavaScript, ``tree-sitter`` or ``esprima``. ``compatibility_date``: the worker's, ISO 8601 (None: newest).
    ``max_size``: of a file, in bytes. ``facts``: collect what rules need at once; otherwise findings cost a second reading.
    ``settings``: of the project. ``typed_payload``: fields that a payload's type declares count beside those that are read.
    ``reexported``: a file's workflows are also those of other modules it exports.
    """

    parser: str = "tree-sitter"
    compatibility_date: str | None = None
    max_size: int = MAX_SIZE
    facts: bool = False
    settings: Settings = DEFAULT_SETTINGS
    reexported: bool = True
    typed_payload: bool = False


DEFAULT_OPTIONS = Options()


@record
class Analysis:
    """What one source holds: its workflows in source order, and ``notes``, all that was seen on the way, in source order.

    ``sources`` are the files that spans point into, by path. ``options``: how it was made.
    """

    path: str
    language: Language
    workflows: tuple[Workflow, ...]
    notes: tuple[Note, ...]
    sources: Mapping[str, SourceFile] = field(compare=False, repr=False)
    imports: tuple[ImportFact, ...] = field(compare=False, repr=False, default=())
    options: Options = field(compare=False, repr=False, default=DEFAULT_OPTIONS)

    def __reduce__(self) -> tuple[Callable[[bytes], Analysis], tuple[bytes]]:
        import pickle

        with _room_for_frames():
            known = {name: self.__dict__[name] for name in ("findings",) if name in self.__dict__}
            return _restored, (pickle.dumps(([getattr(self, name) for name in field_names(self)], known)),)

    @cached_property
    def projections(self) -> tuple[Projection, ...]:
        """Each workflow's payload document, with the graph node behind every part of it."""
        from analyzer.payload.convert import to_payload

        with without_collector():
            return tuple(to_payload(workflow) for workflow in self.workflows)

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """Each workflow as diagrams are drawn from it."""
        from analyzer.output.diagrams.subject import Subject

        return tuple(
            Subject(
                projection.document,
                self.path,
                self.language,
                projection.origins,
                workflow.span,
                (*workflow.notes, *projection.notes),
                self.sources,
                partial(self._findings_about, workflow),
            )
            for workflow, projection in zip(self.workflows, self.projections, strict=True)
        )

    def _findings_about(self, workflow: Workflow) -> tuple[Finding, ...]:
        """The findings but those inside other workflows of the source."""
        others = [each.span for each in self.workflows if each is not workflow and each.span is not None]
        return tuple(finding for finding in self.findings if not any(self._is_inside(finding, span) for span in others))

    def _is_inside(self, finding: Finding, span: Span) -> bool:
        source = self.sources[span.path]
        return finding.path == span.path and source.position(span.start) <= finding.start < source.position(span.end)

    @property
    def documents(self) -> tuple[GraphDocument, ...]:
        """Each workflow's payload as plain dictionaries and lists."""
        return tuple(projection.document for projection in self.projections)

    @cached_property
    def graphs(self) -> tuple[Graph, ...]:
        """Each workflow's payload as a validated pydantic model."""
        from analyzer.payload.v1 import Graph

        return tuple(Graph.model_validate(document) for document in self.documents)

    @property
    def all_notes(self) -> tuple[Note, ...]:
        """``notes`` and those of the projection into the payload, sorted."""
        return sorted_notes({*self.notes, *(note for projection in self.projections for note in projection.notes)})

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules selected by the settings find, sorted by place."""
        if not self.options.facts:
            return analyze(self.sources[self.path], replace(self.options, facts=True)).findings
        from analyzer.lint.runner import check_file
        from analyzer.lint.selection import ignored_codes, selected_rules

        settings = self.options.settings
        ignored = {path: ignored_codes(settings, path) for path in self.sources}
        rules = [rule for rule in selected_rules(settings) if rule.code not in ignored[self.path]]
        with without_collector():
            found = check_file(self.context, rules)
        return tuple(finding for finding in found if finding.code not in ignored[finding.path])

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The notes that are errors: what keeps the graph from being right, whatever rules are selected."""
        return tuple(sorted(self.finding(note) for note in self.notes if note.severity is Severity.ERROR))

    @cached_property
    def context(self) -> FileContext:
        """The source as rules see it."""
        from analyzer.lint.context import FileContext, WorkflowContext
        from analyzer.lint.limits import NOTHING, configured_workflows

        settings = self.options.settings
        configured = configured_workflows(self.path) if self.workflows else {}
        workflows = tuple(
            WorkflowContext(each, settings, configured.get(each.class_name, NOTHING).step_limit) for each in self.workflows
        )
        implicit = _implicit(self.options, self.sources[self.path])
        return FileContext(
            self.path, self.language, workflows, self.notes, self.imports, self.sources, _now(), settings, implicit
        )

    @property
    def coverage(self) -> Coverage:
        """Step calls resolved out of step calls seen."""
        from analyzer.analyses.coverage import coverage

        return coverage(self.workflows, self.all_notes)

    def finding(self, note: Note) -> Finding:
        """A note with its place as line and column; without a span it is the start of the file."""
        span = note.span or Span(self.path, 0, 0)
        source = self.sources[span.path]
        return Finding(
            span.path, source.position(span.start), source.position(span.end), note.code, note.message, note.severity
        )


def analyze_source(source: str | bytes, *, filename: str, options: Options = DEFAULT_OPTIONS) -> Analysis:
    """Analyzes one text, or the bytes of a file; the suffix of ``filename`` tells the language.

    Raises UsageError if it tells none.
    """
    return _guarded(partial(_source_of, filename, source, options.max_size), filename, options)


def analyze_file(path: str, *, options: Options = DEFAULT_OPTIONS) -> Analysis:
    """Analyzes one file. Raises UsageError if its suffix is not that of a source."""
    return _guarded(partial(read_source, path, max_size=options.max_size), path, options)


def analyze(source: SourceFile, options: Options = DEFAULT_OPTIONS) -> Analysis:
    """Analyzes a source that has been read."""
    with without_collector():
        module = read(source, parser=options.parser)
        modules = ImportedModules(module, options.parser, options.settings)
        result = build(module, modules, _build_options(options, _implicit(options, source)))
    notes = {*result.notes, *(note for workflow in result.workflows for note in workflow.notes)}
    sources = {**modules.sources, source.path: source}
    return Analysis(source.path, source.language, result.workflows, sorted_notes(notes), sources, result.imports, options)


def _source_of(filename: str, source: str | bytes, max_size: int) -> SourceFile:
    match source:
        case bytes():
            return source_from_bytes(filename, source, max_size=max_size)
        case str():
            return source_from_text(filename, source)


def _guarded(read_text: Callable[[], SourceFile], path: str, options: Options) -> Analysis:
    try:
        source = read_text()
    except UnreadableFileError as error:
        return _unread(error, language_of(path) or Language.JAVASCRIPT, options)
    return analyze(source, options)


def _unread(error: UnreadableFileError, language: Language, options: Options) -> Analysis:
    """An analysis of a file without text; line breaks and blanks stand in for it, so that the note has its place."""
    before = "\n" * (error.line - 1) + " " * (error.column - 1)
    source = SourceFile(error.path, before, language)
    note = Note(Span(error.path, len(before), len(before)), UNREADABLE, error.reason, Severity.ERROR)
    return Analysis(error.path, language, (), (note,), {error.path: source}, (), replace(options, facts=True))


def _build_options(options: Options, implicit: bool | None) -> BuildOptions:
    bases = options.settings.entrypoint_bases
    return BuildOptions(
        bases, implicit is not False, typed_payload=options.typed_payload, facts=options.facts, reexported=options.reexported
    )


def _implicit(options: Options, source: SourceFile) -> bool | None:
    """Whether parameters of Python steps name their dependencies, if the options or the configuration around a file say."""
    date = options.compatibility_date
    if date is None and source.language is not Language.PYTHON:
        return None
    if date is None:
        from analyzer.project.python_mode import implicit_dependencies_at

        told = implicit_dependencies_at(source.path)
        if told is not None:
            return told
        date = options.settings.compatibility_date
    return None if date is None else date >= IMPLICIT_DEPENDENCIES_SINCE


def _now() -> float:
    """Now in milliseconds since 1970 UTC; the time a reproducible build says it is, if one does."""
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    return float(told) * 1000 if told.isdecimal() else time.time() * 1000


def sorted_notes(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Notes by place, those without one first."""
    return tuple(sorted(notes, key=lambda note: (note.span or ("", 0, 0), note.code, note.message)))


def _restored(pickled: bytes) -> Analysis:
    import pickle

    values, known = pickle.loads(pickled)
    analysis = Analysis(*values)
    analysis.__dict__.update(known)
    return analysis


@contextmanager
def _room_for_frames() -> Iterator[None]:
    """A graph may be nested too deeply for pickle, which takes some ten frames a level, under the default limit."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, 10_000))
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)
