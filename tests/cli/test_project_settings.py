"""The configuration around what a command is given holds for every command that reads sources."""

from __future__ import annotations

import pytest
from command_lines import DYNAMIC, ORDER, Run, Write

COMMANDS = [("graph", "."), ("list", "."), ("check", "."), ("bounds", "."), ("diff", "order.ts", "order.ts")]
OWN_BASE = """\
import { Base } from "@acme/base";
export class Own extends Base {
  async handle(event, step) { await step.do("own", async () => {}); }
}
"""
DEPENDENT = """\
from workers import WorkflowEntrypoint
class Dependent(WorkflowEntrypoint):
    async def run(self, event, step):
        @step.do()
        async def first():
            return 1
        @step.do()
        async def second(first):
            return 1
        await second()
"""


def tree(name: str, *steps: str) -> str:
    """Steps in a row, as ``--format tree`` draws them."""
    rows = [f"{'└' if step == steps[-1] else '├'}─ ● {step}" for step in steps]
    return "\n".join([f"{name} (by default 5 retries from 1 second, exponential, timeout 10 minutes)", *rows, ""])


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_wrong_key_is_told_with_its_place(run: Run, write: Write, command: tuple[str, ...]) -> None:
    write("order.ts", ORDER)
    path = write("stepgraph.toml", '# ours\nexclud = ["old"]\nfail-on = "eror"\n')
    result = run(*command)
    assert (result.code, result.out) == (2, "")
    assert result.err.splitlines() == [
        f'{path}:2:1: unknown key "exclud"; did you mean "exclude"?',
        f"{path}:3:11: \"fail-on\" must be 'error', 'warning' or 'info', not \"eror\"; did you mean \"error\"?",
    ]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_isolated_leaves_the_configuration_alone(run: Run, write: Write, command: tuple[str, ...]) -> None:
    write("order.ts", ORDER)
    write("stepgraph.toml", "nonsense = 1\n")
    assert run(*command, "--isolated").code == 0
    assert run(*command, "--isolated", "--config", "stepgraph.toml").code == 2


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_settings_are_shown_and_nothing_else_is_done(run: Run, write: Write, command: tuple[str, ...]) -> None:
    path = write("pyproject.toml", '[tool.stepgraph]\nexclude = ["old/"]\nmax-size = "2 MB"\n')
    shown = run(*command, "--show-settings", "--compatibility-date", "2026-01-01")
    assert (shown.code, shown.err) == (0, "")
    lines = shown.out.splitlines()
    assert lines[0] == f"# from {path}"
    assert 'exclude = ["old/"]' in lines
    assert "max-size = 2000000" in lines
    assert 'compatibility-date = "2026-01-01"' in lines
    assert lines[-1].startswith("# rules that run: SG")
    assert run(*command, "--show-settings", "--isolated").out.startswith("# defaults: no configuration found\n")


@pytest.mark.parametrize("command", COMMANDS[:4], ids=lambda command: command[0])
def test_excluded_paths_are_not_read(run: Run, write: Write, command: tuple[str, ...]) -> None:
    write("order.ts", ORDER)
    write("old/two.ts", "export class Old extends WorkflowEntrypoint {")
    assert run(*command).code != 0
    write("stepgraph.toml", 'exclude = ["old/"]\n')
    assert run(*command).code == 0


def test_base_classes_of_the_project(run: Run, write: Write) -> None:
    write("own.ts", OWN_BASE)
    assert run("graph", "own.ts", "--format", "tree").code == 1
    path = write("elsewhere/ours.toml", '[entrypoint-bases]\n"@acme/base.Base" = "handle"\n')
    assert run("graph", "own.ts", "--format", "tree", "--config", str(path)).out == tree("Own", "own")
    write("stepgraph.toml", '[entrypoint-bases]\n"@acme/base.Base" = "handle"\n')
    assert run("graph", ".", "--format", "tree").out == tree("Own", "own")
    assert run("list", ".").out.split()[4:6] == ["Own", "own.ts:2"]


def test_the_size_limit_and_the_option_over_it(run: Run, write: Write) -> None:
    write("order.ts", ORDER + "//" + 2_000 * "x")
    write("stepgraph.toml", "max-size = 1000\n")
    refused = run("list", "order.ts")
    assert (refused.code, refused.err.splitlines()[0]) == (1, "order.ts:1:1: SG003 larger than the limit of 0.001 MB")
    assert run("list", "order.ts", "--max-size", "1").code == 0


def test_the_coverage_asked_for_holds_for_graphs_too(run: Run, write: Write) -> None:
    write("dynamic.ts", DYNAMIC)
    assert run("graph", "dynamic.ts").code == 0
    write("stepgraph.toml", "min-coverage = 90\n")
    refused = run("graph", "dynamic.ts")
    assert (refused.code, refused.err) == (1, "coverage is 50.0 % (1 of 2 step calls), less than 90 %\n")
    assert run("graph", "dynamic.ts", "--min-coverage", "50").code == 0


def test_a_compatibility_date_stands_in_where_no_wrangler_file_gives_one(run: Run, write: Write) -> None:
    """From 2026-02-25 on, parameters of Python steps name what runs before."""
    write("src/entry.py", DEPENDENT)
    both, alone = tree("Dependent", "first", "second"), tree("Dependent", "second")
    assert run("graph", "src", "--format", "tree").out == both
    write("stepgraph.toml", 'compatibility-date = "2026-01-01"\n')
    assert run("graph", "src", "--format", "tree").out == alone
    write("src/wrangler.toml", 'name = "w"\nmain = "entry.py"\ncompatibility_date = "2026-03-01"\n')
    assert run("graph", "src", "--format", "tree").out == both
    assert run("graph", "src", "--format", "tree", "--compatibility-date", "2026-01-01").out == alone


def test_the_plan_of_the_project_bounds(run: Run, write: Write) -> None:
    write("order.ts", ORDER)
    assert '"limit": 10000' in run("bounds", "order.ts", "--format", "json").out
    write("stepgraph.toml", 'plan = "free"\n')
    assert '"limit": 1024' in run("bounds", "order.ts", "--format", "json").out
    assert '"limit": 10000' in run("bounds", "order.ts", "--format", "json", "--plan", "paid").out
