"""Plots for the tests."""

from gradcli.language.parser import parse
from gradcli.plot.figure import Figure, Touch, figure
from gradcli.plot.marks import Mark, marks
from gradcli.plot.points import Points
from gradcli.plot.sampling import Samples, sampled


def points_of(text: str, over: str = "x", **at: float) -> Points:
    """A function of one variable, derived by it."""
    graph = parse(text)
    return Points(graph, at, [over], [graph.variables[over]])


def samples_of(text: str, low: float, high: float, count: int = 200) -> Samples:
    """What is looked at of a function of x."""
    return sampled(points_of(text), low, high, count)


def marks_of(text: str, low: float, high: float, count: int = 200) -> list[Mark]:
    """What is found of a function of x."""
    points = points_of(text)
    return marks(points, sampled(points, low, high, count))


def figure_of(text: str, low: float, high: float, at: float | None = None) -> Figure:
    """The plot of a function of x, with the tangent at a place."""
    points = points_of(text)
    touch = None
    if at is not None:
        (here,) = points.at([(at,)])
        touch = Touch(at, here.value, here.slopes[0])
    found = figure(points.graph, text, ("x", low, high), points, "x", 50, touch)
    assert found is not None
    return found
