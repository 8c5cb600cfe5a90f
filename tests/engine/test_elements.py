"""Notes on the elements of arrays: one for an operation, one for a gradient."""

from typing import Any

import pytest

from gradcli.api import gradient
from gradcli.engine.notes import Note
from gradcli.report.status import statuses
from tests.helpers.running import run

AT: dict[str, Any] = {"X": [[1.0, 1.0, 0.0], [0.0, 0.0, -1.0]], "y": [0.0, 0.0]}


def notes_of(text: str, at: dict[str, Any] = AT, **options: Any) -> list[Note]:
    """The notes on an expression."""
    return list(gradient(text, at, **options).notes)


@pytest.mark.parametrize(
    ("text", "code", "elements", "size", "node"),
    [
        ("sum(relu(X))", "kink", ["X[0,2]", "X[1,0]", "X[1,1]"], 6, "s"),
        ("Z = relu(X); sum(Z)", "kink", ["Z[0,2]", "Z[1,0]", "Z[1,1]"], 6, "Z"),
        ("sum(relu(X + 0))", "kink", ["[0,2]", "[1,0]", "[1,1]"], 6, "t"),
        ("sum(max(X, axis=1))", "tie", ["[0]", "[1]"], 2, "s"),
        ("sum(max(X, 0))", "tie", ["X[0,2]", "X[1,0]", "X[1,1]"], 6, "s"),
        ("sum(norm(X*[[1], [0]]*y[0], axis=1))", "kink", ["[0]", "[1]"], 2, "u"),
        ("sum(floor(X))", "jump", [f"X[{row},{column}]" for row in (0, 1) for column in range(3)], 6, "s"),
    ],
)
def test_one_note_for_an_operation(text: str, code: str, elements: list[str], size: int, node: str) -> None:
    """With the elements that it is on, by the operation's own name or that of its argument."""
    note = notes_of(text)[0]
    assert note.code == code
    assert (note.facts["elements"], note.facts["count"], note.facts["size"]) == (elements, len(elements), size)
    assert note.facts["node"] == node
    assert f"in {len(elements)} of {size} elements ({', '.join(elements[:2])}" in note.message


def test_one_element_has_the_note_of_a_number() -> None:
    """Which says more of it."""
    [first, *_] = notes_of("sum(relu(X))", {"X": [[1.0, 2.0], [0.0, 3.0]]})
    assert "elements" not in first.facts
    assert "X[1,0] = 0" in first.message


def test_operations_are_named_as_they_are_written() -> None:
    """A norm is made of hypot, which nobody has written."""
    assert notes_of("norm(y)")[0].message.startswith("norm at column 1 ")


def test_what_differs_between_elements_is_left_out() -> None:
    """Slopes that are not those of all elements."""
    [note, *_] = notes_of("sum(leaky_relu(y, [0.1, 0.2]))")
    assert (note.facts["left"], note.facts["right"], note.facts["count"]) == (None, 1.0, 2)
    assert "the slope is" not in note.message
    [tie, *_] = notes_of("sum(max(X, axis=0))", {"X": [[1.0, 2.0], [1.0, 2.0]]})
    assert tie.facts["argument"] is None


def test_slopes_of_both_sides_are_in_one_note_for_an_array() -> None:
    """That of the elements whose sides differ; of those that are smooth where all are."""
    *_, x, y = notes_of("sum(relu(X)) + sum(relu(y) - relu(-y))")
    assert (x.facts["variable"], x.facts["elements"], x.facts["smooth"]) == ("X", ["X[0,2]", "X[1,0]", "X[1,1]"], False)
    assert (x.facts["left"], x.facts["right"]) == ([0.0] * 3, [1.0] * 3)
    assert (y.facts["variable"], y.facts["count"], y.facts["size"], y.facts["smooth"]) == ("y", 2, 2, True)
    assert "smooth" in y.message


def test_what_is_not_finite() -> None:
    """One note for an array and a cause."""
    notes = notes_of("sum(sqrt(X^2))", {"X": [[0.0, 0.0], [1.0, 2.0]]})
    note = next(note for note in notes if note.code == "not-finite")
    assert (note.facts["name"], note.facts["elements"]) == ("X", ["X[0,0]", "X[0,1]"])
    assert "sqrt at column 5" in note.message


def test_lost_digits() -> None:
    """The worst of them, and a formula over the array."""
    note = notes_of("sum((exp(x) - 1)/x)", {"x": [1e-8, 1e-9, 1.0]})[1]
    assert (note.facts["name"], note.facts["elements"], note.facts["digits"]) == ("x", ["x[0]", "x[1]"], 0)
    assert len(note.facts["computed"]) == len(note.facts["corrected"]) == 2
    assert "for exp(x) - 1 there is expm1(x)" in note.message


def test_fractions_are_said_as_they_are() -> None:
    """The slopes of both sides too, where they are those of all elements."""
    noted = run("eval", "sum(leaky_relu(x, 1/3))", "--at", "x=[0,0]", "--fractions").err
    assert "used 1, the branch x >= 0; the slope is 1/3 from the left and 1 from the right" in noted
    assert "the slope is 0 from the left" in run("eval", "sum(relu(x))", "--at", "x=[0,0]", "--fractions").err


def test_statuses_are_those_of_the_elements() -> None:
    """The codes of a note on several elements are on those, and on what they come from."""
    result = gradient("a*sum(relu(X))", AT | {"a": 2.0})
    found = statuses(result.graph, result.value, result.slopes, result.point, result.notes)
    assert found["X[0,0]"] == "ok"
    assert found["X[1,0]"] == "kink one-sided"
    assert "kink" not in found["a"]


@pytest.mark.sampled(5)
@pytest.mark.parametrize(("language", "count"), [("ja", 12), ("en", 250), ("ja", 500), ("en", 500)])
def test_there_is_one_line_for_a_thousand(language: str, count: int) -> None:
    """In both languages."""
    zeros = f"[{','.join(['0', '1'] * count + ['1'] * (1_000 - 2 * count))}]"
    noted = run("eval", "sum(relu(x))", "--at", f"x={zeros}", "--lang", language).err.splitlines()
    assert len(noted) == 2
    assert all(str(count) in line and "1,000" in line and "x[0], x[2], …" in line for line in noted)
