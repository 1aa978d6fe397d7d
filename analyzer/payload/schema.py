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
        case {"properties": dict(properties)}:
            fields: Json = {name: _tidied(field, unions) for name, field in properties.items()}
            return {**_without_names(schema, unions), "properties": fields}
        case dict():
            return _without_names(schema, unions)
        case list():
            return [_tidied(part, unions) for part in schema]
        case str():
            return schema.replace("``", "`")
        case _:
            return schema


def _without_names(schema: dict[str, Json], unions: dict[str, Json]) -> dict[str, Json]:
    return {key: _tidied(value, unions) for key, value in schema.items() if key not in ("title", "properties", "default")}
