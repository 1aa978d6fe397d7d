"""Events of a project: the types its workflows wait for, and those its code sends to instances."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analyzer.builder import BuildOptions, build
from analyzer.builder.modules import Missing
from analyzer.flow import tree
from analyzer.flow.module import Module
from analyzer.flow.walk import walk
from analyzer.graph import model
from analyzer.lint.worker import EventPlace, WorkerEvents
from analyzer.project.resolution import ProjectModules
from analyzer.source import SourceFile, Span

SENDING = frozenset({"sendEvent", "send_event"})
"""Methods of an instance that send it an event, in JavaScript and in Python."""

NOT_STATIC = frozenset({"<dynamic>", "unknown"})
"""Event types that are not known, or are not given."""


def events_of(paths: Iterable[str], modules: ProjectModules[Missing], options: BuildOptions) -> WorkerEvents:
    """What is waited for and sent in some files of a project."""
    opened = [modules.open(path) for path in paths]
    waited = [place for module in opened for place in _waited(module, modules, options)]
    sent = [place for module in opened if _may_send(module.source.text) for place in _sent(module)]
    return WorkerEvents(tuple(sorted(set(waited), key=repr)), tuple(sorted(set(sent), key=repr)))


def _waited(module: Module, modules: ProjectModules[Missing], options: BuildOptions) -> Iterator[EventPlace]:
    """The waits of the workflows in a module, and in what they call."""
    if "waitForEvent" not in module.source.text and "wait_for_event" not in module.source.text:
        return
    for workflow in build(module, modules, options).workflows:
        for body in (workflow.body, *(function.body for function in workflow.functions)):
            for node in model.walk(body):
                match node:
                    case model.StepWaitForEvent(options=given, span=Span() as span):
                        source = modules.sources.get(span.path, module.source)
                        yield _place(None if given is None else given.event_type, span, source)
                    case _:
                        continue


def _may_send(text: str) -> bool:
    return any(name in text for name in SENDING)


def _sent(module: Module) -> Iterator[EventPlace]:
    """The calls that send an event; a type that is no plain text is None."""
    for node in walk(module.body, into_functions=True):
        match node:
            case tree.Call(callee=tree.Member(key=tree.Literal(value=str() as name)), args=args, keywords=keywords, span=span):
                if name in SENDING:
                    yield _place(_type(args, keywords), span, module.source)
            case _:
                continue


def _type(args: tuple[tree.Node, ...], keywords: tree.Record | None) -> str | None:
    """The event's type: of an object handed over, or a keyword."""
    for given in (*args[:1], keywords):
        match given:
            case tree.Record(entries=entries):
                for entry in entries:
                    match entry:
                        case tree.Entry(key=tree.Literal(value="type"), value=tree.Literal(value=str() as text)):
                            return text
                        case _:
                            continue
            case _:
                continue
    return None


def _place(type_: str | None, span: Span, source: SourceFile) -> EventPlace:
    known = None if type_ is None or type_ in NOT_STATIC or "${...}" in type_ else type_
    return EventPlace(known, span.path, source.position(span.start), source.position(span.end))
