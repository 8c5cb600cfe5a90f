"""The quiz in a real headless Chromium: what is right and what is not, its reason, and other values.

Needs playwright (Python) and a chromium in PATH; run with `pytest tests/slow/test_quiz_in_browser.py`.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ViewportSize

from gradcli.draw.numbers import number
from gradcli.engine.evaluation import evaluate
from gradcli.language.names import node_names
from gradcli.language.parser import parse
from tests.slow.opened import Opened

ARTICLE = ("a*x + b*y", "--at", "a=2,x=3,b=4,y=5")
CLOSED = ("relu(a*x) + b", "--at", "a=-2,x=3,b=1")
FORK = ("x^2 + 7*x", "--at", "x=3")
MINUS = ("(a - b)*x", "--at", "a=5,b=2,x=4")
OVER = "That was the last question."
EVERYTHING = (
    ARTICLE,
    CLOSED,
    FORK,
    ("x*x*x + x", "--at", "x=-2", "--binary"),
    ("where(a > b, a*x, max(a, b)) - b/x", "--at", "a=1,b=2,x=4"),
    ("h = sigmoid(w*x + b); y = (h - 0.5)^2", "--at", "w=0.5,x=1.5,b=-0.2"),
    ("a*b*c*d + 1", "--at", "a=2,b=3,c=4,d=5", "--wrt", "a,c", "--binary"),
    ("clip(p, q, 3)^2 + abs(q)*exp(p)", "--at", "p=0.5,q=-1"),
)


class Asked(Opened):
    """An open quiz."""

    def __init__(self, browser: Browser, path: Path, *question: str, at: str = "", **context: Any) -> None:
        super().__init__(browser, path, *question, "--quiz", at=at, **context)

    def answer(self, text: str) -> str:
        """Give an answer; what is said of it."""
        self.page.fill("#answer", text)
        self.page.keyboard.press("Enter")
        return self.page.locator("#lines > div:last-child > p").first.inner_text()

    def asked(self) -> str:
        """The formula that is asked for; "" when all are."""
        if self.page.locator("#caption b").inner_text() == OVER:
            return ""
        return self.page.locator("#lines p").first.inner_text().removesuffix(" = ?")

    def score(self) -> str:
        """What is counted."""
        return self.page.locator("#score").inner_text()

    def go_to(self, formula: str) -> None:
        """Have the answers shown up to a question."""
        while (asked := self.asked()) != formula:
            assert asked, formula
            for text in ("987.65", "987.65", "true", "true"):  # where true or false is asked for, a number is no try
                if not self.page.locator("#tell").is_visible() and self.asked() == asked:
                    self.answer(text)
            if self.asked() != asked:
                continue
            self.page.click("#tell")


class Right:
    """The right answers, from the passes."""

    def __init__(self, expression: str, at: str, wrt: str = "") -> None:
        graph = parse(expression)
        point = {name: float(value) for name, _, value in (pair.partition("=") for pair in at.split(","))}
        here = evaluate(
            graph, point, [node for name, node in graph.variables.items() if name in (wrt or graph.variables)]
        )
        names = node_names(graph)
        self.values = {names[node]: here.values[node] for node in here.order}
        self.sums = {f"∂{names[graph.output]}/∂{names[node]}": here.adjoints[node] for node in range(len(graph))}
        self.steps: dict[str, list[float]] = {}
        for node, inputs in enumerate(graph.inputs):
            slopes = here.local_derivatives(node) if here.is_evaluated(node) and here.required[node] else {}
            for index, x in enumerate(inputs):
                g = here.adjoints[node] * slopes[index] if slopes.get(index) else 0.0
                self.steps.setdefault(f"∂{names[node]}/∂{names[x]}", []).append(g)

    def of(self, asked: str) -> Any:
        """What is asked for."""
        asked = asked.replace("−", "-")
        if not asked.startswith("∂"):
            return self.values[asked.partition(" = ")[0]]
        last = re.split("[·=] ?", asked)[-1]
        if "·" in asked:
            return self.steps[last].pop(0) if len(self.steps[last]) > 1 else self.steps[last][0]
        return self.sums[last]


@pytest.mark.parametrize("question", EVERYTHING, ids=[question[0] for question in EVERYTHING])
@pytest.mark.parametrize("is_rounded", [False, True])
def test_every_right_answer_is_right(
    browser: Browser, tmp_path: Path, question: tuple[str, ...], is_rounded: bool
) -> None:
    """Exactly or to three digits; at the end the page shows what it shows without questions."""
    options = dict(zip(question[1::2], question[2::2], strict=False))
    right = Right(question[0], options["--at"], options.get("--wrt", ""))
    quiz, count = Asked(browser, tmp_path / "q.html", *question), 0
    while asked := quiz.asked():
        x = right.of(asked)
        text = str(x).lower() if isinstance(x, bool) else f"{x:.3g}" if is_rounded else repr(x)
        assert quiz.answer(text).startswith("Right"), (asked, text, quiz.page.locator("#lines").inner_text())
        count += 1
        assert quiz.score().startswith(f"Right: {count} of")
    assert quiz.score() == f"Right: {count} of {count}. Tries: {count}."
    quiz.check(*(("--wrt", options["--wrt"]) if "--wrt" in options else ()))
    quiz.close()


WRONG = (
    (ARTICLE, "s = a × x", "5", "the inputs added, at s = a × x"),
    (ARTICLE, "∂z/∂a = ∂z/∂z·∂z/∂s·∂s/∂a", "2",
     "the wrong factor of the product s = a × x: its own input a instead of x"),
    (ARTICLE, "∂z/∂a = ∂z/∂z·∂z/∂s·∂s/∂a", "-3", "the opposite sign"),
    (ARTICLE, "∂z/∂s = ∂z/∂z·∂z/∂s", "6", "the value of s instead of the gradient"),
    (
        ARTICLE,
        "∂z/∂b = ∂z/∂z·∂z/∂t·∂t/∂b",
        "1",
        "a factor of the chain missing: the derivative of t = b × y with respect to b",
    ),
    (MINUS, "s = a − b", "-3", "the opposite sign"),
    (MINUS, "y = s × x", "7", "the inputs added, at y = s × x"),
    (MINUS, "∂y/∂b = ∂y/∂y·∂y/∂s·∂s/∂b", "4", "a wrong sign of the derivative of s = a − b with respect to b"),
    (MINUS, "∂y/∂b = ∂y/∂y·∂y/∂s·∂s/∂b", "-1",
     "a chain that starts late: the derivative of s, without what follows it"),
    (FORK, "∂y/∂x", "6", "a path left out at the fork x: the one through t (gradients add)"),
    (FORK, "∂y/∂x", "42", "contributions multiplied instead of added at the fork x"),
    (FORK, "∂y/∂y·∂y/∂s·∂s/∂x", "18", "2·x^2 for the derivative of s = x^2 with respect to x, which is 2·x"),
    (FORK, "s = x^2", "8", "the inputs taken in the other order, at s = x^2"),
    (CLOSED, "∂y/∂s = ∂y/∂y·∂y/∂t·∂t/∂s", "1", "a closed branch treated as open, at t = relu(s)"),
    (CLOSED, "t = relu(s)", "-6", "a closed branch treated as open, at t = relu(s)"),
    (("max(a, b)*3", "--at", "a=5,b=2"), "∂y/∂b = ∂y/∂y·∂y/∂s·∂s/∂b", "3",
     "the gradient given to the wrong argument of s = max(a, b), at b"),
    (("sigmoid(a)*3", "--at", "a=1"), "s = sigmoid(a)", "0.1966",
     "the derivative of s = sigmoid(a) with respect to a instead of the value"),
    (("sigmoid(a)*3", "--at", "a=2"), "∂y/∂a = ∂y/∂y·∂y/∂s·∂s/∂a", "-6",
     "the input a in place of the output in the derivative of s = sigmoid(a): a·(1 − a) for s·(1 − s)"),
    (("where(a > 0, 5*a, 2*b)", "--at", "a=1,b=3"), "∂y/∂t = ∂y/∂y·∂y/∂t", "0", "the branch that is u, everywhere"),
)  # fmt: skip


@pytest.mark.parametrize(("question", "asked", "given", "mistake"), WRONG, ids=[f"{w[1]} {w[2]}" for w in WRONG])
def test_a_wrong_one_has_its_reason(
    browser: Browser, tmp_path: Path, question: tuple[str, ...], asked: str, given: str, mistake: str
) -> None:
    """In the words of `check`; in Japanese there is one too."""
    quiz = Asked(browser, tmp_path / "q.html", *question)
    quiz.go_to(asked)
    said = quiz.answer(given)
    assert said.startswith(f"{given} is not right: consistent with {mistake}"), said
    quiz.close()


def test_what_is_read_as_a_number(browser: Browser, tmp_path: Path) -> None:
    """Fractions, signs and digits of a Japanese keyboard, commas; what is none is no try, nor is one digit too few."""
    quiz = Asked(browser, tmp_path / "q.html", "a/b - c", "--at", "a=1,b=-3,c=2.5")
    for text in ("what", "1/0", "1/2/3", "--1", "1.2.3", "0x10", "⅓⅓", "-0.3", "−.3", "3e400", "-35e400", "1e999/2"):
        quiz.answer(text)
        assert quiz.score().endswith("Tries: 0."), text
    for text in ("-1/3", "-0.33", "−0,333", "－０．３３", "1/-3", "s = -0.33333", "-3.3e-1"):
        assert quiz.answer(text).startswith("Right"), text
        quiz.page.click("#reset")
    for text in ("-0.34", "-0.3334", "-1/4", "0"):
        assert "is not right" in quiz.answer(text), text
    quiz.answer("-1/3")
    assert quiz.answer("-2.8").startswith("Right")
    assert quiz.score() == "Right: 2 of 7. Tries: 6."
    quiz.close()


def test_nothing_lies_open(browser: Browser, tmp_path: Path) -> None:
    """Neither when the page is opened, nor by any key or button, nor in the file."""
    quiz = Asked(browser, tmp_path / "q.html", "relu(a*x)*7 + a", "--at", "a=23,x=3", at="#6")
    page = quiz.page
    for act in ("End", "ArrowRight", " ", "ArrowRight"):
        page.keyboard.press(act)
    for button in ("#step", "#last"):
        page.click(button, force=True)
    labels = [e.get_attribute("aria-label") or "" for e in page.locator("#graph [aria-label]").all()]
    seen = page.locator("body").inner_text() + page.locator("svg").inner_html() + "".join(labels)
    source = (tmp_path / "q.html").read_text(encoding="utf-8")
    for answer in ("69", "483", "506"):
        assert not re.search(rf"[>\s=\[,]{answer}[<\s,;\]]", seen), answer
        assert not re.search(rf"[>\s=]{answer}[<\s;]", source), answer
    assert page.locator(".g").all_text_contents() == [""] * 7
    assert page.locator(".ask").all_text_contents() == ["?"]
    assert page.locator("#count").inner_text() == "0 / 9"
    quiz.answer("69")
    assert page.locator("#count").inner_text() == "1 / 9"
    quiz.close()


def test_the_answer_is_shown_after_two_wrong_ones(browser: Browser, tmp_path: Path) -> None:
    """And counts as none."""
    quiz = Asked(browser, tmp_path / "q.html", *ARTICLE)
    for given in ("1", "2"):
        assert not quiz.page.locator("#tell").is_visible()
        quiz.answer(given)
    quiz.page.click("#tell")
    assert quiz.page.locator("#lines > div:last-child").inner_text() == "The answer: s = a × x = 2 × 3 = 6"
    assert quiz.page.evaluate("document.activeElement.id") == "answer"
    assert quiz.score() == "Right: 0 of 10. Tries: 2."
    quiz.close()


def test_other_values(browser: Browser, tmp_path: Path) -> None:
    """Each starts the questions anew; so do those of the reader. All of them have answers."""
    quiz = Asked(browser, tmp_path / "q.html", "relu(a*x + b)")
    page, met = quiz.page, []
    for _ in range(8):
        at = ",".join(f"{name}={value}" for name, value in quiz.point().items())
        right = Right(quiz.expression, at)
        met.append((at, right.values["y"] == 0))
        quiz.answer(repr(right.of(quiz.asked())))
        assert quiz.score().startswith("Right: 1 of")
        page.click("#other")
        assert quiz.score() == "Right: 0 of 9. Tries: 0."
    assert len({at for at, _ in met}) == 8
    assert {closed for _, closed in met} == {True, False}
    quiz.answer("1")
    quiz.put(0, "number", "2.5")
    assert quiz.score().endswith("Tries: 0.")
    quiz.put(0, "number", "")
    assert not page.locator("#quiz").is_visible()
    quiz.close()


def test_a_step_to_begin_at(browser: Browser, tmp_path: Path) -> None:
    """What lies behind is given: the way back alone can be practised."""
    quiz = Asked(browser, tmp_path / "q.html", *ARTICLE, "--step", "4")
    assert quiz.page.locator("#count").inner_text() == "4 / 7"
    assert quiz.asked() == "∂z/∂s = ∂z/∂z·∂z/∂s"
    quiz.close()


@pytest.mark.parametrize("size", [(1280, 720), (375, 667)])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_on_a_screen(browser: Browser, tmp_path: Path, size: tuple[int, int], language: str) -> None:
    """The field is in view with the question and the node; one live region says what a screen reader is to say."""
    quiz = Asked(
        browser,
        tmp_path / "q.html",
        *FORK,
        "--lang",
        language,
        viewport=ViewportSize(width=size[0], height=size[1]),
        reduced_motion="reduce",
    )
    page = quiz.page
    quiz.answer("9")
    for selector in ("#answer", "#lines", ".q.cur", "#other", "#step"):
        box = page.locator(selector).bounding_box()
        assert box is not None
        assert 0 <= box["x"] < box["x"] + box["width"] <= size[0], selector
        assert 0 <= box["y"] < box["y"] + box["height"] <= size[1], selector
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("[aria-live]").count() == 1
    assert page.get_by_label({"en": "Your answer", "ja": "あなたの答え"}[language]).is_visible()
    assert number(9) in page.locator("[aria-live]").inner_text()
    quiz.close()


def test_without_javascript(browser: Browser, tmp_path: Path) -> None:
    """The picture without numbers, and a word."""
    quiz = Asked(browser, tmp_path / "q.html", *ARTICLE, javascript=False)
    assert quiz.page.locator("noscript").inner_text() == "The questions need JavaScript."
    assert not [text for text in quiz.page.locator("text.l").all_text_contents() if text]
    quiz.close()
