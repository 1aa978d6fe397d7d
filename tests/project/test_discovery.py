import os
import subprocess
import sys
from pathlib import Path

import pytest

from analyzer.config import DEFAULT_SETTINGS, Settings
from analyzer.errors import UnreadableFileError
from analyzer.project.discovery import find_named, find_sources

WORKFLOW = "export class W extends WorkflowEntrypoint {}\n"


def write(root, files):
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def found(root, *paths, settings=DEFAULT_SETTINGS, skipped=None):
    given = [str(root / path) for path in paths] or [str(root)]
    files = find_sources(given, settings, skipped or (lambda path, reason: None))
    return [os.path.relpath(path, root).replace(os.sep, "/") for path in files]


def reasons(root, settings=DEFAULT_SETTINGS):
    told = {}
    found(root, settings=settings, skipped=lambda path, reason: told.update({os.path.relpath(path, root): reason}))
    return told


def test_files_that_may_hold_an_entrypoint_in_a_stable_order(tmp_path):
    write(tmp_path, {"b.ts": WORKFLOW, "a.py": WORKFLOW, "z/c.js": WORKFLOW, "d/e.tsx": WORKFLOW, "other.ts": "export {};\n"})
    assert found(tmp_path) == ["a.py", "b.ts", "d/e.tsx", "z/c.js"]


def test_names_of_bases_are_searched_as_bytes(tmp_path):
    write(tmp_path, {"a.ts": "AgentWorkflow", "b.ts": "ThinkWorkflow", "c.ts": "CIWorkflow", "d.ts": "Workflow"})
    assert found(tmp_path) == ["a.ts", "b.ts"]
    bases = Settings(entrypoint_bases=(("@cloudflare/ci.CIWorkflow", "pipeline"),))
    assert found(tmp_path, settings=bases) == ["a.ts", "b.ts", "c.ts"]


def test_other_suffixes_and_declarations_are_no_sources(tmp_path):
    write(tmp_path, dict.fromkeys(["a.md", "b.json", "c.d.ts", "d.d.mts", "noending", "E.TS", "f.mts", "g.cjs"], WORKFLOW))
    assert found(tmp_path) == ["E.TS", "f.mts", "g.cjs"]


def test_installed_hidden_and_virtual_environment_folders_are_not_walked(tmp_path):
    names = ["node_modules/p/a.ts", ".wrangler/a.ts", "python_modules/a.py", "env/lib/a.py", "src/a.ts", "dist/a.js"]
    write(tmp_path, {**dict.fromkeys(names, WORKFLOW), "env/pyvenv.cfg": "home = /usr\n"})
    assert found(tmp_path) == ["dist/a.js", "src/a.ts"]
    assert reasons(tmp_path) == {
        ".wrangler": "a hidden folder",
        "env": "a virtual environment",
        "node_modules": "a folder of other people's or generated code",
        "python_modules": "a folder of other people's or generated code",
    }


def test_a_named_path_is_given_whatever_it_is_and_once(tmp_path):
    write(tmp_path, {"node_modules/p/a.ts": WORKFLOW, "b.ts": "nothing", ".hidden/c.ts": WORKFLOW})
    assert found(tmp_path, "b.ts", "b.ts") == ["b.ts"]
    assert found(tmp_path, "node_modules", ".hidden") == ["node_modules/p/a.ts", ".hidden/c.ts"]


def test_a_path_that_does_not_exist_is_reported_before_the_first_file(tmp_path):
    write(tmp_path, {"a.ts": WORKFLOW})
    with pytest.raises(UnreadableFileError, match=r"missing\.ts:1:1: no such file"):
        find_sources([str(tmp_path), str(tmp_path / "missing.ts")])


def test_globs(tmp_path):
    write(tmp_path, dict.fromkeys(["src/a.ts", "src/b.js", "src/x/c.ts", "lib/d.ts", "src/[id].ts"], WORKFLOW))
    assert found(tmp_path, "src/*.ts") == ["src/[id].ts", "src/a.ts"]
    assert found(tmp_path, "src/**/*.ts") == ["src/[id].ts", "src/a.ts", "src/x/c.ts"]
    assert found(tmp_path, "*/d.ts") == ["lib/d.ts"]
    assert found(tmp_path, "src/[id].ts") == ["src/[id].ts"]
    assert found(tmp_path, "s*") == ["src/[id].ts", "src/a.ts", "src/b.js", "src/x/c.ts"]


def test_paths_below_the_current_folder_are_printed_without_it(tmp_path, monkeypatch):
    write(tmp_path, {"src/a.ts": WORKFLOW, "b.ts": WORKFLOW})
    monkeypatch.chdir(tmp_path)
    assert list(find_sources(["."])) == ["b.ts", "src/a.ts"]
    assert list(find_sources(["./src/"])) == ["src/a.ts"]
    assert list(find_sources(["**/*.ts"])) == ["b.ts", "src/a.ts"]


def test_gitignore_files_the_innermost_decides(tmp_path):
    names = ["dist/a.js", "gen/b.ts", "keep/gen/c.ts", "d.gen.ts", "sub/d.gen.ts", "sub/e.ts", "sub/f.ts"]
    write(tmp_path, dict.fromkeys(names, WORKFLOW))
    write(tmp_path, {".gitignore": "# built\ndist/\n/gen\n*.gen.ts\n", "sub/.gitignore": "!d.gen.ts\n/e.ts\n"})
    assert found(tmp_path) == ["keep/gen/c.ts", "sub/d.gen.ts", "sub/f.ts"]
    assert reasons(tmp_path)["dist"] == f"ignored by {tmp_path}/.gitignore"
    assert reasons(tmp_path)["sub/e.ts"] == f"ignored by {tmp_path}/sub/.gitignore"


def test_gitignore_files_above_count_up_to_the_repository_only(tmp_path):
    names = ["repo/app/src/a.ts", "repo/app/src/b.ts", "repo/app/src/c.ts", "repo/app/src/d.ts"]
    write(tmp_path, dict.fromkeys(names, WORKFLOW))
    ignore = {".gitignore": "d.ts\n", "repo/.gitignore": "/app/src/a.ts\n", "repo/app/.gitignore": "b.ts\n"}
    write(tmp_path, {**ignore, "repo/.git/info/exclude": "c.ts\n"})
    assert found(tmp_path, "repo/app/src") == ["repo/app/src/d.ts"]


@pytest.mark.parametrize("line", ["!", "\\", "a\\", "[z-a]", "[[:alpha:]", "*a" * 40, "**/a/" * 40, "# a.ts", " ", "/", "\0"])
def test_a_pattern_git_would_not_take_does_no_harm(tmp_path, line):
    write(tmp_path, {"a" * 200 + ".ts": WORKFLOW, "b.ts": WORKFLOW, ".gitignore": f"{line}\nb.ts\n"})
    assert found(tmp_path) == ["a" * 200 + ".ts"]


def test_an_ignored_folder_is_walked_when_it_is_named(tmp_path):
    write(tmp_path, {"dist/a.js": WORKFLOW, ".gitignore": "dist\n", ".git/HEAD": "ref: refs/heads/main\n"})
    assert found(tmp_path) == []
    assert found(tmp_path, "dist") == ["dist/a.js"]


@pytest.mark.parametrize("root", [".", "packages", "packages/one"])
def test_configured_exclusions_are_relative_to_the_configuration(tmp_path, root):
    write(tmp_path, dict.fromkeys(["packages/one/a.ts", "packages/one/gen/b.ts", "packages/one/c.test.ts"], WORKFLOW))
    settings = Settings(path=str(tmp_path / "stepgraph.toml"), exclude=("packages/*/gen", "*.test.ts"))
    assert found(tmp_path, root, settings=settings) == ["packages/one/a.ts"]


def test_exclusions_of_a_configuration_below_the_root(tmp_path):
    write(tmp_path, dict.fromkeys(["one/a.ts", "one/b.ts", "two/b.ts"], WORKFLOW))
    settings = Settings(path=str(tmp_path / "one" / "stepgraph.toml"), exclude=("/b.ts",))
    assert found(tmp_path, settings=settings) == ["one/a.ts", "two/b.ts"]


def test_links(tmp_path):
    write(tmp_path, {"real/a.ts": WORKFLOW, "other/b.ts": WORKFLOW})
    (tmp_path / "real" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "real" / "folder.ts").symlink_to(tmp_path / "other", target_is_directory=True)
    (tmp_path / "real" / "itself.ts").symlink_to(tmp_path / "real" / "itself.ts")
    (tmp_path / "real" / "gone.ts").symlink_to(tmp_path / "nowhere.ts")
    (tmp_path / "real" / "same.ts").symlink_to(tmp_path / "real" / "a.ts")
    assert found(tmp_path) == ["other/b.ts", "real/a.ts"]
    told = reasons(tmp_path)
    assert told["real/up"] == told["real/folder.ts"] == "a link to a folder"
    assert told["real/itself.ts"] == told["real/gone.ts"] == "no regular file, or a broken link"


def test_what_is_no_regular_file_does_not_block(tmp_path):
    os.mkfifo(tmp_path / "pipe.ts")
    (tmp_path / "folder.ts").mkdir()
    write(tmp_path, {"folder.ts/a.ts": WORKFLOW})
    assert found(tmp_path) == ["folder.ts/a.ts"]
    assert reasons(tmp_path) == {"pipe.ts": "no regular file, or a broken link"}


def test_a_marker_may_lie_across_pieces_of_a_large_file(tmp_path):
    for shift in (0, 5, 17):
        write(tmp_path, {f"{shift:02}.ts": b" " * ((1 << 16) - shift) + b"WorkflowEntrypoint"})
    assert found(tmp_path) == ["00.ts", "05.ts", "17.ts"]


def test_a_large_file_is_searched_no_further_than_it_may_be_read(tmp_path):
    write(tmp_path, {"film.ts": b"\0" * 300_000 + b"WorkflowEntrypoint", "early.ts": b"WorkflowEntrypoint" + b"\0" * 300_000})
    settings = Settings(max_size=100_000)
    assert found(tmp_path, settings=settings) == ["early.ts"]
    assert reasons(tmp_path, settings) == {"film.ts": "names no entrypoint base up to the limit of 0.1 MB"}


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_a_utf_16_source_is_given_so_that_it_is_reported(tmp_path, codec):
    write(tmp_path, {"a.ts": ("\ufeff" + WORKFLOW).encode(codec), "b.ts": "\ufeffconst x = 1".encode(codec)})
    assert found(tmp_path) == ["a.ts"]


def test_a_file_that_cannot_be_opened_is_given_so_that_it_is_reported(tmp_path, monkeypatch):
    write(tmp_path, {"a.ts": "nothing", "b.ts": "nothing"})
    really_open = os.open

    def refuse(path, *rest, **more):
        if str(path).endswith("a.ts"):
            raise PermissionError(13, "Permission denied")
        return really_open(path, *rest, **more)

    monkeypatch.setattr(os, "open", refuse)
    assert found(tmp_path) == ["a.ts"]


def test_a_folder_that_cannot_be_read_is_skipped_with_the_reason(tmp_path, monkeypatch):
    write(tmp_path, {"a/a.ts": WORKFLOW, "b/b.ts": WORKFLOW})
    really_scan = os.scandir

    def refuse(path):
        if str(path).rstrip("/").endswith("a"):
            raise PermissionError(13, "Permission denied")
        return really_scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert found(tmp_path) == ["b/b.ts"]
    assert reasons(tmp_path) == {"a": "Permission denied"}


def test_named_files_follow_the_same_rules(tmp_path):
    write(
        tmp_path, dict.fromkeys(["wrangler.toml", "x/wrangler.jsonc", "node_modules/wrangler.toml", "gone/wrangler.toml"], "")
    )
    write(tmp_path, {".gitignore": "gone\n"})
    paths = find_named(str(tmp_path), ("wrangler.toml", "wrangler.jsonc"))
    assert [os.path.relpath(path, tmp_path) for path in paths] == ["wrangler.toml", "x/wrangler.jsonc"]


def test_a_thousand_folders_deep_is_no_recursion(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for _ in range(1_200):
        os.mkdir("d")
        os.chdir("d")
    Path("a.ts").write_text(WORKFLOW)
    assert found(tmp_path) == ["d/" * 1_200 + "a.ts"]
    os.remove("a.ts")
    for _ in range(1_200):  # pytest's own cleaning up would recurse
        os.chdir("..")
        os.rmdir("d")


@pytest.mark.parametrize(("name", "imported"), [("README.md", "[]"), (".gitignore", "['pathspec']")])
def test_pathspec_is_imported_only_where_patterns_are(tmp_path, name, imported):
    write(tmp_path, {"a.ts": WORKFLOW, name: "dist\n"})
    code = (
        "import sys; from analyzer.project.discovery import find_sources; list(find_sources([sys.argv[1]]));"
        "print([m for m in ('pathspec', 'pydantic', 'tomllib') if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == imported
