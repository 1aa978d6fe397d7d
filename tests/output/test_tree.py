"""The tree a terminal shows."""

from __future__ import annotations

from every_node import EVERY_NODE, do, graph, inside

from analyzer.output.diagrams.tree import render_tree

EXPECTED = """\
Example (payload id, user.mail, by default 5 retries from 1 second, exponential, timeout 10 minutes)
├─ ● first (3 retries from 10 seconds, linear, timeout 90 seconds)
├─ ● outer
│  └─ ● inner
├─ ◷ nap (sleep 90 seconds)
├─ ◷ dawn (sleep until 2026-01-01 06:00:00Z)
├─ ✉ approval (wait for event "approved", timeout 3 days, payload by)
├─ ✉ anything (wait for a computed event)
├─ ↻ loop
│  ├─ ● turn
│  └─ ◇ if done
│     └─ ⤴ break
├─ ∥ in parallel
│  ├─ ● a ▰▱ [1→2]
│  ├─ ● b ▰▰ [1→3]
│  └─ ● c ▱▰ [2→3]
├─ ∥ race: the first to end
│  ├─ ▪ one after another
│  │  ├─ ● d
│  │  └─ ● e
│  └─ ƒ helper() [3→4]
├─ ∥ in parallel
│  └─ ● forgotten [4→]
├─ ◇ if
│  ├─ x > 1
│  │  └─ ● yes
│  ├─ x > 0
│  │  └─ ● maybe
│  └─ else
├─ ◇ switch kind
│  ├─ case one
│  │  └─ ● falls
│  ├─ case two
│  │  ├─ ● stops
│  │  └─ ⤴ break
│  └─ default
│     └─ ↩ return
├─ ▣ try
│  ├─ try
│  │  └─ ● risky
│  ├─ catch
│  │  └─ ƒ helper()
│  └─ finally
│     └─ ● tidy
├─ ▣ try
│  └─ catch
│     └─ ● repair
├─ ƒ inline
│  └─ ● in function
└─ ▶ Nested
   ├─ ● nested
   └─ ƒ own
      └─ ● its

ƒ helper
├─ ● help
└─ ƒ helper()
"""


def test_every_node_type_is_shown() -> None:
    assert render_tree(EVERY_NODE) == EXPECTED


def test_colors_change_no_character() -> None:
    coloured = render_tree(EVERY_NODE, color=True)
    assert coloured != EXPECTED
    plain = "".join(part.partition("m")[2] if index else part for index, part in enumerate(coloured.split("\x1b[")))
    assert plain == EXPECTED


def test_text_of_a_source_cannot_break_lines_or_reach_the_terminal() -> None:
    assert render_tree(graph(do("a\nb\x1b[31m"))).splitlines()[1] == "└─ ● a b\\x1b[31m"


def test_deep_nesting_is_drawn() -> None:
    node = do("innermost")
    for _ in range(48):
        node = inside("loop", node)
    assert render_tree(graph(node)).splitlines()[-1].endswith("└─ ● innermost")
