"""Policies in the configuration: what is read, what is refused, and that ``check`` applies them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analyzer.cli import main
from analyzer.config import Policies
from analyzer.errors import ConfigurationError
from analyzer.project.settings import find_settings

SOURCE = """\
import { WorkflowEntrypoint } from "cloudflare:workers";
export class Order extends WorkflowEntrypoint {
  async run(event, step) {
    await step.do("charge", async () => {});
  }
}
"""
Configure = Callable[[str], Path]


@pytest.fixture
def configure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Configure:
    """Writes a configuration beside a workflow."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "order.ts").write_text(SOURCE, encoding="utf-8")

    def write(text: str) -> Path:
        (tmp_path / "stepgraph.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_every_policy_is_read(configure: Configure) -> None:
    folder = configure(
        """\
[policies]
required-steps = [{ step = "a", before = "b *" }]
forbidden-in-unbounded-loops = ["c"]
explicit-retries = ["d"]
max-steps = 7
max-duration = "3 days"
max-parallel = 2
"""
    )
    assert find_settings(str(folder)).policies == Policies((("a", "b *"),), ("c",), ("d",), 7, "3 days", 2)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("max-step = 7", '2:1: unknown key "policies.max-step"; did you mean "max-steps"?'),
        ("max-steps = 0", '2:13: "policies.max-steps" must be more than 0, not 0'),
        ('max-steps = "7"', '2:13: "policies.max-steps" must be a whole number, not "7"'),
        ('max-duration = "3 dayz"', '2:16: "policies.max-duration" must be a duration such as "3 days", not "3 dayz"'),
        ('explicit-retries = "a"', '2:20: "policies.explicit-retries" must be a list of strings, not "a"'),
        ('required-steps = [{ step = "a" }]', '"policies.required-steps[0].before" is missing'),
        (
            'required-steps = [{ step = "a", befor = "b" }]',
            'unknown key "policies.required-steps[0].befor"; did you mean "before"?',
        ),
    ],
)
def test_what_a_policy_cannot_mean_is_said_with_its_place(configure: Configure, line: str, message: str) -> None:
    folder = configure(f"[policies]\n{line}\n")
    with pytest.raises(ConfigurationError) as raised:
        find_settings(str(folder))
    assert message in str(raised.value)


def test_check_applies_policies(configure: Configure, capsys: pytest.CaptureFixture[str]) -> None:
    configure("")
    assert main(["check", "order.ts"]) == 0
    configure('[policies]\nexplicit-retries = ["charge"]\nrequired-steps = [{ step = "authorize", before = "charge" }]\n')
    assert main(["check", "order.ts", "--format", "concise"]) == 1
    out = capsys.readouterr().out
    assert "order.ts:4:11: SG601 " in out
    assert "order.ts:4:11: SG603 " in out


def test_show_settings_lists_policies(configure: Configure, capsys: pytest.CaptureFixture[str]) -> None:
    configure("[policies]\nmax-parallel = 4\n")
    assert main(["check", "order.ts", "--show-settings"]) == 0
    assert "policies.max-parallel = 4\n" in capsys.readouterr().out
