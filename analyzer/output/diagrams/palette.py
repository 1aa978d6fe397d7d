"""The colours of diagrams, light and dark. Texts reach a contrast of 4.5 against what they stand on (WCAG 2.2, AA)."""

from __future__ import annotations

from typing import NamedTuple


class Shade(NamedTuple):
    """One colour in the two schemes."""

    light: str
    dark: str


PALETTE = {
    "page": Shade("#f5f6f8", "#0e1117"),
    "card": Shade("#ffffff", "#171c25"),
    "ink": Shade("#19212d", "#e7ebf2"),
    "soft": Shade("#566172", "#9aa6b8"),
    "wire": Shade("#a9b3c1", "#4b5769"),
    "rule": Shade("#dfe3e9", "#29313e"),
    "step": Shade("#4353d0", "#93a1ff"),
    "sleep": Shade("#0a74a0", "#5fc4ec"),
    "wait": Shade("#8539c0", "#cb9ff4"),
    "call": Shade("#49566d", "#aab7cd"),
    "choice": Shade("#946000", "#efb55e"),
    "loop": Shade("#00736b", "#51d0c2"),
    "parallel": Shade("#1a7440", "#67cf8e"),
    "trouble": Shade("#bd2a45", "#ff8f9f"),
}
"""By what a colour is for; the last ones are kinds of nodes."""

KINDS = {
    "step_do": "step",
    "step_sleep": "sleep",
    "step_sleep_until": "sleep",
    "step_wait_for_event": "wait",
    "function_call": "call",
    "function_def": "call",
    "start": "step",
    "if": "choice",
    "switch": "choice",
    "loop": "loop",
    "parallel": "parallel",
    "block": "call",
    "try": "trouble",
    "break": "soft",
}
"""The colour of each type of node."""


def custom_properties() -> str:
    """The palette as CSS custom properties: light, dark where that is preferred, and either where ``data-theme`` says so."""
    light, dark = (";".join(f"--{name}:{shade[scheme]}" for name, shade in PALETTE.items()) for scheme in (0, 1))
    kinds = "".join(f".{node}{{--kind:var(--{color})}}" for node, color in KINDS.items())
    return (
        f":root{{color-scheme:light;{light}}}"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}"
        f":root[data-theme=dark]{{color-scheme:dark;{dark}}}{kinds}"
    )
