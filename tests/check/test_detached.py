"""What is detached is held at its value, in derivatives and in the tests of them."""

import json

import pytest

from gradcli import gradient
from tests.helpers.algebra import algebra_forks
from tests.helpers.running import run


def test_no_derivative_goes_through() -> None:
    """As in PyTorch and JAX; where a square root is infinitely steep too, without a note."""
    found = gradient("detach(x)*x + sqrt(detach(y)) + relu(detach(y))", {"x": 3, "y": 0})
    assert (9.0, {"x": 3.0, "y": 0.0}, ()) == (found.value, dict(found.gradient), found.notes)
    assert run("diff", "detach(x)*x").out == "∂y/∂x = detach(x)\n"
    assert run("eval", "detach(x)*x", "--at", "x=3", "--digits", "20", "--json").out.count('"gradient":{"x":"3"}') == 1


def test_a_condition_turns_without_it() -> None:
    """Beside the edge x > 1 it is held at 1, so that both sides have the slope 1."""
    assert not gradient("where(x > 1, detach(x)*x, x)", {"x": 1}).notes


@pytest.mark.parametrize(
    ("claim", "verdict"), [("x=detach(x)", "right"), ("x=x", "right"), ("x=2*x", "wrong"), ("x=3", "right")]
)
def test_claims(claim: str, verdict: str) -> None:
    """Are tried at other points too, each with its own value held."""
    found = json.loads(run("check", "detach(x)*x", "--at", "x=3", "--claim", claim, "--json").out)
    assert [verdict] == [claim["verdict"] for claim in found["claims"]]


def test_the_gradient_itself() -> None:
    """The Taylor test moves all but what is detached."""
    found = json.loads(run("check", "s = detach(x^2); s*x + sin(s)", "--at", "x=3", "--json").out)
    assert [("x", "right", 9.0)] == [(row["name"], row["verdict"], row["forward"]) for row in found["gradient"]]
    assert abs(found["gradient"][0]["taylor"] - 9) < 1e-6


def test_algebra_agrees(monkeypatch: pytest.MonkeyPatch) -> None:
    """SymPy takes it for a function without a slope."""
    algebra_forks(monkeypatch)
    found = json.loads(run("compare", "detach(x)*x + log(x, 2)", "--at", "x=2", "--json").out)
    assert found["agree"]


@pytest.mark.parametrize(
    ("backend", "spelled"), [("torch", ".detach()"), ("jax", "jax.lax.stop_gradient(x) * x"), ("python", "detach(x)")]
)
def test_code(backend: str, spelled: str) -> None:
    """Libraries that derive by themselves are told; elsewhere it is its value."""
    assert spelled in run("export", "detach(x)*x", "--to", backend).out
