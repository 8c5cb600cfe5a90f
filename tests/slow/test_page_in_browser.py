"""The page in a real headless Chromium: stepping, sliders, keyboard, numbers equal to `gradcli eval --json`.

Needs playwright (Python) and a chromium in PATH; run with `pytest tests/slow/test_page_in_browser.py`.
"""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from gradcli.draw.numbers import number
from gradcli.export.backends.javascript import PAGE
from gradcli.operators.table import CALLS
from tests.helpers.pictures import HOSTILE, SHARED
from tests.helpers.running import run
from tests.slow.opened import SET, Opened


def test_live_numbers_at_50_slider_positions(browser: Browser, tmp_path: Path) -> None:
    """Closed and open ReLU, the kink at 0, both branches."""
    opened = Opened(browser, tmp_path / "p.html", SHARED, "--at", "a=1.5,x=0.8")
    closed = kinks = 0
    for position in range(50):
        opened.put(position % 2, "range", str(-2 + 4 * ((position * 7) % 25) / 24 if position % 10 else 0))
        opened.check()
        point = opened.point()
        closed += point["a"] * point["x"] < 0
        kinks += point["a"] * point["x"] == 0
    assert closed >= 5
    assert kinks >= 5
    opened.close()


@pytest.mark.parametrize("kink", ["branch", "minnorm"])
@pytest.mark.parametrize("name", [row.name for row in CALLS if row.definition or PAGE.spells(row)])
def test_every_function_of_the_table_is_live(browser: Browser, tmp_path: Path, name: str, kink: str) -> None:
    """At kinks, jumps, poles, in tails and between: as `gradcli eval` with the same rule."""
    row = next(row for row in CALLS if row.name == name)
    count = (row.least or len(row.parameters)) - bool(row.conditions)
    letters = "xyz"[: count + row.variadic]
    condition = "x > 0.5, " if row.conditions else ""
    expression = f"1.5*{row.word}({condition}{', '.join(letters)}) + 0*{' * '.join(letters)}"
    start = ",".join(f"{letter}=0.5" for letter in letters)
    opened = Opened(browser, tmp_path / "p.html", expression, "--at", start, "--kink", kink, "--allow-nonfinite")
    places = ["-30.5", "-5", "-1.25", "-1", "-0.5", "0", "0.3", "0.5", "1", "1.5", "2", "7.75", "26.5", "700"]
    for index, place in enumerate(places):
        for other in range(1, len(letters)):
            opened.put(other, "number", places[(index * (other + 3) + other) % len(places)])
        for other in range(1, len(letters)):
            if index % 3 == 0:
                opened.put(other, "number", place)
        opened.put(0, "number", place)
        opened.check("--kink", kink, "--allow-nonfinite")
    opened.close()


FRACTIONS = (
    "relu(x)/3 + abs(y - 1/3) + max(x, x, y - 1/3) + clip(x, 0, 1) + floor(3*y) + mod(y, 1/3) + round(3*y/2) + 2^-3"
    " + where(x == 0 and not y > 1/3, log2(8)*x, 2*x) + hypot(3*y, 4*y) + cbrt(-8*y^3) + leaky_relu(x, 0.01)/7 + 0.1"
    " + sum(x, y, 1/3)/3 + hypot(2*y, 3*y, 6*y)"
)


@pytest.mark.parametrize("kink", ["branch", "minnorm"])
def test_fractions_are_those_of_the_tables(browser: Browser, tmp_path: Path, kink: str) -> None:
    """At the point and wherever the inputs go, at kinks and ties too; typed ones are in the address."""
    opened = Opened(browser, tmp_path / "p.html", FRACTIONS, "--at", "x=0,y=1/3", "--fractions", "--kink", kink)
    for x, y in (("0", "1/3"), ("1/3", "2/3"), ("-0.7", "1/3"), ("2e-3", "−5/7"), ("0", "0.1"), ("12", "1")):
        opened.put(0, "number", x)
        opened.put(1, "number", y)
        at = f"x={x},y={y}".replace("−", "-")
        outcome = run("eval", FRACTIONS, "--at", at, "--fractions", "--kink", kink, "--json")
        found = json.loads(outcome.out)["fractions"]
        shown = [opened.page.locator("#value"), *opened.page.locator("#inputs .grad").all()]
        wanted = [f"z = {found['value']}", *(f"∂z/∂{name} = {slope}" for name, slope in found["gradient"].items())]
        assert [e.inner_text() for e in shown] == [text.replace("-", "−") for text in wanted]
    opened.put(0, "number", "1/3")
    opened.page.wait_for_function("location.hash.endsWith('x=1/3&y=1')")
    opened.close()


def test_what_is_no_fraction_has_digits(browser: Browser, tmp_path: Path) -> None:
    """And all that is computed of it; the others stay fractions, also in the sentences."""
    opened = Opened(browser, tmp_path / "p.html", "sqrt(x)/3 + y/3", "--at", "x=4/9,y=1", "--fractions")
    opened.page.locator("#rows summary").click()
    table = opened.page.locator("#table")
    assert "sqrt(x) = sqrt(4/9) = 2/3" in table.inner_text()
    assert "1/(2·s) = 1 ÷ (4/3) = 3/4" in table.inner_text()
    opened.put(0, "number", "2/9")
    assert "sqrt(x) = sqrt(2/9) ≈ 0.4714" in table.inner_text()
    assert "u = y ÷ 3 = 1 ÷ 3 = 1/3" in table.inner_text()
    opened.close()


def test_operators_and_powers(browser: Browser, tmp_path: Path) -> None:
    """Infix operators, powers at 0 and of negative numbers, conditions that are not evaluated."""
    expressions = (
        "x^y + y^2", "x^0 + 0^x", "(x/y - -x)*x", "where(x > 0 and log(x) < 1 or not y >= 0, sqrt(x), y*x)",
        "2^x*x^-1", "x*x*x", "max(x, y, x) - min(x, y)", "x^1.5 + pi*e",
    )  # fmt: skip
    for expression in expressions:
        opened = Opened(browser, tmp_path / "p.html", expression, "--at", "x=1,y=2" if "y" in expression else "x=1")
        for x in ("-2", "-1", "0", "0.5", "3"):
            opened.put(0, "number", x)
            for y in ("-1.5", "0", "1", "2") if "y" in expression else ("",):
                if y:
                    opened.put(1, "number", y)
                opened.check()
        opened.close()


def test_numbers_are_written_as_python_writes_them(browser: Browser, tmp_path: Path) -> None:
    """Four digits, ties to even, exponents, signs."""
    opened = Opened(browser, tmp_path / "p.html", "x*1", "--at", "x=1")
    values = [0.0, 1.0, -2.5, 1234.5, 1235.5, 0.00012345, 0.000099995, 99995.0, 1e-300, 12345678.0, 1e22, 3.14159,
              1000.5, 999.95, 1e-5, -0.1 - 0.2, 2.0**-11, 1e300]  # fmt: skip
    for value in values:
        opened.put(0, "number", repr(value))
        sign = "=" if float(number(value).replace("−", "-")) == value else "≈"
        assert opened.page.locator("#value").inner_text() == f"y {sign} {number(value)}"
    opened.close()


def test_stepping_forward_and_backward(browser: Browser, tmp_path: Path) -> None:
    """Buttons, arrow keys, Home, End and the slider; a caption for each step."""
    opened = Opened(browser, tmp_path / "p.html", "relu(a*x)", "--at", "a=2,x=3", at="")
    page = opened.page
    caption, count = page.locator("#caption"), page.locator("#count")
    assert (count.inner_text(), caption.inner_text()) == ("0 / 5", "The inputs are given.")
    assert sorted(t for t in page.locator(".v").all_text_contents() if t) == ["2", "3"]
    said = []
    for _ in range(5):
        page.keyboard.press("ArrowRight")
        said.append(caption.inner_text().split("\n\n"))
    assert said == [
        ["Forward pass: Mul node s = a × x", "s = a × x = 2 × 3 = 6"],
        ["Forward pass: ReLU node y = relu(s)", "y = relu(s) = relu(6) = 6"],
        ["Backward pass: End point", "∂y/∂y = 1", "End point: the backward pass begins with 1"],
        [
            "Backward pass: ReLU node y = relu(s)",
            "∂y/∂s = ∂y/∂y·∂y/∂s = 1 × 1 = 1",
            "ReLU node: open, as s > 0: the incoming 1 goes on to s as it is",
        ],
        [
            "Backward pass: Mul node s = a × x",
            "∂y/∂a = ∂y/∂y·∂y/∂s·∂s/∂a = 1 × 1 × 3 = 3",
            "Mul node: the incoming 1 times x = 3, the value from the other input, is 3",
            "∂y/∂x = ∂y/∂y·∂y/∂s·∂s/∂x = 1 × 1 × 2 = 2",
            "Mul node: the incoming 1 times a = 2, the value from the other input, is 2",
        ],
    ]
    assert page.locator("#step").get_attribute("aria-disabled") == "true"
    page.click("#first")
    page.click("#step")
    assert count.inner_text() == "1 / 5"
    page.click("#back")
    page.click("#last")
    assert count.inner_text() == "5 / 5"
    page.locator("#at").evaluate(SET, "3")
    assert caption.inner_text().split("\n\n") == said[2]
    assert [t for t in page.locator(".g").all_text_contents() if t] == ["1"]
    opened.close()


def test_the_chain_rule_line_of_the_specification(browser: Browser, tmp_path: Path) -> None:
    """∂y/∂v·∂v/∂t ≈ 1 × 0.1779 ≈ 0.1779, as the numbers are rounded; the product is full."""
    opened = Opened(browser, tmp_path / "p.html", SHARED, "--at", "a=1.5,x=0.8")
    said = []
    for _ in range(16):
        said.append(opened.page.locator("#caption").inner_text())
        opened.page.keyboard.press("ArrowLeft")
    assert any("∂y/∂y·∂y/∂v·∂v/∂t ≈ 1 × 1 × 0.1779 ≈ 0.1779" in line for line in said), said
    opened.close()


@pytest.mark.parametrize(
    ("expression", "at", "lines"),
    [
        ("x + y", "x=1e16,y=1", ["z = x + y = 1e16 + 1 ≈ 1e16"]),
        ("x/3*3", "x=1",
         ["s = x ÷ 3 = 1 ÷ 3 ≈ 0.3333", "y = s × 3 ≈ 0.3333 × 3 ≈ 1",
          "∂y/∂x = ∂y/∂y·∂y/∂s·∂s/∂x ≈ 1 × 3 × 0.3333 ≈ 1"]),
        ("x*y - 0.5", "x=0.1,y=3", ["s = x × y = 0.1 × 3 ≈ 0.3", "z = s − 0.5 ≈ 0.3 − 0.5 ≈ −0.2"]),
        ("x*y", "x=1e-200,y=1e-200", ["z = x × y = 1e−200 × 1e−200 ≈ 0"]),
        ("tanh(x) + exp(y) + sigmoid(z)", "x=40,y=0,z=0",
         ["s = tanh(x) = tanh(40) ≈ 1", "t = exp(y) = exp(0) = 1", "v = sigmoid(z) = sigmoid(0) = 0.5"]),
        ("relu(x) + floor(y) + elu(z)", "x=2,y=2.5,z=-50",
         ["s = relu(x) = relu(2) = 2", "t = floor(y) = floor(2.5) = 2", "v = elu(z) = elu(−50) ≈ −1"]),
        ("where(x > 1.23456, x^3, 0.1*x)", "x=2", ["s = x > 1.23456 ≈ 2 > 1.235 = true", "t = x^3 = 2^3 = 8"]),
    ],
)  # fmt: skip
def test_equal_signs(browser: Browser, tmp_path: Path, expression: str, at: str, lines: list[str]) -> None:
    """`=` stands where a line is exact as it is printed, else `≈`."""
    opened = Opened(browser, tmp_path / "p.html", expression, "--at", at)
    said = []
    for _ in range(20):
        said.append(opened.page.locator("#caption").inner_text())
        opened.page.keyboard.press("ArrowLeft")
    assert all(any(line in shown for shown in said) for line in lines), said
    opened.close()


@pytest.mark.parametrize(
    ("expression", "at"),
    [("(exp(x) - 1)/x", "x=1e-8"), ("log(1 - sigmoid(x))", "x=36.5"), ("-log(1/(1 + exp(-x)))", "x=-400"),
     ("(1 - cos(x))/x^2", "x=1e-8"), ("1/cosh(x)", "x=400")],
)  # fmt: skip
def test_the_page_shows_what_doubles_make_of_it(browser: Browser, tmp_path: Path, expression: str, at: str) -> None:
    """Where digits are lost its lines still multiply out; the description has the note."""
    opened = Opened(browser, tmp_path / "p.html", expression, "--at", at)
    opened.check()
    assert "lost its digits" in (opened.page.locator("#graph desc").text_content() or "")
    opened.close()


def test_an_edge_is_marked_at_its_point(browser: Browser, tmp_path: Path) -> None:
    """And no more as soon as the point moves."""
    opened = Opened(browser, tmp_path / "p.html", "where(x == 0, 0, x)", "--at", "x=0")
    names = opened.page.locator(".n")
    assert "s · edge" in names.all_text_contents()
    opened.put(0, "number", "1")
    assert "s · edge" not in names.all_text_contents()
    opened.close()


def test_the_card_on_hover_and_on_focus(browser: Browser, tmp_path: Path) -> None:
    """The local derivative and the product, by mouse and by keyboard; it goes with Escape."""
    opened = Opened(browser, tmp_path / "p.html", "relu(a*x)", "--at", "a=2,x=3")
    page, card = opened.page, opened.page.locator("#card")
    assert card.is_hidden()
    node = page.locator(".q", has=page.locator("text=×")).first
    node.hover()
    wanted = (
        "Mul node s = a × x = 2 × 3 = 6\n∂y/∂s = 1\n→ ∂y/∂a = ∂y/∂y·∂y/∂s·∂s/∂a = 1 × 1 × 3 = 3\n"
        "→ ∂y/∂x = ∂y/∂y·∂y/∂s·∂s/∂x = 1 × 1 × 2 = 2"
    )
    assert [line for line in card.inner_text().split("\n") if line] == wanted.split("\n")
    page.mouse.move(1, 1)
    assert card.is_hidden()
    page.keyboard.press("Tab")
    reached = [card.inner_text()]
    for _ in range(2):
        page.keyboard.press("ArrowDown")
        reached.append(card.inner_text())
    page.keyboard.press("ArrowUp")
    assert [text.split("\n")[0] for text in [*reached, card.inner_text()]] == [
        "Mul node s = a × x = 2 × 3 = 6", "a = 2", "x = 3", "a = 2"
    ]  # fmt: skip
    assert page.locator("#count").inner_text() == "5 / 5"
    node.focus()
    opened.put(0, "range", "-1")
    assert "∂y/∂a = ∂y/∂y·∂y/∂s·∂s/∂a = 1 × 0 × 3 = 0" in card.inner_text()
    page.keyboard.press("Escape")
    assert card.is_hidden()
    opened.close()


def test_states_follow_the_sliders(browser: Browser, tmp_path: Path) -> None:
    """A closed ReLU is grey, a zero is dotted and seen, what is not taken is dashed, a kink is said."""
    opened = Opened(browser, tmp_path / "p.html", SHARED, "--at", "a=1.5,x=0.8")
    page = opened.page
    assert (page.locator(".e.nt").count(), page.locator(".e.z").count(), page.locator(".q.k").count()) == (1, 0, 1)
    opened.put(0, "range", "-1.5")
    assert (page.locator(".e.nt").count(), page.locator(".e.z").count(), page.locator(".q.k").count()) == (1, 5, 2)
    assert page.locator("text.g.z").all_text_contents() == ["0"] * 5
    assert page.locator(".v", has_text="false").count() == 1
    opened.put(0, "range", "0")
    assert page.locator("#caption .note").inner_text() == "t · kink"
    assert page.locator(".n", has_text="t · kink").count() == 1
    opened.close()


def test_where_there_is_no_value_the_page_says_so(browser: Browser, tmp_path: Path) -> None:
    """And an empty field is asked for; the page goes on as soon as there is a value."""
    opened = Opened(browser, tmp_path / "p.html", "log(x)*2", "--at", "x=2")
    opened.put(0, "number", "-1")
    assert opened.page.locator("#caption .note").inner_text() == "The function has no finite value here: s = NaN"
    opened.put(0, "number", "")
    assert opened.page.locator("#caption .note").inner_text() == "Give the inputs values."
    opened.put(0, "number", "1")
    opened.check()
    opened.close()


def test_without_a_point(browser: Browser, tmp_path: Path) -> None:
    """Names only, until the fields are filled."""
    opened = Opened(browser, tmp_path / "p.html", "a*x")
    assert not any(opened.page.locator(".v").all_text_contents())
    opened.put(0, "number", "2")
    opened.put(1, "range", "0.5")
    opened.check()
    opened.close()


def test_only_what_requires_a_gradient_has_one(browser: Browser, tmp_path: Path) -> None:
    """--wrt holds in the page too."""
    opened = Opened(browser, tmp_path / "p.html", "a*x + b*y", "--at", "a=2,x=3,b=4,y=5", "--wrt", "b")
    opened.put(3, "range", "-1")
    opened.check("--wrt", "b")
    assert opened.page.locator("#inputs .grad").count() == 1
    opened.close()


def test_names_and_titles_do_no_harm(browser: Browser, tmp_path: Path) -> None:
    """No script of theirs runs, and the title is shown as it is."""
    expression = f"constructor*__proto__ + toString # {HOSTILE.replace(chr(0), '').encode('utf-8', 'ignore').decode()}"
    title = "</script><img src=x onerror=alert(1)>"
    opened = Opened(
        browser, tmp_path / "p.html", expression, "--title", title, "--at", "constructor=1,__proto__=2,toString=3"
    )
    assert opened.page.locator("h1").inner_text() == title
    opened.put(0, "range", "0.5")
    opened.check()
    opened.close()


def test_without_javascript_the_picture_shows(browser: Browser, tmp_path: Path) -> None:
    """Its numbers are those of the point; there is no control that does nothing."""
    opened = Opened(browser, tmp_path / "p.html", "a*x", "--at", "a=2,x=3", javascript=False)
    assert sorted(opened.page.locator(".v").all_text_contents()) == ["2", "3", "6"]
    assert opened.page.locator("button").first.is_hidden()
    assert opened.page.locator("noscript").is_visible() or "Without JavaScript" in opened.page.content()
    opened.close()


@pytest.mark.parametrize(("scheme", "background"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(13, 17, 23)")])
def test_light_and_dark(browser: Browser, tmp_path: Path, scheme: str, background: str) -> None:
    """The page follows the reader's system; Japanese words."""
    opened = Opened(
        browser, tmp_path / "p.html", "りんご*個数", "--at", "りんご=2,個数=3", "--lang", "ja", color_scheme=scheme
    )
    assert opened.page.evaluate("getComputedStyle(document.body).backgroundColor") == background
    assert "逆伝搬" in opened.page.locator("#caption").inner_text()
    opened.close()


@pytest.mark.parametrize("seed", range(10))
def test_labels_of_live_numbers_stay_in_their_slots(browser: Browser, tmp_path: Path, seed: int) -> None:
    """Long numbers that sliders bring are set smaller: no label touches another one or a node."""
    opened = Opened(browser, tmp_path / "p.html", SHARED, "--at", "a=1.5,x=0.8")
    opened.put(0, "number", repr(-1.2345e-150 * 10**seed))
    opened.put(1, "number", repr(1.2345e-9))
    overlaps = opened.page.evaluate(
        """() => {
          const boxes = [...document.querySelectorAll('.l')].filter(e => e.textContent).map(e => {
            const b = e.getBBox(), middle = b.y + b.height/2, height = b.height*0.5;
            return {left: b.x, right: b.x + b.width, top: middle - height/2, bottom: middle + height/2};
          });
          const touch = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
          return boxes.flatMap((a, i) => boxes.slice(0, i).filter(b => touch(a, b))).length;
        }"""
    )
    assert overlaps == 0
    opened.close()
