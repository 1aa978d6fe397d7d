"""Writing chosen workflows in the format asked for."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from analyzer.api import validate_payload
from analyzer.cli.formats import renderer, suffix
from analyzer.cli.selection import Chosen
from analyzer.cli.streams import use_color
from analyzer.errors import UsageError
from analyzer.output.spans import spans_document
from analyzer.payload.document import GraphDocument
from analyzer.payload.text import canonical, indented


def print_workflows(chosen: Sequence[Chosen], args: argparse.Namespace) -> bool:
    """Prints workflows, or writes a file each; whether a file changed that should not. Raises UsageError for what does not go
    together."""
    if args.spans and args.format != "json":
        raise UsageError(f"--spans is JSON and does not go with --format {args.format}")
    if args.fail_on_change and args.output_dir is None:
        raise UsageError("--fail-on-change is about the files of --output-dir DIR")
    if args.output_dir is not None:
        return _write_files(chosen, args) and args.fail_on_change
    if args.all:
        _print_all(chosen, args)
    else:
        sys.stdout.write(_spans(chosen[0]) if args.spans else _render(chosen[0], args.format, color=use_color(args)))
    return False


def _print_all(chosen: Sequence[Chosen], args: argparse.Namespace) -> None:
    match args.format:
        case "json":
            for each in chosen:
                sys.stdout.write(_line(each, spans=args.spans))
        case name if name != "tree" and len(chosen) > 1:
            raise UsageError(f"{name} holds one diagram; write a file for each workflow with --output-dir DIR")
        case _:
            texts = (_render(each, args.format, color=use_color(args)) for each in chosen)
            sys.stdout.write("\n".join(texts))


def _line(chosen: Chosen, *, spans: bool) -> str:
    head = {"path": chosen.analysis.path, "language": chosen.workflow.language.value, "class_name": chosen.workflow.class_name}
    if spans:
        return canonical({**head, **spans_document(chosen.projection.places, chosen.analysis.sources)}) + "\n"
    return canonical({**head, "graph": _checked(chosen)}) + "\n"


def _write_files(chosen: Sequence[Chosen], args: argparse.Namespace) -> bool:
    """Writes a file for each workflow; whether one is new or has another content than before."""
    changed = False
    try:
        os.makedirs(args.output_dir, exist_ok=True)
        for each, stem in zip(chosen, _stems(chosen), strict=True):
            changed |= _write(args.output_dir, stem + suffix(args.format), _render(each, args.format, color=False))
            if args.spans:
                changed |= _write(args.output_dir, f"{stem}.spans.json", _spans(each))
    except OSError as error:
        raise UsageError(f"{error.filename}: cannot be written: {error.strerror}") from error
    return changed


def _stems(chosen: Sequence[Chosen]) -> Iterator[str]:
    """File names without suffix: the class, numbered from its second use on, where letter case makes no difference."""
    used: Counter[str] = Counter()
    for each in chosen:
        stem = re.sub(r"[^\w$-]", "_", each.workflow.class_name)
        used[stem.lower()] += 1
        count = used[stem.lower()]
        yield stem if count == 1 else f"{stem}-{count}"


def _write(folder: str, name: str, text: str) -> bool:
    path = os.path.join(folder, name)
    changed = _content(path) != text.encode()
    if changed:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    print(path)
    return changed


def _content(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def _spans(chosen: Chosen) -> str:
    return indented(spans_document(chosen.projection.places, chosen.analysis.sources)) + "\n"


def _render(chosen: Chosen, format_name: str, *, color: bool) -> str:
    if format_name == "json":
        _checked(chosen)
    return renderer(format_name)(chosen.subject, color=color)


def _checked(chosen: Chosen) -> GraphDocument:
    """The payload, once pydantic has accepted it: what does not fit the schema is a bug and is never printed."""
    document = chosen.projection.document
    for problem in validate_payload(document):
        raise AssertionError(f"the graph of {chosen.target} does not fit the schema: {problem.path}: {problem.message}")
    return document
