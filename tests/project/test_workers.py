import os

from project_trees import write_tree

from analyzer.builder.modules import Missing
from analyzer.frontends import read
from analyzer.project.resolution import ProjectModules
from analyzer.project.workers import bundled_files, find_workers


def tree(root):
    return write_tree(
        root,
        {
            "orders/wrangler.jsonc": '{"name": "orders", "main": "src/index.ts"} // the worker',
            "orders/wrangler.toml": 'name = "old"\n',
            "orders/src/index.ts": "export { W } from './w'; import './shared'; const later = () => import('./later');",
            "orders/src/w.ts": "import { thing } from 'somewhere'; const x = require('./required.cjs');",
            "orders/src/required.cjs": "",
            "orders/src/shared.ts": "import '../../common/shared';",
            "orders/src/later.ts": "",
            "orders/src/forgotten.ts": "",
            "common/shared.ts": "import './shared';",
            "mail/wrangler.toml": 'name = "mail"\nmain = "../common/shared.ts"\n',
            "site/wrangler.json": '{"name": "site", "assets": {}}',
            "built/wrangler.json": '{"name": "built", "main": "dist/index.js"}',
            "broken/wrangler.json": "{",
            "node_modules/kit/wrangler.toml": 'name = "kit"\n',
        },
    )


def test_one_worker_a_folder_in_wranglers_order(tmp_path):
    workers = find_workers(str(tree(tmp_path)))
    found = [
        (os.path.relpath(w.config.path, tmp_path), w.config.name, w.main and os.path.relpath(w.main, tmp_path)) for w in workers
    ]
    assert found == [
        ("broken/wrangler.json", None, None),
        ("built/wrangler.json", "built", None),
        ("mail/wrangler.toml", "mail", "common/shared.ts"),
        ("orders/wrangler.jsonc", "orders", "orders/src/index.ts"),
        ("site/wrangler.json", "site", None),
    ]


def test_what_each_worker_bundles_and_what_none_does(tmp_path):
    workers = find_workers(str(tree(tmp_path)))
    bundled = bundled_files(workers, ProjectModules(read, Missing))
    names = {os.path.relpath(path, tmp_path): [worker.config.name for worker in owners] for path, owners in bundled.items()}
    assert names == {
        "orders/src/index.ts": ["orders"],
        "orders/src/w.ts": ["orders"],
        "orders/src/required.cjs": ["orders"],
        "orders/src/shared.ts": ["orders"],
        "common/shared.ts": ["mail", "orders"],
    }
    sources = [str(tmp_path / name) for name in ("orders/src/forgotten.ts", "orders/src/w.ts", "orders/src/later.ts")]
    assert [path for path in sources if os.path.realpath(path) not in bundled] == [sources[0], sources[2]]


def test_paths_of_workers_below_the_current_folder(tmp_path, monkeypatch):
    write_tree(tmp_path, {"wrangler.toml": 'main = "a.ts"', "a.ts": ""})
    monkeypatch.chdir(tmp_path)
    (worker,) = find_workers(".")
    assert (worker.config.path, worker.main) == ("wrangler.toml", "a.ts")


def test_a_main_that_cannot_be_read_is_no_error(tmp_path):
    write_tree(tmp_path, {"wrangler.toml": 'main = "a.ts"'})
    (tmp_path / "a.ts").write_bytes(b"\0")
    workers = find_workers(str(tmp_path))
    assert bundled_files(workers, ProjectModules(read, Missing)) == {}
