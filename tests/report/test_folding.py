"""Lines broken to a width: where, and that nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from gradcli.report.folding import folded

TEXTS = st.text(alphabet="ab1 ,:=+≈·*()[]か∂-", max_size=60)


@pytest.mark.parametrize(
    ("lines", "width", "text"),
    [
        (["a = 2,", "  x = 3,", "  b = 4"], 9, "a = 2, x = 3, b = 4"),
        (["a = 2, x = 3,", "  b = 4"], 13, "a = 2, x = 3, b = 4"),
        (["Input: a = 2,", "  b = 3"], 14, "Input: a = 2, b = 3"),
        (["Output:", "  s = 2 × 3 = 6"], 16, "Output: s = 2 × 3 = 6"),
        (["y = 2 × 3", "  = 6"], 9, "y = 2 × 3 = 6"),
        (["n = max(1, 2)", "  = 2"], 15, "n = max(1, 2) = 2"),
        (["∂y/∂y·∂y/∂s", "  (=∂y/∂s)"], 12, "∂y/∂y·∂y/∂s (=∂y/∂s)"),
        (["∂y/∂y·∂y/∂s", "  (=∂y/∂s)"], 12, "∂y/∂y·∂y/∂s(=∂y/∂s)"),
        (["∂y/∂y·", "  ∂y/∂s·", "  ∂s/∂a"], 8, "∂y/∂y·∂y/∂s·∂s/∂a"),
        (["∂y/∂u·∂u/∂x", "  + ∂y/∂v·∂v/∂x"], 16, "∂y/∂u·∂u/∂x + ∂y/∂v·∂v/∂x"),
        (["x - 1 > 0", "  or x == 2", "  and y > 1"], 12, "x - 1 > 0 or x == 2 and y > 1"),
        (["x = -3"], 6, "x = -3"),
        (["abcde", "  fgh"], 5, "abcdefgh"),
        (["かき", "  く"], 5, "かきく"),
        (["か", "き"], 1, "かき"),
        (["s = apples*", "  pears*", "  plums"], 12, "s = apples*pears*plums"),
        (["s = りんごの値段*", "  りんごの個数"], 20, "s = りんごの値段*りんごの個数"),
        (["y = 26", "  + x*y*z"], 10, "y = 26 + x*y*z"),
        (["a", ":", "2"], 1, "  a: 2"),
        (["n = f(x, y,", "  z, w)"], 11, "n = f(x, y, z, w)"),
        (["W = X.T @ G", "  = [[1, 3], [2, 4]]"], 25, "W = X.T @ G = [[1, 3], [2, 4]]"),
        (["W = [[1, 3, -1],", "  [2, 4, 0]]"], 18, "W = [[1, 3, -1], [2, 4, 0]]"),
        (["x = [1, 2],", "  y = [3, 4]"], 14, "x = [1, 2], y = [3, 4]"),
    ],
)
def test_places(lines: list[str], width: int, text: str) -> None:
    """Between pairs, before signs, at spaces, behind factors, and else anywhere; a matrix behind its rows."""
    assert lines == list(folded(text, width, "  "))


def test_prose_breaks_at_any_space() -> None:
    """So that its lines are full."""
    assert ["it is, as you", "see, so"] == list(folded("it is, as you see, so", 13, is_prose=True))
    assert ["  足すと和に", "    なります"] == list(folded("  足すと和になります", 14, "    ", is_prose=True))
    assert ["add up:", "  sum(∂L/∂Y)"] == list(folded("add up: sum(∂L/∂Y)", 12, "  ", is_prose=True))


@given(TEXTS, st.integers(1, 30), st.booleans())
def test_nothing_is_lost(text: str, width: int, is_prose: bool) -> None:
    """No line is wider than the width, unless it is one wide character; all but spaces is there."""
    lines = list(folded(text, width, "  ", is_prose))
    assert all(cell_len(line) <= width or len(line.strip()) == 1 for line in lines)
    assert text.replace(" ", "") == "".join(lines).replace(" ", "")


@pytest.mark.sweep
def test_long_lines_take_linear_time() -> None:
    """A quarter of a million characters, with places and without."""
    assert 25_000 == len(list(folded("a = 1, b," * 25_000, 12)))
    assert 25_000 == len(list(folded("a" * 250_000, 10)))
