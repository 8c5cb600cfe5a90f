"""Derived graphs made to be read: what gets a name, and that the text grows in proportion to the expression."""

from collections.abc import Callable

import pytest

from gradcli.api import gradient
from gradcli.language.format import format_graph
from gradcli.language.parser import parse
from gradcli.symbolic.derive import derive
from gradcli.symbolic.formulary import Formulary
from gradcli.symbolic.programs import program
from tests.helpers.shapes import FAMILIES, layers


def together(text: str) -> list[str]:
    """All derivatives as statements that share their steps."""
    graph = parse(text)
    found = Formulary(graph, derive(graph))
    return [f"{found.label(key) if key else name} = {expression}" for key, name, expression in found.statements()]


def alone(text: str, variable: str) -> str:
    """One derivative as a program of its own."""
    derivatives = derive(parse(text))
    return format_graph(program(derivatives.graph, derivatives.root(variable)))


@pytest.mark.sampled(3)
@pytest.mark.parametrize("make", FAMILIES.values(), ids=FAMILIES.keys())
def test_nodes_and_text_grow_in_proportion(make: Callable[[int], str]) -> None:
    """Of small programs; of larger ones in tests/sweeps."""
    check_growth(make, 12)


def check_growth(make: Callable[[int], str], step: int) -> None:
    """The same growth adds the same number of nodes and, but for longer names, of characters."""
    sizes = []
    for count in (step, 2 * step, 3 * step):
        graph = parse(make(count))
        derivatives = derive(graph)
        statements = Formulary(graph, derivatives).statements()
        sizes.append((len(derivatives.graph), sum(len(name) + len(text) for _, name, text in statements)))
    for first, second, third in zip(*sizes, strict=True):
        assert third - second <= 1.2 * (second - first) + 10


@pytest.mark.sweep
def test_one_of_many_layers_is_not_written_out() -> None:
    """The gradient of 150 layers is a text of some hundred characters a layer."""
    assert sum(map(len, together(layers("relu", 150)))) < 400 * 150


def test_a_function_of_many_is_a_step() -> None:
    """It is written once, however many derivatives use it."""
    lines = together("logsumexp(a, b, c, d)")
    assert "n1 = logsumexp(a, b, c, d)" == lines[0]
    assert "∂y/∂d = exp(d - n1)" == lines[-1]


def test_a_small_part_is_written_out() -> None:
    """Of two operations or three operands."""
    assert ["∂y/∂a = exp(a - logsumexp(a, b, c))"] == together("logsumexp(a, b, c)")[:1]


def test_a_short_condition_is_written_out() -> None:
    """A comparison reads better than a name."""
    text = "where(x > 0 and y > 0, x*y, 0)"
    assert ["∂z/∂x = where(x > 0 and y > 0, y, 0)", "∂z/∂y = where(x > 0 and y > 0, x, 0)"] == together(text)


def test_a_long_condition_that_is_shared_becomes_a_number() -> None:
    """A condition cannot have a name; the number that is 1 where it holds can."""
    condition = " and ".join(f"{name} > 0" for name in "abcdf")
    expected = [f"n1 = where({condition}, 1, 0)", "∂y/∂a = where(n1 == 1, b, 0)", "∂y/∂b = where(n1 == 1, a, 0)"]
    assert expected == together(f"where({condition}, a*b, 0)")[:3]


@pytest.mark.parametrize("last", [1.0, -1.0])
def test_a_named_condition_decides_as_before(last: float) -> None:
    """Inside another condition too; and what it guards is evaluated only where it holds."""
    condition = " and ".join(f"{name} > 0" for name in "abcdf")
    text = f"where(({condition}) or a > 9, a*sqrt(f), 0) + where({condition}, b*log(f), a^2)"
    at = dict.fromkeys("abcd", 2.0) | {"f": last}
    for name, slope in gradient(text, at).gradient.items():
        written = alone(text, name)
        assert pytest.approx(slope) == gradient(written, at).value, written
