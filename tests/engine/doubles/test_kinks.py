"""Kinks, ties and jumps in whole expressions: what is noticed, which slope is used, and the sides of the expression."""

import math
from typing import Any

import pytest

from gradcli.api import Result, gradient
from gradcli.engine.evaluation import evaluate
from gradcli.engine.notes import Note
from gradcli.language.parser import parse


def kink_notes(result: Result) -> list[Note]:
    """The notes on nodes."""
    return [note for note in result.notes if note.code in ("kink", "tie", "jump")]


def sides(result: Result) -> dict[str, tuple[Any, Any, bool]]:
    """The one-sided derivatives of the expression: left, right, and whether it is called smooth."""
    return {
        note.facts["variable"]: (note.facts["left"], note.facts["right"], note.facts["smooth"])
        for note in result.notes
        if note.code == "one-sided"
    }


def test_the_sides_of_a_step() -> None:
    """A named step moves by itself, whatever it is made of."""
    graph = parse("s = a*x; relu(s) + s")
    here = evaluate(graph, {"a": 0.0, "x": 2.0}, [graph.steps["s"]])
    assert [1.0, 2.0] == [here.one_sided(graph.steps["s"], side) for side in (-1.0, 1.0)]


# An expression, a point, and the gradient under both rules.
RULES = [
    ("relu(x)", {"x": 0}, {"x": 1}, {"x": 0}),
    ("relu(x)", {"x": -0.0}, {"x": 1}, {"x": 0}),
    ("abs(x)", {"x": 0}, {"x": 1}, {"x": 0}),
    ("leaky_relu(x, 0.1)", {"x": 0}, {"x": 1}, {"x": 0.1}),
    ("leaky_relu(x, slope)", {"x": 0, "slope": -2}, {"x": 1, "slope": 0}, {"x": 0, "slope": 0}),
    ("leaky_relu(x, slope)", {"x": 0, "slope": 2}, {"x": 1, "slope": 0}, {"x": 1, "slope": 0}),
    ("elu(x)", {"x": 0}, {"x": 1}, {"x": 1}),
    ("clip(x, -1, 1)", {"x": -1}, {"x": 1}, {"x": 0}),
    ("clip(x, -1, 1)", {"x": 1}, {"x": 1}, {"x": 0}),
    ("clip(x, a, b)", {"x": 1, "a": 1, "b": 3}, {"x": 1, "a": 0, "b": 0}, {"x": 0, "a": 0, "b": 0}),
    ("clip(x, a, b)", {"x": 1, "a": 1, "b": 1}, {"x": 1, "a": 0, "b": 0}, {"x": 0, "a": 0, "b": 0}),
    ("max(x, y)", {"x": 2, "y": 2}, {"x": 1, "y": 0}, {"x": 0.5, "y": 0.5}),
    ("min(x, y, z)", {"x": 2, "y": 1, "z": 1}, {"x": 0, "y": 1, "z": 0}, {"x": 0, "y": 0.5, "z": 0.5}),
    ("max(x, 0)", {"x": 0}, {"x": 1}, {"x": 0.5}),
    ("hypot(x, y)", {"x": 0, "y": 0}, {"x": 0, "y": 0}, {"x": 0, "y": 0}),
    ("3*abs(x - y)", {"x": 2, "y": 2}, {"x": 3, "y": -3}, {"x": 0, "y": 0}),
    ("sign(x)", {"x": 0}, {"x": 0}, {"x": 0}),
    ("mod(x, y)", {"x": 6, "y": 3}, {"x": 1, "y": -2}, {"x": 1, "y": -2}),
]


@pytest.mark.parametrize(("text", "at", "branch", "minnorm"), RULES)
def test_rules(text: str, at: dict[str, float], branch: dict[str, float], minnorm: dict[str, float]) -> None:
    """The branch taken by default, the subgradient of smallest norm on request; there is a note under both."""
    results = [gradient(text, at, kink=rule) for rule in ("branch", "minnorm")]
    assert [branch, minnorm] == [result.gradient for result in results]
    for result in results:
        assert len(kink_notes(result)) == (not text.startswith("elu"))


NONE = [
    ("relu(x)", {"x": 5e-324}),
    ("relu(x)", {"x": -5e-324}),
    ("0*relu(x)", {"x": 0}),
    ("relu(x)*y + y", {"x": 0, "y": 0}),
    ("where(x > 0, x, -x)", {"x": 0}),
    ("where(x >= 0, x, relu(x))", {"x": 0}),
    ("relu(2 - 2) + x", {"x": 1}),
    ("max(x, x)", {"x": 1}),
    ("max(1, 1, x)", {"x": 0}),
    ("clip(x, 2, 1)", {"x": 2}),
    ("clip(x, 2, 1)", {"x": 1}),
    ("round(x)", {"x": 3}),
    ("floor(x)", {"x": 0.5}),
    ("mod(x, 3)", {"x": 1}),
    ("atan2(y, x)", {"y": 0, "x": 1}),
    ("hypot(x, y)", {"x": 0, "y": 1}),
]


@pytest.mark.parametrize(("text", "at"), NONE)
def test_nothing_to_note(text: str, at: dict[str, float]) -> None:
    """Beside a kink, where no gradient comes to it, and where the branches agree, there is no note."""
    assert [] == kink_notes(gradient(text, at))


def test_only_what_requires_a_gradient_is_noted() -> None:
    """A kink in a variable that is not asked for is none."""
    text, at = "relu(x) + abs(y) + max(x, y)", {"x": 0, "y": 0}
    assert ["relu", "max"] == [note.facts["function"] for note in kink_notes(gradient(text, at, ["x"]))]


JUMPS = [
    ("sign(x)", 0), ("floor(x)", 2), ("floor(x)", -3), ("ceil(x)", 1), ("round(x)", 2.5), ("round(x)", -0.5),
    ("round(x)", 1.5), ("mod(x, 2)", 4), ("mod(-x, 2)", 4), ("mod(6, x)", 3), ("atan2(x, -1)", 0),
]  # fmt: skip


@pytest.mark.parametrize(("text", "x"), JUMPS)
def test_jumps(text: str, x: float) -> None:
    """A jump is noted as such, and no derivative from the sides is claimed across it."""
    result = gradient(text + " + relu(y)", {"x": x, "y": 0})
    assert ["jump", "kink"] == [note.code for note in kink_notes(result)]
    assert ["y"] == list(sides(result))


SIDES = [
    ("relu(x) - relu(-x)", {"x": 0}, {"x": (1, 1, True)}),
    ("relu(x)", {"x": 0}, {"x": (0, 1, False)}),
    ("-2*abs(x) + y", {"x": 0, "y": 1}, {"x": (2, -2, False), "y": (1, 1, True)}),
    ("max(x, 2*x, 3*x)", {"x": 0}, {"x": (1, 3, False)}),
    ("min(x, y)", {"x": 1, "y": 1}, {"x": (1, 0, False), "y": (1, 0, False)}),
    ("clip(x, a, b)", {"x": 1, "a": 1, "b": 1}, {"x": (0, 0, True), "a": (0, 0, True), "b": (1, 0, False)}),
    ("t = 2*x; clip(x, t, 5)", {"x": 0}, {"x": (1, 2, False)}),
    ("hypot(x, 2*x)", {"x": 0}, {"x": (-math.hypot(1, 2), math.hypot(1, 2), False)}),
    ("abs(x)*abs(x)", {"x": 0}, {}),
    ("abs(x^2)", {"x": 0}, {"x": (0, 0, True)}),
    ("leaky_relu(x, x)", {"x": 0}, {"x": (0, 1, False)}),
    ("relu(x) + 0*sqrt(x)", {"x": 0}, {}),
    ("where(x >= 0, relu(x), -x)", {"x": 0}, {}),
    ("max(relu(x), 0)", {"x": 0}, {"x": (0, 1, False)}),
    ("logsumexp(relu(x), relu(x))", {"x": 0}, {"x": (0, 1, False)}),
]


@pytest.mark.parametrize(("text", "at", "expected"), SIDES)
def test_sides_of_the_expression(
    text: str, at: dict[str, float], expected: dict[str, tuple[float, float, bool]]
) -> None:
    """The derivatives of the whole expression from both sides, by sweeps that follow the branch entered."""
    assert expected == sides(gradient(text, at))
    assert expected == sides(gradient(text, at, kink="minnorm"))


def test_no_sides_where_the_gradient_is_not_finite() -> None:
    """Where a slope is infinite the sweeps say nothing."""
    assert {} == sides(gradient("relu(x) + sqrt(x)", {"x": 0}))


def test_infinities_and_nan_are_on_no_kink() -> None:
    """IEEE arithmetic passes through functions with branches under both rules."""
    for kink in ("branch", "minnorm"):
        result = gradient(
            "n = log(x); max(n, y) + min(y, n) + clip(n, y, 1) + relu(n) + abs(n) + max(y, y) + leaky_relu(n, y)",
            {"x": -1, "y": 2},
            kink=kink,
            allow_nonfinite=True,
        )
        assert math.isnan(result.value)
        assert [] == kink_notes(result)
    beside = gradient("relu(x) + max(x*log(y), x*log(z))", {"x": 0, "y": -1, "z": -1}, allow_nonfinite=True)
    assert ["relu"] == [note.facts["function"] for note in kink_notes(beside)]
    infinite = gradient("max(1/x, 1/x + y)", {"x": 0, "y": 1}, kink="minnorm", allow_nonfinite=True)
    assert infinite.gradient["y"] == 0.5
