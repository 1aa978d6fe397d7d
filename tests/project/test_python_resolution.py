import os

import pytest
from project_trees import write_tree

from analyzer.project.resolution import Unresolved
from analyzer.project.resolution.files import Files
from analyzer.project.resolution.python import PythonResolver


def resolve(root, specifier, importer="src/entry.py"):
    """The resolved path relative to the root, or the reason in brackets."""
    match PythonResolver(Files()).resolve(specifier, str(root / importer)):
        case Unresolved(reason=reason):
            return [reason]
        case path:
            return os.path.relpath(path, root)


def empty(*names):
    return dict.fromkeys(names, "")


@pytest.fixture
def project(tmp_path):
    names = ["wrangler.toml", "src/entry.py", "src/flat.py", "src/pkg/__init__.py", "src/pkg/a.py", "src/pkg/sub/__init__.py"]
    return write_tree(tmp_path, empty(*names, "src/pkg/sub/b.py", "src/plain/c.py", "src/plain/inner/d.py", "tools/e.py"))


@pytest.mark.parametrize(
    ("specifier", "path"),
    [
        ("flat", "src/flat.py"),
        ("pkg", "src/pkg/__init__.py"),
        ("pkg.a", "src/pkg/a.py"),
        ("pkg.sub.b", "src/pkg/sub/b.py"),
        ("plain", "src/plain"),
        ("plain.c", "src/plain/c.py"),
        ("plain.inner.d", "src/plain/inner/d.py"),
        ("tools.e", "tools/e.py"),
        (".flat", "src/flat.py"),
        (".pkg.a", "src/pkg/a.py"),
        (".", "src"),
    ],
)
def test_modules_seen_from_the_entry(project, specifier, path):
    assert resolve(project, specifier) == path


@pytest.mark.parametrize(
    ("specifier", "path"),
    [
        (".", "src/pkg/sub/__init__.py"),
        (".b", "src/pkg/sub/b.py"),
        ("..", "src/pkg/__init__.py"),
        ("..a", "src/pkg/a.py"),
        ("...flat", "src/flat.py"),
        ("pkg.a", "src/pkg/a.py"),
        ("flat", "src/flat.py"),
        ("plain.c", "src/plain/c.py"),
    ],
)
def test_modules_seen_from_inside_a_package(project, specifier, path):
    assert resolve(project, specifier, "src/pkg/sub/b.py") == path


def test_modules_seen_from_a_folder_that_is_no_package(project):
    assert resolve(project, "plain.c", "src/plain/inner/d.py") == "src/plain/c.py"
    assert resolve(project, "c", "src/plain/c.py") == "src/plain/c.py"
    assert resolve(project, "flat", "src/plain/inner/d.py") == "src/flat.py"


@pytest.mark.parametrize(
    ("specifier", "reason"),
    [
        ("requests", "requests is no module of the project"),
        ("pkg.gone", "pkg.gone: no such module"),
        ("pkg.a.deeper", "pkg.a.deeper: no such module"),
        (".gone", ".gone: no such module"),
        ("asyncio", "asyncio is no module of the project"),
        ("workers", "workers is no module of the project"),
        ("", " is no name of a module"),
        ("a..b", "a..b is no name of a module"),
    ],
)
def test_what_leads_nowhere_has_a_reason(project, specifier, reason):
    assert resolve(project, specifier) == [reason]


def test_no_import_leads_out_of_the_project(tmp_path):
    write_tree(tmp_path, empty("outside.py", "app/pyproject.toml", "app/main.py", "app/lib/__init__.py"))
    assert resolve(tmp_path, "outside", "app/main.py") == ["outside is no module of the project"]
    assert resolve(tmp_path, "lib", "app/main.py") == "app/lib/__init__.py"


def test_the_source_folder_of_the_project(tmp_path):
    write_tree(tmp_path, empty("pyproject.toml", "src/shop/__init__.py", "workers/one/main.py"))
    assert resolve(tmp_path, "shop", "workers/one/main.py") == "src/shop/__init__.py"


def test_a_regular_package_goes_before_a_nearer_folder(tmp_path):
    write_tree(tmp_path, empty("pyproject.toml", "app/kit/x.py", "kit/__init__.py", "kit/x.py"))
    assert resolve(tmp_path, "kit", "app/main.py") == "kit/__init__.py"
    assert resolve(tmp_path, "kit.x", "app/main.py") == "kit/x.py"


def test_the_package_itself_is_not_the_module_beside_it(tmp_path):
    write_tree(tmp_path, empty("pyproject.toml", "app/main.py", "app.py"))
    assert resolve(tmp_path, ".", "app/main.py") == "app"


def test_a_package_goes_before_a_module_of_its_name(tmp_path):
    write_tree(tmp_path, empty("pyproject.toml", "a/__init__.py", "a.py"))
    assert resolve(tmp_path, "a", "main.py") == "a/__init__.py"


def test_folders_named_like_a_module_of_the_platform_are_not_it(tmp_path):
    write_tree(tmp_path, empty("pyproject.toml", "workers/reports/main.py", "json/x.py", "email.py"))
    assert resolve(tmp_path, "workers", "workers/reports/main.py") == ["workers is no module of the project"]
    assert resolve(tmp_path, "json", "main.py") == ["json is no module of the project"]
    assert resolve(tmp_path, "email", "workers/reports/main.py") == ["email is no module of the project"]


def test_a_module_beside_the_importing_one_shadows_the_librarys(tmp_path):
    write_tree(tmp_path, empty("pyproject.toml", "email.py", "types/__init__.py"))
    assert resolve(tmp_path, "email", "main.py") == "email.py"
    assert resolve(tmp_path, "types", "main.py") == "types/__init__.py"
