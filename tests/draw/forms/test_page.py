"""Tests of the page as text. `tests/slow` has the ones that run it in a browser."""

import re
from functools import cache
from html.parser import HTMLParser
from math import dist

import pytest

from gradcli.api import gradient
from gradcli.draw.forms.formulas import mark
from gradcli.draw.forms.page import page
from gradcli.draw.forms.rules import rules
from gradcli.draw.forms.sentences import symbolic
from gradcli.draw.forms.svg import svg
from gradcli.draw.scene import make_scene
from gradcli.draw.style import DARK
from gradcli.language.names import node_names
from gradcli.language.parser import parse
from tests.helpers.pictures import EXAMPLES, HOSTILE, TWENTY


@cache
def document(name: str, **choices: str) -> str:
    """The page of an example."""
    example = EXAMPLES[name]
    return page(example.scene(numbers=True), wrt=example.wrt, **choices)


class Outline(HTMLParser):
    """The elements of a page and the texts of some."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: dict[str, str] = {}
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember it."""
        self.elements.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        """Add it to its element."""
        if self.elements:
            self.texts[self.elements[-1]] = self.texts.get(self.elements[-1], "") + data


@pytest.mark.sampled(6)
@pytest.mark.parametrize("kink", ["branch", "minnorm"])
@pytest.mark.parametrize("expression", TWENTY)
def test_a_graph_of_twenty_nodes_is_at_most_60_kb(expression: str, kink: str) -> None:
    """The page with everything in it."""
    result = gradient(expression, TWENTY[expression])
    assert len(result.graph) >= 20
    assert len(page(make_scene(result.graph, result, numbers=True), kink).encode()) <= 60_000


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", EXAMPLES)
def test_nothing_comes_from_outside(name: str) -> None:
    """No address, no import, no request."""
    text = document(name)
    assert not re.search(r"https?:|//[a-z]|@import|url\((?!#)|fetch|XMLHttp|import\(", text)
    outline = Outline(text)
    assert not {"link", "img", "iframe", "object"} & set(outline.elements)
    assert not {"src", "href", "srcset"} & {name for name, _ in outline.attributes}


def test_heads_of_lines_are_drawn_once() -> None:
    """Each that the style names is there, and their tips lie where a file of its own has them."""
    text, alone = document("network"), svg(EXAMPLES["network"].scene(numbers=True))
    heads = {name: numbers(data)[0] for name, data in re.findall(r'<marker id="(\w+)".*?d="(.*?)"', text)}
    assert heads.keys() == set(re.findall(r"url\(#(\w+)\)", text))
    assert len(heads) == len(re.findall(r'class="[fb]h"', text)) == 4
    lines = re.findall(r'class="([fb])" d="([^"c]*)"', text)
    tips = re.findall(r'class="[fb]" d="[^"c]*"/><path class="[fb]h" d="(.*?)"', alone)
    assert len(lines) == len(tips) > 10
    for (way, data), tip in zip(lines, tips, strict=True):
        line = numbers(data)
        end = line[0] + sum(line[2::2]), line[1] + sum(line[3::2])
        assert dist(end, numbers(tip)[:2]) == pytest.approx(heads[way], abs=0.2)


def numbers(data: str) -> list[float]:
    """Those of a path, in their order."""
    return [float(text) for text in re.findall(r"-?[\d.]+", data)]


def test_hostile_text_does_no_harm() -> None:
    """A title can hold anything: the page has one script, and it is ours. A comment is not in it."""
    assert "alert" not in page(make_scene(parse(f"x*y # {HOSTILE}\n"), numbers=True))
    text = page(make_scene(parse("x*y"), title=HOSTILE, numbers=True))
    outline = Outline(text)
    assert outline.elements.count("script") == 1
    assert "b" not in outline.elements
    assert text.count("</script>") == 1
    assert "<script>alert(1)</script>" in outline.texts["h1"]


def test_without_javascript_the_picture_shows() -> None:
    """The static picture with its numbers is in the page; what needs JavaScript is hidden."""
    text = document("article")
    assert '<text class="l v' in text
    assert len(re.findall(r"<(?:div|p|details)[^>]* hidden>", text)) == 5
    assert "<noscript>" in text


def test_the_page_speaks_the_readers_language() -> None:
    """The words of the controls, and the language of the document."""
    text = document("japanese")
    assert '<html lang="ja">' in text
    assert "進む" in text


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("theme", "queries"), [("light", 0), ("dark", 0), ("auto", 1)])
def test_themes(theme: str, queries: int) -> None:
    """The picture's and the page's colours follow the reader's system, or do not."""
    assert document("article", theme=theme).count("prefers-color-scheme") == queries


def test_without_a_point_there_is_room_for_numbers() -> None:
    """The fields are empty; the labels have their places."""
    text = page(make_scene(parse("a*x"), numbers=True))
    assert text.count('<text class="l v') == 3
    assert "at:{0:null,1:null}" in text


def test_forms_of_derivatives_are_written_with_marked_names() -> None:
    """Names between U+0001 and U+0002, functions not; a form with cases is none."""
    graph = parse("sigmoid(a) + max(a, 1) + a^2")
    wanted = [list(range(len(inputs))) for inputs in graph.inputs]
    names = node_names(graph)
    found, forms = rules(graph, names, wanted, range(len(graph)))
    sigmoid = names.index("s")
    assert forms[found[sigmoid][0][0][2]].text == "`s`·(1 − `s`)"
    assert mark("sqrt(a*b) - a", ["a", "b"]) == "sqrt(`a`·`b`) − `a`"
    assert "2·`a`" in [form.text for form in forms]


def test_sentences_without_a_point_are_those_of_a_trace() -> None:
    """For each argument of each node."""
    graph = parse("relu(a*x)")
    assert symbolic(graph, graph.variables.values(), "en") == {
        2: {
            0: "Mul node: ∂`s`/∂`a` = `x`, the other input",
            1: "Mul node: ∂`s`/∂`x` = `a`, the other input",
        },
        3: {0: "ReLU node: ∂`y`/∂`s` = 1 where `s` ≥ 0, 0 where `s` < 0"},
    }


@pytest.mark.parametrize("theme", ["auto", "dark"])
def test_paper_is_white(theme: str) -> None:
    """The dark colours are for screens."""
    text = document("article", theme=theme)
    assert text.count(DARK["ink"]) == 1
    assert re.search(rf"@media screen[^{{]*{{:root{{[^}}]*{DARK['ink']}", text)
