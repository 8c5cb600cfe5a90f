"""The quiz over arrays in a real headless Chromium: what is right and what is not, and its reason.

Needs playwright (Python) and a chromium in PATH; run with `pytest tests/slow/test_quiz_of_arrays.py`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from math import floor, log10
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from gradcli.api import gradient
from gradcli.draw.arrays import array_scene
from gradcli.draw.matrices import Matrix
from gradcli.draw.scene import Scene
from tests.helpers.array_programs import AFFINE, PROGRAMS
from tests.helpers.running import run

Numbers = list[Any]
SQUARE = ("P = A @ B; L = sum(P * P)", {"A": [[1, 2], [3, 5]], "B": [[2, -1], [4, 3]]})
FORK = ("h = 2*x; L = sum(h*h + 3*h)", {"x": [1, 2, -3]})
FIELDS = "#answer input:enabled"
PASTE = """text => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text", text);
  document.querySelector("#answer input").dispatchEvent(new ClipboardEvent("paste", {clipboardData, cancelable: true}));
}"""


def opened(browser: Browser, path: Path, program: tuple[str, dict[str, Any]], *options: str, **choices: Any) -> Page:
    """The quiz at the point of a program."""
    text, at = program
    given = ", ".join(f"{name}={value}" for name, value in at.items())
    outcome = run("draw", text, "--at", given, "--quiz", *options, "--output", str(path))
    assert (outcome.code, outcome.err) == (0, "")
    page = browser.new_page(**choices)
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(path.as_uri())
    return page


def answers(program: tuple[str, dict[str, Any]]) -> Iterator[Numbers]:
    """What is right, question by question, in the picture that has it."""
    result = gradient(*program)
    scene = array_scene(result.graph, result, repeat=False)
    of = [scene.items[edge.source].node for edge in scene.edges]
    left = Counter(node for node, edge in zip(of, scene.edges, strict=True) if edge.backward)
    forks = {node for node, count in left.items() if count > 1}
    for step in scene.steps:
        if step.kind == "forward":
            yield from shown([next(edge.value for edge in scene.edges if edge.source == step.item)])
        elif step.kind != "start":
            back = [edge for edge in scene.edges_into()[step.item] if edge.backward]
            yield from shown([edge.gradient for edge in back])
            nodes = [scene.items[edge.source].node for edge in back]
            left.subtract(nodes)
            yield from shown([total(scene, node) for node in dict.fromkeys(nodes) if node in forks and not left[node]])


def total(scene: Scene, node: int) -> Any:
    """The sum of what comes back to a node."""
    return next(item.total for item in scene.items if item.node == node)


def shown(found: list[Any]) -> Iterator[Numbers]:
    """The numbers of what stands in a picture, without what has none."""
    for one in found:
        if not isinstance(one, Matrix):
            yield [one]
        elif one.values is not None and (values := [x for x in one.values if x is not None]):
            yield values


def answer(page: Page, numbers: Numbers) -> str:
    """Fill the fields, and what is said then."""
    fields = page.locator(FIELDS)
    assert fields.count() == len(numbers)
    for place, x in enumerate(numbers):
        fields.nth(place).fill(str(x).lower())
    page.keyboard.press("Enter")
    return str(page.inner_text("#lines > div:last-child"))


@pytest.mark.parametrize("program", PROGRAMS, ids=[text for text, _ in PROGRAMS])
def test_every_right_answer_is_right(browser: Browser, tmp_path: Path, program: tuple[str, dict[str, Any]]) -> None:
    """Rounded to four digits of the largest number; to the end."""
    page, count = opened(browser, tmp_path / "q.html", program), 0
    for numbers in answers(program):
        asked = page.inner_text("#lines > div:first-child")
        places = max(0, 3 - floor(log10(max(abs(x) for x in numbers) or 1)))
        rounded = [x if isinstance(x, bool) else f"{x:.{places}f}" for x in numbers]
        assert answer(page, rounded).startswith("Right: "), (asked, rounded)
        count += 1
    assert page.inner_text("#caption").startswith("That was the last question.")
    assert page.inner_text("#score") == f"Right: {count} of {count}. Tries: {count}."
    page.close()


TOLD = (
    (AFFINE, "s = X@W", [-5, -2, 1, -11, -4, 3], "the opposite sign"),
    (AFFINE, "t = relu(Y)", [5, 3, -2, 11, 5, -4], "a closed branch treated as open, at t = relu(Y)"),
    (AFFINE, "∂L/∂Y", [1, 1, 1, 1, 1, 1], "a closed branch treated as open, at t = relu(Y)"),
    (AFFINE, "∂L/∂b", [1, 1, 0], "the sum over the batch forgotten: one row alone"),
    (AFFINE, "∂L/∂t", [5, 3, 0, 11, 5, 0], "the value of t instead of the gradient"),
    (SQUARE, "P = A@B", [-1, -1, 13, 23], "the product B·A in place of A@B"),
    (SQUARE, "P = A@B", [2, -2, 12, 15], "the product A ⊙ B in place of A@B"),
    (SQUARE, "P = A@B", [10, 26, 5, 12], "the transpose"),
    (SQUARE, "∂L/∂A", [80, 10, 200, 20], "the product ∂L/∂P·B in place of ∂L/∂P·Bᵀ"),
    (FORK, "∂L/∂h", [4, 8, -12], "a path left out at the fork h: the one through t (gradients add)"),
    (FORK, "∂L/∂h", [3, 3, 3], "the path through t alone, at the fork h (gradients add)"),
    (FORK, "∂L/∂x", [7, 11, -9], "a factor of the chain missing: the derivative of h = 2·x with respect to x"),
)


@pytest.mark.parametrize(("program", "asked", "given", "mistake"), TOLD, ids=[f"{t[1]} {t[2]}" for t in TOLD])
def test_a_wrong_one_has_its_reason(
    browser: Browser, tmp_path: Path, program: tuple[str, dict[str, Any]], asked: str, given: Numbers, mistake: str
) -> None:
    """In the words of `check`; the fields that are wrong are marked, and after two tries the answer can be seen."""
    page = opened(browser, tmp_path / "q.html", program)
    for numbers in answers(program):
        if page.inner_text("#lines > div:first-child").startswith(asked + " = ?"):
            break
        answer(page, numbers)
    count = sum(x != y for x, y in zip(numbers, given, strict=True))
    said = answer(page, given)
    assert said == f"{count} of the {len(given)} numbers are not right: consistent with {mistake}"
    assert page.locator("#answer [aria-invalid=true]").count() == count
    assert not page.is_visible("#tell")
    answer(page, given)
    page.click("#tell")
    assert page.inner_text("#lines > div:last-child").startswith("The answer: ")
    page.close()


def test_what_is_typed(browser: Browser, tmp_path: Path) -> None:
    """What is no number is no try; digits count as of the largest number; a pasted matrix fills the fields."""
    page = opened(browser, tmp_path / "q.html", ("L = sum(softmax(x)*c)", {"x": [0, 2], "c": [1, 3]}))
    assert answer(page, ["0.12", "what"]).startswith("Give a number")
    assert page.inner_text("#score").endswith("Tries: 0.")
    assert answer(page, [".1", ".9"]) == "Right so far: give two digits or more."
    page.evaluate(PASTE, "[0.12, 0.88]")
    assert [page.locator(FIELDS).nth(k).input_value() for k in (0, 1)] == ["0.12", "0.88"]
    page.click("#quiz button >> nth=0")
    assert page.inner_text("#score") == "Right: 1 of 8. Tries: 1."
    page.close()


def test_conditions_are_true_or_false(browser: Browser, tmp_path: Path) -> None:
    """In words or as 1 and 0."""
    page = opened(browser, tmp_path / "q.html", ("sum(where(x > 0, x, x^2))", {"x": [-1, 2]}))
    assert answer(page, ["maybe", "true"]) == "Answer true or false."
    assert answer(page, ["true", "true"]) == "1 of the 2 numbers are not right"
    assert answer(page, ["0", "true"]).startswith("Right: ")
    page.close()


def test_other_values_and_nothing_lies_open(browser: Browser, tmp_path: Path) -> None:
    """Of a quiz without a point too; no key or button goes beyond the question, and nothing ahead is seen."""
    path = tmp_path / "q.html"
    assert run("draw", SQUARE[0], "--shape", "A=2x2,B=2x2", "--quiz", "--output", str(path)).code == 0
    page = browser.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(path.as_uri() + "#6")
    for act in ("End", "ArrowRight", " "):
        page.keyboard.press(act)
    assert page.inner_text("#count").startswith("0 / ")
    texts = page.locator("#graph .a .l").all_text_contents()
    assert (texts.count("?"), len(texts)) == (2, 2 * 4 + 2)
    before = page.text_content("#graph")
    page.click("#other")
    assert page.text_content("#graph") != before
    assert page.inner_text("#score").startswith("Right: 0 of ")
    page.close()


@pytest.mark.parametrize("size", [(1280, 720), (375, 667)])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_on_a_screen(browser: Browser, tmp_path: Path, size: tuple[int, int], language: str) -> None:
    """The fields are in view with the question and the node."""
    view = ViewportSize(width=size[0], height=size[1])
    choices = {"viewport": view, "reduced_motion": "reduce"}
    page = opened(browser, tmp_path / "q.html", AFFINE, "--lang", language, **choices)
    answer(page, [5, 2, -1, 11, 4, -3])
    for selector in (f"{FIELDS} >> nth=0", f"{FIELDS} >> nth=5", "#lines", ".q.cur", "#other", "#step"):
        box = page.locator(selector).bounding_box()
        assert box is not None
        assert 0 <= box["x"] < box["x"] + box["width"] <= size[0], selector
        assert 0 <= box["y"] < box["y"] + box["height"] <= size[1], selector
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert re.search("[一-龠]", page.inner_text("#lines")) is None or language == "ja"
    page.close()
