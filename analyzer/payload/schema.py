"""The payload's JSON Schema (draft 2020-12), made from the pydantic models."""

from __future__ import annotations

from typing import Final, TypeAlias

from analyzer.payload.v1 import Graph

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
ID: Final = "urn:stepgraph:payload:1"
"""Names the schema; there is nothing to fetch."""


def payload_schema() -> dict[str, Json]:
    """The JSON Schema of the API's ``graph`` object; each object of the API is one definition."""
    unions: dict[str, Json] = {}
    body = _tidied(Graph.model_json_schema(), unions)
    assert isinstance(body, dict)
    definitions = body.pop("$defs")
    assert isinstance(definitions, dict)
    return {
        "$schema": DIALECT,
        "$id": ID,
        "title": "Workflow graph payload",
        "version": 1,
        **body,
        "$defs": {**unions, **definitions},
    }


def _tidied(schema: Json, unions: dict[str, Json]) -> Json:
    """A schema without titles and null defaults; unions told apart by their type are defined once, under a name."""
    match schema:
        case {"discriminator": {"mapping": dict(mapping)}, "oneOf": options}:
            name = "Node" if "step_do" in mapping else "Shape"
            unions[name] = {"oneOf": options}
            return {"$ref": f"#/$defs/{name}"}
        case {"anyOf": [{"type": "integer"}, {"type": "number"}]}:
            return {"type": "number"}
        case {"anyOf": [{"type": "integer"}, {"type": "number"}, {"type": "string"}]}:
            return {"type": ["number", "string"]}
        case dict():
            return {key: _member(key, value, unions) for key, value in schema.items() if key not in ("title", "default")}
        case list():
            return [_tidied(part, unions) for part in schema]
        case str():
            return schema.replace("``", "`")
        case _:
            return schema


def _member(key: str, value: Json, unions: dict[str, Json]) -> Json:
    """A keyword's value; that of ``properties`` and ``$defs`` maps names, which may look like keywords."""
    match value:
        case dict() if key in ("properties", "$defs"):
            return {name: _tidied(schema, unions) for name, schema in value.items()}
        case _:
            return _tidied(value, unions)
