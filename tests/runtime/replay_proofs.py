"""Small workflows that do other things when their instance is resumed, as the rules say whose proof is a replay.

Each runs in the real engine until it sleeps; then another process goes on with it, in which chance, the clock and the
outside world are set otherwise, as they may be after any pause. What is mended does the same as before.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine import Json

NAP = 'await step.sleep("nap", "1 hour");'


@dataclass(frozen=True)
class Replayed:
    """Callbacks that run once the instance is resumed, sleeps that begin, and what ``run`` returns."""

    ran: tuple[str, ...] = ()
    began: tuple[str, ...] = ()
    output: Json = None


@dataclass(frozen=True)
class ReplayProof:
    """What a rule reports: the body of ``run`` or a whole source, what mends it, and what a replay does before and after.

    ``before`` and ``later``: what is set in the first process and in the second, in front of the body.
    """

    code: str
    body: str
    mend: tuple[str, str]
    broken: Replayed
    mended: Replayed = Replayed()
    before: str = "Math.random = () => 0.1;"
    later: str = "Math.random = () => 0.9;"
    stop: str = "nap-1"

    @property
    def bodies(self) -> tuple[str, str]:
        """The body, and as it is mended."""
        after = self.body.replace(*self.mend)
        assert after != self.body, f"{self.code}: nothing is mended"
        return self.body, after


COUNTED = "globalThis.count = 0; globalThis.{} = async () => {{ globalThis.count += 1; return new Response('ok'); }};"
ANSWER = "globalThis.fetch = async () => new Response('{}');"
FLAG = 'const response = await fetch("https://example.com/flag"); const flag = await response.text();'
FLAG_IN_STEP = f'const flag = await step.do("read", async () => {{ {FLAG} return flag; }});'
MODULE = """import {{ WorkflowEntrypoint }} from "cloudflare:workers";
let hits = {};
export class W extends WorkflowEntrypoint {{
  async run(event, step) {{
    hits += 1;
    await step.do(`charge ${{hits}}`, async () => 1);
    await step.sleep("nap", "1 hour");
  }}
}}
"""

REPLAY_PROOFS = (
    ReplayProof(
        "SG202",
        f"await step.do(`charge ${{Math.random()}}`, async () => 1); {NAP}",
        ("Math.random()", "event.instanceId.length"),
        Replayed(ran=("charge 0.9-1",)),
    ),
    ReplayProof(
        "SG202",
        f"await step.do(`charge ${{Date.now()}}`, async () => 1); {NAP}",
        ("Date.now()", "1"),
        Replayed(ran=("charge 2000-1",)),
        before="Date.now = () => 1000;",
        later="Date.now = () => 2000;",
    ),
    ReplayProof(
        "SG203",
        f'if (Math.random() > 0.5) await step.do("escalate", async () => 1); {NAP}',
        ("if (Math.random() > 0.5) await", 'if (await step.do("decide", async () => Math.random() > 0.5)) await'),
        Replayed(ran=("escalate-1",)),
    ),
    ReplayProof(
        "SG204",
        'await step.sleep("jitter", 3_600_000 + Math.random() * 1000);',
        ("Math.random() * 1000", '(await step.do("choose", async () => Math.random() * 1000))'),
        Replayed(began=("jitter-1",)),
        stop="jitter-1",
    ),
    ReplayProof(
        "SG205",
        f'await fetch("https://example.com/orders", {{ method: "POST" }}); {NAP} return globalThis.count;',
        (
            'await fetch("https://example.com/orders", { method: "POST" });',
            'await step.do("order", async () => { await fetch("https://example.com/orders", { method: "POST" }); });',
        ),
        Replayed(output=1),
        Replayed(output=0),
        COUNTED.format("fetch"),
        COUNTED.format("fetch"),
    ),
    ReplayProof(
        "SG206",
        f'const charges = []; await step.do("charge", async () => {{ charges.push(1); }}); {NAP} return charges.length;',
        (
            'const charges = []; await step.do("charge", async () => { charges.push(1); });',
            'const charges = await step.do("charge", async () => [1]);',
        ),
        Replayed(output=0),
        Replayed(output=1),
    ),
    ReplayProof(
        "SG207",
        f'await step.do("load", async () => {{ event.payload.user = "u"; }}); {NAP} return event.payload.user ?? "lost";',
        (
            'await step.do("load", async () => { event.payload.user = "u"; });',
            'const user = await step.do("load", async () => "u"); event = { payload: { user } };',
        ),
        Replayed(output="lost"),
        Replayed(output="u"),
    ),
    ReplayProof(
        "SG209",
        f"await scheduler.wait(5); {NAP} return globalThis.count;",
        ("await scheduler.wait(5);", 'await step.sleep("pause", 5);'),
        Replayed(output=1),
        Replayed(output=0),
        COUNTED.format("scheduler.wait"),
        COUNTED.format("scheduler.wait"),
    ),
    ReplayProof(
        "SG212",
        MODULE,
        ("    hits += 1;\n", "    let hits = 1;\n"),
        Replayed(ran=("charge 2-1",)),
        before="0",
        later="1",
    ),
    ReplayProof(
        "SG216",
        f'{FLAG} if (flag === "on") await step.do("new flow", async () => 1); {NAP}',
        (FLAG, FLAG_IN_STEP),
        Replayed(ran=("new flow-1",)),
        before=ANSWER.format("off"),
        later=ANSWER.format("on"),
    ),
)
