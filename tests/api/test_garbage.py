"""What an analysis makes is freed when nobody uses it any more, and not by a search for cycles."""

import gc

from analyzer import analyze_source

SOURCE = """
import { WorkflowEntrypoint } from "cloudflare:workers";
const PAUSE = { short: "1 minute" };
const unused = () => PAUSE;
class Base extends WorkflowEntrypoint { name() { return "base"; } }
export class Main extends Base {
  async run(event, step) {
    let total = 0;
    const save = async (key) => { total += 1; return step.do(`save ${key}`, async () => total); };
    async function load() { return step.do("load", async () => 1); }
    const [a, b] = await Promise.all([load(), step.sleep("nap", PAUSE.short)]);
    for (const item of event.payload.items) { if (item > a) { await save(item); } else { break; } }
    try { await super.name(); await step.do(this.name(), fetch); } catch (e) { await save("failed"); }
  }
}
"""


def test_an_analysis_leaves_no_cycles() -> None:
    _documents()
    gc.collect()
    gc.disable()
    try:
        assert _documents() == 1
        assert gc.collect() == 0
    finally:
        gc.enable()


def _documents() -> int:
    return len(analyze_source(SOURCE, filename="main.ts").documents)
