"""Tests of the SVG: golden files, real text, escaping, colours.

`python -m tests.draw.forms.test_svg` writes the golden files anew; look at every one before you commit it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from gradcli.choices import THEMES
from gradcli.draw.forms.svg import svg
from gradcli.draw.layout.layout import make_layout
from gradcli.draw.scene import make_scene
from gradcli.draw.steps import show_step
from gradcli.draw.style import DARK, LIGHT, stylesheet
from gradcli.language.parser import parse
from tests.helpers.pictures import EXAMPLES, GOLDEN, HOSTILE, LONG, ROOMS, Example, random_program

SVG = "{http://www.w3.org/2000/svg}"


def texts(document: str, name: str) -> list[str]:
    """The texts of the elements that have a class."""
    elements = ElementTree.fromstring(document).iter(f"{SVG}text")
    return ["".join(element.itertext()) for element in elements if name in element.attrib["class"].split()]


@pytest.mark.parametrize("name", EXAMPLES)
def test_golden_files(name: str) -> None:
    """The article's figures, shared nodes, a network: exactly as they were when somebody looked at them."""
    assert (GOLDEN / f"{name}.svg").read_text(encoding="utf-8") == svg(EXAMPLES[name].scene())


def test_text_is_text() -> None:
    """Numbers, names and symbols can be read, found and copied."""
    document = svg(EXAMPLES["article"].scene())
    assert sorted(texts(document, "v")) == ["2", "20", "26", "3", "4", "5", "6"]
    assert sorted(texts(document, "g")) == ["1", "1", "1", "2", "3", "4", "5"]
    assert sorted(texts(document, "t")) == ["+", "a", "b", "x", "y", "z", "×", "×"]
    assert texts(document, "n") == ["s", "t"]


def test_title_and_description_say_the_expression_the_point_and_the_gradients() -> None:
    """A screen reader has the whole result."""
    root = ElementTree.fromstring(svg(EXAMPLES["relu_closed"].scene()))
    assert root.attrib["role"] == "img"
    assert root.findtext(f"{SVG}title") == "relu(a*x)"
    assert root.findtext(f"{SVG}desc") == "relu(a*x); a = −2, x = 3; y = 0; ∂y/∂a = 0, ∂y/∂x = 0"


def test_a_title_of_ones_own_is_seen() -> None:
    """Above the picture, which grows with it; the expression alone is not written there, nor is a comment a title."""
    plain = svg(make_scene(parse("a*x # my file")))
    titled = svg(make_scene(parse("a*x"), title="Apples & " + "bananas " * 5 + "on sale"))
    assert (texts(plain, "c"), ElementTree.fromstring(plain).findtext(f"{SVG}title")) == ([], "a*x")
    assert texts(titled, "c") == ["Apples & bananas bananas bananas bananas", "bananas on sale"]
    sizes = [list(map(float, ElementTree.fromstring(text).attrib["viewBox"].split())) for text in (plain, titled)]
    assert sizes[1][3] == pytest.approx(sizes[0][3] - sizes[1][1])
    assert sizes[1][2] >= 420


def test_what_was_not_evaluated_is_drawn_as_such() -> None:
    """With a tooltip, and its way back with a 0."""
    document = svg(Example("where(x > 0, x, log(x))", {"x": 2}).scene())
    (node,) = [group for group in ElementTree.fromstring(document).iter(f"{SVG}g") if group.attrib["class"] == "q na"]
    assert node.findtext(f"{SVG}title") == "not taken"
    assert texts(document, "z") == ["0", "0"]


def test_after_a_step_everything_keeps_its_place() -> None:
    """What lies ahead is grey, or not there."""
    whole, halfway = (Example("x*y + z", {"x": 2, "y": 3, "z": 4}).scene() for _ in range(2))
    halfway.step = 3
    show_step(halfway)
    assert make_layout(whole) == make_layout(halfway)
    document = svg(halfway)
    assert (len(texts(document, "v")), sorted(texts(document, "g"))) == (5, ["1"])
    halfway.step = 1
    show_step(halfway)
    assert texts(svg(halfway), "a") == [""]


def test_japanese_words() -> None:
    """true, false and kinks are said in the reader's language."""
    document = svg(Example("where(x >= 0, relu(x), 1)", {"x": 0}, None, "ja").scene())
    assert "真" in texts(document, "v")
    assert texts(document, "n") == ["s · 条件の境目", "t · 微分できない点"]


def test_formula_letters_are_italic_and_japanese_names_upright() -> None:
    """Names of variables and nodes; what is said of a node is no name."""
    document = svg(Example("合計 = りんご*a; s = relu(合計); s*x", {"りんご": 0, "a": 1, "x": 2}, None, "ja").scene())
    assert texts(document, "i") == ["a", "x", "y"]
    assert '<tspan class="i">s</tspan> · ' in document
    assert ElementTree.fromstring(document).attrib["lang"] == "ja"


def test_states_have_classes() -> None:
    """Not taken, zero, closed, comparison, output, upright."""
    document = svg(EXAMPLES["shared_closed"].scene())
    groups = [element.attrib["class"] for element in ElementTree.fromstring(document).iter(f"{SVG}g")]
    assert groups.count("e nt z") == 1
    assert groups.count("e z") == 4
    assert {"q o", "q k", "q u"} <= set(groups)
    assert texts(document, "z") == ["0"] * 5


def test_a_long_name_is_cut_and_stands_in_a_tooltip() -> None:
    """Beginning and end can be read, and all of it beside: of a leaf, and of an operation."""
    document = svg(ROOMS["long names"].scene())
    tooltips = [title.text for title in ElementTree.fromstring(document).iter(f"{SVG}title")][1:]
    assert f"{LONG}2" in tooltips
    assert f"{LONG}1 = ×" in tooltips
    assert {text for text in texts(document, "t") if "…" in text} == {"the_learning…coder_02"}
    assert f"{LONG}2 = −0.1235" in (ElementTree.fromstring(document).findtext(f"{SVG}desc") or "")


def test_a_long_product_is_cut_and_stands_in_a_tooltip() -> None:
    """Two factors of long names are too wide for an arrow."""
    document = svg(ROOMS["long names"].without_point())
    tooltips = [title.text for title in ElementTree.fromstring(document).iter(f"{SVG}title")][1:]
    assert f"∂y/∂{LONG}3·∂{LONG}3/∂s" in tooltips


def test_a_long_number_is_set_smaller_where_there_is_no_room() -> None:
    """Its place is fixed, so its size is not."""
    document = svg(Example("max(a, b, c)*(a + b + c)", {"a": -1.2345e-150, "b": -1e-160, "c": -1e-170}).scene())
    sizes = [float(size) for size in re.findall(r"style=\"font-size:([0-9.]+)px\"", document)]
    assert sizes
    assert all(12 <= size < 13 for size in sizes)


def test_hostile_text_does_no_harm() -> None:
    """A title can hold anything; the document stays well formed and has no element of its. A comment is not in it."""
    assert "alert" not in svg(make_scene(parse(f"x*y # {HOSTILE}\n")))
    document = svg(make_scene(parse("x*y"), title=HOSTILE))
    root = ElementTree.fromstring(document)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == {
        "svg", "title", "desc", "style", "rect", "g", "path", "circle", "text",
    }  # fmt: skip
    assert "<script" not in document
    assert "]]>" not in document
    assert r"\x00\x1b[31m \ud800 U+202E" in (root.findtext(f"{SVG}title") or "").replace("U+D800", r"\ud800")


@pytest.mark.sampled(5)
@pytest.mark.parametrize("seed", range(12))
def test_random_pictures_are_well_formed(seed: int) -> None:
    """Any graph makes a document with a label for every edge."""
    scene = random_program(seed).scene()
    document = svg(scene)
    assert len(texts(document, "v")) == len(scene.edges)
    assert len(texts(document, "g")) == sum(edge.backward for edge in scene.edges)


@pytest.mark.parametrize("theme", THEMES)
def test_themes(theme: str) -> None:
    """Literal colours; auto follows the reader's system."""
    style = stylesheet(theme)
    assert (LIGHT["background"] in style) == (theme != "dark")
    assert (DARK["background"] in style) == (theme != "light")
    assert ("prefers-color-scheme" in style) == (theme == "auto")
    assert "var(" not in style


def contrast(first: str, second: str) -> float:
    """The contrast of two colours as WCAG 2.1 defines it."""

    def luminance(color: str) -> float:
        parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast_on_the_background(palette: dict[str, str]) -> None:
    """Text at least 4.5 : 1, dead lines at least 3 : 1."""
    for name, least in (("ink", 15.9), ("value", 7), ("gradient", 5), ("muted", 5), ("dead", 3)):
        assert contrast(palette[name], palette["background"]) >= least
    for text, ground in (("ink", "node"), ("ink", "output"), ("muted", "closed"), ("gradient", "badge")):
        assert contrast(palette[text], palette[ground]) >= 4.5


def test_the_colours_are_those_of_the_specification() -> None:
    """Ink, value, gradient and muted text."""
    assert [LIGHT[name] for name in ("ink", "value", "gradient", "muted")] == [
        "#1b1f24",
        "#005a9c",
        "#c2410c",
        "#626c77",
    ]
    assert [DARK[name] for name in ("ink", "value", "gradient", "muted")] == [
        "#e6edf3",
        "#79c0ff",
        "#ff9e64",
        "#8b949e",
    ]


def golden_files() -> Iterator[tuple[Path, str]]:
    """Each golden file with its text."""
    for name, example in EXAMPLES.items():
        yield GOLDEN / f"{name}.svg", svg(example.scene())


if __name__ == "__main__":
    for path, text in golden_files():
        path.write_text(text, encoding="utf-8")


def test_the_description_says_what_the_picture_shows() -> None:
    """The doubles of both passes, and a note where they have lost their digits."""
    root = ElementTree.fromstring(svg(Example("1/cosh(x)", {"x": 400}).scene()))
    said = root.findtext(f"{SVG}desc") or ""
    assert said.startswith("1/cosh(x); x = 400; y = 3.83e−174; ∂y/∂x = 0; the gradient of x has lost its digits")
