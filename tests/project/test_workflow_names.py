from project_trees import write_tree

from analyzer.project.workflow_names import workflow_name

TOML = """\
name = "shop"
main = "src/index.ts"
[[workflows]]
binding = "ORDERS"
name = "orders"
class_name = "Order"
[[workflows]]
binding = "OTHER"
name = "elsewhere"
class_name = "Other"
script_name = "another-worker"
[env.staging]
workflows = [
  { binding = "ORDERS", name = "orders-staging", class_name = "Order" },
  { binding = "TRIAL", name = "trial", class_name = "Trial" },
]
"""


def test_the_top_level_before_environments_and_no_other_workers(tmp_path):
    write_tree(tmp_path, {"shop/wrangler.toml": TOML, "shop/src/index.ts": "", "lone.ts": ""})
    inside = str(tmp_path / "shop/src/index.ts")
    names = {name: workflow_name(inside, name) for name in ("Order", "Trial", "Other", "Absent")}
    assert names == {"Order": "orders", "Trial": "trial", "Other": None, "Absent": None}
    assert workflow_name(str(tmp_path / "lone.ts"), "Order") is None


def test_a_broken_configuration_names_nothing(tmp_path):
    write_tree(tmp_path, {"wrangler.toml": "name = ", "w.ts": ""})
    assert workflow_name(str(tmp_path / "w.ts"), "Order") is None
