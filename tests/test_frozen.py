"""Objects that do not change."""

import pytest

from gradcli.frozen import Frozen


class Point(Frozen):
    """A point."""

    x: float
    y: float = 0.0


class Labelled(Point):
    """A point with a label; its other coordinate is 1 unless it is given."""

    y: float = 1.0
    label: str = ""


def test_attributes_are_given_once() -> None:
    """In order or by name, with defaults; no other ones, and none later."""
    assert {"x": 1.0, "y": 2.0} == Point(1.0, y=2.0).attributes()
    assert {"x": 3.0, "y": 1.0, "label": "A"} == Labelled(3.0, label="A").attributes()
    assert {"x": 1.0, "y": 3.0} == Point(1.0, 2.0).with_other(y=3.0).attributes()
    with pytest.raises(ValueError, match="longer"):
        Point(1.0, 2.0, 3.0)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="Point has no label"):
        Point(1.0, label="A")  # type: ignore[call-arg]
    with pytest.raises(AttributeError, match="Point is frozen"):
        Point(1.0).y = 2.0  # type: ignore[misc]
