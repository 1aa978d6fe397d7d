"""Writing small trees of files."""

import json


def write_tree(root, files):
    """Writes files by path: text as it is, dictionaries as JSON; gives the root."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if type(content) is str else json.dumps(content))
    return root
