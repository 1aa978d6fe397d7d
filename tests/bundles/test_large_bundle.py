"""A workflow at the end of five megabytes of minified library code is found, and is what it is by itself."""

from __future__ import annotations

import subprocess
from pathlib import Path

from provisioning import node_modules

from analyzer.analyses.normal_form import normal_form, step_list
from analyzer.api import analyze_source

MEGABYTES = 5
WORKFLOW = Path(__file__).parents[2] / "fixtures" / "parallel" / "worked-example" / "source.ts"

FUNCTION = """\
export function parse{i}(text, options = {{}}) {{
  const lines = text.split("\\n").map((line, at) => ({{ at, line: line.trim(), level: (at * 7 + {i}) % 13 }}));
  if (options.limit && lines.length > options.limit) throw new RangeError(`too long: ${{lines.length}} of {i}`);
  while (lines.length && !lines[lines.length - 1].line) lines.pop();
  switch (options.mode ?? "plain") {{
    case "plain": return lines.map(({{ line }}) => line);
    case "tree": return lines.reduceRight((rest, {{ level, line }}) => ({{ level, line, rest, name: "parse{i}" }}), null);
    default: return async () => (await options.read?.(lines)) || lines.filter(({{ level }}) => level > {i});
  }}
}}
"""


def test_a_large_minified_bundle_is_analyzed(tmp_path: Path) -> None:
    text = _bundled(tmp_path)
    assert len(text) > MEGABYTES * 1_000_000
    analysis = analyze_source(text, filename="worker.js")
    (found,) = analysis.workflows
    (wanted,) = analyze_source(WORKFLOW.read_text(encoding="utf-8"), filename=WORKFLOW.name).workflows
    assert step_list(found) == step_list(wanted)
    assert normal_form(found) == normal_form(wanted)
    assert [note.code for note in analysis.all_notes] == []


def _bundled(folder: Path) -> str:
    """The workflow behind a library that its module hands out, through esbuild."""
    library = folder / "library.js"
    library.write_text("".join(FUNCTION.format(i=i) for i in range(MEGABYTES * 2_200)), encoding="utf-8")
    entry = folder / "index.ts"
    entry.write_text(f'export * as library from "./library.js";\nexport * from {str(WORKFLOW)!r};\n', encoding="utf-8")
    esbuild = next(node_modules().glob("@esbuild/*/bin/esbuild"))
    options = ["--bundle", "--minify", "--format=esm", "--target=es2022", "--keep-names", "--external:cloudflare:workers"]
    return subprocess.run([str(esbuild), str(entry), *options], capture_output=True, text=True, check=True).stdout
