"""Writes what is derived from the observed cases: our graphs and the table of verdicts.

Run from the project's root: python tests/reference/update_verdicts.py [--record]; with --record every case is run anew first.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "runtime"), str(ROOT / "tests" / "tools")]

from provisioning import node_modules  # noqa: E402
from recording import TRACES, record, recorded, text_of  # noqa: E402
from verdicts import GRAPHS, TABLE, graphs_text, table, verdicts  # noqa: E402


def main() -> int:
    """Rewrites the files; exits 0."""
    if "--record" in sys.argv:
        TRACES.write_text(text_of(record(node_modules())), encoding="utf-8", newline="\n")
    found = verdicts(recorded())
    GRAPHS.write_text(graphs_text(found), encoding="utf-8", newline="\n")
    TABLE.write_text(table(found), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
