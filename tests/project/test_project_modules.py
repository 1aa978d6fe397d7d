import os

import pytest
from project_trees import write_tree

from analyzer.builder import build
from analyzer.builder.modules import Missing
from analyzer.config import DEFAULT_SETTINGS, Settings
from analyzer.errors import UnreadableFileError, UsageError
from analyzer.flow.module import Effects, Module
from analyzer.frontends import read
from analyzer.graph.model import StepDo, walk
from analyzer.project.reading import source_from_text
from analyzer.project.resolution import ProjectModules

WORKFLOW = """import {{ WorkflowEntrypoint }} from "cloudflare:workers";
{imports}
export class W extends WorkflowEntrypoint {{
  async run(event, step) {{ {run} }}
}}
"""


def modules(settings=DEFAULT_SETTINGS, parse=read):
    return ProjectModules(parse, Missing, settings)


def blank(source):
    """A module with nothing in it, without a parser."""
    return Module(source, (), (), {}, lambda: Effects(frozenset(), frozenset()), lambda span, replacements=(): "")


def workflow(root, imports, run, **files):
    """The names of the steps of a workflow beside some files, and the module cache it was read with."""
    write_tree(root, {"w.ts": WORKFLOW.format(imports=imports, run=run), **files})
    project = modules()
    (found,) = build(project.open(str(root / "w.ts")), project).workflows
    return [node.name for node in walk(found.body) if type(node) is StepDo], project


STRANGE = [
    "./a\0b",
    "\ud800",
    "./\ud800",
    "#\0",
    "@",
    "@/",
    "/",
    "//",
    "./" + "x" * 5_000,
    "." * 50,
    "a/../../b",
    "*",
    "..",
    "~",
    "C:x",
]


@pytest.mark.parametrize("specifier", STRANGE)
@pytest.mark.parametrize("name", ["a.ts", "a.py"])
def test_no_specifier_makes_it_raise(tmp_path, specifier, name):
    paths = {"compilerOptions": {"paths": {"*": ["./*", "\0"], "~": ["\ud800"]}, "baseUrl": "."}}
    manifest = {"name": "@/", "exports": "\0", "imports": {"#*": "\0"}, "workspaces": ["\0", "**/**/**"], "main": "\ud800"}
    write_tree(tmp_path, {"tsconfig.json": paths, "package.json": manifest, name: ""})
    project = modules(Settings(follow_packages=("*",)), blank)
    loaded = project.load(specifier, project.open(str(tmp_path / name)))
    assert isinstance(loaded, Missing) or (name == "a.py" and os.path.isdir(loaded.source.path))


def test_conditions_nested_without_end(tmp_path):
    exports = "x"
    for _ in range(400):
        exports = {"default": exports}
    write_tree(tmp_path, {"package.json": {"name": "me", "exports": exports}, "a.ts": ""})
    project = modules()
    assert isinstance(project.load("me", project.open(str(tmp_path / "a.ts"))), Missing)


HELPER = "export const NAME = 'from a helper'; export default async (step) => { await step.do('default', f); };\n"


@pytest.mark.parametrize(
    ("imports", "run", "names"),
    [
        ("import { NAME } from './helper';", "await step.do(NAME, f);", ["from a helper"]),
        ("import * as all from './helper.js';", "await step.do(all.NAME, f);", ["from a helper"]),
        ("import { OTHER } from './again';", "await step.do(OTHER, f);", ["from a helper"]),
        ("import { NAME } from './again';", "await step.do(NAME, f);", ["from a helper"]),
        ("import { space } from './again';", "await step.do(space.NAME, f);", ["from a helper"]),
        ("const { NAME } = require('./helper');", "await step.do(NAME, f);", ["from a helper"]),
        ("", "const { NAME } = await import('./helper'); await step.do(NAME, f);", ["from a helper"]),
    ],
)
def test_forms_of_imports(tmp_path, imports, run, names):
    again = "export * from './helper'; export { NAME as OTHER } from './helper'; export * as space from './helper';\n"
    files = {"helper.ts": HELPER, "again.ts": again}
    assert workflow(tmp_path, imports, run, **files)[0] == names


def test_a_cycle_is_read_once_and_only_when_asked_for(tmp_path):
    files = {
        "a.ts": "import { second } from './b'; export const first = 'one'; export const both = first + ' ' + second;",
        "b.ts": "import { first } from './a'; export const second = first + ' two';",
        "unused.ts": "export {};",
    }
    imports = "import { both } from './a'; import './unused';"
    names, project = workflow(tmp_path, imports, "await step.do(both, f);", **files)
    assert names == ["one one two"]
    assert sorted(os.path.basename(path) for path in project.sources) == ["a.ts", "b.ts", "w.ts"]


def test_the_same_file_is_the_same_object_whatever_leads_to_it(tmp_path):
    write_tree(tmp_path, {"src/a.ts": "", "src/b.ts": ""})
    (tmp_path / "link").symlink_to(tmp_path / "src", target_is_directory=True)
    project = modules()
    a = project.open(str(tmp_path / "src" / "a.ts"))
    b = project.load("./b", a)
    assert isinstance(b, Module)
    assert b is project.load("../link/b.js", a) is project.open(str(tmp_path / "link" / "b.ts"))
    assert project.load("./a", b) is a


def test_paths_are_printed_as_those_of_the_importer(tmp_path, monkeypatch):
    write_tree(tmp_path, {"app/src/a.ts": "", "app/src/b.ts": "", "lib/c.ts": ""})
    monkeypatch.chdir(tmp_path / "app")
    project = modules()
    a = project.open("src/a.ts")
    assert project.load("./b", a).source.path == "src/b.ts"
    assert project.load("../../lib/c", a).source.path == "../lib/c.ts"
    absolute = modules().open(str(tmp_path / "app" / "src" / "a.ts"))
    assert modules().load("./b", absolute).source.path == str(tmp_path / "app" / "src" / "b.ts")


def test_a_module_read_elsewhere_stands_for_its_file(tmp_path):
    write_tree(tmp_path, {"a.ts": "old", "b.ts": ""})
    project = modules()
    edited = project.add(read(source_from_text(str(tmp_path / "a.ts"), "export const x = 1;")))
    assert project.load("./a", project.open(str(tmp_path / "b.ts"))) is edited
    assert project.add(read(source_from_text(str(tmp_path / "a.ts"), ""))) is edited


def test_what_cannot_be_loaded_is_missing_with_a_reason(tmp_path):
    write_tree(tmp_path, {"a.js": "", "large.js": " " * 200, "typed.ts": ""})
    (tmp_path / "binary.js").write_bytes(b"a\0b")

    def parse(source):
        if source.path.endswith(".ts"):
            raise UsageError("no TypeScript")
        return read(source)

    project = modules(Settings(max_size=100), parse)
    a = project.open(str(tmp_path / "a.js"))
    assert project.load("./gone", a) == Missing("./gone", "./gone: no such file")
    assert project.load("./binary", a) == Missing("./binary", f"{tmp_path}/binary.js:1:2: binary: a NUL character")
    assert project.load("./large", a) == Missing("./large", f"{tmp_path}/large.js:1:1: larger than the limit of 0.0001 MB")
    assert project.load("./typed", a) == Missing("./typed", "no TypeScript")


def test_opening_tells_what_is_wrong(tmp_path):
    with pytest.raises(UnreadableFileError):
        modules().open(str(tmp_path / "gone.ts"))
    with pytest.raises(UsageError):
        modules().open(str(tmp_path / "a.txt"))


def test_packages_to_follow_come_from_the_settings(tmp_path):
    write_tree(tmp_path, {"a.ts": "", "node_modules/kit/index.js": ""})
    a = modules().open(str(tmp_path / "a.ts"))
    assert isinstance(modules().load("kit", a), Missing)
    assert isinstance(modules(Settings(follow_packages=("kit",))).load("kit", a), Module)
