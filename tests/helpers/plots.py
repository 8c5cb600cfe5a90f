"""Plots for the tests."""

from itertools import pairwise
from math import isfinite

from gradcli.language.parser import parse
from gradcli.plot.figure import Figure, Touch, figure
from gradcli.plot.marks import Mark, marks
from gradcli.plot.points import Points
from gradcli.plot.sampling import Samples, sampled
from gradcli.words.catalogue import say

TWENTY = [
    ("abs(x)", -3, 3), ("relu(x)", -3, 3), ("1/x", -3, 3), ("tan(x)", -5, 5), ("sin(1/x)", -1, 1), ("floor(x)", -3, 3),
    ("sqrt(x)", -1, 3), ("log(x)", -1, 3), ("x^x", -1, 2), ("cbrt(x)", -2, 2), ("sinc(x)", -10, 10),
    ("gamma(x)", -4, 4),
    ("where(x > 0.3, x^2, -x)", -1, 1), ("exp(x)", -700, 700), ("5 + 0*x", -1, 1), ("max(x, x^2)", -1, 2),
    ("round(x)", -3, 3), ("sign(x)", -1, 1), ("softplus(x)", -5, 5), ("x*sin(x)", -20, 20), ("mod(x, 1.3)", -3, 3),
]  # fmt: skip


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


def said(figure: Figure, language: str = "en") -> list[str]:
    """What stands below a plot."""
    return [say(code, language, **facts) for code, facts in figure.captions]


def check_figure(figure: Figure) -> None:
    """Lines go from left to right, all numbers are finite and in the window, and everything is said in Japanese too."""
    for panel in figure.panels:
        bottom, top = panel.window
        assert isfinite(bottom)
        assert isfinite(top)
        assert bottom < top
        assert panel.lines
        signs = [*panel.dots, *panel.rings, *panel.kinks]
        places = [place for line in (*panel.lines, signs) for place in line]
        assert all(figure.low <= x <= figure.high and bottom <= y <= top for x, y in places)
        assert all(one[0] <= other[0] for line in panel.lines for one, other in pairwise(line))
    assert len(said(figure)) == len(set(said(figure, "ja")) - set(said(figure)))
