import json
from textwrap import dedent

import pytest

from analyzer.project.wrangler import (
    Limits,
    ProblemKind,
    WorkflowEntry,
    find_config,
    has_flag,
    implicit_dependencies,
    parse_wrangler,
    read_wrangler,
)

TOML = """
name = "orders"
main = "./src/index.ts"
compatibility_date = "2026-10-01"
compatibility_flags = ["nodejs_compat"]

[limits]
cpu_ms = 300_000

[[workflows]]
binding = "ORDERS"
name = "orders"
class_name = "OrderWorkflow"
limits = { steps = 500 }

[[workflows]]
binding = "MAIL"
name = "mail"
class_name = "MailWorkflow"
script_name = "mailer"

[exports.CleanUp]
type = "workflow"
name = "clean-up"
limits.steps = 20

[exports.Room]
type = "durable-object"
storage = "sqlite"

[env.staging]
main = "src/staging.ts"

[[env.staging.workflows]]
binding = "ORDERS"
name = "orders-staging"
class_name = "OrderWorkflow"

[env.bare]
workflows = []
"""

JSONC = """{
  // The same as above.
  "name": "orders", "main": "./src/index.ts",
  "compatibility_date": "2026-10-01", "compatibility_flags": ["nodejs_compat"],
  "limits": { "cpu_ms": 300000 },
  "workflows": [
    { "binding": "ORDERS", "name": "orders", "class_name": "OrderWorkflow", "limits": { "steps": 500 } },
    { "binding": "MAIL", "name": "mail", "class_name": "MailWorkflow", "script_name": "mailer" },
  ],
  "exports": {
    "CleanUp": { "type": "workflow", "name": "clean-up", "limits": { "steps": 20 } },
    "Room": { "type": "durable-object", "storage": "sqlite" },
  },
  "env": {
    "staging": {
      "main": "src/staging.ts",
      "workflows": [{ "binding": "ORDERS", "name": "orders-staging", "class_name": "OrderWorkflow" }],
    },
    "bare": { "workflows": [] },
  },
}"""


@pytest.mark.parametrize(("name", "text"), [("wrangler.toml", TOML), ("wrangler.jsonc", JSONC)])
def test_a_worker_with_environments(name, text):
    config = parse_wrangler("workers/orders/" + name, text)
    assert config.problems == ()
    assert (config.name, config.main_path, config.environment) == ("orders", "workers/orders/src/index.ts", None)
    assert (config.compatibility_date, config.compatibility_flags) == ("2026-10-01", ("nodejs_compat",))
    assert config.limits == Limits(cpu_ms=300_000)
    orders = WorkflowEntry(("workflows", 0), "OrderWorkflow", "orders", "ORDERS", None, 500)
    mail = WorkflowEntry(("workflows", 1), "MailWorkflow", "mail", "MAIL", "mailer")
    clean_up = WorkflowEntry(("exports", "CleanUp"), "CleanUp", "clean-up", step_limit=20)
    assert (config.workflows, config.exports) == ((orders, mail), (clean_up,))
    assert config.own_workflows == (orders, clean_up)


@pytest.mark.parametrize(("name", "text"), [("wrangler.toml", TOML), ("wrangler.jsonc", JSONC)])
def test_an_environment_inherits_all_but_workflows(name, text):
    staging, bare = parse_wrangler(name, text).environments
    assert (staging.environment, staging.name, staging.main) == ("staging", "orders-staging", "src/staging.ts")
    assert staging.compatibility_date == "2026-10-01"
    assert [(entry.key, entry.name) for entry in staging.workflows] == [(("env", "staging", "workflows", 0), "orders-staging")]
    assert [entry.key for entry in staging.exports] == [("exports", "CleanUp")]
    assert (bare.name, bare.main, bare.workflows, bare.environments) == ("orders-bare", "./src/index.ts", (), ())


def test_each_value_has_its_place():
    toml, jsonc = parse_wrangler("wrangler.toml", TOML), parse_wrangler("wrangler.jsonc", JSONC)
    assert toml.place("workflows", 0, "class_name").value == (13, 14)
    assert toml.place("env", "staging", "workflows", 0, "name").value == (36, 8)
    assert jsonc.place("workflows", 0, "class_name").key == (7, 46)
    assert jsonc.place("workflows", 0, "class_name").value == (7, 60)
    assert jsonc.place("exports", "CleanUp", "limits", "steps").value == (11, 79)


WORKFLOW = {"binding": "A", "name": "a", "class_name": "A"}


def problems(**fields):
    text = json.dumps({"name": "w", "main": "a.ts", **fields})
    return [(problem.kind.name, problem.message) for problem in parse_wrangler("wrangler.json", text).problems]


def of_workflow(**fields):
    return problems(workflows=[{**WORKFLOW, **fields}])


def test_an_entry_needs_its_three_names():
    assert problems(workflows=[{"binding": "A"}]) == [
        ("TYPE", '"workflows[0]" needs a string "name"'),
        ("TYPE", '"workflows[0]" needs a string "class_name"'),
    ]
    assert of_workflow(class_name=3) == [("TYPE", '"workflows[0].class_name" must be a string, not 3')]
    assert of_workflow(script_name=None) == [("TYPE", '"workflows[0].script_name" must be a string, not null')]


@pytest.mark.parametrize("name", ["a", "_a-B_9", "9", "a" * 64])
def test_valid_names(name):
    assert of_workflow(name=name) == []


@pytest.mark.parametrize("name", ["", "-a", "a b", "a.b", "é", "a\n", "a" * 65])
def test_invalid_names(name):
    assert [kind for kind, _ in of_workflow(name=name)] == ["NAME"]


@pytest.mark.parametrize("steps", [1, 25_000, 5.0])
def test_step_limits_wrangler_takes(steps):
    assert of_workflow(limits={"steps": steps}) == []


@pytest.mark.parametrize("steps", [0, -1, 1.5, "10", True, None])
def test_step_limits_wrangler_rejects(steps):
    shown = json.dumps(steps)
    message = f'"workflows[0].limits.steps" must be a positive integer, not {shown}'
    assert of_workflow(limits={"steps": steps}) == [("SETTING", message)]


def test_a_step_limit_above_the_maximum_is_a_problem_of_its_own():
    message = '"workflows[0].limits.steps" is 30,000, more than the platform\'s maximum of 25,000'
    assert of_workflow(limits={"steps": 30_000}) == [("STEP_LIMIT", message)]


@pytest.mark.parametrize(
    "settings",
    [
        {"limits": []},
        {"concurrency": 3},
        {"concurrency": {"limit": 0}},
        {"schedules": ""},
        {"schedules": []},
        {"schedules": ["0 * * * *", ""]},
        {"schedules": [1]},
        {"default_retention": "3 days"},
        {"default_retention": {"success_retention": 0}},
        {"default_retention": {"error_retention": ""}},
        {"jurisdiction": "de"},
    ],
)
def test_settings_wrangler_rejects_in_both_places(settings):
    assert [kind for kind, _ in of_workflow(**settings)] == ["SETTING"]
    assert [kind for kind, _ in problems(exports={"A": {"type": "workflow", "name": "a", **settings}})] == ["SETTING"]


def test_settings_wrangler_takes():
    retention = {"success_retention": "3 days", "error_retention": 1000}
    settings = {"concurrency": {"limit": 2}, "schedules": "0 * * * *", "default_retention": retention, "jurisdiction": "eu"}
    assert of_workflow(**settings) == []


def test_unknown_fields_are_placed_at_their_key():
    text = '{"workflows": [{"binding": "A", "name": "a", "class_name": "A", "remote": true, "limits": {"step": 1}}]}'
    config = parse_wrangler("wrangler.json", text)
    assert [(problem.kind, problem.key[-1], tuple(problem.position)) for problem in config.problems] == [
        (ProblemKind.UNKNOWN_FIELD, "remote", (1, 65)),
        (ProblemKind.UNKNOWN_FIELD, "step", (1, 92)),
    ]


def test_two_entries_of_one_name():
    message = '"workflows[1]" and "workflows[0]" both declare the workflow "a"; names must be unique'
    assert problems(workflows=[WORKFLOW, {**WORKFLOW, "binding": "B"}]) == [("DUPLICATE_NAME", message)]
    exports = {"A": {"type": "workflow", "name": "a"}, "B": {"type": "workflow", "name": "a"}}
    message = '"exports.B" and "exports.A" both declare the workflow "a"; names must be unique'
    assert problems(exports=exports) == [("DUPLICATE_NAME", message)]


def test_settings_of_a_workflow_of_another_worker():
    message = '"workflows[0].limits" must be set on worker "other", which defines the workflow'
    assert of_workflow(script_name="other", limits={"steps": 5}) == [("EXTERNAL_SETTING", message)]
    assert of_workflow(script_name="w", limits={"steps": 5}) == []


def test_workflows_and_exports_that_contradict_each_other():
    exports = {"B": {"type": "workflow", "name": "a"}}
    found = problems(workflows=[{**WORKFLOW, "schedules": "0 * * * *"}], exports=exports)
    assert found == [
        ("CONFLICT", '"workflows[0]" and "exports.B" both declare the workflow "a", with classes "A" and "B"'),
        ("CONFLICT", '"workflows[0].schedules" configures the workflow "a"; set it in "exports.B", which declares it'),
    ]
    found = problems(workflows=[{**WORKFLOW, "script_name": "other"}], exports=exports)
    assert found == [
        ("CONFLICT", '"workflows[0]" binds the workflow "a" of worker "other", but "exports.B" declares it in this worker'),
    ]
    assert problems(workflows=[{**WORKFLOW, "class_name": "B"}], exports=exports) == []


def test_exports_of_an_unknown_type():
    message = '"exports.A.type" must be one of "durable-object", "worker", "workflow", not "workflows"'
    assert problems(exports={"A": {"type": "workflows"}, "R": {"type": "worker"}}) == [("TYPE", message)]


def test_an_environment_without_the_workflows_of_the_top_level():
    assert problems(workflows=[WORKFLOW], env={"prod": {}, "test": {"workflows": []}}) == [
        ("NOT_INHERITED", '"workflows" of the top level is not inherited; repeat it in "env.prod.workflows"')
    ]


def test_an_environment_is_checked_with_what_it_inherits():
    found = problems(
        exports={"B": {"type": "workflow", "name": "a"}},
        env={"prod": {"workflows": [{**WORKFLOW, "script_name": "w-prod"}]}},
    )
    assert found == [
        ("CONFLICT", '"env.prod.workflows[0]" and "exports.B" both declare the workflow "a", with classes "A" and "B"')
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"workflows": {}},
        {"workflows": [3]},
        {"exports": []},
        {"exports": {"A": 1}},
        {"env": []},
        {"env": {"prod": 1}},
        {"main": 1},
        {"compatibility_flags": "x"},
    ],
)
def test_values_of_a_wrong_type_are_problems_and_count_as_absent(fields):
    config = parse_wrangler("wrangler.json", json.dumps(fields))
    assert [problem.kind for problem in config.problems] == [ProblemKind.TYPE]
    assert (config.workflows, config.exports, config.environments, config.main_path) == ((), (), (), None)


def test_a_date_of_tomls_own_type_is_rejected_by_wrangler_but_understood():
    config = parse_wrangler("wrangler.toml", "compatibility_date = 2026-02-25\n")
    assert config.compatibility_date == "2026-02-25"
    assert [problem.kind for problem in config.problems] == [ProblemKind.TYPE]


@pytest.mark.parametrize(("name", "text"), [("wrangler.toml", "a = = 1"), ("wrangler.json", '{"a": }'), ("wrangler.jsonc", "")])
def test_a_file_that_does_not_parse_is_one_problem(name, text):
    config = parse_wrangler(name, text)
    assert [problem.kind for problem in config.problems] == [ProblemKind.SYNTAX]
    assert (config.path, config.main, config.workflows) == (name, None, ())


def test_a_file_that_cannot_be_read(tmp_path):
    (tmp_path / "wrangler.toml").write_bytes(b"name = '\xff'")
    assert [problem.message for problem in read_wrangler(str(tmp_path / "wrangler.toml")).problems] == ["not UTF-8"]
    missing = read_wrangler(str(tmp_path / "wrangler.json"))
    assert [problem.message for problem in missing.problems] == ["No such file or directory"]


def test_the_nearest_configuration_in_wranglers_order(tmp_path):
    folder = tmp_path / "worker" / "src"
    folder.mkdir(parents=True)
    (tmp_path / "wrangler.json").write_text("{}")
    assert find_config(str(folder)) == str(tmp_path / "wrangler.json")
    (tmp_path / "worker" / "wrangler.toml").write_text("")
    assert find_config(str(folder)) == str(tmp_path / "worker" / "wrangler.toml")
    (tmp_path / "worker" / "wrangler.jsonc").write_text("{}")
    assert find_config(str(folder)) == str(tmp_path / "worker" / "wrangler.jsonc")


def dated(date, *flags):
    lines = [f'compatibility_date = "{date}"' if date else "", f"compatibility_flags = {json.dumps(flags)}"]
    return parse_wrangler("wrangler.toml", dedent("\n".join(lines)))


@pytest.mark.parametrize(
    ("date", "flags", "implicit"),
    [
        ("2026-02-25", ["python_workers"], True),
        ("2026-02-24", ["python_workers"], False),
        ("2025-01-01", ["python_workers", "python_workflows_implicit_dependencies"], True),
        ("2026-11-01", ["python_workers", "no_python_workflows_implicit_dependencies"], False),
        (None, [], True),
    ],
)
def test_implicit_dependencies(date, flags, implicit):
    assert implicit_dependencies(dated(date, *flags)) is implicit


def test_flags_by_name_and_by_date():
    assert has_flag(dated("2025-09-20"), "python_workflows")
    assert not has_flag(dated("2025-09-19"), "python_workflows")
    assert has_flag(dated("2025-09-19", "python_workflows"), "python_workflows")
    assert not has_flag(dated("2026-11-01"), "python_workers")
