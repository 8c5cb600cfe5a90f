"""What the rows of a trace do, in words."""

import pytest

from gradcli.api import gradient
from gradcli.trace.explain import Explainer


def kinds(text: str, at: dict[str, float], kink: str = "branch") -> str:
    """The kinds of all sentences of the backward pass, in order."""
    trace = gradient(text, at, kink=kink).trace()
    explainer = Explainer(trace)
    rows = trace.backward()
    return " ".join(said.kind for row in rows for said in (*explainer.outgoing(row), *explainer.besides(row)))


@pytest.mark.parametrize(
    ("expected", "text", "x"),
    [
        ("begins passes constant", "x + 1", 1), ("begins sign constant", "1 - x", 1),
        ("begins other constant", "2*x", 1), ("begins tie constant", "max(x, 0)", 0),
        ("begins divisor constant", "x/2", 1), ("begins own", "exp(x)", 1), ("begins general", "sin(x)", 1),
        ("begins flat", "floor(x)", 0.5), ("begins open", "relu(x)", 1), ("begins closed", "relu(x)", -1),
        ("begins taken constant", "max(x, 0)", 1), ("begins left constant", "max(x, 0)", -1),
        ("begins tied constant", "max(0, x)", 0),
        ("begins taken constant", "where(x > 0, x, 2)", 1), ("begins taken", "abs(x)", 1),
        ("begins sign", "abs(x)", -1), ("begins left constant constant", "clip(x, 0, 1)", 2),
        ("begins other other fork", "x*x", 2),
        ("begins closed stopped constant", "relu(2*x)", -1), ("begins other held", "detach(x)*x", 2),
    ],
)  # fmt: skip
def test_kinds_of_sentences(expected: str, text: str, x: float) -> None:
    """By the rule of the row, by the branch that is taken, by what comes in."""
    assert expected == kinds(text, {"x": x})


def test_another_rule_at_kinks_is_said_by_its_number() -> None:
    """The smallest subgradient is no branch's own."""
    assert "begins general" == kinds("relu(x)", {"x": 0}, "minnorm")
    assert "begins general general" == kinds("max(x, y)", {"x": 0, "y": 0}, "minnorm")
