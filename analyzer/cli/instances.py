"""Instances as commands read them, and what is drawn of them."""

from __future__ import annotations

import json

from analyzer.analyses.overlay.log import InstanceLog, NoInstanceError, read_log
from analyzer.analyses.overlay.painting import Overlay
from analyzer.cli.deployed import fetch_instance, parse
from analyzer.cli.formats import renderer
from analyzer.cli.sides import Candidate
from analyzer.cli.streams import read_bytes
from analyzer.errors import UnreadableFileError, UsageError
from analyzer.output.diagrams.subject import Subject
from analyzer.output.overlays.wording import annotations_of
from analyzer.payload.convert import to_payload
from analyzer.payload.places import places
from analyzer.records import replace


def read_instance(path: str) -> InstanceLog:
    """The log in a JSON file, on standard input, or of a deployed instance. Raises UsageError if it is none."""
    asked = parse(path)
    try:
        return read_log(json.loads(read_bytes(path)) if asked is None else fetch_instance(asked))
    except NoInstanceError as error:
        raise UsageError(f"{path}: {error}") from error
    except json.JSONDecodeError as error:
        raise UnreadableFileError(path, f"not JSON: {error.msg}", error.lineno, error.colno) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise UnreadableFileError(path, "not JSON") from error


def painted(candidate: Candidate, overlay: Overlay, format_name: str, *, color: bool) -> str:
    """The workflow in a format, each step with what became of it."""
    subject = _subject(candidate)
    if format_name == "json":
        from analyzer.output.overlays.json import render

        return render(overlay, subject.document, places(subject.workflow, subject.origins))
    return renderer(format_name)(replace(subject, annotations=annotations_of(overlay)), color=color)


def _subject(candidate: Candidate) -> Subject:
    """What is drawn; a graph read from a payload is drawn from what was read, so that its nodes are the painted ones."""
    if candidate.drawing is not None:
        return candidate.drawing()
    projection = to_payload(candidate.workflow)
    return Subject(projection.document, origins=projection.origins)
