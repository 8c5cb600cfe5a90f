"""Functions of arrays as equations in LaTeX."""

import pytest

from gradcli.api import gradient
from gradcli.choices import BACKENDS
from gradcli.errors import GradcliError
from gradcli.export.export import export
from tests.helpers.arrays import AFFINE, EXAMPLES, POINT

L = r"\frac{\partial L}{\partial "


def test_the_affine_layer() -> None:
    """The steps, what each passes back, the formulas of the gradient, the numbers as matrices."""
    result = gradient(AFFINE, POINT)
    code = export(result.graph, "latex", at=result)
    assert code.count(r"\begin{align*}") == 4
    assert "s &= X \\, W \\\\\nY &= s + b \\\\\n" in code
    assert rf"{L}b}} &= \mathrm{{sum}}({L}Y}}, \mathrm{{axis}}=0) \\" in code
    assert rf"{L}W}} &= X^{{\top}} \cdot {L}s}}" in code
    assert rf"{L}X}} &= n_{{1}} \, W^{{\top}} \\" in code
    assert rf"{L}b}} &= \left(\begin{{array}}{{rrr}} 2 & 2 & 0 \end{{array}}\right)" in code
    with pytest.raises(GradcliError, match="--name does not go with latex"):
        export(result.graph, "latex", name="f")


def test_views_pass_back_too() -> None:
    """A transpose its transpose, a part its place, a literal and a column what is in them."""
    code = export(gradient("s = x @ W.T; L = s[1] * s[2]", {"x": [1, 2], "W": [[1, 2]] * 3}).graph, "latex")
    assert rf"{L}s}} &= \left[{L}{{s}}_{{2}}}}\right]_{{2}} + \left[{L}{{s}}_{{1}}}}\right]_{{1}} \\" in code
    assert rf"{L}W}} &= \left({L}W^{{\top}}}}\right)^{{\top}}" in code
    assert "% A derivative in square brackets with places stands at these places" in code
    code = export(
        gradient("L = sum([a, b] * x) + sum(column(x) * [[1]])", {"a": 1, "b": 2, "x": [3, 4]}).graph, "latex"
    )
    assert r"\right)_{1}" in code
    assert r"\right)_{:,0}" in code


def test_every_example_is_written() -> None:
    """With as many brackets that open as ones that close; of equal elements it is said whose the slope is."""
    for example in EXAMPLES[::3]:
        code = export(gradient(example.text, example.at).graph, "latex").replace(r"\{", "(")
        assert code.count("{") == code.count("}"), example.text
        assert code.count(r"\left") == code.count(r"\right"), example.text
    assert "% of equal elements the first" in export(gradient("max(x)", {"x": [1, 2]}).graph, "latex")


@pytest.mark.parametrize("backend", BACKENDS)
def test_comments_are_in_japanese(backend: str) -> None:
    """And with other letters of names written out where ASCII is asked for."""
    result = gradient("x[0] + sum(重み * 重み)", {"重み": [1, 2], "x[0]": 1})
    assert "勾配" in export(result.graph, backend, at=result, language="ja")
    assert export(result.graph, backend, at=result, is_ascii=True).isascii()
