"""The fenced blocks of a Markdown file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
RULES = re.compile(
    r"(?<=<!-- rules, written by: stepgraph rules --format markdown -->\n)(?P<table>.*?)(?=<!-- end of rules -->)", re.DOTALL
)
"""The table of rules, between its two comments."""

OUTPUT_OF = re.compile(r"<!-- output of: (?P<command>.+) -->\n\Z")

PICTURE = re.compile(r"^<!-- output of: (?P<command>.+) -->\n!\[[^\]\n]*\]\((?P<path>[^)\n]+)\)$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A block: its info string in words (the language first), its text, its line, and the command said to print it."""

    info: tuple[str, ...]
    text: str
    line: int
    output_of: str | None

    @property
    def language(self) -> str:
        return self.info[0] if self.info else ""


def blocks(path: Path) -> list[Block]:
    """The blocks of a file in order. A comment ``<!-- output of: COMMAND -->`` on the line before one belongs to it."""
    text = path.read_text(encoding="utf-8")
    return [_block(text, found) for found in FENCE.finditer(text)]


def _block(text: str, found: re.Match[str]) -> Block:
    before = text[: found.start()]
    command = OUTPUT_OF.search(before)
    return Block(tuple(found["info"].split()), found["text"], before.count("\n") + 1, command["command"] if command else None)


def exchanges(block: Block) -> list[tuple[str, str]]:
    """The commands of a console block, which follow ``$``, each with the output that stands below it."""
    first, *rest = re.split(r"^\$ (.*)\n", block.text, flags=re.MULTILINE)
    if first:
        raise ValueError(f"line {block.line}: a console block begins with a command")
    return list(zip(rest[::2], rest[1::2], strict=True))


def pictures(path: Path) -> list[tuple[str, Path]]:
    """The pictures in a file that a command draws: the command, as a comment on the line before says it, and the picture."""
    text = path.read_text(encoding="utf-8")
    return [(found["command"], path.parent / found["path"]) for found in PICTURE.finditer(text)]
