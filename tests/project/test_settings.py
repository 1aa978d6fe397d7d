import subprocess
import sys

import pytest
from project_trees import write_tree

from analyzer.config import DEFAULT_SETTINGS, Settings
from analyzer.errors import ConfigurationError, StepgraphError
from analyzer.project.settings import find_settings, read_settings


def errors(root, text, name="stepgraph.toml"):
    """The messages about a configuration, without its path."""
    write_tree(root, {name: text})
    with pytest.raises(ConfigurationError) as caught:
        read_settings(str(root / name))
    return [line.removeprefix(f"{root / name}:") for line in str(caught.value).split("\n")]


EVERYTHING = """
entrypoint-bases = { "@cloudflare/ci.CIWorkflow" = "pipeline" }
follow-packages = ["@acme/*"]
exclude = ["generated"]
max-size = "2 MB"
compatibility-date = "2026-02-24"
select = ["SG1", "SG201"]
ignore = ["SG106"]
extend-select = ["SG307"]
fail-on = "error"
plan = "free"
min-coverage = 90

[per-file-ignores]
"tests/**" = ["SG2"]
"""


def test_every_key(tmp_path):
    write_tree(tmp_path, {"stepgraph.toml": EVERYTHING})
    settings = read_settings(str(tmp_path / "stepgraph.toml"))
    assert settings == Settings(
        path=str(tmp_path / "stepgraph.toml"),
        entrypoint_bases=(("@cloudflare/ci.CIWorkflow", "pipeline"),),
        follow_packages=("@acme/*",),
        exclude=("generated",),
        max_size=2_000_000,
        compatibility_date="2026-02-24",
        select=("SG1", "SG201"),
        ignore=("SG106",),
        extend_select=("SG307",),
        per_file_ignores=(("tests/**", ("SG2",)),),
        fail_on="error",
        plan="free",
        min_coverage=90,
    )
    assert settings.places[("select", 1)] == (7, 18)


def test_an_empty_configuration_says_the_defaults(tmp_path):
    write_tree(tmp_path, {"stepgraph.toml": ""})
    assert read_settings(str(tmp_path / "stepgraph.toml")) == Settings(path=str(tmp_path / "stepgraph.toml"))


def test_forms_of_values(tmp_path):
    write_tree(tmp_path, {"stepgraph.toml": 'entrypoint-bases = ["A", "m.B"]\nmax-size = 5\ncompatibility-date = 2026-02-24\n'})
    settings = read_settings(str(tmp_path / "stepgraph.toml"))
    assert settings.entrypoint_bases == (("A", "run"), ("m.B", "run"))
    assert (settings.max_size, settings.compatibility_date) == (5, "2026-02-24")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("fail-onn = 1", '2:1: unknown key "fail-onn"; did you mean "fail-on"?'),
        ("max_size = 1", '2:1: unknown key "max_size"; did you mean "max-size"?'),
        ("zzz = 1", '2:1: unknown key "zzz"'),
        ('plan = "piad"', '2:8: "plan" must be \'paid\' or \'free\', not "piad"; did you mean "paid"?'),
        ('fail-on = "never"', "2:11: \"fail-on\" must be 'error', 'warning' or 'info', not \"never\""),
        ('select = "SG1"', '2:10: "select" must be a list of strings, not "SG1"'),
        ('exclude = ["a", 1]', '2:17: "exclude[1]" must be a string, not 1'),
        ('exclude = [""]', '2:12: "exclude[0]" must be a string that is not empty, not ""'),
        ('max-size = "12 feet"', '2:12: "max-size" must be a number of bytes or a size such as "10 MB", not "12 feet"'),
        ("max-size = -3", '2:12: "max-size" must be a number of bytes or a size such as "10 MB", not -3'),
        ("max-size = 0", '2:12: "max-size" must be more than 0, not 0'),
        (
            'compatibility-date = "2026-13-01"',
            '2:22: "compatibility-date" must be a date such as "2026-02-25", not "2026-13-01"',
        ),
        ('compatibility-date = "26-2-1"', '2:22: "compatibility-date" must be a date such as "2026-02-25", not "26-2-1"'),
        ("compatibility-date = 2026", '2:22: "compatibility-date" must be a string, not 2026'),
        ('min-coverage = "90"', '2:16: "min-coverage" must be a number, not "90"'),
        ("min-coverage = 101", '2:16: "min-coverage" must be at most 100, not 101'),
        ("min-coverage = -1", '2:16: "min-coverage" must be at least 0, not -1'),
        ("entrypoint-bases = [1]", '2:20: "entrypoint-bases" must be a table of strings, not [1]'),
        ('entrypoint-bases = { "A" = 1 }', '2:28: "entrypoint-bases.A" must be a string, not 1'),
        ('per-file-ignores = { "a" = "SG1" }', '2:28: "per-file-ignores.a" must be a list of strings, not "SG1"'),
    ],
)
def test_what_a_configuration_cannot_mean(tmp_path, line, message):
    assert errors(tmp_path, f"# settings\n{line}\n") == [message]


def test_all_problems_at_once_by_place(tmp_path):
    assert errors(tmp_path, 'plan = "x"\nselct = []\nexclude = [1]\n') == [
        "1:8: \"plan\" must be 'paid' or 'free', not \"x\"",
        '2:1: unknown key "selct"; did you mean "select"?',
        '3:12: "exclude[0]" must be a string, not 1',
    ]


def test_places_in_a_shared_file(tmp_path):
    text = "[project]\nname = 'x'\n\n[tool.stepgraph]\nplan = 3\n[tool.stepgraph.limits]\n"
    assert errors(tmp_path, text, "pyproject.toml") == [
        "5:8: \"tool.stepgraph.plan\" must be 'paid' or 'free', not 3",
        '6:1: unknown key "tool.stepgraph.limits"',
    ]
    assert errors(tmp_path, "tool.stepgraph = 3\n", "pyproject.toml") == ['1:18: "tool.stepgraph" must be a table, not 3']


def test_files_that_cannot_be_read(tmp_path):
    assert errors(tmp_path, "plan = = 1\n") == ["1:8: Invalid value"]
    (tmp_path / "latin.toml").write_bytes(b"plan = '\xe9'")
    with pytest.raises(ConfigurationError, match=r"latin\.toml:1:1: not UTF-8"):
        read_settings(str(tmp_path / "latin.toml"))
    with pytest.raises(StepgraphError, match=r"gone\.toml:1:1: No such file"):
        read_settings(str(tmp_path / "gone.toml"))


def test_the_nearest_configuration_around_a_path(tmp_path):
    outer = "[tool.stepgraph]\nplan = 'free'\n"
    write_tree(tmp_path, {"pyproject.toml": outer, "a/pyproject.toml": "[project]\nname = 'stepgraph'\n", "a/b/x.ts": ""})
    assert find_settings(str(tmp_path / "a" / "b" / "x.ts")).plan == "free"
    assert find_settings(str(tmp_path / "a" / "b")).path == str(tmp_path / "pyproject.toml")
    write_tree(tmp_path, {"a/stepgraph.toml": "", "a/pyproject.toml": outer})
    assert find_settings(str(tmp_path / "a" / "b")).path == str(tmp_path / "a" / "stepgraph.toml")


def test_a_relative_path_is_looked_for_from_here(tmp_path, monkeypatch):
    write_tree(tmp_path, {"stepgraph.toml": "plan = 'free'", "src/a.ts": ""})
    monkeypatch.chdir(tmp_path / "src")
    assert find_settings("a.ts").plan == find_settings(".").plan == "free"


def test_without_a_configuration_the_defaults_hold_and_pydantic_is_not_imported(tmp_path):
    assert find_settings(str(tmp_path)) is DEFAULT_SETTINGS
    code = (
        "import sys; from analyzer.project.settings import find_settings; find_settings(sys.argv[1]);"
        "print([m for m in ('pydantic', 'tomllib', 'pathspec', 'yaml', 'tree_sitter') if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"
