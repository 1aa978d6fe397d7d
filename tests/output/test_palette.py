"""Colours can be read by everybody: WCAG 2.2's formula for contrast, written down here once more."""

from __future__ import annotations

import pytest

from analyzer.output.diagrams.palette import KINDS, PALETTE

LIGHT, DARK = 0, 1
AA = 4.5
TEXTS = sorted({"ink", "soft", *KINDS.values()})


def luminance(color: str) -> float:
    channels = (int(color[index : index + 2], 16) / 255 for index in (1, 3, 5))
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def test_the_formula() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("ground", ["card", "page"])
@pytest.mark.parametrize("scheme", [LIGHT, DARK])
def test_texts_stand_out(text: str, ground: str, scheme: int) -> None:
    assert contrast(PALETTE[text][scheme], PALETTE[ground][scheme]) >= AA
