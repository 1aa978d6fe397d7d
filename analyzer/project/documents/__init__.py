"""Configuration files as plain data in which every value knows its place."""

from analyzer.project.documents.document import Document, DocumentProblem, Place
from analyzer.project.documents.jsonc import parse_jsonc
from analyzer.project.documents.toml import parse_toml

__all__ = ["Document", "DocumentProblem", "Place", "parse_jsonc", "parse_toml"]
