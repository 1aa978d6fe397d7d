"""``deployed:`` against a server that answers as the platform's API does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from platform_api import TOKEN, Platform, serving

from analyzer.api import analyze_source
from analyzer.cli import main

SOURCE = """\
import { WorkflowEntrypoint } from "cloudflare:workers";
export class Order extends WorkflowEntrypoint {
  async run(event, step) {
    await step.do("charge", async () => {});
    await step.sleep("nap", "1 hour");
  }
}
"""
GRAPH = dict(analyze_source(SOURCE, filename="order.ts").documents[0])
OLD_GRAPH = dict(analyze_source(SOURCE.replace("1 hour", "1 day"), filename="order.ts").documents[0])
VERSIONS = {
    "a1110000-0000-4000-8000-000000000001": OLD_GRAPH,
    "a2220000-0000-4000-8000-000000000002": OLD_GRAPH,
    "b3330000-0000-4000-8000-000000000003": None,
    "b4440000-0000-4000-8000-000000000004": OLD_GRAPH,
    "c5550000-0000-4000-8000-000000000005": GRAPH,
}
INSTANCE = {"status": "running", "steps": [{"type": "step", "name": "charge-1", "success": True, "attempts": []}]}
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def platform() -> Platform:
    return Platform(
        {"orders": VERSIONS, "python": {"d0000000-0000-4000-8000-000000000001": None}, "empty": {}}, {"orders/i-1": INSTANCE}
    )


@pytest.fixture
def run(
    platform: Platform, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Run]:
    """Runs a command line beside the source, with the token in the environment; no output ever holds it."""
    (tmp_path / "order.ts").write_text(SOURCE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in (
        "CLOUDFLARE_API_KEY",
        "CLOUDFLARE_EMAIL",
        "CLOUDFLARE_API_USER_SERVICE_KEY",
        "HTTP_PROXY",
        "http_proxy",
        "ALL_PROXY",
        "all_proxy",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("CLOUDFLARE_API_TOKEN", TOKEN)
    monkeypatch.setenv("CLOUDFLARE_ACCOUNT_ID", "account1")

    with serving(platform) as address:
        monkeypatch.setenv("CLOUDFLARE_BASE_URL", address)

        def call(*arguments: str) -> tuple[int, str, str]:
            code = main(arguments)
            captured = capsys.readouterr()
            assert TOKEN not in captured.out + captured.err
            return code, captured.out, captured.err

        yield call


def test_the_newest_version_is_compared_though_it_is_on_a_later_page(run: Run, platform: Platform) -> None:
    code, out, _ = run("diff", "deployed:orders", "order.ts")
    assert (code, out.splitlines()[0]) == (0, "Order: no difference")
    assert sum(path.endswith("/versions") for path in platform.requests) >= 3
    assert platform.requests[-1].endswith("/versions/c5550000-0000-4000-8000-000000000005/graph")


@pytest.mark.parametrize("version", ["a1110000-0000-4000-8000-000000000001", "b444"])
def test_a_version_is_named_by_its_id_or_how_that_begins(run: Run, version: str) -> None:
    code, out, _ = run("diff", f"deployed:orders@{version}", "deployed:orders")
    assert code == 1
    assert '~ sleep "nap": duration "1 day" → "1 hour"' in out


def test_a_full_id_needs_no_list(run: Run, platform: Platform) -> None:
    run("diff", "deployed:orders@c5550000-0000-4000-8000-000000000005", "order.ts")
    assert not any(path.endswith("/versions") for path in platform.requests)


def test_instances_are_painted(run: Run) -> None:
    code, out, err = run("overlay", "deployed:orders", "deployed:orders/i-1")
    assert code == 0
    assert "├─ ● charge (taken)" in out
    assert err.startswith("instance running: 1 of 2 steps")


@pytest.mark.parametrize("busy", [1, 2])
def test_too_many_requests_are_tried_again(run: Run, platform: Platform, busy: int) -> None:
    platform.busy = busy
    assert run("diff", "deployed:orders@c5550000-0000-4000-8000-000000000005", "order.ts")[0] == 0


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("deployed:nothing", "deployed: there is no workflow nothing, or no such version: workflow not found\n"),
        ("deployed:empty", "deployed: workflow empty has no version\n"),
        ("deployed:orders@f", "deployed: workflow orders has no version f\n"),
        ("deployed:orders@a", "deployed: several versions of orders begin with a: a1110000-"),
        ("deployed:orders@b333", "deployed:orders@b333: there is no graph: the platform could not read this version's source"),
        ("deployed:python", "deployed:python: there is no graph"),
        ("deployed:orders/i-1", "deployed:orders/i-1 is an instance; its graph is deployed:orders\n"),
        ("deployed:", "deployed:: it is deployed:WORKFLOW, deployed:WORKFLOW@VERSION or deployed:WORKFLOW/INSTANCE\n"),
        ("deployed:orders@", "deployed:orders@: it is deployed:WORKFLOW"),
    ],
)
def test_what_is_not_there_is_said(run: Run, asked: str, message: str) -> None:
    code, out, err = run("diff", asked, "order.ts")
    assert (code, out) == (2, "")
    assert err.startswith(message)


def test_an_instance_that_is_not_there_is_said(run: Run) -> None:
    code, _, err = run("overlay", "order.ts", "deployed:orders/i-2")
    assert (code, err) == (2, "deployed: there is no instance i-2 of workflow orders, or no such version: workflow not found\n")


def test_a_refused_token_is_said_and_not_printed(run: Run, platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    platform.echo = True
    monkeypatch.setenv("CLOUDFLARE_API_TOKEN", TOKEN + "-wrong")
    code, _, err = run("diff", "deployed:orders", "order.ts")
    assert code == 2
    assert err.startswith("deployed: the API refuses to sign in (401): it needs a token with the permission Workflows Read: ")
    assert err.endswith("Authentication error for Bearer …\n")


def test_too_many_requests_for_too_long(run: Run, platform: Platform) -> None:
    platform.busy = 99
    code, _, err = run("diff", "deployed:orders", "order.ts")
    assert (code, err) == (2, "deployed: the API is asked too often (429), also after retries; try again in 7 seconds\n")


def test_nothing_to_sign_in_with(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLOUDFLARE_API_TOKEN")
    code, _, err = run("diff", "deployed:orders", "order.ts")
    assert (code, err) == (2, "deployed: nothing to sign in with; set CLOUDFLARE_API_TOKEN\n")


def test_an_api_that_is_not_there(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOUDFLARE_BASE_URL", "http://127.0.0.1:9")
    code, _, err = run("diff", "deployed:orders", "order.ts")
    assert (code, err) == (2, "deployed: the API cannot be reached\n")


@pytest.mark.parametrize(
    ("accounts", "code", "message"),
    [
        (("account1",), 0, ""),
        (("account1", "account2"), 2, "deployed: several accounts; set CLOUDFLARE_ACCOUNT_ID\n"),
        ((), 2, "deployed: no account; set CLOUDFLARE_ACCOUNT_ID\n"),
    ],
)
def test_the_only_account_is_taken(
    run: Run, platform: Platform, monkeypatch: pytest.MonkeyPatch, accounts: tuple[str, ...], code: int, message: str
) -> None:
    monkeypatch.delenv("CLOUDFLARE_ACCOUNT_ID")
    platform.accounts = accounts
    found, _, err = run("diff", "deployed:orders", "order.ts")
    assert (found, err) == (code, message)


def test_without_the_extra_it_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "cloudflare", None)
    code, _, err = run("diff", "deployed:orders", "order.ts")
    assert (code, err) == (2, "cloudflare is not installed; install it with: pip install 'stepgraph[cloudflare]'\n")
