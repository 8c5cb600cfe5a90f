"""Tests of TikZ text. `tests/slow` has the ones that run LaTeX."""

import re

import pytest

from gradcli.choices import THEMES
from gradcli.draw.forms.tikz import tikz
from gradcli.draw.scene import Scene, make_scene
from gradcli.draw.steps import show_step
from gradcli.draw.style import DARK, LIGHT
from gradcli.language.parser import parse
from tests.helpers.pictures import EXAMPLES, HOSTILE, Example


def texts(scene: Scene, size: str = "label", color: str = "") -> list[str]:
    """What stands in the nodes of a size and color."""
    return re.findall(rf"^\\node\[gradcli {size}, text=gradcli{color}.*\}};$", "\n".join(tikz(scene)), re.MULTILINE)


def inside(found: list[str]) -> list[str]:
    """The text of each node."""
    return [re.sub(r"^.*? \{(.*)\};$", r"\1", line) for line in found]


def test_the_article() -> None:
    """Values, gradients, names, symbols; arrows each way."""
    scene = EXAMPLES["article"].scene()
    assert sorted(inside(texts(scene, color="value"))) == ["$2$", "$20$", "$26$", "$3$", "$4$", "$5$", "$6$"]
    assert sorted(inside(texts(scene, color="gradient"))) == ["$1$", "$1$", "$1$", "$2$", "$3$", "$4$", "$5$"]
    assert inside(texts(scene, "symbol")) == ["$+$", r"$\times$", r"$\times$"]
    assert inside(texts(scene, "leaf")) == ["$a$", "$x$", "$b$", "$y$", "$z$"]
    lines = list(tikz(scene))
    assert lines[0] == "% a*x + b*y; a = 2, x = 3, b = 4, y = 5; z = 26; ∂z/∂a = 3, ∂z/∂x = 2, ∂z/∂b = 5, ∂z/∂y = 4"
    assert lines[1] == r"% \usepackage{tikz}"
    assert [sum(rf"\draw[gradcli {way}]" in line for line in lines) for way in ("forward", "backward")] == [7, 7]
    assert lines[-1] == r"\end{tikzpicture}"


def test_products_without_a_point() -> None:
    """As mathematics, and none where there is no way back."""
    graph = parse("y = w1*x")
    assert inside(texts(make_scene(graph, None, ["w1"]), color="gradient")) == [
        r"$\partial y/\partial y{\cdot}\partial y/\partial w_{1}$", r"$\partial y/\partial y$",
    ]  # fmt: skip
    assert not texts(make_scene(graph, forward_only=True), color="gradient")
    assert inside(texts(make_scene(graph, None, ["w1"]), "leaf")) == ["$w_{1}$", r"$\mathrm{x}$", "$y$"]


@pytest.mark.parametrize(
    ("value", "tex"),
    [(-1e-8, "$-10^{-8}$"), (2e30, r"$2{\times}10^{30}$"), (-0.5, "$-0.5$"), (1.5e18, r"$1.5{\times}10^{18}$")],
)
def test_numbers(value: float, tex: str) -> None:
    """Powers of ten as such; a constant too."""
    scene = Example(f"x + {value}", {"x": value}).scene()
    assert inside(texts(scene, color="value"))[0] == tex
    assert tex in inside(texts(scene, "leaf")) or value < 0
    assert r"$-\infty$" in inside(texts(Example("log(x)", {"x": 0}).scene()))


def test_states() -> None:
    """Not taken, zero, closed, not evaluated, at a kink, the sum; a word is no mathematics."""
    lines = "\n".join(tikz(EXAMPLES["shared_closed"].scene()))
    assert lines.count("[gradcli forward, gradcli untaken]") == 1
    assert lines.count("[gradcli backward, gradcli zero]") == 5
    assert lines.count("gradcli node, gradcli closed") == 2
    assert "{$\\Sigma$ $-0.95$}" in lines
    assert " {false};" in lines
    lines = "\n".join(tikz(Example("where(x >= 0, relu(x), log(x)^2)", {"x": 0}, None, "ja").scene()))
    assert "gradcli node, gradcli skipped" in lines
    assert r"{$t$ $\cdot$ 微分できない点}" in lines
    assert r"{\textasciicircum{}}" in lines


def test_after_a_step() -> None:
    """What lies ahead is grey or not there."""
    scene = Example("x*y", {"x": 2, "y": 3}).scene()
    scene.step = 0
    show_step(scene)
    lines = "\n".join(tikz(scene))
    assert lines.count("[gradcli forward, gradcli ahead]") == 1
    assert "[gradcli backward" not in lines
    assert inside(texts(scene)) == ["$2$", "$3$"]


def test_what_is_not_latin_is_said() -> None:
    """It takes another engine; in the comments at the top it harms none."""
    needed = "% for letters that are not Latin: LuaLaTeX, for Japanese with the package luatexja, or upLaTeX"
    assert needed in list(tikz(make_scene(parse("りんご*θ"))))
    assert needed not in list(tikz(make_scene(parse("s = θ*x; relu(s)*s"))))


def test_every_text_is_escaped() -> None:
    """A title is text, and a comment has no second line."""
    lines = list(tikz(make_scene(parse("x*y"), title=f"a\n{HOSTILE} $x^2$ \\input{{x}} % _ #")))
    end = next(place for place, line in enumerate(lines) if line.startswith(r"\begin"))
    assert all(line.startswith("% ") for line in lines[:end])
    title = " ".join(line for line in lines if "gradcli title, text" in line)
    for text in (r"\$x\textasciicircum{}2\$", r"\textbackslash{}input\{x\}", r"\%", r"\_", r"\#", r"\&"):
        assert text in title


def test_names_that_look_alike_are_told_apart() -> None:
    """At leaves and in products."""
    lines = "\n".join(tikz(make_scene(parse("x1*x_1"))))
    assert lines.count("{$x_{1}$}") == lines.count(r"{$\mathit{x\_1}$}") == 1
    assert r"\partial y/\partial x_{1}$" in lines
    assert r"\partial y/\partial \mathit{x\_1}$" in lines


@pytest.mark.parametrize("theme", THEMES)
def test_themes(theme: str) -> None:
    """Colours of the theme; slides have their own background, unless it must be dark."""
    lines = "\n".join(tikz(make_scene(parse("x*y"), title="Both"), theme))
    assert (DARK if theme == "dark" else LIGHT)["gradient"][1:].upper() in lines
    assert (r"\fill[gradclibackground]" in lines) == (theme == "dark")
