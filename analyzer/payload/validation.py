"""Payloads against the schema: every problem with the JSON path to its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Final, NoReturn, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from analyzer.payload.document import GraphDocument
from analyzer.payload.text import canonical
from analyzer.payload.tolerant import MAX_LEVELS, Normalised, Path, TooDeepError, normalised
from analyzer.payload.v1 import Graph
from analyzer.records import record

PLAIN_KEY: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)

SCALARS: Final = frozenset({"int_type", "float_type", "finite_number", "is_instance_of"})

MAX_SHOWN: Final = 60
"""Characters of a wrong value that a message shows."""

MESSAGES: Final = {
    "missing": "is missing",
    "extra_forbidden": "is not part of the schema",
    "is_instance_of": "must be a string",
    "union_tag_not_found": "has no type",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "dict_type": "must be an object",
    "list_type": "must be an array",
    "recursion_loop": "holds itself",
}
"""pydantic's error types, and how we say them."""


@record
class PayloadProblem:
    """What is wrong with a payload: a JSON path (``$.workflow.nodes[3].name``) and half a sentence."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


def validate_payload(data: object) -> list[PayloadProblem]:
    """Checks decoded JSON, or JSON text, against the schema. Gives every problem, in order; none: it is valid."""
    match data:
        case str() | bytes():
            match _decoded(data):
                case PayloadProblem() as problem:
                    return [problem]
                case decoded:
                    return _problems(decoded)
        case _:
            return _problems(data)


def read_payload(data: object) -> GraphDocument:
    """The document in data that ``validate_payload`` finds valid, in the schema's spelling and ready for ``from_payload``.

    Takes decoded JSON or JSON text; raises what reading it raises if it was not checked before.
    """
    match data:
        case str() | bytes():
            data = json.loads(data)
    return cast(GraphDocument, normalised(data).data)


def _decoded(text: str | bytes) -> object:
    """Decoded JSON, or the problem that keeps it from being decoded, with its line and column."""
    try:
        return json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        message = f"not JSON: line {error.lineno}, column {error.colno}: {error.msg}"
    except UnicodeDecodeError as error:
        message = f"not JSON: not UTF-8 at byte {error.start}"
    except RecursionError:
        message = f"nested more than {MAX_LEVELS} levels deep"
    except ValueError as error:
        message = f"not JSON: {error}"
    return PayloadProblem("$", message)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number of JSON")


def _problems(data: object) -> list[PayloadProblem]:
    if _fits(data):
        return []
    try:
        shaped = normalised(data)
    except TooDeepError as error:
        return [PayloadProblem(json_path(error.path[:8]), f"nested more than {MAX_LEVELS} levels deep")]
    try:
        Graph.model_validate(shaped.data)
    except ValidationError as error:
        return _merged(error.errors(include_url=False), shaped)
    return []


def _fits(data: object) -> bool:
    """Whether data fits as it is, which spares a copy of what we wrote ourselves."""
    try:
        Graph.model_validate(data)
    except ValidationError:
        return False
    return True


def _merged(errors: Iterable[ErrorDetails], shaped: Normalised) -> list[PayloadProblem]:
    """One problem a place: the branches of a union complain one by one."""
    places: dict[str, list[ErrorDetails]] = {}
    for error in errors:
        path = (*shaped.prefix, *_path(_place(error), shaped))
        places.setdefault(json_path(path), []).append(error)
    return [PayloadProblem(path, _message(found)) for path, found in places.items()]


def _place(error: ErrorDetails) -> Path:
    """Where an error is, without the branch of a union of scalars."""
    *outer, last = error["loc"] or ("",)
    in_union = error["type"] in SCALARS and (last in ("int", "float") or str(last).startswith("json-or-python["))
    return tuple(outer) if in_union else error["loc"]


def _path(place: Path, shaped: Normalised) -> Path:
    """Keys and indexes as they were written, without the types that pydantic puts between them."""
    path: list[str | int] = []
    value = shaped.data
    tag: object = None
    for part in place:
        match value:
            case dict() if part == value.get("type") and tag is not value:
                tag = value
                continue
            case dict():
                path.append(shaped.renamed.get(id(value), {}).get(str(part), part))
                value = value.get(part)
            case list() if isinstance(part, int) and part < len(value):
                path.append(part)
                value = value[part]
            case _:
                path.append(part)
                value = None
    return tuple(path)


def json_path(path: Iterable[str | int]) -> str:
    """A JSON path (RFC 9535) from the root to a value."""
    return "$" + "".join(map(_segment, path))


def _segment(part: str | int) -> str:
    match part:
        case str() if PLAIN_KEY.fullmatch(part):
            return f".{part}"
        case str():
            return f"[{canonical(part)}]"
        case _:
            return f"[{part}]"


def _message(errors: list[ErrorDetails]) -> str:
    """What the errors at one place say together."""
    kinds = {error["type"] for error in errors}
    if kinds & {"int_type", "float_type", "finite_number"}:
        return "must be a number or a string" if "is_instance_of" in kinds else "must be a number"
    error = errors[0]
    context = error.get("ctx", {})
    match error["type"]:
        case "literal_error":
            return f"must be {context['expected']}, not {_shown(error['input'])}"
        case "union_tag_invalid":
            return f"unknown type {_shown(context['tag'])}; known are {context['expected_tags']}"
        case kind:
            return MESSAGES.get(kind, error["msg"])


def _shown(value: object) -> str:
    match value:
        case str() | int() | float() | None:
            text = canonical(value)
            return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"
        case dict():
            return "an object"
        case _:
            return "an array"
