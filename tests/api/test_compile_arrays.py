"""Compiled functions of arrays, beside what `gradient` has of each point."""

import pickle
from typing import Any

import numpy as np
import pytest

import gradcli
from gradcli import GradcliError, gradient

TEXT = "Y = x @ W + b; L = sum(relu(Y)) * c"
SHAPES = {"x": (2,), "W": (2, 3), "b": (3,)}
W = [[1.0, 0.0, -1.0], [2.0, 1.0, 0.5]]
B = [0.0, 1.0, -1.0]


def test_at_one_point_slopes_are_lists() -> None:
    """Of lists, integers and arrays; the same as those of `gradient`, in the order of `wrt`."""
    loss = gradcli.compile(TEXT, shapes=SHAPES, wrt=["b", "W", "c"])
    expected = gradient(TEXT, {"x": [1, 2], "W": W, "b": B, "c": 2.0}, wrt=["b", "W", "c"])
    for x in ([1.0, 2.0], [1, 2], np.array([1.0, 2.0]), (1, 2)):
        value, slopes = loss({"x": x, "W": W}, b=np.array(B), c=2.0)
        assert (value, slopes) == (expected.value, expected.gradient)


def test_points_have_their_axes_before_those_of_arrays() -> None:
    """They broadcast, and a slope has both."""
    loss = gradcli.compile(TEXT, shapes=SHAPES)
    points = np.array([[[1.0, 2.0], [-1.0, 0.5]], [[0.0, 1.0], [3.0, -2.0]], [[1.0, 1.0], [2.0, 2.0]]])
    scales = np.array([2.0, -1.0])
    value, slopes = loss(x=points, W=W, b=B, c=scales)
    assert (value.shape, slopes["W"].shape, slopes["c"].shape) == ((3, 2), (3, 2, 2, 3), (3, 2))
    for place in np.ndindex(3, 2):
        found = gradient(TEXT, {"x": points[place], "W": W, "b": B, "c": scales[place[1]]})
        assert value[place] == found.value
        assert {name: slope[place].tolist() for name, slope in slopes.items()} == found.gradient


def test_it_goes_to_other_processes() -> None:
    """With shapes and names."""
    loss = gradcli.compile("sum(x*x)*e", wrt=["x", "e"], shapes={"x": (2,)})
    again = pickle.loads(pickle.dumps(loss))
    assert again(x=[1.0, 2.0], e=2.0) == (10.0, {"x": [4.0, 8.0], "e": 5.0}) == loss(x=[1.0, 2.0], e=2.0)
    assert repr(again) == "gradcli.compile('sum(x*x)*e')"


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ({"x": [1.0, 2.0, 3.0]}, "compiled-axes"),
        ({"x": [[1.0], [2.0]]}, "compiled-axes"),
        ({"x": 1.0}, "compiled-axes"),
        ({"x": [[1.0], [2.0, 3.0]]}, "value-not-finite"),
        ({"x": ["a", "b"]}, "array-type"),
        ({}, "no-value"),
        ([1.0, 2.0], "point-unnamed"),
    ],
)
def test_what_is_given_wrongly(at: Any, code: str) -> None:
    """Is said with a code."""
    with pytest.raises(GradcliError) as error:
        gradcli.compile("sum(x*x)", shapes={"x": (2,)})(at)
    assert error.value.code == code


@pytest.mark.parametrize(
    ("shapes", "code"),
    [
        ({"y": (2,)}, "unused-name"),
        ({"x": ()}, "compiled-shape"),
        ({"x": (0,)}, "compiled-shape"),
        ({"x": (1, 2, 3)}, "compiled-shape"),
        ({"x": (2.0,)}, "compiled-shape"),
        ({"x": 2}, "compiled-shape"),
        ({"x": (2, 3)}, "array-argument"),
        ({}, "no-shape"),
    ],
)
def test_what_is_no_shape(shapes: Any, code: str) -> None:
    """Nor one that fits."""
    with pytest.raises(GradcliError) as error:
        gradcli.compile("dot(x, x)", shapes=shapes)
    assert error.value.code == code
