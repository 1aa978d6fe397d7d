#!/usr/bin/env python3
"""Programs of any size for measurements: generate.py OUTPUT_DIR writes bench_{small,medium,large}.{ts,js,py} and bundle.js.

One block is 8 calls of ``do`` (3 of them in a branch or handler), a sleep, an if, a loop, a parallel and a try. The small
file has 4 blocks, the medium 40, the large 400; the bundle is 1 MB of other code around the small one.
"""

from __future__ import annotations

import sys
from pathlib import Path

SIZES = {"small": 4, "medium": 40, "large": 400}
BUNDLE_SIZE = 1_000_000

HEAD = """\
import {{ WorkflowEntrypoint }} from "cloudflare:workers";
export class Bench extends WorkflowEntrypoint{params} {{
  async run(event{any}, step{any}) {{
"""
BLOCK = """\
    const a{i} = await step.do("fetch {i}", {{ retries: {{ limit: 3, delay: "5 seconds", backoff: "linear" }}, timeout: "2 minutes" }}, async () => {{ return {i}; }});
    if (a{i} > 10) {{ await step.do("big {i}", async () => a{i}); }} else {{ await step.do("small {i}", async () => a{i}); }}
    for (const x of event.payload.items) {{ await step.do(`item {i} ${{x}}`, async () => x); }}
    await Promise.all([step.do("p {i}", async () => 1), step.do("q {i}", async () => 2)]);
    try {{ await step.do("risky {i}", async () => 1); }} catch (e) {{ await step.do("comp {i}", async () => 1); }}
    await step.sleep("nap {i}", "1 hour");
"""
TAIL = "  }\n}\n"

PYTHON_HEAD = """\
from workers import WorkflowEntrypoint
import asyncio

class Bench(WorkflowEntrypoint):
    async def run(self, event, step):
"""
PYTHON_BLOCK = """\
        @step.do("fetch {i}", config={{"retries": {{"limit": 3, "delay": "5 seconds", "backoff": "linear"}}, "timeout": "2 minutes"}})
        async def fetch{i}():
            return {i}
        a{i} = await fetch{i}()
        @step.do("big {i}")
        async def big{i}():
            return 1
        @step.do("small {i}")
        async def small{i}():
            return 1
        if a{i} > 10:
            await big{i}()
        else:
            await small{i}()
        for x in event["payload"]["items"]:
            @step.do(f"item {i} {{x}}")
            async def item{i}():
                return x
            await item{i}()
        @step.do("p {i}")
        async def p{i}():
            return 1
        @step.do("q {i}")
        async def q{i}():
            return 1
        await asyncio.gather(p{i}(), q{i}())
        @step.do("risky {i}")
        async def risky{i}():
            return 1
        @step.do("comp {i}")
        async def comp{i}():
            return 1
        try:
            await risky{i}()
        except Exception:
            await comp{i}()
        await step.sleep("nap {i}", "1 hour")
"""

OTHER_CODE = """\
function helper{i}(input, options) {{
  const parts = input.split(",").map((part) => part.trim()).filter(Boolean);
  if (options?.limit && parts.length > options.limit) throw new RangeError(`too many parts: ${{parts.length}}`);
  for (let at = 0; at < parts.length; at += 1) {{
    parts[at] = {{ key: `k${{at}}`, value: parts[at], weight: (at * 31 + {i}) % 97, tags: ["a", "b", ...(options?.tags ?? [])] }};
  }}
  return parts.reduce((sum, part) => ({{ ...sum, [part.key]: part }}), {{ id: {i}, label: "helper {i}" }});
}}
"""


def typescript(blocks: int) -> str:
    return _ecmascript(blocks, params="<any, any>", any=": any")


def javascript(blocks: int) -> str:
    return _ecmascript(blocks, params="", any="")


def python(blocks: int) -> str:
    return PYTHON_HEAD + "".join(PYTHON_BLOCK.format(i=i) for i in range(blocks))


def bundle(size: int = BUNDLE_SIZE) -> str:
    """JavaScript of about that many bytes with the small workflow at its end."""
    workflow = javascript(SIZES["small"])
    return "".join(OTHER_CODE.format(i=i) for i in range((size - len(workflow)) // len(OTHER_CODE.format(i=1000)))) + workflow


def _ecmascript(blocks: int, **types: str) -> str:
    return HEAD.format(**types) + "".join(BLOCK.format(i=i) for i in range(blocks)) + TAIL


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, blocks in SIZES.items():
        (folder / f"bench_{name}.ts").write_text(typescript(blocks), encoding="utf-8")
        (folder / f"bench_{name}.js").write_text(javascript(blocks), encoding="utf-8")
        (folder / f"bench_{name}.py").write_text(python(blocks), encoding="utf-8")
    (folder / "bundle.js").write_text(bundle(), encoding="utf-8")


if __name__ == "__main__":
    main()
