"""What a library's user gives in place of names, points and shapes: an error of gradcli's own for what is none."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import gradcli
from gradcli import GradcliError

ODD: list[Any] = [
    None,
    1,
    1.5,
    True,
    b"x",
    [1],
    [None],
    [["x"]],
    {"x"},
    object(),
    np.array([1.0, 2.0]),
    np.array("x"),
    1j,
]
ODD += [
    {1: 2},
    {"x": None},
    {"x": b"x"},
    {"x": [None, 1]},
    {"x": [1j, 2]},
    {"x": {0: 1}},
    {"x": np.zeros((2, 2, 2))},
    [[1, [2]]],
]
TEXTS = {"x^2": {"x": 2}, "sum(x^2)": {"x": [1, 2]}, "x[0]*2": {"x[0]": 1}}
CALLS: dict[str, Callable[[str, dict[str, Any], Any], Any]] = {
    "at": lambda text, _, odd: gradcli.gradient(text, odd),
    "value": lambda text, _, odd: gradcli.gradient(text, {"x": odd}),
    "digits": lambda text, _, odd: gradcli.gradient(text, odd, digits=20),
    "wrt": gradcli.gradient,
    "kink": lambda text, at, odd: gradcli.gradient(text, at, kink=odd),
    "spread": lambda text, at, odd: gradcli.gradient(text, at).spread(odd),
    "chain": lambda text, at, odd: gradcli.gradient(text, at).trace(odd),
    "opened": lambda text, at, odd: gradcli.gradient(text, at).trace(opened=odd),
    "expression": lambda _, at, odd: gradcli.gradient(odd, at),
    "parse": lambda *arguments: gradcli.parse(arguments[-1]),
    "compile": lambda text, _, odd: gradcli.compile(text, odd),
    "shapes": lambda text, _, odd: gradcli.compile(text, shapes=odd),
    "passes": lambda text, _, odd: gradcli.passes(text, odd),
    "passes with shapes": lambda text, _, odd: gradcli.passes(text, shapes=odd),
    "compiled": lambda text, _, odd: gradcli.compile(text, shapes={"x": (2,)} if "sum" in text else None)(odd),
}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("call", CALLS)
def test_odd_types(call: str) -> None:
    """Each either has a meaning or raises an error that can be said."""
    said = []
    for text, at in TEXTS.items():
        for odd in ODD:
            try:
                CALLS[call](text, at, odd)
            except GradcliError as error:
                said += [error.say("en"), error.say("ja")]
    assert len(said) >= len(ODD)
    assert all(said)


@pytest.mark.parametrize(
    ("call", "odd", "code"),
    [
        ("wrt", [1], "no-names"), ("wrt", 1, "no-names"), ("opened", [None], "no-names"),
        ("compile", [["x"]], "no-names"), ("at", [1, 2], "no-values"), ("at", None, "no-values"),
        ("digits", "x=1", "no-values"), ("at", {1: 2}, "no-values"),
        ("spread", 0.1, "no-values"), ("shapes", [2], "no-values"), ("shapes", {"x": (1, 2, 3)}, "compiled-shape"),
        ("passes with shapes", {"x": "2"}, "compiled-shape"), ("passes with shapes", {"y": (2,)}, "unused-name"),
        ("kink", None, "unknown-kink-rule"), ("chain", None, "unknown-chain"), ("parse", None, "not-an-expression"),
        ("compiled", np.array([1.0, 2.0]), "point-unnamed"), ("wrt", ["x[2]"], "index-out-of-range"),
        ("wrt", "x[", "no-part"),
    ],
)  # fmt: skip
def test_what_is_said(call: str, odd: Any, code: str) -> None:
    """Of a name, a mapping or a shape that is none."""
    with pytest.raises(GradcliError) as caught:
        CALLS[call]("sum(x^2)", {"x": [1, 2]}, odd)
    assert caught.value.code == code
