"""The monorepo of ``fixtures/projects`` as esbuild reads it: with its workspace packages linked, as npm would link them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

MONOREPO = Path(__file__).resolve().parents[2] / "fixtures" / "projects" / "monorepo"
ORDERS = "workers/orders/src/index.ts"
REPORTS = "workers/reports/src/entry.py"


def bundled_worker(folder: Path, node_modules: Path, *options: str, linked: bool = True) -> str:
    """The bundle of the worker in TypeScript, made in an empty folder. Raises CalledProcessError with esbuild's message."""
    root = folder / "monorepo"
    shutil.copytree(MONOREPO, root)
    for manifest in root.glob("packages/*/package.json") if linked else ():
        link = root / "node_modules" / json.loads(manifest.read_text(encoding="utf-8"))["name"]
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(manifest.parent)
    esbuild = next(node_modules.glob("@esbuild/*/bin/esbuild"))
    command = [esbuild, root / ORDERS, "--bundle", "--format=esm", "--target=es2022", "--keep-names", "--log-level=error"]
    command += ["--external:cloudflare:*", *options]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
