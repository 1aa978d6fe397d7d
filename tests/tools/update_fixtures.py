#!/usr/bin/env python3
"""Rewrite what fixtures expect: update_fixtures.py [--check] [TOPIC/CASE...], for a reader to review in ``git diff``.

Expected is what the deciding source of a case gives. A twin that gives something else is reported: exit code 1.
With --check nothing is written and a stale expectation counts as well.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from fixture_cases import Case, analyze, cases, findings_text, graph_text, masked


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="TOPIC/CASE", help="beginning of a case's name (default: all cases)")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if something would change")
    args = parser.parse_args(argv)
    chosen = [*cases(tuple(args.names))]
    if not chosen:
        print(f"no case is called {' or '.join(args.names)}" if args.names else "there are no cases", file=sys.stderr)
        return 2
    stale = [path for case in chosen for path in _update(case, write=not args.check)]
    twins = [line for case in chosen for line in _unequal_twins(case)]
    print(*(f"{'stale' if args.check else 'updated'}: {path}" for path in stale), *twins, sep="\n")
    print(f"{len(chosen)} cases, {len(stale)} files {'stale' if args.check else 'updated'}, {len(twins)} unequal twins")
    return int(bool(twins) or (args.check and bool(stale)))


def _update(case: Case, *, write: bool) -> Iterator[Path]:
    wanted = {case.graph_file: graph_text(analyze(case.sources[0])), case.findings_file: findings_text(case)}
    for path, text in wanted.items():
        if text == (path.read_text(encoding="utf-8") if path.exists() else ""):
            continue
        if write:
            _write(path, text)
        yield path


def _write(path: Path, text: str) -> None:
    if text:
        path.write_text(text, encoding="utf-8", newline="\n")
    else:
        path.unlink()


def _unequal_twins(case: Case) -> Iterator[str]:
    expected = masked(analyze(case.sources[0]).documents)
    for source in case.sources[1:]:
        if masked(analyze(source).documents) != expected:
            yield f"unequal twin: {source} differs from {case.sources[0].name}"


if __name__ == "__main__":
    sys.exit(main())
