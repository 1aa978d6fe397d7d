"""Small workflows that break, in the real engine, as the rules say whose proof is the engine.

Each breaks by one mistake, which its rule reports, and does what it should once that is mended. Python runs in the SDK.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from engine import Job

STEP_LIMIT = 12
"""``do`` steps an instance may run here."""

JAVASCRIPT = """import {{ WorkflowEntrypoint }} from "cloudflare:workers";
import {{ NonRetryableError }} from "cloudflare:workflows";
const ONCE = {{ retries: {{ limit: 0, delay: 0 }} }};
const TWICE = {{ retries: {{ limit: 1, delay: 0 }} }};
export class Subject extends WorkflowEntrypoint {{
  async run(event, step) {{
{}
  }}
}}
"""
PYTHON = """from workers import WorkflowEntrypoint

class Subject(WorkflowEntrypoint):
    async def run(self, event, step):
{}
"""


@dataclass(frozen=True)
class Seen:
    """What is seen of a run: how it ends, what is in its error's message, its steps with their counts, attempts in all."""

    status: str = "complete"
    error: str = ""
    steps: Sequence[str] | None = None
    attempts: int | None = None


@dataclass(frozen=True)
class Proof:
    """What a rule reports: ``body`` is that of ``run``, or a whole source.

    ``mend``: what is to be replaced by what in it. ``broken`` and ``mended``: what is seen before and after.
    ``direct``: the engine is given the class itself, so that no steps are recorded.
    """

    code: str
    body: str
    mend: tuple[str, str]
    broken: Seen
    mended: Seen = field(default=Seen())
    job: Job = field(default=Job())
    direct: bool = False
    python: bool = False

    @cached_property
    def sources(self) -> tuple[str, str]:
        """The source, and as it is mended."""
        whole = PYTHON if self.python else JAVASCRIPT
        before = self.body if "class Subject" in self.body else whole.format(_indented(self.body))
        after = before.replace(*self.mend)
        assert after != before, f"{self.code}: nothing is mended"
        return before, after

    @property
    def path(self) -> str:
        """What the source is called."""
        return "subject.py" if self.python else "subject.js"


def _indented(text: str) -> str:
    return "\n".join(" " * 8 + line for line in text.strip("\n").splitlines())


NO_METHOD = "The RPC receiver does not implement the method"
CLASS = 'import {{ WorkflowEntrypoint }} from "cloudflare:workers";\nexport class Subject extends WorkflowEntrypoint {{ {} }}\n'
LIMIT = f"The limit of {STEP_LIMIT} steps has been reached"

JAVASCRIPT_PROOFS = (
    Proof(
        "SG102",
        CLASS.format('run = async (event, step) => { await step.do("charge", async () => 1); };'),
        ('run = async (event, step) => { await step.do("charge", async () => 1); };', "async run(event, step) {}"),
        Seen("errored", f'{NO_METHOD} "run"'),
        direct=True,
    ),
    Proof(
        "SG102",
        CLASS.format('async *run(event, step) { await step.do("charge", async () => 1); }'),
        ("async *run", "async run"),
        Seen("errored", "could not be cloned"),
        direct=True,
    ),
    Proof(
        "SG103",
        r'await step.do("first\tsecond", async () => 1);',
        (r"\t", " "),
        Seen("errored", "exceeds max length (256 chars) or invalid characters found"),
    ),
    Proof(
        "SG103",
        f'await step.do("{"x" * 257}", async () => 1);',
        ("x" * 257, "x" * 256),
        Seen("errored", "exceeds max length (256 chars)"),
    ),
    Proof(
        "SG104",
        'const load = async () => 1;\nawait step.do("load", load());',
        ("load());", "load);"),
        Seen("errored", "#<Promise> could not be cloned"),
    ),
    Proof(
        "SG104",
        'await step.do("load", ONCE);',
        ("ONCE);", "ONCE, async () => 1);"),
        Seen("errored", 'Step "load" requires a callback function'),
    ),
    Proof(
        "SG105",
        'await step.do("charge", { retries: { limit: 3 } }, async () => 1);',
        ("limit: 3", 'limit: 3, delay: "1 second"'),
        Seen("errored", 'Step config for "charge" is in a invalid format'),
    ),
    Proof(
        "SG105",
        'await step.do("charge", { timeout: 0 }, async () => 1);',
        ("0", "1000"),
        Seen("errored", 'Step config for "charge" is in a invalid format'),
    ),
    Proof(
        "SG105",
        'await step.do("charge", async () => 1, { rollback: async () => {}, rollbackConfig: { timeout: 0 } });',
        ("timeout: 0", "timeout: 1000"),
        Seen("errored", 'Rollback config for "charge" is in a invalid format'),
    ),
    Proof(
        "SG106",
        'await step.sleep("nap", "5s");',
        ("5s", "5 milliseconds"),
        Seen("errored", "NOT NULL constraint failed"),
        job=Job(realSleeps=True),
    ),
    Proof(
        "SG106",
        'await step.sleep("nap", "90 min");\nawait step.do("woken", async () => 1);',
        ("90 min", "90 minutes"),
        Seen("complete", steps=["nap-1", "woken-1"]),
        Seen("running", steps=["nap-1"]),
        Job(realSleeps=True, limit=800),
    ),
    Proof(
        "SG108",
        'await step.do("make", async () => () => 1);',
        ("() => () => 1", "() => 1"),
        Seen("errored", 'the step "make" returned a value which is not serialisable'),
    ),
    Proof(
        "SG111",
        "class NonRetryableError extends Error {}\n"
        'await step.do("charge", TWICE, async () => { throw new NonRetryableError("declined"); });',
        ("extends Error {}", 'extends Error { name = "NonRetryableError"; }'),
        Seen("errored", attempts=2),
        Seen("errored", attempts=1),
    ),
    Proof(
        "SG113",
        'await step.do("reserve", async () => 1, { rollback: "release" });',
        ('"release"', "async () => {}"),
        Seen("errored", 'Rollback for "reserve" must be a function'),
    ),
    Proof(
        "SG113",
        'await step.do("reserve", async () => 1, { rolback: async () => {} });',
        ("rolback", "rollback"),
        Seen("errored", 'Rollback for "reserve" must be a function'),
    ),
    Proof(
        "SG114",
        'const run = step.do.bind(step);\nawait run("charge", async () => 1);',
        ("step.do.bind(step)", "step.do"),
        Seen("errored", f'{NO_METHOD} "bind"'),
        direct=True,
    ),
    Proof(
        "SG115",
        'try {\n  await step.do("charge", async () => { throw new NonRetryableError("no"); });\n} catch (error) {\n'
        '  if (error instanceof NonRetryableError) await step.do("declined", async () => 1);\n}',
        ("error instanceof NonRetryableError", 'error.message.startsWith("NonRetryableError")'),
        Seen(steps=["charge-1"]),
        Seen(steps=["charge-1", "declined-1"]),
    ),
    Proof(
        "SG116",
        'await step.do("charge", TWICE, async () => { throw new NonRetryableError("declined", "CardDeclined"); });',
        (', "CardDeclined"', ""),
        Seen("errored", attempts=2),
        Seen("errored", attempts=1),
    ),
    Proof(
        "SG117",
        'await step.sleepUntil("launch", new Date("2024-01-01T09:00:00Z"));',
        ("2024", "2124"),
        Seen("errored", "You can't sleep until a time in the past"),
    ),
    Proof(
        "SG118",
        'await step.run("charge", async () => 1);',
        ("step.run", "step.do"),
        Seen("errored", f'{NO_METHOD} "run"'),
    ),
    Proof(
        "SG201",
        'step.do("charge", ONCE, async () => { throw new Error("declined"); });\nawait step.do("ship", async () => 1);',
        ('step.do("charge"', 'await step.do("charge"'),
        Seen("complete", steps=["charge-1", "ship-1"]),
        Seen("errored", "declined", steps=["charge-1"]),
        Job(settle=20),
    ),
    Proof(
        "SG210",
        'await step.do("ask", { ...ONCE, timeout: 100 }, async () => {\n'
        '  await step.waitForEvent("answer", { type: "answer" });\n});',
        ('  await step.waitForEvent("answer", { type: "answer" });\n', ""),
        Seen("errored", "Execution timed out after 100ms"),
    ),
    Proof(
        "SG211",
        'if (event.payload.express) await step.do("ship", async () => "express");\nawait step.do("ship", async () => "rest");',
        ('"ship", async () => "express"', '"ship express", async () => "express"'),
        Seen(steps=["ship-1", "ship-2"]),
        Seen(steps=["ship express-1", "ship-1"]),
        Job(params={"express": True}),
    ),
    Proof(
        "SG215",
        'await step.do("order", TWICE, async () => {\n'
        '  await step.do("charge", async () => 1);\n  throw new Error("no courier");\n});',
        ('  await step.do("charge", async () => 1);\n', ""),
        Seen("errored", "no courier", steps=["order-1", "charge-1", "charge-2"]),
        Seen("errored", "no courier", steps=["order-1"]),
    ),
    Proof(
        "SG217",
        'try {\n  return step.do("charge", ONCE, async () => { throw new Error("declined"); });\n} catch {\n'
        '  await step.do("refund", async () => 1);\n}',
        ("return step", "return await step"),
        Seen("errored", "declined", steps=["charge-1"]),
        Seen(steps=["charge-1", "refund-1"]),
    ),
    Proof(
        "SG301",
        f'for (const part of {list(range(STEP_LIMIT + 1))}) await step.do("part", async () => part);',
        (f", {STEP_LIMIT}]", "]"),
        Seen("errored", LIMIT),
    ),
    Proof(
        "SG307",
        'await step.waitForEvent("answer", { type: "answer" });',
        (
            'await step.waitForEvent("answer", { type: "answer" });',
            'try { await step.waitForEvent("answer", { type: "answer" }); } catch {}',
        ),
        Seen("errored", "timed out"),
        job=Job(timeouts=["answer"]),
    ),
    Proof(
        "SG311",
        'while (true) {\n  await step.do("poll", async () => 1);\n}',
        ('await step.do("poll", async () => 1);', 'if (await step.do("poll", async () => 1)) break;'),
        Seen("errored", LIMIT),
    ),
    Proof(
        "SG312",
        f'if (event.payload.all) for (const part of {list(range(STEP_LIMIT + 1))}) await step.do("part", async () => part);',
        (f", {STEP_LIMIT}]", "]"),
        Seen("errored", LIMIT),
        job=Job(params={"all": True}),
    ),
)

LOAD = '@step.do("load")\nasync def load():\n    return 1\n'
DIAMOND = """@step.do("root")
async def root():
    return 1

@step.do("shared")
async def shared(root):
    return 1

@step.do("left")
async def left(shared):
    return 1

@step.do("right")
async def right(shared):
    return 1

@step.do("both", concurrent=True)
async def both(left, right):
    return 1

await both()"""

PYTHON_PROOFS = (
    Proof(
        "SG112",
        '@step.do("charge")\nasync def charge(card):\n    return 1\nawait charge()',
        ("(card)", "(ctx)"),
        Seen("errored", "Received unexpected parameter card"),
        python=True,
    ),
    Proof(
        "SG112",
        f"{LOAD}await load(1)",
        ("load(1)", "load()"),
        Seen("errored", "positional argument"),
        python=True,
    ),
    Proof(
        "SG112",
        'async def work():\n    return 1\nawait step.do("charge", work)',
        ('await step.do("charge", work)', 'await step.do("charge")(work)()'),
        Seen("errored", "positional argument"),
        python=True,
    ),
    Proof(
        "SG118",
        'await step.sleepUntil("launch", 4102444800000)',
        ("sleepUntil", "sleep_until"),
        Seen("errored", "has no attribute 'sleepUntil'"),
        python=True,
    ),
    Proof(
        "SG120",
        f"{LOAD}await load()\nreturn event.payload",
        ("event.payload", 'event["payload"]'),
        Seen("errored", "'dict' object has no attribute 'payload'"),
        python=True,
    ),
    Proof(
        "SG121",
        "@step.do\nasync def charge():\n    return 1\nawait charge()",
        ("@step.do", "@step.do()"),
        Seen("errored", "missing 1 required positional argument"),
        python=True,
    ),
    Proof(
        "SG122",
        f"{LOAD}loading = load()\nawait loading\nawait loading",
        ("await loading\n        await loading", "await loading"),
        Seen("errored", "cannot reuse already awaited coroutine", steps=["load-1"]),
        python=True,
    ),
    Proof(
        "SG201",
        f'{LOAD}load()\nawait step.sleep("nap", "1 minute")',
        ("        load()", "        await load()"),
        Seen(steps=["nap-1"]),
        Seen(steps=["load-1", "nap-1"]),
        python=True,
    ),
    Proof(
        "SG218",
        DIAMOND,
        (", concurrent=True", ""),
        Seen(steps=["root-1", "shared-1", "shared-2", "left-1", "right-1", "both-1"]),
        Seen(steps=["root-1", "shared-1", "left-1", "right-1", "both-1"]),
        python=True,
    ),
    Proof(
        "SG309",
        f'{LOAD}await step.sleep("nap", "1 minute")',
        ("await step.sleep", "await load()\n        await step.sleep"),
        Seen(steps=["nap-1"]),
        Seen(steps=["load-1", "nap-1"]),
        python=True,
    ),
)
