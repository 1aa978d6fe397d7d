import json
import os

import pytest
from project_trees import write_tree

from analyzer.project.resolution import Unresolved
from analyzer.project.resolution.ecmascript import EcmaScriptResolver
from analyzer.project.resolution.files import Files


def resolve(root, specifier, importer="src/main.ts", followed=()):
    """The resolved path relative to the root, or the reason in brackets."""
    found = EcmaScriptResolver(Files(), followed).resolve(specifier, str(root / importer))
    match found:
        case Unresolved(reason=reason):
            return [reason]
        case path:
            return os.path.relpath(path, root)


def empty(*names):
    return dict.fromkeys(names, "")


@pytest.mark.parametrize(
    ("specifier", "path"),
    [
        ("./a", "src/a.ts"),
        ("./a.ts", "src/a.ts"),
        ("./a.js", "src/a.ts"),
        ("./b.jsx", "src/b.tsx"),
        ("./b.js", "src/b.tsx"),
        ("./c.mjs", "src/c.mts"),
        ("./d.cjs", "src/d.cts"),
        ("./e.js", "src/e.js"),
        ("./e", "src/e.ts"),
        ("./v1.2", "src/v1.2.ts"),
        ("./folder", "src/folder/index.tsx"),
        ("./folder/", "src/folder/index.tsx"),
        (".", "src/index.js"),
        ("./", "src/index.js"),
        ("..", "index.ts"),
        ("../other/x", "other/x.js"),
        ("./both", "src/both.ts"),
        ("./a?raw", "src/a.ts"),
        ("./package", "src/package/lib/entry.js"),
    ],
)
def test_relative_specifiers(tmp_path, specifier, path):
    names = ["a.ts", "b.tsx", "c.mts", "d.cts", "e.js", "e.ts", "v1.2.ts", "folder/index.tsx", "index.js", "both.ts"]
    write_tree(tmp_path, empty(*(f"src/{name}" for name in names), "index.ts", "other/x.js", "src/both/index.ts"))
    write_tree(tmp_path, {"src/package/package.json": {"main": "lib/entry"}, "src/package/lib/entry.js": ""})
    assert resolve(tmp_path, specifier) == path


@pytest.mark.parametrize(
    ("specifier", "reason"),
    [
        ("./gone", "./gone: no such file"),
        ("./data.json", "./data.json is neither JavaScript nor TypeScript"),
        ("./types", "./types: no such file"),
        ("./types.d.ts", "./types.d.ts is neither JavaScript nor TypeScript"),
        ("./folder", "./folder: no such file"),
        ("cloudflare:workers", "cloudflare:workers is a module of the runtime"),
        ("node:fs", "node:fs is a module of the runtime"),
        ("https://example.com/x.js", "https://example.com/x.js is a module of the runtime"),
        ("zod", "package zod is no part of the project, nor among the packages to follow"),
        ("@scope/name/sub", "package @scope/name is no part of the project, nor among the packages to follow"),
        ("#x", "#x is not in imports of the package"),
        ("", "package  is no part of the project, nor among the packages to follow"),
    ],
)
def test_what_leads_nowhere_has_a_reason(tmp_path, specifier, reason):
    write_tree(tmp_path, empty("src/data.json", "src/types.d.ts", "src/folder/other.ts", "node_modules/zod/index.js"))
    assert resolve(tmp_path, specifier) == [reason]


# ---------------------------------------------------------------- tsconfig


def test_paths_the_exact_then_the_longest_pattern(tmp_path):
    paths = {"@/*": ["./src/*"], "@/lib/*": ["./gone/*", "./lib/*"], "config": ["./src/config/all"], "*.gen": ["./gen/*"]}
    config = '{\n  // aliases\n  "compilerOptions": {"paths": ' + json.dumps(paths) + ",},\n}"
    write_tree(tmp_path, {"tsconfig.json": config, **empty("src/a.ts", "lib/b.ts", "src/config/all.ts", "gen/c.ts")})
    assert resolve(tmp_path, "@/a") == "src/a.ts"
    assert resolve(tmp_path, "@/a.js") == "src/a.ts"
    assert resolve(tmp_path, "@/lib/b") == "lib/b.ts"
    assert resolve(tmp_path, "config") == "src/config/all.ts"
    assert resolve(tmp_path, "c.gen") == "gen/c.ts"
    assert resolve(tmp_path, "@/gone") == ["package @/gone is no part of the project, nor among the packages to follow"]


def test_base_url(tmp_path):
    options = {"compilerOptions": {"baseUrl": "src", "paths": {"~/*": ["lib/*"]}}}
    write_tree(tmp_path, {"jsconfig.json": options, **empty("src/util/a.js", "src/lib/b.js")})
    assert resolve(tmp_path, "util/a") == "src/util/a.js"
    assert resolve(tmp_path, "~/b") == "src/lib/b.js"


def test_the_nearest_configuration_holds_alone(tmp_path):
    outer = {"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}
    write_tree(tmp_path, {"tsconfig.json": outer, "app/tsconfig.json": {}, **empty("src/a.ts", "app/src/a.ts")})
    assert resolve(tmp_path, "@/a", "src/main.ts") == "src/a.ts"
    assert resolve(tmp_path, "@/a", "app/src/main.ts") != "src/a.ts"


def test_extends_is_relative_to_the_file_that_says_it(tmp_path):
    base = {"compilerOptions": {"paths": {"@/*": ["./shared/*"]}}}
    write_tree(tmp_path, {"config/base.json": base, "app/tsconfig.json": {"extends": "../config/base"}})
    write_tree(tmp_path, empty("config/shared/a.ts", "app/shared/a.ts"))
    assert resolve(tmp_path, "@/a", "app/src/main.ts") == "config/shared/a.ts"


def test_a_later_configuration_of_a_list_and_the_own_one_win(tmp_path):
    one, two = ({"compilerOptions": {"paths": {key: ["./src/*"]}}} for key in ("one/*", "two/*"))
    write_tree(tmp_path, {"one.json": one, "two.json": two, "src/a.ts": ""})
    write_tree(tmp_path, {"tsconfig.json": {"extends": ["./one.json", "./two.json"], "compilerOptions": {"strict": True}}})
    assert resolve(tmp_path, "two/a") == "src/a.ts"
    assert resolve(tmp_path, "one/a") != "src/a.ts"


def test_extends_of_an_installed_package_and_the_leafs_folder(tmp_path):
    base = {"compilerOptions": {"paths": {"@/*": ["${configDir}/src/*"]}}}
    write_tree(tmp_path, {"node_modules/@acme/tsconfig/base.json": base, "app/src/a.ts": ""})
    write_tree(tmp_path, {"app/tsconfig.json": {"extends": "@acme/tsconfig/base.json"}})
    assert resolve(tmp_path, "@/a", "app/src/main.ts") == "app/src/a.ts"


def test_a_solution_stands_for_the_configuration_it_refers_to(tmp_path):
    solution = {"files": [], "references": [{"path": "./tsconfig.node.json"}, {"path": "./tsconfig.app.json"}]}
    app = {"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}
    write_tree(tmp_path, {"tsconfig.json": solution, "tsconfig.node.json": {}, "tsconfig.app.json": app, "src/a.ts": ""})
    assert resolve(tmp_path, "@/a") == "src/a.ts"


@pytest.mark.parametrize(
    "config", ['{"extends": "./tsconfig.json"}', "{", "[]", '{"compilerOptions": {"paths": [], "baseUrl": 3}}']
)
def test_configurations_that_say_nothing_do_no_harm(tmp_path, config):
    write_tree(tmp_path, {"tsconfig.json": config, "src/a.ts": ""})
    assert resolve(tmp_path, "./a") == "src/a.ts"
    assert resolve(tmp_path, "@/a") != "src/a.ts"


# ---------------------------------------------------------------- packages

WORKSPACES = [
    ("package.json", {"workspaces": ["packages/*"]}),
    ("package.json", {"workspaces": {"packages": ["./packages/**/"]}}),
    ("pnpm-workspace.yaml", "packages:\n  - 'packages/*' # all\n"),
    ("package.json", {"workspaces": ["{packages,libs}/kit"]}),
    ("package.json", {"workspaces": ["*/kit"]}),
]


@pytest.mark.parametrize(("name", "content"), WORKSPACES)
def test_packages_of_a_workspace(tmp_path, name, content):
    write_tree(tmp_path, {name: content, "packages/kit/package.json": {"name": "@acme/kit", "main": "main.js"}})
    write_tree(tmp_path, empty("packages/kit/main.ts", "packages/kit/sub/deep.ts"))
    assert resolve(tmp_path, "@acme/kit", "apps/web/src/main.ts") == "packages/kit/main.ts"
    assert resolve(tmp_path, "@acme/kit/sub/deep", "apps/web/src/main.ts") == "packages/kit/sub/deep.ts"
    assert resolve(tmp_path, "@acme/kit/none") == ["package @acme/kit has no source for @acme/kit/none"]


@pytest.mark.parametrize("patterns", [["packages/*", "!packages/kit"], ["packages/*", "!**/kit"], ["libs/*"], ["packages"], []])
def test_folders_that_are_no_part_of_the_workspace(tmp_path, patterns):
    write_tree(tmp_path, {"package.json": {"workspaces": patterns}, "packages/kit/package.json": {"name": "kit"}})
    write_tree(tmp_path, empty("packages/kit/index.ts"))
    assert resolve(tmp_path, "kit") == ["package kit is no part of the project, nor among the packages to follow"]


@pytest.mark.parametrize("yaml", ["packages: [", "- a", "packages: 3", "\t", "packages:\n  - !!python/object:os.system x"])
def test_a_broken_list_of_packages_does_no_harm(tmp_path, yaml):
    write_tree(tmp_path, {"pnpm-workspace.yaml": yaml, "packages/kit/package.json": {"name": "kit"}})
    assert resolve(tmp_path, "kit") == ["package kit is no part of the project, nor among the packages to follow"]


def with_package(root, manifest, *names):
    write_tree(root, {"package.json": {"workspaces": ["kit"]}, "kit/package.json": {"name": "kit", **manifest}})
    return write_tree(root, empty(*(f"kit/{name}" for name in names)))


@pytest.mark.parametrize(
    ("exports", "path"),
    [
        ("./main.ts", "main.ts"),
        ({".": "./main.ts"}, "main.ts"),
        ({"node": "./node.ts", "workerd": "./main.ts", "default": "./other.ts"}, "main.ts"),
        ({".": {"import": {"types": "./other.ts", "default": "./main.ts"}}}, "main.ts"),
        ({".": ["./gone.ts", "./main.ts"]}, "main.ts"),
        ({".": {"types": "./main.d.ts", "default": "./gone/main.js"}}, "main.ts"),
        ({".": "./main.js"}, "main.ts"),
        ("./dist/index.js", "src/index.ts"),
        ("./dist/esm/index.mjs", "src/index.ts"),
        ("./dist/there.js", "dist/there.js"),
        ({".": {"source": "./main.ts", "default": "./gone.js"}}, "main.ts"),
    ],
)
def test_exports(tmp_path, exports, path):
    names = ["main.ts", "node.ts", "other.ts", "src/index.ts", "dist/there.js", "src/there.ts"]
    with_package(tmp_path, {"exports": exports}, *names)
    assert resolve(tmp_path, "kit") == f"kit/{path}"


def test_exports_of_parts_of_a_package(tmp_path):
    exports = {
        "./a": "./src/a.ts",
        "./parts/*": "./src/*.ts",
        "./parts/inner/*": "./inner/*.ts",
        "./parts/no/*": None,
        "./*.js": "./src/*.ts",
    }
    with_package(tmp_path, {"exports": exports}, "src/a.ts", "src/b/c.ts", "inner/d.ts", "src/no/e.ts", "no/e.ts")
    assert resolve(tmp_path, "kit/a") == "kit/src/a.ts"
    assert resolve(tmp_path, "kit/parts/b/c") == "kit/src/b/c.ts"
    assert resolve(tmp_path, "kit/parts/inner/d") == "kit/inner/d.ts"
    assert resolve(tmp_path, "kit/a.js") == "kit/src/a.ts"
    assert resolve(tmp_path, "kit/parts/no/e") == ["kit/parts/no/e is not exported in package kit"]
    assert resolve(tmp_path, "kit") == ["kit is not exported in package kit"]
    assert resolve(tmp_path, "kit/parts/gone") == ["kit/parts/gone leads to ./src/gone.ts, which is no source in package kit"]


@pytest.mark.parametrize(
    ("manifest", "path"),
    [
        ({"main": "lib/cjs.cjs", "module": "lib/esm.mjs"}, "lib/esm.mjs"),
        ({"main": "./lib/cjs"}, "src/index.ts"),
        ({"main": "./lib/cjs.cjs"}, "lib/cjs.cjs"),
        ({"main": "lib"}, "lib/index.js"),
        ({"main": "dist/index.js"}, "src/index.ts"),
        ({"types": "dist/index.d.ts"}, "src/index.ts"),
        ({"main": "."}, "src/index.ts"),
        ({}, "src/index.ts"),
    ],
)
def test_entries_without_exports(tmp_path, manifest, path):
    with_package(tmp_path, manifest, "lib/esm.mjs", "lib/cjs.cjs", "lib/index.js", "src/index.ts")
    assert resolve(tmp_path, "kit") == f"kit/{path}"


def test_a_package_that_imports_itself(tmp_path):
    write_tree(tmp_path, {"package.json": {"name": "me", "exports": {"./x": "./src/x.ts"}}, "src/x.ts": ""})
    assert resolve(tmp_path, "me/x") == "src/x.ts"


def test_imports_of_the_package(tmp_path):
    imports = {
        "#config": {"workerd": "./src/config.ts", "default": "./gone.ts"},
        "#lib/*": "./lib/*",
        "#kit": "kit",
        "#loop": "#loop",
    }
    write_tree(tmp_path, {"app/package.json": {"imports": imports}, "package.json": {"workspaces": ["kit"]}})
    write_tree(tmp_path, {"kit/package.json": {"name": "kit"}, **empty("kit/index.ts", "app/src/config.ts", "app/lib/a.ts")})
    assert resolve(tmp_path, "#config", "app/src/main.ts") == "app/src/config.ts"
    assert resolve(tmp_path, "#lib/a.js", "app/src/main.ts") == "app/lib/a.ts"
    assert resolve(tmp_path, "#kit", "app/src/main.ts") == "kit/index.ts"
    for specifier in ("#loop", "#gone"):
        assert resolve(tmp_path, specifier, "app/src/main.ts") == [f"{specifier} is not in imports of the package"]


@pytest.mark.parametrize("version", ["file:../kit", "link:../kit", "workspace:../kit"])
def test_linked_dependencies(tmp_path, version):
    write_tree(tmp_path, {"app/package.json": {"devDependencies": {"kit": version, "other": "^1.0.0"}}, "kit/index.ts": ""})
    assert resolve(tmp_path, "kit", "app/src/main.ts") == "kit/index.ts"
    assert resolve(tmp_path, "other", "app/src/main.ts") == [
        "package other is no part of the project, nor among the packages to follow"
    ]


def test_installed_packages_are_followed_only_if_asked_for(tmp_path):
    write_tree(
        tmp_path, {"node_modules/@acme/kit/package.json": {"exports": "./main.js"}, "node_modules/@acme/kit/main.js": ""}
    )
    assert resolve(tmp_path, "@acme/kit", "app/src/main.ts", ["@acme/*"]) == "node_modules/@acme/kit/main.js"
    assert resolve(tmp_path, "@acme/kit", "app/src/main.ts", ["acme"]) != "node_modules/@acme/kit/main.js"
    assert resolve(tmp_path, "@acme/gone", "app/src/main.ts", ["@acme/*"]) == [
        "package @acme/gone is to be followed but not installed"
    ]


@pytest.mark.parametrize(
    "manifest", ["{", "[]", '{"exports": 3, "imports": [], "workspaces": 3, "dependencies": []}', "[" * 100_000]
)
def test_broken_manifests_do_no_harm(tmp_path, manifest):
    write_tree(tmp_path, {"package.json": manifest, "node_modules/kit/package.json": manifest, "src/a.ts": ""})
    assert resolve(tmp_path, "./a") == "src/a.ts"
    assert type(resolve(tmp_path, "kit", followed=["kit"])) is list
    assert type(resolve(tmp_path, "#a")) is list
