"""Sources for command lines, and what a command line does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ORDER = """\
import { WorkflowEntrypoint } from "cloudflare:workers";
export class Order extends WorkflowEntrypoint {
  async run(event, step) {
    await step.do("charge", async () => {});
    await step.sleep("nap", "1 hour");
  }
}
"""
TWO = """\
import { WorkflowEntrypoint } from "cloudflare:workers";
export class First extends WorkflowEntrypoint {
  async run(event, step) { await step.do("one", async () => {}); }
}
export class Second extends WorkflowEntrypoint {
  async run(event, step) { await step.do("two", async () => {}); }
}
"""
DYNAMIC = """\
import { WorkflowEntrypoint } from "cloudflare:workers";
export class Dynamic extends WorkflowEntrypoint {
  async run(event, step) {
    await step.do("known", async () => {});
    await step.do(event.payload.name, async () => {});
  }
}
"""
EMPTY = """\
import { WorkflowEntrypoint } from "cloudflare:workers";
export class Empty extends WorkflowEntrypoint {
  async run(event, step) { return 1; }
}
"""


@dataclass(frozen=True)
class Result:
    """What a command line did."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]
Write = Callable[[str, str | bytes], Path]
