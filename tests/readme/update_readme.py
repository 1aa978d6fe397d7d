#!/usr/bin/env python3
"""Rewrite the outputs in the README, and its pictures: update_readme.py, for a reader to review in ``git diff``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from blocks import RULES, Block, blocks, exchanges, pictures

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"


def main() -> None:
    text = README.read_text(encoding="utf-8")
    for block in blocks(README):
        old = f"```{' '.join(block.info)}\n{block.text}```\n"
        text = text.replace(old, f"```{' '.join(block.info)}\n{_renewed(block)}```\n")
    text = RULES.sub(lambda _: _output("stepgraph rules --format markdown"), text)
    README.write_text(text, encoding="utf-8")
    for command, picture in pictures(README):
        picture.write_text(_output(command), encoding="utf-8")


def _renewed(block: Block) -> str:
    if block.output_of:
        return _output(block.output_of)
    if block.language == "console":
        return "".join(f"$ {command}\n{_output(command)}" for command, _ in exchanges(block))
    return block.text


def _output(command: str) -> str:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    result = subprocess.run(
        ["bash", "-c", command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PATH": path},
    )
    return result.stdout


if __name__ == "__main__":
    main()
