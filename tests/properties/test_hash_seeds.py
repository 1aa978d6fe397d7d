"""The order of sets differs from process to process; what is printed does not."""

from __future__ import annotations

import os
import subprocess
import sys

from mutations import FIXTURES

COMMAND = "from analyzer.cli import main; raise SystemExit(main())"


def printed(seed: int) -> tuple[int, str, str]:
    """Exit code, output and errors of the graphs of all fixtures, in a process with a hash seed."""
    environment = os.environ | {"PYTHONHASHSEED": str(seed)}
    arguments = [sys.executable, "-c", COMMAND, "graph", "--all", str(FIXTURES)]
    result = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False)
    return result.returncode, result.stdout, result.stderr


def test_output_does_not_depend_on_the_hash_seed() -> None:
    code, out, err = printed(1)
    assert len(out.splitlines()) > 100, err
    assert printed(2) == (code, out, err)
