"""Known findings: written to a file once, and left out from then on, wherever they have moved to in their file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from analyzer.errors import UsageError
from analyzer.lint.finding import Finding
from analyzer.source import SourceFile

VERSION = 1


def fingerprints(findings: Sequence[Finding], sources: Mapping[str, SourceFile]) -> list[str]:
    """A fingerprint for each finding: of its path, its code, the text of its first line, and its number among equals.

    It stays the same when lines are added or removed elsewhere, and when the message is worded otherwise.
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    prints: list[str] = []
    for finding in findings:
        key = (finding.path.replace("\\", "/"), finding.code, _line(finding, sources))
        counts[key] += 1
        prints.append(_digest("\0".join((*key, str(counts[key])))))
    return prints


def _digest(text: str) -> str:
    import hashlib  # takes 3 ms, which a clean file need not wait for

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _line(finding: Finding, sources: Mapping[str, SourceFile]) -> str:
    source = sources.get(finding.path)
    if source is None or finding.start.line > len(source.line_starts):
        return ""
    start = source.line_starts[finding.start.line - 1]
    return " ".join(source.text[start:].partition("\n")[0].split())


def baseline_text(prints: Iterable[str]) -> str:
    """The content of a baseline file."""
    return json.dumps({"version": VERSION, "fingerprints": sorted(prints)}, indent=2) + "\n"


def read_baseline(path: str) -> frozenset[str]:
    """The fingerprints in a baseline file. Raises UsageError if it is none."""
    try:
        with open(path, encoding="utf-8") as file:
            content = json.load(file)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise UsageError(f"{path}: not a baseline: {error}") from error
    match content:
        case {"version": 1, "fingerprints": [*prints]}:
            return frozenset(map(str, prints))
        case _:
            raise UsageError(f"{path}: not a baseline of version {VERSION}")
