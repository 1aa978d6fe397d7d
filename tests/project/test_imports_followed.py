"""What a workflow imports is part of its graph: each form of import, in files as they lie in repositories."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from project_trees import write_tree

from analyzer import Analysis, Options, analyze_paths
from analyzer.config import Settings
from analyzer.graph.steps import steps

SCRIPT = """\
import { WorkflowEntrypoint } from "cloudflare:workers";
%s
export class W extends WorkflowEntrypoint {
  async run(event, step) { %s }
}
"""
PYTHON = """\
from workers import WorkflowEntrypoint
%s

class W(WorkflowEntrypoint):
    async def run(self, event, step):
        %s
"""
GO = "export const go = async (step) => { await step.do('gone', async () => 1); };\n"
GO_PY = """\
async def go(step):
    @step.do("gone")
    async def work():
        return 1

    await work()
"""
DECLARED = """\
def declare(step):
    @step.do("declared")
    async def work():
        return 1

    return work
"""


class Form(NamedTuple):
    """An import and its use, with the other files it takes."""

    imports: str
    use: str
    files: dict[str, str]


JAVASCRIPT = {
    "named": Form("import { go } from './lib';", "await go(step);", {"lib.ts": GO}),
    "renamed": Form("import { go as start } from './lib';", "await start(step);", {"lib.ts": GO}),
    "namespace": Form("import * as lib from './lib';", "await lib.go(step);", {"lib.ts": GO}),
    "default": Form("import start from './lib';", "await start(step);", {"lib.ts": GO + "export default go;\n"}),
    "default function": Form(
        "import start from './lib';",
        "await start(step);",
        {"lib.ts": "export default async function (step) { await step.do('gone', async () => 1); }\n"},
    ),
    "js for ts": Form("import { go } from './lib.js';", "await go(step);", {"lib.ts": GO}),
    "mjs for mts": Form("import { go } from './lib.mjs';", "await go(step);", {"lib.mts": GO}),
    "index": Form("import { go } from './lib';", "await go(step);", {"lib/index.ts": GO}),
    "export star": Form("import { go } from './lib';", "await go(step);", {"lib.ts": "export * from './in';\n", "in.ts": GO}),
    "renamed again": Form(
        "import { start } from './lib';", "await start(step);", {"lib.ts": "export { go as start } from './in';\n", "in.ts": GO}
    ),
    "dynamic": Form("", "const { go } = await import('./lib'); await go(step);", {"lib.ts": GO}),
    "require": Form(
        "const { go } = require('./lib');",
        "await go(step);",
        {"lib.js": "exports.go = async (step) => { await step.do('gone', async () => 1); };\n"},
    ),
    "module.exports": Form(
        "const lib = require('./lib');",
        "await lib.go(step);",
        {"lib.js": "const go = async (step) => { await step.do('gone', async () => 1); };\nmodule.exports = { go };\n"},
    ),
    "alias": Form(
        "import { go } from '@/lib';",
        "await go(step);",
        {"tsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}', "src/lib.ts": GO},
    ),
    "base url": Form(
        "import { go } from 'src/lib';",
        "await go(step);",
        {"tsconfig.json": '{"compilerOptions": {"baseUrl": "."}}', "src/lib.ts": GO},
    ),
    "npm workspace": Form(
        "import { go } from '@acme/lib';",
        "await go(step);",
        {
            "package.json": '{"workspaces": ["packages/*"]}',
            "packages/lib/package.json": '{"name": "@acme/lib", "exports": {".": "./go.ts"}}',
            "packages/lib/go.ts": GO,
        },
    ),
    "yarn workspace": Form(
        "import { go } from 'lib';",
        "await go(step);",
        {
            "package.json": '{"workspaces": {"packages": ["packages/*"]}}',
            "packages/lib/package.json": '{"name": "lib", "main": "go.ts"}',
            "packages/lib/go.ts": GO,
        },
    ),
    "pnpm workspace": Form(
        "import { go } from 'lib/parts/go';",
        "await go(step);",
        {
            "package.json": "{}",
            "pnpm-workspace.yaml": "packages:\n  - packages/*\n",
            "packages/lib/package.json": '{"name": "lib", "exports": {"./parts/*": "./src/*.ts"}}',
            "packages/lib/src/go.ts": GO,
        },
    ),
    "class": Form(
        "import { Sender } from './lib';",
        "await new Sender(step).send();",
        {
            "lib.ts": "export class Sender { constructor(private s) { this.s = s; } async send() { await this.s.do('gone', f); } }\n"
        },
    ),
    "constant": Form(
        "import { NAME } from './lib';", "await step.do(NAME, f);", {"lib.ts": "export const NAME = 'go' + 'ne';\n"}
    ),
    "enum": Form(
        "import { Names } from './lib';", "await step.do(Names.Go, f);", {"lib.ts": "export enum Names { Go = 'gone' }\n"}
    ),
    "a cycle": Form(
        "import { go } from './lib';",
        "await go(step);",
        {
            "lib.ts": "import { NAME } from './names';\nexport const go = async (step) => { await step.do(NAME, f); };\n",
            "names.ts": "import { go } from './lib';\nexport const NAME = 'gone';\nexport const again = go;\n",
        },
    ),
}
PYTHON_FORMS = {
    "module": Form("import lib", "await lib.go(step)", {"lib.py": GO_PY}),
    "module renamed": Form("import pkg.lib as lib", "await lib.go(step)", {"pkg/__init__.py": "", "pkg/lib.py": GO_PY}),
    "dotted module": Form("import pkg.lib", "await pkg.lib.go(step)", {"pkg/__init__.py": "", "pkg/lib.py": GO_PY}),
    "name": Form("from lib import go", "await go(step)", {"lib.py": GO_PY}),
    "name renamed": Form("from lib import go as start", "await start(step)", {"lib.py": GO_PY}),
    "star": Form("from lib import *", "await go(step)", {"lib.py": GO_PY}),
    "module of a package": Form("from pkg import lib", "await lib.go(step)", {"pkg/__init__.py": "", "pkg/lib.py": GO_PY}),
    "package re-exports": Form(
        "from pkg import start", "await start(step)", {"pkg/__init__.py": "from .lib import go as start\n", "pkg/lib.py": GO_PY}
    ),
    "relative upwards": Form(
        "from pkg.inner import start",
        "await start(step)",
        {
            "pkg/__init__.py": "",
            "pkg/inner/__init__.py": "from ..lib import go\n\n\nasync def start(step):\n    await go(step)\n",
            "pkg/lib.py": GO_PY,
        },
    ),
    "step made elsewhere": Form(
        "from lib import declare", "await declare(step)()", {"lib.py": DECLARED.replace("declared", "gone")}
    ),
    "constant": Form("from names import NAME", "await step.sleep(NAME, 1000)", {"names.py": 'NAME = "go" + "ne"\n'}),
    "inside a function": Form("", "from lib import go; await go(step)", {"lib.py": GO_PY}),
}


def the_steps(analysis: Analysis) -> list[str]:
    (workflow,) = analysis.workflows
    return [node.name for node in steps(workflow)]


@pytest.mark.parametrize("form", JAVASCRIPT.values(), ids=JAVASCRIPT)
def test_imports_of_scripts(tmp_path: Path, form: Form) -> None:
    write_tree(tmp_path, {"w.ts": SCRIPT % (form.imports, form.use), **form.files})
    (analysis,) = analyze_paths([str(tmp_path)])
    assert (the_steps(analysis), analysis.notes) == (["gone"], ())


@pytest.mark.parametrize("form", PYTHON_FORMS.values(), ids=PYTHON_FORMS)
def test_imports_of_python(tmp_path: Path, form: Form) -> None:
    write_tree(tmp_path, {"w.py": PYTHON % (form.imports, form.use), **form.files})
    (analysis,) = analyze_paths([str(tmp_path)])
    assert (the_steps(analysis), analysis.notes) == (["gone"], ())


def test_a_base_class_and_its_methods_from_another_file(tmp_path: Path) -> None:
    base = SCRIPT.replace("class W", "abstract class Base") % (
        "",
        "await this.go(step); } async go(step) { await step.do('gone', f);",
    )
    write_tree(tmp_path, {"base.ts": base, "w.ts": "import { Base } from './base';\nexport class W extends Base {}\n"})
    (analysis,) = analyze_paths([str(tmp_path / "w.ts")])
    assert the_steps(analysis) == ["gone"]
    (found,) = steps(analysis.workflows[0])
    assert found.span is not None
    assert Path(found.span.path).name == "base.ts"


def test_installed_packages_are_a_note_unless_they_are_asked_for(tmp_path: Path) -> None:
    files = {
        "node_modules/@acme/lib/package.json": '{"name": "@acme/lib", "main": "go.js"}',
        "node_modules/@acme/lib/go.js": GO,
    }
    write_tree(tmp_path, {"w.ts": SCRIPT % ("import { go } from '@acme/lib';", "await go(step);"), **files})
    (analysis,) = analyze_paths([str(tmp_path)])
    assert the_steps(analysis) == []
    assert "SG904" in [note.code for note in analysis.notes]
    (analysis,) = analyze_paths([str(tmp_path)], options=Options(settings=Settings(follow_packages=("@acme/*",))))
    assert (the_steps(analysis), analysis.notes) == (["gone"], ())


def test_workers_are_read_from_their_main_and_entrypoints_no_configuration_names_too(tmp_path: Path) -> None:
    made = "import { make } from './make';\nexport const Made = make();\n"
    make = "export const make = () => class extends WorkflowEntrypoint { async run(e, step) { await step.do('gone', f); } };\n"
    write_tree(
        tmp_path,
        {
            "worker/wrangler.toml": 'name = "w"\nmain = "main.ts"\n',
            "worker/main.ts": made,
            "worker/make.ts": make,
            "loose.ts": SCRIPT % ("", "await step.do('loose', f);"),
        },
    )
    found = {
        each.class_name: [node.name for node in steps(each)] for a in analyze_paths([str(tmp_path)]) for each in a.workflows
    }
    assert found.pop("W") == ["loose"]
    assert list(found.values()) == [["gone"]]
