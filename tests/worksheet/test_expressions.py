"""Made expressions: each level has its one thing more."""

import pytest

from gradcli.graph import Graph
from gradcli.language.format import format_graph
from gradcli.language.parser import parse
from gradcli.worksheet.draws import Draws
from gradcli.worksheet.expressions import FORMS, LEVELS, filled

ARITHMETIC = {"add", "sub", "mul", "variable", "constant"}


def graphs(level: int) -> list[Graph]:
    """Some of a level."""
    draws = Draws(level)
    return [parse(filled(draws.one_of(FORMS[level]), level, draws)) for _ in range(40)]


def is_shared(graph: Graph) -> bool:
    """Whether a variable or node is used more than once."""
    return any(count > 1 for count in graph.readings())


def names(graph: Graph) -> set[str]:
    """Those of the operators."""
    return {operator.name for operator in graph.operators}


def branches(graph: Graph) -> bool:
    """Whether there are several ways."""
    return any(operator.branches or operator.chooses or operator.ties for operator in graph.operators)


def test_level_1_has_sums_and_products_alone() -> None:
    """And every variable and node once."""
    assert all(names(graph) <= ARITHMETIC and not is_shared(graph) for graph in graphs(1))


def test_level_2_has_shared_nodes() -> None:
    """Of sums and products."""
    assert all(names(graph) <= ARITHMETIC and is_shared(graph) for graph in graphs(2))


def test_level_3_has_functions() -> None:
    """Or quotients or powers; no branches."""
    assert all(names(graph) - ARITHMETIC and not branches(graph) for graph in graphs(3))


def test_level_4_has_branches() -> None:
    """All of them."""
    assert all(branches(graph) for graph in graphs(4))


def test_level_5_has_networks() -> None:
    """With a weight and a layer that is called h."""
    assert all(any(name.startswith("h") for name in graph.steps) and "w" in str(graph.text) for graph in graphs(5))


@pytest.mark.parametrize("level", LEVELS)
def test_expressions_are_written_as_sheets_write_them(level: int) -> None:
    """The key has the text itself."""
    texts = [form.format(f="exp", m=5) for form in FORMS[level]]
    assert texts == [format_graph(parse(text)) for text in texts]


@pytest.mark.parametrize("level", LEVELS)
def test_expressions_are_different(level: int) -> None:
    """By forms, names, functions and numbers."""
    assert len({graph.text for graph in graphs(level)}) > 12
