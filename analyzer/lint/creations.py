"""Instances that a worker's code creates through its bindings: their ids, and what they are given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from analyzer.builder import BuildOptions, build
from analyzer.builder.modules import Missing
from analyzer.flow import tree
from analyzer.flow.module import Module
from analyzer.flow.walk import walk
from analyzer.graph.model import ObjectShape
from analyzer.lint.worker import Creation
from analyzer.project.resolution import ProjectModules
from analyzer.project.wrangler import WorkerConfig

CREATING = frozenset({"create", "createBatch", "create_batch"})


def creations_of(
    config: WorkerConfig, paths: Iterable[str], modules: ProjectModules[Missing], options: BuildOptions
) -> tuple[Creation, ...]:
    """The calls that create instances of a worker's own workflows, one for each instance written as an object."""
    classes = {entry.binding: entry.class_name for part in (config, *config.environments) for entry in part.own_workflows}
    opened = [modules.open(path) for path in paths]
    users = [module for module in opened if any(binding and binding in module.source.text for binding in classes)]
    found = [pair for module in users if ".create" in module.source.text for pair in _calls(module, classes)]
    if not found:
        return ()
    read = _fields_read(opened, modules, options)
    return tuple(_creation(record, module, read.get(classes[binding] or "", ())) for module, binding, record in found)


def _calls(module: Module, classes: Mapping[str | None, str | None]) -> Iterator[tuple[Module, str, tree.Record]]:
    """The objects that describe instances, each with the binding it is created through."""
    for node in walk(module.body, into_functions=True):
        match node:
            case tree.Call(
                callee=tree.Member(
                    object=tree.Member(key=tree.Literal(value=str() as binding)), key=tree.Literal(value=str() as method)
                ),
                args=(first, *_),
            ) if method in CREATING and binding in classes:
                yield from ((module, binding, record) for record in _records(first))
            case _:
                continue


def _records(given: tree.Node) -> Iterator[tree.Record]:
    """One instance, a list of them, or an object with such a list."""
    match given:
        case tree.Items(elements=elements):
            for element in elements:
                yield from _records(element)
        case tree.Record():
            instances = _value(given, "instances")
            if instances is None:
                yield given
            else:
                yield from _records(instances)
        case _:
            return


def _value(record: tree.Record, name: str) -> tree.Node | None:
    for entry in record.entries:
        match entry:
            case tree.Entry(key=tree.Literal(value=key), value=value) if key == name:
                return value
            case _:
                continue
    return None


def _fields_read(
    opened: Iterable[Module], modules: ProjectModules[Missing], options: BuildOptions
) -> Mapping[str, tuple[str, ...]]:
    """The fields of its payload that each workflow reads, by class name; none if it reads the whole."""
    fields: dict[str, tuple[str, ...]] = {}
    for module in opened:
        for workflow in build(module, modules, options).workflows:
            match workflow.payload:
                case ObjectShape(fields=read):
                    fields[workflow.class_name] = tuple(name for name, _ in read)
                case _:
                    continue
    return fields


def _creation(record: tree.Record, module: Module, read: tuple[str, ...]) -> Creation:
    id_ = _value(record, "id")
    given = _value(record, "params")
    span = record.span if id_ is None or id_.span is None else id_.span
    source = module.source
    missing = () if given is None else _missing(given, read)
    return Creation(_text(id_), missing, span.path, source.position(span.start), source.position(span.end))


def _text(node: tree.Node | None) -> str | None:
    match node:
        case tree.Literal(value=str() as text):
            return text
        case _:
            return None


def _missing(given: tree.Node, read: tuple[str, ...]) -> tuple[str, ...]:
    """The fields read that an object certainly does not have; none if it is not all written out."""
    match given:
        case tree.Record(entries=entries):
            keys: set[object] = set()
            for entry in entries:
                match entry:
                    case tree.Entry(key=tree.Literal(value=key)):
                        keys.add(key)
                    case _:
                        return ()
            return tuple(name for name in read if name not in keys)
        case _:
            return ()
