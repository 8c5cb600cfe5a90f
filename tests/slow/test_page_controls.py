"""What a reader does with the page in a real headless Chromium: steps, keys, the address, paper, a phone, a screen
reader.

Needs playwright (Python) and a chromium in PATH; run with `pytest tests/slow/test_page_controls.py`.
"""

import json
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, CDPSession, Page, ViewportSize

from gradcli.export.backends.javascript import PAGE
from gradcli.operators.table import CALLS
from tests.helpers.pictures import network
from tests.helpers.running import run
from tests.slow.opened import Opened

ARTICLE = ("a*x + b*y", "--at", "a=2,x=3,b=4,y=5")
RELU = ("relu(a*x + b*z)", "--at", "a=1,x=2,b=3,z=4")
NETWORK = (
    "h = sigmoid(w11*x1 + w12*x2 + b1); k = sigmoid(w21*x1 + w22*x2 + b2); y = v1*h + v2*k + c",
    "--at",
    "w11=0.5,x1=1,w12=0.25,x2=-2,b1=0.1,w21=-0.3,w22=0.8,b2=-0.1,v1=1.5,v2=-0.7,c=0.2",
)
PLAIN = re.compile(r"\W?[-−\d.e]+\W?|[=≈×÷·/]|\s+")


def shown(page: Page, kind: str) -> list[str]:
    """The texts of the labels of a kind that are not empty."""
    return [text for text in page.locator(f"text.{kind}").all_text_contents() if text]


def everything(page: Page) -> str:
    """All that can be seen or heard of the figure and below it."""
    labels = [e.get_attribute("aria-label") or "" for e in page.locator("#graph [aria-label]").all()]
    titles = [e.get_attribute("title") or "" for e in page.locator("[title]").all()]
    return "\n".join([page.locator("body").inner_text(), page.locator("desc").inner_html(), *labels, *titles])


def test_it_opens_at_the_start_and_shows_nothing_that_lies_ahead(browser: Browser, tmp_path: Path) -> None:
    """Neither on the arrows nor in captions, cards, descriptions and fields."""
    opened = Opened(browser, tmp_path / "p.html", "relu(a*x)*7", "--at", "a=2,x=3", at="")
    page = opened.page
    forward, backward = [["2", "3"], ["2", "3", "6"], ["2", "3", "6", "6"], ["2", "3", "42", "6", "6", "7"]], [["1"]]
    for values in forward:
        assert sorted(shown(page, "v")) == sorted([*values, "7"] if len(values) < 6 else values)
        assert shown(page, "g") == []
        assert "42" not in everything(page) or len(values) == 6
        assert "∂y" not in everything(page)
        page.locator(".q", has=page.locator("text=×")).first.hover()
        assert "∂y" not in page.locator("#card").inner_text()
        page.keyboard.press("ArrowRight")
    assert [shown(page, "g")] == backward
    assert "= 21" not in everything(page)
    page.keyboard.press("End")
    assert "= 21" in everything(page)
    opened.close()


def test_it_opens_elsewhere_with_step(browser: Browser, tmp_path: Path) -> None:
    """And the address wins over the option."""
    opened = Opened(browser, tmp_path / "p.html", *ARTICLE, "--step", "3", at="")
    assert opened.page.locator("#count").inner_text() == "3 / 7"
    opened.close()
    opened = Opened(browser, tmp_path / "q.html", *ARTICLE, "--step", "3", at="#5")
    assert opened.page.locator("#count").inner_text() == "5 / 7"
    opened.close()


def test_the_address_has_the_state(browser: Browser, tmp_path: Path) -> None:
    """Step and values; a link opens what was seen, also where variables are called like anything."""
    opened = Opened(browser, tmp_path / "p.html", "step*りんご + hash", "--at", "step=2,りんご=3,hash=5", at="")
    page = opened.page
    opened.put(0, "number", "-0.25")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("location.hash.startsWith('#1&')")
    address = page.url
    assert "step=-0.25" in address
    page.click("#reset")
    page.wait_for_function("location.hash.startsWith('#0&')")
    assert opened.point() == {"step": 2, "りんご": 3, "hash": 5}
    page.evaluate("hash => { location.hash = hash }", address.partition("#")[2])
    page.wait_for_function("document.getElementById('count').textContent === '1 / 5'")
    assert opened.point() == {"step": -0.25, "りんご": 3, "hash": 5}
    page.evaluate("location.hash = '#9999&step=x&nobody=1&hash&%E3%81=2&りんご=7'")
    page.wait_for_function("document.getElementById('count').textContent === '5 / 5'")
    assert opened.point() == {"step": -0.25, "りんご": 7, "hash": 5}
    opened.close()


def test_keys(browser: Browser, tmp_path: Path) -> None:
    """Space plays and pauses, Home and End go to the ends; the arrows of a field are its own."""
    opened = Opened(browser, tmp_path / "p.html", *ARTICLE, at="#2")
    page, count = opened.page, opened.page.locator("#count")
    page.keyboard.press(" ")
    assert page.locator("#play").inner_text() == "Pause"
    page.wait_for_function("document.getElementById('count').textContent === '3 / 7'")
    page.keyboard.press(" ")
    assert page.locator("#play").inner_text() == "Play"
    page.keyboard.press("End")
    assert count.inner_text() == "7 / 7"
    page.keyboard.press("Home")
    assert count.inner_text() == "0 / 7"
    page.locator("#inputs input[id]").first.focus()
    page.keyboard.press("ArrowRight")
    assert count.inner_text() == "0 / 7"
    opened.close()


def test_the_focus_stays(browser: Browser, tmp_path: Path) -> None:
    """Tab stops once before the buttons, at the current node; a button that is at its end keeps the focus."""
    opened = Opened(browser, tmp_path / "p.html", *NETWORK, at="#22")
    page = opened.page
    page.keyboard.press("Tab")
    assert page.locator(".q.cur").evaluate("e => e === document.activeElement")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "first"
    for _ in range(2):
        page.keyboard.press("Tab")
    for _ in range(3):
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "step"
    assert page.locator("#count").inner_text() == "23 / 23"
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.id") == "step"
    opened.close()


def test_what_a_screen_reader_gets(browser: Browser, tmp_path: Path) -> None:
    """One live region; a text for each edge and node; buttons and fields by their names."""
    opened = Opened(browser, tmp_path / "p.html", *ARTICLE)
    page = opened.page
    assert page.locator("[aria-live], output, [role=status], [role=alert], [role=log]").count() == 1
    tree = page.locator("body").aria_snapshot()
    for line in ('img "a to s, value 2, gradient 3"', 'img "z to z, value 26, gradient 1"', 'button "To the start"',
                 'button "Save SVG"', 'slider "Steps"', 'slider "a (slider)"', 'textbox "a"',
                 'img "a = 2; ∂z/∂a = 3"'):  # fmt: skip
        assert line in tree, tree
    assert "Mul node s = a × x = 2 × 3 = 6; ∂z/∂s = 1; → ∂z/∂a = ∂z/∂z·∂z/∂s·∂s/∂a = 1 × 1 × 3 = 3" in tree
    page.keyboard.press("Home")
    assert 'img "s to z"' in page.locator("#graph").aria_snapshot()
    opened.close()


@pytest.mark.parametrize("size", [(1280, 720), (375, 667)])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_on_a_screen(browser: Browser, tmp_path: Path, size: tuple[int, int], language: str) -> None:
    """The buttons stay in view, labels are never under 12 px, the current node is seen at each step, and what is said
    of it up to nearly half of the screen.
    """
    viewport = ViewportSize(width=size[0], height=size[1])
    opened = Opened(
        browser, tmp_path / "p.html", *NETWORK, "--lang", language, at="", viewport=viewport, reduced_motion="reduce"
    )
    page = opened.page
    for _ in range(24):
        seen = page.evaluate(
            """() => {
              const f = document.querySelector("figure").getBoundingClientRect();
              const inside = b => b.left >= f.left && b.right <= f.right && b.top >= f.top && b.bottom <= f.bottom;
              const scale = document.getElementById("graph").getScreenCTM().a;
              const texts = [...document.querySelectorAll("#graph text")];
              const fonts = texts.map(e => parseFloat(getComputedStyle(e).fontSize));
              const nodes = [...document.querySelectorAll(".q.cur")].map(e => e.getBoundingClientRect());
              const whole = e => e.scrollHeight <= e.clientHeight || e.clientHeight > innerHeight*0.44;
              const said = ["h1", "#caption"].every(name => whole(document.querySelector(name)));
              return [Math.min(...fonts)*scale, nodes.every(inside), said];
            }"""
        )
        assert seen[0] >= 12
        assert seen[1:] == [True, True], page.locator("#count").inner_text()
        page.keyboard.press("ArrowRight")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for place in (0, 100_000):
        page.evaluate("y => scrollTo(0, y)", place)
        for button in ("#first", "#back", "#step", "#last", "#play"):
            box = page.locator(button).bounding_box()
            assert box is not None
            assert box["y"] >= 0
            assert box["y"] + box["height"] <= size[1]
    opened.close()


def test_a_picture_with_room_is_drawn_larger(browser: Browser, tmp_path: Path) -> None:
    """Up to twice its size, and all of it in view."""
    opened = Opened(browser, tmp_path / "p.html", *ARTICLE, viewport=ViewportSize(width=1280, height=720))
    figure, graph = (opened.page.locator(name).bounding_box() for name in ("figure", "#graph"))
    assert figure is not None
    assert graph is not None
    assert 1.3 < opened.page.evaluate("document.getElementById('graph').getScreenCTM().a") <= 2
    assert graph["height"] <= figure["height"] + 1
    opened.close()


def test_inputs_stand_beside_a_picture_that_leaves_room(browser: Browser, tmp_path: Path) -> None:
    """Picture, sliders and buttons are on one screen."""
    opened = Opened(
        browser,
        tmp_path / "p.html",
        *RELU,
        viewport={"width": 1280, "height": 720},
    )
    for place in opened.page.locator("#graph, #inputs input, #value, nav button").all():
        box = place.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 720
        assert box["x"] + box["width"] <= 1280
    opened.close()


def test_all_of_a_large_picture(browser: Browser, tmp_path: Path) -> None:
    """At a button, as small as it has to be; the same button makes its labels readable again."""
    opened = Opened(browser, tmp_path / "p.html", *NETWORK, viewport={"width": 1280, "height": 720})
    button, sizes = opened.page.locator("#fit"), []
    for _ in range(3):
        sizes.append(opened.page.evaluate("(e => [e.scrollHeight <= e.clientHeight, e.scrollWidth <= e.clientWidth])"
                                          "(document.querySelector('figure'))"))  # fmt: skip
        button.click()
    assert [[False, True], [True, True], [False, True]] == sizes
    assert "true" == button.get_attribute("aria-pressed")
    opened.close()


def test_what_is_typed(browser: Browser, tmp_path: Path) -> None:
    """Fractions are numbers; what is none is marked and changes nothing, and gives way when it is left."""
    opened = Opened(browser, tmp_path / "p.html", "a*3", "--at", "a=2")
    page, field = opened.page, opened.page.locator("#inputs input[id]")
    for typed, value, invalid in (
        ("1/3", "y = 1", "false"), ("abc", "y = 1", "true"), ("1/", "y = 1", "true"), ("−2", "y = −6", "false"),
        ("0,5", "y = 1.5", "false"), ("", "", "false"), ("pi", "", "true"), ("1e2", "y = 300", "false"),
        ("7x", "y = 300", "true"),
    ):  # fmt: skip
        field.fill(typed)
        assert (typed, value) == (field.input_value(), page.locator("#value").inner_text())
        assert invalid == field.get_attribute("aria-invalid")
    page.locator("#step").focus()
    assert ("100", "false") == (field.input_value(), field.get_attribute("aria-invalid"))
    opened.close()


@pytest.mark.parametrize(
    ("question", "most"), [(ARTICLE, 1), (RELU, 1), (NETWORK, 4)], ids=["article", "relu", "network"]
)
def test_pages_of_paper(browser: Browser, tmp_path: Path, question: tuple[str, ...], most: int) -> None:
    """All steps are on them, in few pages, none of which is nearly empty, and no word is cut."""
    opened = Opened(browser, tmp_path / "p.html", *question)
    steps = int(opened.page.locator("#at").get_attribute("max") or 0)
    path = tmp_path / "p.pdf"
    opened.page.pdf(path=path, format="A4", prefer_css_page_size=True)
    opened.close()
    words = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True).stdout
    pages = words.split("<page ")[1:]
    assert len(pages) <= most
    for page in pages:
        width, height = (float(size) for size in re.findall(r'^width="([\d.]+)" height="([\d.]+)"', page)[0])
        places = re.findall(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"', page)
        assert len(places) > 40
        assert all(
            0 < float(x1) < float(x2) < width and 0 < float(y1) < float(y2) < height for x1, y1, x2, y2 in places
        )
    text = " ".join(re.findall(r">([^<>]+)</word>", words))
    assert len(re.findall("(?:Forward|Backward) pass:", text)) == steps
    for sentence in (
        "The inputs are given.",
        "the backward pass begins with 1",
        "Fork:" if question is NETWORK else " × 3 = 3",
    ):
        assert sentence in text


@pytest.mark.parametrize("question", [ARTICLE, NETWORK], ids=["article", "network"])
def test_on_paper(browser: Browser, tmp_path: Path, question: tuple[str, ...]) -> None:
    """The figure and a table of the steps, no controls, nothing wider than the page and nothing that scrolls."""
    width = 1000 if question is NETWORK else 700  # A4 between its margins, the network across
    opened = Opened(browser, tmp_path / "p.html", *question, viewport=ViewportSize(width=width, height=900))
    page = opened.page
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert not any(page.locator(name).is_visible() for name in ("nav", "#keys", "#caption", "#inputs", "#card"))
    rows = page.locator("#table tr")
    assert rows.count() == int(page.locator("#at").get_attribute("max") or 0) + 1
    for element in ("figure", "#graph", "#table"):
        box = page.locator(element).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    assert page.evaluate("(e => e.scrollWidth <= e.clientWidth && e.scrollHeight <= e.clientHeight + 1)"
                         "(document.querySelector('figure'))")  # fmt: skip
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert not page.locator("#table").is_visible()
    opened.close()


def test_reduced_motion(browser: Browser, tmp_path: Path) -> None:
    """Nothing moves by itself where the reader does not want it."""
    for choice, duration in (("reduce", "0s"), ("no-preference", "0.25s")):
        opened = Opened(browser, tmp_path / "p.html", *ARTICLE, reduced_motion=choice)
        moved = opened.page.locator("#graph path").first.evaluate("e => getComputedStyle(e).transitionDuration")
        assert moved == duration
        opened.close()


def test_the_picture_is_saved_as_it_is_shown(browser: Browser, tmp_path: Path) -> None:
    """A file of its own: SVG with its colours, and nothing that lies ahead."""
    opened = Opened(browser, tmp_path / "lesson.html", *ARTICLE, at="#4")
    with opened.page.expect_download() as download:
        opened.page.click("#save")
    assert download.value.suggested_filename == "lesson.svg"
    text = download.value.path().read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)
    space = "{http://www.w3.org/2000/svg}"
    assert root.tag == f"{space}svg"
    labels = [e.text for e in root.iter(f"{space}text") if "l" in (e.get("class") or "").split() and e.text]
    assert sorted(labels) == ["1", "2", "20", "26", "3", "4", "5", "6"]
    assert sum(e.get("class") == "b" for e in root.iter()) == 1
    assert root.get("width")
    assert ".v{fill:#005a9c}" in text
    assert "var(" not in text
    assert "tabindex" not in text
    opened.complaints = [said for said in opened.complaints if not said.startswith("blob:")]
    opened.close()


def explained(*arguments: str) -> dict[tuple[str, str], str]:
    """The sentences of `eval --explain`, by node and by where the gradient goes."""
    outcome = run("eval", *arguments, "--explain", "--json")
    rows = json.loads(outcome.out)["trace"]["backward"]
    return {(row["node"], x["to"]): x["explanation"] for row in rows for x in row["outputs"] if "explanation" in x}


def captions(opened: Opened) -> list[str]:
    """All lines of all captions."""
    lines = []
    for _ in range(int(opened.page.locator("#at").get_attribute("max") or 0) + 1):
        lines += opened.page.locator("#caption").inner_text().split("\n")
        opened.page.keyboard.press("ArrowLeft")
    return lines


def test_what_is_not_taken_is_no_way_back(browser: Browser, tmp_path: Path) -> None:
    """A branch that is not taken adds nothing: no fork, and no number in words."""
    opened = Opened(browser, tmp_path / "p.html", "where(a>b, a*b, a+b)", "--at", "a=1,b=2")
    opened.page.locator("#rows summary").click()
    table = opened.page.locator("#table").inner_text()
    assert "Fork" not in table
    assert "∂y/∂a = ∂y/∂y·∂y/∂u·∂u/∂a = 1 × 1 × 1 = 1" in table
    assert "∂y/∂t = ∂y/∂y·∂y/∂t = 0\n" in table
    opened.close()


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize(
    ("expression", "at", "kink"),
    [
        ("relu(a*x)/b - c", "a=2,x=3,b=4,c=1", "branch"),
        ("relu(a*x) + max(a, x) + min(x, 3)*exp(b)", "a=-2,x=3,b=0", "branch"),
        ("sigmoid(a) + where(x > 0, a*x, x) - -b^2", "a=0,x=-2,b=3", "branch"),
        ("max(a, x) + abs(b) + clip(c, 0, a) + leaky_relu(x, 0.5)", "a=2,x=2,b=-3,c=5", "branch"),
        ("max(a, x, b) + abs(c) + relu(a*c)", "a=2,x=2,b=1,c=0", "branch"),
        ("max(a, x, b) + abs(c) + clip(a, x, 9) + leaky_relu(c, 0.5)*b", "a=2,x=2,b=1,c=0", "minnorm"),
        ("floor(a) + hypot(x, 2*x) + mod(a, b) + elu(x)", "a=2,x=0,b=2", "branch"),
        ("relu(a*x) + min(a, x)", "a=0,x=3", "minnorm"),
        ("hypot(a, x)*3 + elu(b)/2 + max(c, c, b)", "a=0,x=0,b=0,c=1", "minnorm"),
        ("(x - 3)*a*b", "x=3,a=2,b=0", "branch"),
    ],
)
def test_the_sentences_are_those_of_explain(
    browser: Browser, tmp_path: Path, expression: str, at: str, kink: str, language: str
) -> None:
    """To the letter, where numbers have at most four digits."""
    arguments = (expression, "--at", at, "--lang", language, "--kink", kink)
    opened = Opened(browser, tmp_path / "p.html", *arguments, "--binary")
    said = [line.replace("−", "-").replace("÷", "/") for line in captions(opened)]
    for place, sentence in explained(*arguments).items():
        assert sentence in said, (place, sentence, said)
    opened.close()


@pytest.mark.parametrize("name", [row.name for row in CALLS if row.definition or PAGE.spells(row)])
def test_every_function_is_explained_alike(browser: Browser, tmp_path: Path, name: str) -> None:
    """By the same rule and formula; the page has four digits and a trace six."""
    row = next(row for row in CALLS if row.name == name)
    count = (row.least or len(row.parameters)) - bool(row.conditions)
    letters = "abc"[: count + row.variadic]
    condition = "a > 0.2, " if row.conditions else ""
    expression = f"1.5*{row.word}({condition}{', '.join(letters)})"
    least = 1 if name in ("asec", "acsc", "acosh", "acoth") else 0
    at = ",".join(f"{letter}={least + value}" for letter, value in zip(letters, (0.3, 0.55, 0.8), strict=False))
    outcome = explained(expression, "--at", at)
    opened = Opened(browser, tmp_path / "p.html", expression, "--at", at, "--binary")
    said = [PLAIN.sub("", line) for line in captions(opened)]
    for sentence in outcome.values():
        assert PLAIN.sub("", sentence) in said, (sentence, said)
    opened.close()


def test_a_move_lays_the_page_out_once(browser: Browser, tmp_path: Path) -> None:
    """However large the network: what is written for it grows with the nodes, and is looked at when all is written."""
    for units in (2, 8):
        graph = network(units).graph
        at = ",".join(f"{name}=0.1" for name in graph.variables)
        opened = Opened(browser, tmp_path / f"{units}.html", graph.text, "--at", at)
        session = opened.context.new_cdp_session(opened.page)
        session.send("Performance.enable")

        def layouts(session: CDPSession = session) -> float:
            measured = session.send("Performance.getMetrics")["metrics"]
            return next(metric["value"] for metric in measured if metric["name"] == "LayoutCount")

        before = layouts()
        changes = opened.page.evaluate(
            """() => {
              const slider = document.querySelector("#inputs input[type=range]"), seen = new MutationObserver(() => 0);
              seen.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
              slider.value = 0.3;
              slider.dispatchEvent(new Event("input"));
              return seen.takeRecords().length;
            }"""
        )
        assert 0 < layouts() - before <= 3
        assert len(graph) < changes < 10 * len(graph)
        opened.close()


@pytest.mark.parametrize(
    ("expression", "at", "line"),
    [
        ("a*b*c", "a=1000,b=1000,c=1000", "y = a × b × c = 1000 × 1000 × 1000 = 1e9"),
        ("a*b*c*d", "a=1234,b=1001,c=1003,d=9", "y = a × b × c × d = 1234 × 1001 × 1003 × 9 ≈ 1.115e10"),
        ("a + b + c", "a=1e16,b=1,c=1", "y = a + b + c = 1e16 + 1 + 1 ≈ 1e16"),
        ("a + b + c", "a=0.5,b=-0.25,c=8", "y = a + b + c = 0.5 + (−0.25) + 8 = 8.25"),
    ],
)
def test_many_terms_are_exact_or_not(browser: Browser, tmp_path: Path, expression: str, at: str, line: str) -> None:
    """As decimals, where doubles would round."""
    opened = Opened(browser, tmp_path / "p.html", expression, "--at", at)
    assert line in captions(opened)
    opened.close()
