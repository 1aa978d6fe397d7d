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
    schema = Graph.model_json_schema()
    unions: dict[str, Json] = {}
    definitions = _named(schema.pop("$defs"), unions)
    return {
        "$schema": DIALECT,
        "$id": ID,
        "title": "Workflow graph payload",
        "version": 1,
        **_keywords(schema, unions),
        "$defs": {**unions, **definitions},
    }


def _named(schemas: dict[str, Json], unions: dict[str, Json]) -> dict[str, Json]:
    """Schemas by names, which may look like keywords."""
    return {name: _tidied(schema, unions) for name, schema in schemas.items()}


def _keywords(schema: dict[str, Json], unions: dict[str, Json]) -> dict[str, Json]:
    """A schema object without titles and null defaults."""
    return {key: _keyword(key, value, unions) for key, value in schema.items() if key not in ("title", "default")}


def _keyword(key: str, value: Json, unions: dict[str, Json]) -> Json:
    match value:
        case dict() if key == "properties":
            return _named(value, unions)
        case _:
            return _tidied(value, unions)


def _tidied(schema: Json, unions: dict[str, Json]) -> Json:
    """A schema or part of one; a union told apart by its type is defined once, under a name."""
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
            return _keywords(schema, unions)
        case list():
            return [_tidied(part, unions) for part in schema]
        case str():
            return schema.replace("``", "`")
        case _:
            return schema
