"""The platform's own client against the server: what it lists and gets, and what it is told when there is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from cloudflare import APIStatusError, BadRequestError, Cloudflare, NotFoundError
from cloudflare.types.workflows import (
    VersionGetResponse,
    VersionGraphResponse,
    VersionListResponse,
    WorkflowGetResponse,
    WorkflowListResponse,
)
from running import Server, do, serving, workflow

from analyzer.analyses.engine import STEP_LIMITS

ACCOUNT = "0" * 32
PYTHON = (
    "from workers import WorkflowEntrypoint\n"
    "class Nightly(WorkflowEntrypoint):\n"
    "    async def run(self, event, step):\n"
    '        await step.sleep("nap", "1 hour")\n'
)
WRANGLER = """\
name = "shop"
main = "order.ts"

[[workflows]]
binding = "ORDER"
name = "order-flow"
class_name = "Order"
limits = { steps = 50 }

[[workflows]]
binding = "REFUND"
name = "refund-flow"
class_name = "Refund"
"""
ORDER, NIGHTLY, TWIN, REFUND = "order-flow", "Nightly", "Nightly-2", "refund-flow"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("project") / "my shop"
    (folder / "jobs").mkdir(parents=True)
    (folder / "order.ts").write_text(workflow("Order", do("charge"), 'await step.sleep("nap", "1 hour");'), encoding="utf-8")
    (folder / "wrangler.toml").write_text(WRANGLER, encoding="utf-8")
    (folder / "jobs" / "nightly.py").write_text(PYTHON, encoding="utf-8")
    (folder / "jobs" / "nightly.ts").write_text(workflow("Nightly", do("tidy")), encoding="utf-8")
    with serving(folder) as running:
        yield running


@pytest.fixture(scope="module")
def client(server: Server) -> Cloudflare:
    """A client that raises where an answer does not fit its types."""
    return Cloudflare(api_token="none", base_url=f"{server.url}/client/v4", max_retries=0, _strict_response_validation=True)


def test_list_names_workflows_as_configurations_do_and_else_by_class(client: Cloudflare) -> None:
    found = {each.name: each for each in client.workflows.list(account_id=ACCOUNT)}
    assert list(found) == [NIGHTLY, TWIN, ORDER, REFUND]
    assert {name: (each.class_name, each.script_name) for name, each in found.items()} == {
        NIGHTLY: ("Nightly", "my_shop"),
        TWIN: ("Nightly", "my_shop"),
        ORDER: ("Order", "shop"),
        REFUND: ("Refund", "shop"),
    }
    assert len({UUID(each.id).version for each in found.values()}) == 1
    assert set(found[ORDER].instances.values()) == {0}


def test_get_gives_what_the_list_does(client: Cloudflare) -> None:
    (listed,) = client.workflows.list(account_id=ACCOUNT, search="order")
    got = client.workflows.get(ORDER, account_id=ACCOUNT)
    assert (got.id, got.name, got.created_on) == (listed.id, ORDER, listed.created_on)
    assert got.triggered_on is None


def test_pages_follow_one_another_to_the_end(client: Cloudflare) -> None:
    page = client.workflows.list(account_id=ACCOUNT, per_page=3)
    assert [each.name for each in page.result] == [NIGHTLY, TWIN, ORDER]
    assert [each.name for each in page.get_next_page().result] == [REFUND]
    assert [each.name for each in client.workflows.list(account_id=ACCOUNT, per_page=1)] == [NIGHTLY, TWIN, ORDER, REFUND]


def test_page_says_how_many_there_are(server: Server) -> None:
    answer = server.get(f"/accounts/{ACCOUNT}/workflows?page=2&per_page=3").json
    assert answer["result_info"] == {"count": 1, "page": 2, "per_page": 3, "total_count": 4, "total_pages": 2}


def test_version_of_the_working_tree(client: Cloudflare) -> None:
    (version,) = client.workflows.versions.list(ORDER, account_id=ACCOUNT)
    assert (version.class_name, version.has_dag, version.language) == ("Order", True, "javascript")
    assert version.limits is not None
    assert version.limits.steps == 50
    assert version.workflow_id == client.workflows.get(ORDER, account_id=ACCOUNT).id
    got = client.workflows.versions.get(version.id, account_id=ACCOUNT, workflow_name=ORDER)
    assert got.to_dict() == version.to_dict()


def test_without_a_configuration_the_platforms_limit_holds(client: Cloudflare) -> None:
    (version,) = client.workflows.versions.list(NIGHTLY, account_id=ACCOUNT)
    assert version.language == "python"
    assert version.limits is not None
    assert version.limits.steps == STEP_LIMITS["paid"]


def test_graph(client: Cloudflare) -> None:
    (version,) = client.workflows.versions.list(ORDER, account_id=ACCOUNT)
    got = client.workflows.versions.graph(version.id, account_id=ACCOUNT, workflow_name=ORDER)
    assert got.graph is not None
    assert (got.graph.version, got.graph.workflow.class_name) == (1, "Order")
    assert [(node.type, node.name) for node in got.graph.workflow.nodes] == [("step_do", "charge"), ("step_sleep", "nap")]


def test_workflow_that_no_source_declares_has_no_graph(client: Cloudflare) -> None:
    (version,) = client.workflows.versions.list(REFUND, account_id=ACCOUNT)
    assert not version.has_dag
    assert client.workflows.versions.graph(version.id, account_id=ACCOUNT, workflow_name=REFUND).graph is None


def test_answers_validate_against_the_types_of_the_client(server: Server) -> None:
    """By pydantic itself, without what the client does before; unknown fields would be the only thing it lets through."""
    base = f"/client/v4/accounts/{ACCOUNT}/workflows"
    version = server.get(f"{base}/{ORDER}/versions").json["result"][0]["id"]
    answers = {
        base: WorkflowListResponse,
        f"{base}/{ORDER}": WorkflowGetResponse,
        f"{base}/{ORDER}/versions": VersionListResponse,
        f"{base}/{ORDER}/versions/{version}": VersionGetResponse,
        f"{base}/{ORDER}/versions/{version}/graph": VersionGraphResponse,
    }
    for path, model in answers.items():
        answer = server.get(path).json
        assert {key: answer[key] for key in ("success", "errors", "messages")} == {
            "success": True,
            "errors": [],
            "messages": [],
        }
        results = answer["result"] if isinstance(answer["result"], list) else [answer["result"]]
        for result in results:
            assert model.model_validate(result).to_dict().keys() == result.keys()


def test_root_answers_as_the_clients_base_path_does(server: Server) -> None:
    path = f"/accounts/{ACCOUNT}/workflows/{ORDER}/versions"
    assert server.get(path).body == server.get(f"/client/v4{path}").body


def test_unknown_workflow(client: Cloudflare) -> None:
    with pytest.raises(NotFoundError) as caught:
        client.workflows.get("nothing", account_id=ACCOUNT)
    assert [(error.code, error.message) for error in caught.value.errors] == [(10200, "workflows.api.error.workflow.not_found")]


def test_unknown_version(client: Cloudflare) -> None:
    other = client.workflows.versions.list(NIGHTLY, account_id=ACCOUNT).result[0].id
    for call in (client.workflows.versions.get, client.workflows.versions.graph):
        with pytest.raises(NotFoundError) as caught:
            call(other, account_id=ACCOUNT, workflow_name=ORDER)
        assert caught.value.errors[0].code == 7003


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("per_page=0", "per_page must be an integer from 1 to 100, not '0'"),
        ("per_page=101", "per_page must be an integer from 1 to 100, not '101'"),
        ("page=0", "page must be a positive integer, not '0'"),
        ("page=-1", "page must be a positive integer, not '-1'"),
        ("page=1.5", "page must be a positive integer, not '1.5'"),
        ("page=nan", "page must be a positive integer, not 'nan'"),
        ("page=inf", "page must be a positive integer, not 'inf'"),
        ("page=first", "page must be a positive integer, not 'first'"),
        ("page=", "page must be a positive integer, not ''"),
    ],
)
def test_bad_parameter(server: Server, query: str, message: str) -> None:
    answer = server.get(f"/accounts/{ACCOUNT}/workflows?{query}")
    assert answer.status == 400
    expected = {"success": False, "errors": [{"code": 7400, "message": message}], "messages": [], "result": None}
    assert answer.json == expected


def test_page_far_behind_the_end_is_empty(server: Server) -> None:
    answer = server.get(f"/accounts/{ACCOUNT}/workflows?page=1e30").json
    assert (answer["success"], answer["result"]) == (True, [])


def test_version_that_is_no_uuid(client: Cloudflare) -> None:
    with pytest.raises(BadRequestError, match="version_id must be a UUID, not 'latest'"):
        client.workflows.versions.get("latest", account_id=ACCOUNT, workflow_name=ORDER)


def test_nothing_can_be_changed(client: Cloudflare) -> None:
    with pytest.raises(APIStatusError) as caught:
        client.workflows.delete(ORDER, account_id=ACCOUNT)
    assert caught.value.status_code == 405
    assert sorted(caught.value.response.headers["allow"].split(", ")) == ["GET", "HEAD"]
