"""The widths that the layout measures with, against real fonts.

Needs fontTools, and the fonts Noto Sans, Liberation Sans and Noto Sans CJK (Debian: fonts-noto-core,
fonts-liberation, fonts-noto-cjk) with `fc-match` to find them.
"""

import string
import subprocess

import pytest
from fontTools.ttLib import TTFont

from gradcli.draw.fonts import width

TEXTS = [*string.printable[:95], "−0.08517", "−1.234e−5", "0.1779", "ReLU", "Leaky ReLU", "logsumexp", "∞", "Σ 2.578",
         "true", "w11", "θ", "αβγ", "×", "÷", "≤", "W_max", "消費税", "りんご", "s · 微分できない点"]  # fmt: skip


def font(pattern: str) -> TTFont:
    """The font that Fontconfig finds."""
    family = pattern.split(":", maxsplit=1)[0]
    path, found = subprocess.run(
        ["fc-match", "-f", "%{file}\n%{family}", pattern], capture_output=True, check=True, text=True
    ).stdout.split("\n")
    assert family in found
    return TTFont(path, fontNumber=0 if path.endswith(".ttc") else -1)


@pytest.mark.parametrize(
    "pattern", ["Noto Sans", "Noto Sans:italic", "Liberation Sans", "Liberation Sans:italic", "Noto Sans CJK JP"]
)
def test_no_text_is_wider_than_it_is_measured(pattern: str) -> None:
    """Characters that the font has not are drawn in another one, and are measured there."""
    loaded = font(pattern)
    glyphs, advances, units = loaded.getBestCmap(), loaded["hmtx"], loaded["head"].unitsPerEm
    checked = 0
    for text in TEXTS:
        if all(ord(c) in glyphs for c in text):
            real = sum(advances[glyphs[ord(c)]][0] for c in text) * 13 / units
            assert real <= width(text, 13) + 0.05, (text, real, width(text, 13))
            assert len(text) < 4 or width(text, 13) <= 1.5 * real, (text, real, width(text, 13))
            checked += 1
    assert checked > 60
