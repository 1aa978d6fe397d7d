"""TypeScript for the engine: bundled by esbuild, and places in the bundle led back to the source by its source map."""

from __future__ import annotations

import json
import subprocess
import tempfile
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path

from engine import Place

DIGITS = {digit: value for value, digit in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")}


@dataclass(frozen=True)
class Bundle:
    """A bundle's text, and for each of its lines the columns (from 0) that are mapped, with their line and column (from 0)."""

    text: str
    lines: tuple[tuple[tuple[int, int, int], ...], ...]

    def original(self, place: Place, module: str) -> Place | None:
        """The place in the one source that a place in the bundle comes from."""
        mapped = self.lines[place.line - 1] if place.line <= len(self.lines) else ()
        index = bisect_right(mapped, (place.column - 1, 1 << 30, 0)) - 1
        if index < 0:
            return None
        _, line, column = mapped[index]
        return Place(module, line + 1, column + 1)


def bundled(source: Path, node_modules: Path) -> Bundle:
    """Bundles a file. Raises CalledProcessError, with esbuild's message, if it does not parse."""
    esbuild = next(node_modules.glob("@esbuild/*/bin/esbuild"))
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.mjs"
        options = ["--bundle", "--format=esm", "--target=es2022", "--sourcemap=external", "--log-level=error"]
        external = ["--external:cloudflare:*", "--external:node:*", f"--outfile={out}"]
        subprocess.run([str(esbuild), str(source), *options, *external], check=True, capture_output=True, text=True)
        mappings = json.loads((Path(folder) / "out.mjs.map").read_text(encoding="utf-8"))["mappings"]
        return Bundle(out.read_text(encoding="utf-8"), _lines(mappings))


def _lines(mappings: str) -> tuple[tuple[tuple[int, int, int], ...], ...]:
    """Decodes the mappings of a map with one source."""
    line = column = 0
    lines = []
    for row in mappings.split(";"):
        generated, segments = 0, []
        for segment in filter(None, row.split(",")):
            values = _values(segment)
            generated += values[0]
            if len(values) >= 4:
                line, column = line + values[2], column + values[3]
                segments.append((generated, line, column))
        lines.append(tuple(segments))
    return tuple(lines)


def _values(segment: str) -> list[int]:
    """The numbers of a segment: base 64, least digits first, the sign in the least bit."""
    values, shift, value = [], 0, 0
    for digit in segment:
        value |= (DIGITS[digit] & 31) << shift
        shift += 5
        if not DIGITS[digit] & 32:
            values.append(-(value >> 1) if value & 1 else value >> 1)
            shift = value = 0
    return values
