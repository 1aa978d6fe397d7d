"""Installing what the runtime tests run on, once, into folders git ignores; installed again when what is asked for changes.

What cannot be installed skips the tests that need it, with the reason; with ``CI=true`` it fails them, because a
check that is skipped there is a check that is lost.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest

HERE = Path(__file__).parent
PYTHON_SDK = "workers-runtime-sdk==1.9.5"
INSTALL_SECONDS = 300


def node_modules(project: Path = HERE) -> Path:
    """The folder with the npm packages of a folder's ``package-lock.json``."""
    folder = project / "node_modules"
    wanted = _digest((project / "package-lock.json").read_bytes())
    npm = shutil.which("npm") or "npm"
    _install(folder, wanted, [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"])
    return folder


def program(name: str) -> str:
    """The path of a program that ``.ci/run`` installs where it may, and people where they want to."""
    return shutil.which(name) or _unavailable(f"{name} is not installed")


def python_sdk() -> Path:
    """The folder with the SDK of Python workers, which must not be importable elsewhere: it needs stand-ins."""
    folder = HERE / "build" / "python-sdk"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder), PYTHON_SDK]
    _install(folder, _digest(PYTHON_SDK.encode()), pip)
    return folder


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _install(folder: Path, wanted: str, command: Sequence[str]) -> None:
    stamp = folder / ".stepgraph-installed"
    with _alone():
        if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
            return
        shutil.rmtree(folder, ignore_errors=True)
        try:
            subprocess.run(command, cwd=folder.parent, check=True, capture_output=True, text=True, timeout=INSTALL_SECONDS)
        except (OSError, subprocess.SubprocessError) as error:
            output = getattr(error, "stderr", None) or str(error)
            _unavailable(f"{' '.join(command[:3])} failed: {output.strip()[-500:]}")
        stamp.write_text(wanted, encoding="utf-8")


@contextmanager
def _alone() -> Iterator[None]:
    """Keeps test processes that run side by side from installing at the same time."""
    (HERE / "build").mkdir(exist_ok=True)
    with (HERE / "build" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _unavailable(reason: str) -> NoReturn:
    if os.environ.get("CI", "").lower() not in ("", "0", "false"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
