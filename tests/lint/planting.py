"""Defects planted into workflows that have none, each with the code of the rule that is meant to find it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

TYPESCRIPT = """\
import { WorkflowEntrypoint, WorkflowEvent, WorkflowStep } from "cloudflare:workers";
import { NonRetryableError } from "cloudflare:workflows";

const RETRY = { retries: { limit: 3, delay: "10 seconds", backoff: "linear" as const }, timeout: "5 minutes" };

export class Orders extends WorkflowEntrypoint<Env, Params> {
  async run(event: WorkflowEvent<Params>, step: WorkflowStep) {
    const { order, items } = event.payload;
    const started = event.timestamp;
    const stock = await step.do("check stock", RETRY, async () => this.env.STOCK.get(order.id));
    if (stock) {
      await step.do(`reserve ${order.id}`, { retries: { limit: 5, delay: "1 minute" } }, async () => {
        await this.env.STOCK.put(order.id, "reserved");
      });
    }
    for (const item of items) {
      await step.do(`pack ${item.id}`, async () => ({ packed: item.id }));
    }
    try {
      await step.do("charge", { timeout: "2 minutes" }, async () => {
        if (!order.card) throw new NonRetryableError("no card");
        return { charged: true };
      });
    } catch (error) {
      await step.do("refund", async () => ({ refunded: String(error) }));
    }
    await step.sleep("cool down", "15 minutes");
    const answer = await step.waitForEvent("confirmation", { type: "order-confirmed", timeout: "1 day" });
    await Promise.all([
      step.do("mail", async () => ({ mailed: answer.payload })),
      step.do("ship", async () => ({ shipped: started })),
    ]);
    await this.close(step, order.id);
    return { done: true };
  }

  async close(step: WorkflowStep, id: string) {
    await step.do(`close ${id}`, async () => ({ closed: id }));
    await step.sleep("rest", "1 hour");
  }
}
"""

JAVASCRIPT = """\
import { WorkflowEntrypoint } from "cloudflare:workers";

async function audit(step, env, text) {
  return step.do(`audit ${text}`, async () => env.LOG.put("audit", text));
}

export class Imports extends WorkflowEntrypoint {
  async run(event, step) {
    const pages = await step.do("count pages", { retries: { limit: 2, delay: "5 seconds" } }, async () => 3);
    const rows = [];
    for (let page = 0; page < pages; page++) {
      const found = await step.do(`page ${page}`, async () => ({ page }));
      rows.push(found);
    }
    while (true) {
      const state = await step.do("state", async () => ({ ready: true }));
      if (state.ready) break;
      await step.sleep("before asking again", "30 seconds");
    }
    const saved = step.do("save", async () => ({ rows: rows.length }));
    await step.do("index", async () => ({ indexed: true }));
    await saved;
    switch (event.payload.kind) {
      case "full":
        await step.do("full", async () => 1);
        break;
      default:
        await step.do("partial", async () => 2);
    }
    await audit(step, this.env, event.payload.name);
    await step.sleepUntil("the date", new Date(event.payload.date));
    return rows.length;
  }
}
"""

PYTHON = """\
from workers import WorkflowEntrypoint
from workers.workflows import NonRetryableError
import asyncio
import random
import time


class Orders(WorkflowEntrypoint):
    async def run(self, event, step):
        order = event["payload"]["order"]

        @step.do("stock", config={"retries": {"limit": 3, "delay": "10 seconds"}, "timeout": "5 minutes"})
        async def stock():
            return await self.env.STOCK.get(order)

        @step.do("charge")
        async def charge(stock):
            if not order:
                raise NonRetryableError("no order")
            return {"charged": order}

        @step.do("mail")
        async def mail():
            return {"mailed": order}

        @step.do("ship")
        async def ship():
            return {"shipped": order}

        if await stock():
            await charge()
        for item in event["payload"]["items"]:

            @step.do(f"pack {item}")
            async def pack():
                return {"packed": item}

            await pack()
        await step.sleep("cool down", "15 minutes")
        await step.wait_for_event("confirmation", "order-confirmed", timeout="1 day")
        await asyncio.gather(mail(), ship())
        return {"done": True}
"""

SOURCES = {"orders.ts": TYPESCRIPT, "imports.js": JAVASCRIPT, "orders.py": PYTHON}


@dataclass(frozen=True)
class Planted:
    """A source with one defect, what was done, and the code it should be found by."""

    path: str
    text: str
    defect: str
    code: str


@dataclass(frozen=True)
class _Defect:
    """Every match of ``pattern`` in a source becomes one planted defect; ``paths``: where."""

    name: str
    code: str
    pattern: str
    change: str | Callable[[re.Match[str]], str]
    paths: str = r".*"


CLOCK, CHANCE = "Date.now()", "Math.random()"
SCRIPT = r".*\.[tj]s"
SHORT = {"second": "sec", "minute": "min", "hour": "hr", "day": "d"}

DEFECTS = (
    _Defect("await removed", "SG201", r"await (?=step\.(?:do|sleep|sleepUntil|waitForEvent)\()", "", SCRIPT),
    _Defect("await of a combinator removed", "SG201", r"await (?=Promise\.all)", "", SCRIPT),
    _Defect("await of a helper removed", "SG201", r"await (?=this\.close|audit\()", "", SCRIPT),
    _Defect("await of a coroutine removed", "SG201", r"(?m)^(\s+)await (?=\w+\(\)|step\.)", r"\1", r".*\.py"),
    _Defect("clock in a template name", "SG202", r"step\.do\(`(\w+) ", rf"step.do(`\1 ${{{CLOCK}}} ", SCRIPT),
    _Defect("chance in a plain name", "SG202", r'step\.do\("([\w ]+)"', rf"step.do(`\1 ${{{CHANCE}}}`", SCRIPT),
    _Defect("clock in a sleep's name", "SG202", r'step\.sleep\("([\w ]+)"', r"step.sleep(`\1 ${new Date().getTime()}`", SCRIPT),
    _Defect(
        "identifier in an event's type", "SG202", r'type: "order-confirmed"', "type: `order-${crypto.randomUUID()}`", SCRIPT
    ),
    _Defect("chance in a test", "SG203", r"if \((stock|state\.ready)\)", rf"if (\1 && {CHANCE} > 0.5)", SCRIPT),
    _Defect("clock in a loop's test", "SG203", r"page < pages;", f"page < pages && {CLOCK} < 5;", SCRIPT),
    _Defect("chance in what is iterated", "SG203", r"of items\)", f"of items.filter(() => {CHANCE} > 0.5))", SCRIPT),
    _Defect("clock in a switch", "SG203", r"switch \(event\.payload\.kind\)", "switch (new Date().getDay())", SCRIPT),
    _Defect(
        "guard on the clock", "SG203", r"(?m)^(    )(?=await step\.(?:do|sleep))", rf"\1if ({CLOCK} > 5) return;\n\1", SCRIPT
    ),
    _Defect("chance in a duration", "SG204", r'step\.sleep\(("[\w ]+"), "[^"]+"', rf"step.sleep(\1, {CHANCE} * 5000", SCRIPT),
    _Defect("clock in an instant", "SG204", r"new Date\(event\.payload\.date\)", f"{CLOCK} + 5000", SCRIPT),
    _Defect("fetch moved out", "SG205", r"(?m)^(    )(?=await step\.do)", r'\1await fetch("https://example.com");\n\1', SCRIPT),
    _Defect(
        "binding written outside",
        "SG205",
        r"(?m)^(    )(?=await step\.sleep)",
        r'\1await this.env.KV.put("a", "b");\n\1',
        SCRIPT,
    ),
    _Defect(
        "binding written outside",
        "SG205",
        r"(?m)^( {8})(?=await step\.sleep)",
        r'\1await self.env.KV.put("a", "b")\n\1',
        r".*\.py",
    ),
    _Defect(
        "write moved into a step",
        "SG206",
        r"async \(\) => \(\{ page \}\)",
        "async () => { rows.push(page); return page; }",
        SCRIPT,
    ),
    _Defect(
        "event written",
        "SG207",
        r"(?m)^(    )(?=await step\.do\(\"|const \w+ = await)",
        r"\1event.payload.seen = true;\n\1",
        SCRIPT,
    ),
    _Defect("event written", "SG207", r"(?m)^( {8})(?=await )", r'\1event["payload"]["seen"] = True\n\1', r".*\.py"),
    _Defect("race instead of all", "SG208", r"Promise\.all\(", "Promise.race(", SCRIPT),
    _Defect("timer instead of a sleep", "SG209", r'step\.sleep\("[\w ]+", "[^"]+"\)', "scheduler.wait(5000)", SCRIPT),
    _Defect("timer instead of a sleep", "SG209", r'step\.sleep\("[\w ]+", "[^"]+"\)', "asyncio.sleep(5)", r".*\.py"),
    _Defect(
        "sleep moved into a step",
        "SG210",
        r"async \(\) => \(\{ (packed|closed|indexed)",
        r'async () => (await step.sleep("in", 5), { \1',
        SCRIPT,
    ),
    _Defect("flag read outside", "SG216", r"if \((stock|state\.ready)\)", r'if (await this.env.FLAGS.get("x"))', SCRIPT),
    _Defect("delay dropped", "SG105", r', delay: "[^"]+"', "", SCRIPT),
    _Defect("delay dropped", "SG105", r', "delay": "[^"]+"', "", r".*\.py"),
    _Defect("key misspelled", "SG105", r"\btimeout(?=\"?: \"[25])", "timout"),
    _Defect("timeout of 0", "SG105", r'(timeout"?: )"[25] minutes"', r"\g<1>0"),
    _Defect("unit shortened", "SG106", r'"(\d+) (second|minute|hour|day)s?"', lambda found: f'"{found[1]} {SHORT[found[2]]}"'),
    _Defect(
        "unit in capitals",
        "SG106",
        r'"(\d+) (second|minute|hour|day)(s?)"',
        lambda found: f'"{found[1]} {found[2].upper()}{found[3]}"',
    ),
    _Defect("too long a sleep", "SG107", r'(step\.sleep\("[\w ]+", )"[^"]+"', r'\g<1>"400 days"'),
    _Defect(
        "callback called",
        "SG104",
        r"async \(\) => \(\{ (packed|closed|mailed)([^}]+)\}\)",
        r"(async () => ({ \1\2}))()",
        SCRIPT,
    ),
    _Defect("callback forgotten", "SG104", r", async \(\) => \(\{ (?:shipped|indexed)[^}]+\}\)", "", SCRIPT),
    _Defect("function returned", "SG108", r"\(\{ (packed|closed|charged|indexed)", r"({ undo: () => 1, \1", SCRIPT),
    _Defect("tuple returned", "SG108", r'return \{"(mailed|shipped|charged)": order\}', "return order, 1", r".*\.py"),
    _Defect("type misspelled", "SG109", r"\{ type:", "{ event:", SCRIPT),
    _Defect("dot in a type", "SG109", r"order-confirmed", "order.confirmed"),
    _Defect("seconds for milliseconds", "SG110", r'timeout: "1 day"', "timeout: 60", SCRIPT),
    _Defect("wrong module", "SG111", r"cloudflare:workflows", "cloudflare:workers", SCRIPT),
    _Defect("wrong module", "SG111", r"workers\.workflows", "workers", r".*\.py"),
    _Defect("error renamed", "SG116", r'NonRetryableError\("no card"\)', 'NonRetryableError("no card", "NoCard")', SCRIPT),
    _Defect("method of another library", "SG118", r"step\.do\(", "step.run(", SCRIPT),
    _Defect("other language's method", "SG118", r"step\.wait_for_event", "step.waitForEvent", r".*\.py"),
    _Defect("method bound", "SG114", r"step\.do\(", "step.do.call(step, ", SCRIPT),
    _Defect("attribute of the event", "SG120", r'event\["payload"\]', "event.payload", r".*\.py"),
    _Defect("bare decorator", "SG121", r'@step\.do\("(?:mail|ship)"\)', "@step.do", r".*\.py"),
    _Defect("parameter nobody declares", "SG112", r"def charge\(stock\)", "def charge(stocks)", r".*\.py"),
    _Defect("handler emptied", "SG306", r"(?s)(catch \(error\) \{).*?\n    \}", r"\1\n    }", SCRIPT),
    _Defect("return before the rest", "SG304", r"(?m)^(    )(?=await step\.(?:sleep|do)\()", r"\1return;\n\1", SCRIPT),
    _Defect("break removed", "SG311", r"if \(state\.ready\) break;", "", SCRIPT),
    _Defect("long timeout", "SG302", r'(timeout"?: )"[25] minutes"', r'\g<1>"2 hours"'),
    _Defect("clock in a name", "SG202", r'"pack \{item\}"', '"pack {item} {time.time()}"', r".*\.py"),
    _Defect("chance in a sleep's name", "SG202", r'step\.sleep\("([\w ]+)"', r'step.sleep(f"\1 {random.random()}"', r".*\.py"),
    _Defect("chance in an event's type", "SG202", r'"order-confirmed"', 'f"order-{random.randint(1, 9)}"', r".*\.py"),
    _Defect("chance in a test", "SG203", r"if await stock\(\)", "if await stock() and random.random() > 0.5", r".*\.py"),
    _Defect("chance in a bound", "SG203", r'in event\["payload"\]\["items"\]', "in range(random.randint(1, 5))", r".*\.py"),
    _Defect("guard on the clock", "SG203", r"(?m)^( {8})(?=await step)", r"\1if time.time() > 5:\n\1    return\n\1", r".*\.py"),
    _Defect("chance in a duration", "SG204", r'"15 minutes"', "random.random() * 5000", r".*\.py"),
    _Defect("flag read outside", "SG216", r"if await stock\(\)", 'if await self.env.FLAGS.get("x")', r".*\.py"),
    _Defect(
        "sleep moved into a step",
        "SG210",
        r'return \{"(mailed|shipped)',
        r'await step.sleep("in", 5)\n            return {"\1',
        r".*\.py",
    ),
    _Defect("step never run", "SG309", r", ship\(\)", "", r".*\.py"),
    _Defect(
        "coroutine awaited twice",
        "SG122",
        r"await charge\(\)",
        "again = charge()\n            await again\n            await again",
        r".*\.py",
    ),
    _Defect("return before the rest", "SG304", r"(?m)^( {8})(?=await step)", r"\1return\n\1", r".*\.py"),
    _Defect("too many retries", "SG303", r'(limit"?: )\d', r"\g<1>20000"),
)


def planted() -> Iterator[Planted]:
    """Every defect at every place it can be planted at."""
    for path, source in SOURCES.items():
        for defect in DEFECTS:
            if not re.fullmatch(defect.paths, path):
                continue
            for found in re.finditer(defect.pattern, source):
                change = defect.change(found) if callable(defect.change) else found.expand(defect.change)
                text = source[: found.start()] + change + source[found.end() :]
                yield Planted(path, text, f"{defect.name} at {found.start()}", defect.code)
