"""The chain rule in LaTeX: a local derivative is told from the whole one where they differ."""

import pytest

from gradcli.export.export import export
from gradcli.graph import paths
from gradcli.language.parser import parse


def test_what_is_held_constant() -> None:
    """Where another input of the node depends on the same variable, the derivative through it alone is another one."""
    source = export(parse("s = a*x; s + x"), "latex")
    assert r"\frac{\partial y}{\partial x} &= \left(\frac{\partial y}{\partial x}\right)_{s} + " in source
    assert "is the derivative through $y$ alone" in source


@pytest.mark.parametrize("text", ["a*x + b*x", "x*x", "where(x > 0, a, b)*x", "s = a*x; sin(s)", "max(a, b)*c", "a"])
def test_nothing_is_held_where_both_are_the_same(text: str) -> None:
    """Nor are conditions."""
    source = export(parse(text), "latex")
    assert "\\right)_{" not in source
    assert "held constant" not in source


def test_only_a_few_are_named() -> None:
    """Of many."""
    steps = "".join(f"s{n} = x*a{n}; " for n in range(9))
    source = export(parse(f"{steps}max(x, {', '.join(f's{n}' for n in range(9))})"), "latex", ["x"])
    assert r"\right)_{s_{0}, s_{1}, s_{2}, \ldots}" in source


def test_a_large_graph_is_swept_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where that does not do, each later input is taken to depend on the variable."""
    graph = parse("x^2*b + x")
    assert r"\right)_{b}" not in export(graph, "latex")
    monkeypatch.setattr(paths, "SWEPT", 0)
    assert r"\right)_{b}" in export(graph, "latex")
