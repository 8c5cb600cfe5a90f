"""The page of a picture of arrays in a real headless Chromium.

Needs playwright (Python) and a chromium in PATH; run with `pytest tests/slow/test_page_of_arrays.py`.
"""

from pathlib import Path

from playwright.sync_api import Browser

from tests.helpers.running import run

AFFINE = ("Y = X @ W + b; L = sum(relu(Y))", "--at", "X=[[1,2],[3,4]], W=[[1,0,-1],[2,1,0]], b=[0,1,-1]")


def test_it_steps_through_both_passes(browser: Browser, tmp_path: Path) -> None:
    """By buttons, keys and the slider; what lies ahead is not seen, and at the end all is."""
    path = tmp_path / "affine.html"
    assert run("draw", *AFFINE, "--output", str(path)).code == 0
    page = browser.new_page()
    errors = list[str]()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(path.as_uri())
    seen = "[...document.querySelectorAll('#graph .v, #graph .g, #graph .b')]"
    hidden = f"() => {seen}.filter(e => getComputedStyle(e).visibility == 'hidden').length"
    assert (page.inner_text("#count"), page.evaluate(hidden)) == ("9 / 9", 0)
    page.click("#first")
    ahead = page.evaluate(hidden)
    assert page.inner_text("#caption") == "X = [[1, 2], [3, 4]], W = [[1, 0, −1], [2, 1, 0]], b = [0, 1, −1]"
    captions = []
    for _ in range(9):
        page.keyboard.press("ArrowRight")
        captions.append(page.inner_text("#caption"))
        now = page.evaluate(hidden)
        assert now < ahead
        ahead = now
    assert captions[0] == "→ s = X@W = [[5, 2, −1], [11, 4, −3]]"
    assert captions[-1] == "← ∂L/∂X: [[1, 3], [1, 3]], ∂L/∂W: [[4, 4, 0], [6, 6, 0]]"
    assert (ahead, errors) == (0, [])
    page.fill("#at", "2")
    assert page.inner_text("#caption") == "→ Y = s + b = [[5, 3, −2], [11, 5, −4]]"
    page.close()
