"""The page the viewer stands in: with external files, or as one file that needs nothing else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING

from analyzer.output.diagrams.palette import custom_properties
from analyzer.payload.text import canonical

if TYPE_CHECKING:
    from analyzer.output.diagrams.viewer.data import ViewerData

SCRIPTS = ("viewer.js",)
STYLES = ("viewer.css",)
SCRIPT_PARTS = tuple(
    f"scripts/{name}.js" for name in ("elements", "model", "draw", "wires", "camera", "panel", "export", "keys", "viewer")
)
DATA_ID = "stepgraph-data"


def asset(name: str) -> str:
    """The text of a file of the page: ``viewer.js`` or ``viewer.css``."""
    return ASSETS[name]()


def page(title: str, *, scripts: Sequence[str] = SCRIPTS, styles: Sequence[str] = STYLES) -> str:
    """The page with external scripts and styles, by address. Nothing in it is inline, so that a policy can forbid that."""
    links = "\n".join(f'<link rel="stylesheet" href="{escape(address)}">' for address in styles)
    tags = "\n".join(f'<script src="{escape(address)}"></script>' for address in scripts)
    return _filled(title, links, tags)


def single_page(data: ViewerData) -> str:
    """The page as one file with its data. Its policy allows the script and style in it, by hash, and no request at all."""
    script, style = asset("viewer.js"), asset("viewer.css")
    policy = f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; img-src data:"
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n<style>{style}</style>'
    text = canonical(data).replace("<", "\\u003c")
    body = f'<script type="application/json" id="{DATA_ID}">{text}</script>\n<script>{script}</script>'
    return _filled(data["class_name"], head, body)


def _script() -> str:
    """The parts of the script as one, in a scope of their own."""
    return '"use strict";\n(() => {\n' + "\n".join(map(_read, SCRIPT_PARTS)) + "})();\n"


def _style() -> str:
    return custom_properties() + "\n" + _read("viewer.css")


def _read(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


ASSETS = {"viewer.js": _script, "viewer.css": _style}


def _filled(title: str, head: str, scripts: str) -> str:
    return Template(_read("page.html")).substitute(title=escape(title), head=head, scripts=scripts)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
