"""The page of a picture of arrays in a real headless Chromium.

Needs playwright (Python) and a chromium in PATH; run with `pytest tests/slow/test_page_of_arrays.py`.
"""

import re
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from gradcli.api import gradient
from gradcli.draw.arrays import array_scene
from gradcli.draw.forms.svg import svg
from gradcli.graph.arrays import flattened, shape_of, shaped
from tests.helpers.array_programs import PROGRAMS
from tests.helpers.running import run

AFFINE = ("Y = X @ W + b; L = sum(relu(Y))", "--at", "X=[[1,2],[3,4]], W=[[1,0,-1],[2,1,0]], b=[0,1,-1]")
TEXTS = (
    "[...document.querySelectorAll('#graph .a .l, #graph .q .s, #graph .q .l')].map(e => e.textContent).filter(Boolean)"
)
NOISE = re.compile("−?[0-9.]+e−1[5-9]")  # what is left of numbers that cancel


def caption(page: Page) -> list[str]:
    """The lines of the caption."""
    return list(filter(None, page.inner_text("#caption").splitlines()))


def opened(browser: Browser, path: Path, *arguments: str, at: str = "") -> Page:
    """A page that has said nothing of errors."""
    assert run("draw", *arguments, "--output", str(path)).code == 0
    page = browser.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(path.as_uri() + at)
    return page


def test_it_steps_through_both_passes(browser: Browser, tmp_path: Path) -> None:
    """By buttons, keys and the slider; what lies ahead is not seen, and at the end all is."""
    page = opened(browser, tmp_path / "affine.html", *AFFINE)
    assert (page.inner_text("#count"), len(page.evaluate(TEXTS))) == ("0 / 9", 13)
    assert caption(page)[-1] == "X = [[1, 2], [3, 4]], W = [[1, 0, −1], [2, 1, 0]], b = [0, 1, −1]"
    seen, captions = 13, []
    for _ in range(9):
        page.keyboard.press("ArrowRight")
        captions.append(caption(page))
        assert len(page.evaluate(TEXTS)) > seen
        seen = len(page.evaluate(TEXTS))
    assert captions[0] == ["Forward pass: MatMul node s = X@W", "s = X@W = [[5, 2, −1], [11, 4, −3]]"]
    assert captions[-1] == [
        "Backward pass: MatMul node s = X@W",
        "∂L/∂X = ∂L/∂s·Wᵀ = [[1, 3], [1, 3]]",
        "MatMul node: the incoming ∂L/∂s is multiplied by the transpose of W from the right",
        "∂L/∂W = Xᵀ·∂L/∂s = [[4, 4, 0], [6, 6, 0]]",
        "MatMul node: the incoming ∂L/∂s is multiplied by the transpose of X from the left",
    ]
    page.fill("#at", "2")
    assert caption(page)[-1] == "Y = s + b = [[5, 3, −2], [11, 5, −4]]"
    page.close()


def numbers(text: str) -> list[str]:
    """The texts of a picture's numbers and shapes, and of sums."""
    return re.findall(r'<text class="[ls][ "][^>]*>([^<]+)</text>', text)


CASES = [
    *((program, "branch") for program in PROGRAMS),
    *((program, "minnorm") for program in PROGRAMS if re.search("relu|max", program[0])),
]


@pytest.mark.parametrize(("program", "kink"), CASES, ids=[f"{text} {kink}" for (text, _), kink in CASES])
def test_it_computes_at_every_point_what_gradcli_computes(
    browser: Browser, tmp_path: Path, program: tuple[str, dict[str, Any]], kink: str
) -> None:
    """Opened at one point and moved to another it shows each number that the picture of the other one has."""
    text, at = program
    draws = Random(f"{text} {kink}")
    moved = {name: other(value, draws) for name, value in at.items()}
    fragment = "&".join(
        f"{quote(name, safe='')}={value}" for name, value in gradient(text, moved, kink=kink).point.items()
    )
    given = ", ".join(f"{name}={value}" for name, value in at.items())
    page = opened(browser, tmp_path / "p.html", text, "--at", given, "--kink", kink, at=f"#99&{fragment}")
    result = gradient(text, moved, kink=kink)
    page.wait_for_function("document.getElementById('count').textContent")
    seen, expected = page.evaluate(TEXTS), numbers(svg(array_scene(result.graph, result)))
    assert sorted(NOISE.sub("noise", one) for one in seen) == sorted(NOISE.sub("noise", one) for one in expected)
    page.close()


def other(value: Any, draws: Random) -> Any:
    """Another value of the same shape."""
    numbers = [draws.choice((-2.0, -1.5, 0.0, 0.75, 1.0, 3.0)) for _ in flattened(value)] if shape_of(value) else [1.5]
    return shaped(numbers, shape_of(value))


def test_without_a_point_it_computes_once_all_numbers_are_typed(browser: Browser, tmp_path: Path) -> None:
    """Until then there are shapes; the slider moves the number that was typed in last."""
    page = opened(browser, tmp_path / "p.html", "sum(x * x)", "--shape", "x=2", at="#99")
    assert page.evaluate(TEXTS)[0] == "(2)"
    page.fill("#inputs input >> nth=0", "3")
    assert page.inner_text("#caption .note") == "Give the inputs values."
    page.fill("#inputs input >> nth=1", "-1/2")
    assert page.inner_text("#value") == "y = 9.25"
    assert page.inner_text("#inputs .grad") == "∂y/∂x = [6, −1]"
    page.fill("#slide input", "1")
    assert page.inner_text("#inputs .grad") == "∂y/∂x = [6, 2]"
    page.close()


def test_fractions_stay_fractions(browser: Browser, tmp_path: Path) -> None:
    """At the point, and where others are typed; what a function makes a double is none."""
    text = "h = x @ W; L = h @ h/3 + sqrt(c)"
    page = opened(
        browser, tmp_path / "p.html", text, "--at", "x=[1/3,0.1], W=[[1,2],[3,4]], c=4/9", "--fractions", at="#99"
    )
    at = {"x": ["1/3", "0.1"], "W": [[1, 2], [3, 4]], "c": "4/9"}
    found = gradient(text, at, fractions=True).fractions
    assert page.inner_text("#value") == f"L = {found['value']}"
    shown = page.locator("#inputs .grad").all_inner_texts()
    assert shown[0] == "∂L/∂x = " + str(found["gradient"]["x"]).replace("'", "")
    page.fill("#inputs input >> nth=0", "2/3")
    found = gradient(text, at | {"x": ["2/3", "0.1"]}, fractions=True).fractions
    assert page.inner_text("#value") == f"L = {found['value']}"
    page.fill("#inputs input >> nth=6", "2")
    assert page.inner_text("#value").startswith("L ≈ ")
    page.close()
