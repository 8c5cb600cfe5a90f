"""Arrays in the library: what is taken for one, and what results have of them."""

from typing import Any

import numpy as np
import pytest

from gradcli import GradcliError, gradient

TEXT = "Y = X @ W; sum(Y^2)"
X, W = [[1.0, 2.0], [3.0, 4.0]], [[1.0, 0.0], [2.0, 1.0]]
SLOPES = {"X": [[10.0, 24.0], [22.0, 52.0]], "W": [[76.0, 28.0], [108.0, 40.0]]}


@pytest.mark.parametrize(
    "x",
    [X, ((1, 2), (3, 4)), np.array(X), np.array(X, dtype=np.float32), [np.array([1, 2]), (3, np.float64(4))]],
    ids=["lists", "tuples", "array", "float32", "mixed"],
)
def test_what_an_array_is(x: Any) -> None:
    """Nested lists, tuples, and what makes lists of itself; the result has lists."""
    result = gradient(TEXT, {"X": x, "W": W, "unused": [1, 2]})
    assert (result.value, result.gradient) == (166.0, SLOPES)
    assert result.at == {"X": X, "W": W}


def _nested(depth: int) -> Any:
    """A list in a list in a list."""
    x: Any = 1.0
    for _ in range(depth):
        x = [x]
    return x


@pytest.mark.parametrize(
    ("x", "message"),
    [
        ([], "'x' is an empty array"),
        ([[]], "'x' is an empty array"),
        ([[1.0], [1.0, 2.0]], "the rows of an array have one length"),
        ([1.0, [2.0]], "the rows of an array have one length"),
        ([[[1.0]]], "'x' has more"),
        (np.ones((1, 1, 1)), "'x' has more"),
        ([1.0, None], "the value of 'x\\[1\\]' must be a finite number, not None"),
        ([1.0, True], "the value of 'x\\[1\\]' must be a finite number, not True"),
        (np.array([1.0, np.nan]), "the value of 'x\\[1\\]' must be a finite number, not nan"),
        (np.array(["a"]), "the value of 'x\\[0\\]' must be a finite number, not 'a'"),
        ([[10**400]], "the value of 'x\\[0,0\\]' must be a finite number"),
        (np.float64(3), "'x' has no shape"),
        ("12", "'x' has no shape"),
        ({"a": 1}, "the value of 'x' must be a finite number, not {'a': 1}"),
        (range(3), "the value of 'x' must be a finite number"),
        (_nested(5000), "'x' has more"),
    ],
)
def test_what_none_is(x: Any, message: str) -> None:
    """With the name, and of an element that of the element."""
    with pytest.raises(GradcliError, match=message):
        gradient("sum(x)", {"x": x})


def test_names_of_targets() -> None:
    """Arrays, elements and steps, as a text or a list."""
    for wrt in ("W[0,1],Y", "W[0, 1],Y", ["W[0,1]", "Y"]):
        result = gradient(TEXT, {"X": X, "W": W}, wrt)
        assert result.gradient == {"W[0,1]": 28.0, "Y": [[10.0, 4.0], [22.0, 8.0]]}
        assert repr(result) == "Result(value=166.0, gradient={W[0,1]: 28.0, Y: [[10.0, 4.0], [22.0, 8.0]]})"
    assert gradient(TEXT, {"X": X, "W": W}, "W[0,1]").slopes == {"W[0,1]": 28.0}


def test_a_result_says_the_first_elements_alone() -> None:
    """Its text and what a notebook shows of it are short, however large an array is."""
    result = gradient("sum(X)", {"X": np.ones((50, 50))})
    assert len(repr(result)) < 700
    assert "…" in repr(result)
    shown = result._repr_html_()
    assert shown.count("…") == 2 * (5 + 6)
    assert "<i>X</i> (50×50)" in shown


def test_digits_and_fractions() -> None:
    """Texts in nested lists, elements too."""
    at: dict[str, Any] = {"x": ["1/3", "0.5"]}
    fractions = gradient("sum(x^2)", at, fractions=True)
    assert fractions.fractions == {"at": {"x": ["1/3", "1/2"]}, "value": "13/36", "gradient": {"x": ["2/3", "1"]}}
    assert fractions.gradient == {"x": [2 / 3, 1.0]}
    digits = gradient("sum(x^2)", at, digits=5)
    assert digits.digits == {"value": "0.36111", "gradient": {"x": ["0.66667", "1"]}}
    assert digits.at == {"x": [1 / 3, 0.5]}
    assert "0.66667" in digits._repr_html_()


def test_uncertainties() -> None:
    """One for all elements, one for each, or one of an element alone."""
    result = gradient("dot(x, y)", {"x": [3.0, 4.0], "y": [1.0, 2.0]})
    one = result.spread({"x": 0.1, "y": [0.0, 0.2]})
    assert one.of == {"x": [0.1, 0.1], "y": [0.0, 0.2]}
    assert one.uncertainty == pytest.approx((0.1**2 + 0.2**2 + 0.8**2) ** 0.5)
    assert [sum(shares) for shares in zip(*one.shares.values(), strict=True)] == pytest.approx([100 / 69, 6800 / 69])
    assert result.spread({"x[1]": 0.5}).shares == {"x[1]": 100.0}


@pytest.mark.parametrize(
    ("uncertainties", "message"),
    [
        ({"x": [1.0]}, "two shapes"),
        ({"x": [[1.0, 2.0]]}, "two shapes"),
        ({"x": [0.1, -1.0]}, "a number from 0 on"),
        ({"x": [0.1, "a"]}, "a number from 0 on"),
        ({"x": None}, "a number from 0 on"),
        ({"a": [1.0]}, "a number from 0 on"),
        ({"x[2]": 1.0}, "'x\\[2\\]' does not occur"),
    ],
    ids=repr,
)
def test_what_no_uncertainty_is(uncertainties: dict[str, Any], message: str) -> None:
    """Arrays of another shape, and what is none for a number."""
    with pytest.raises(GradcliError, match=message):
        gradient("a*sum(x)", {"a": 1.0, "x": [3.0, 4.0]}).spread(uncertainties)


def test_other_names_and_shapes() -> None:
    """What does not occur is passed over, whatever it is; a graph that has shapes keeps them."""
    assert gradient("sum(x)", {"x": [1, 2], "y": [[1], [2, 3]], "s": range(2)}).value == 3
    known = gradient(TEXT, {"X": X, "W": W}).graph
    assert gradient(known, {"X": X, "W": W}).gradient == SLOPES
    with pytest.raises(GradcliError, match="'W' is an array; give it one"):
        gradient(known, {"X": X, "W": 3})
    with pytest.raises(GradcliError, match="'W' is given two shapes"):
        gradient(known, {"X": X, "W": [1, 2]})


def test_the_output_has_a_name_of_its_own() -> None:
    """Not that of an array."""
    assert [gradient(f"sum({name})", {name: [1, 2]}).output for name in "xyz"] == ["y", "z", "y"]
