"""How far our graphs agree with those of the platform's own parser, on what it was observed to give."""

from __future__ import annotations

import subprocess
import sys

import shares as script
from shares import measure


def test_shares_with_the_platform() -> None:
    shares = measure()
    assert shares.steps >= 0.98
    assert shares.trees >= 0.68
    assert shares.agreed >= 0.95
    assert shares.agreed_aside >= 0.99


def test_the_script_prints_them() -> None:
    printed = subprocess.run([sys.executable, script.__file__], capture_output=True, text=True, check=True).stdout
    assert printed.startswith("steps found 0.98")
    assert "listed as shared" in printed
