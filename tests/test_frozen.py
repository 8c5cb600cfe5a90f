"""Objects that do not change."""

from typing import Any

import pytest

from gradcli import gradient
from gradcli.frozen import Frozen, attributes, with_other


class Point(Frozen):
    """A point."""

    x: float
    y: float = 0.0


class Labelled(Point):
    """A point with a label; its other coordinate is 1 unless it is given."""

    y: float = 1.0
    label: str = ""


def test_attributes_are_given_once() -> None:
    """In order or by name, with defaults, and none later."""
    assert {"x": 1.0, "y": 2.0} == attributes(Point(1.0, y=2.0))
    assert {"x": 3.0, "y": 1.0, "label": "A"} == attributes(Labelled(3.0, label="A"))
    assert {"x": 1.0, "y": 3.0} == attributes(with_other(Point(1.0, 2.0), y=3.0))
    with pytest.raises(AttributeError, match="Point is frozen"):
        Point(1.0).y = 2.0  # type: ignore[misc]


@pytest.mark.parametrize(
    ("given", "named", "message"),
    [
        ((1.0, 2.0, 3.0), {}, "Point has 2 attributes, and 3 are given"),
        ((1.0,), {"label": "A"}, "Point has no label"),
        ((1.0,), {"x": 2.0}, "Point gets twice x"),
        ((), {}, "Point needs x"),
        ((), {"y": 2.0}, "Point needs x"),
    ],
)
def test_what_is_given_is_what_there_is(given: tuple[float, ...], named: dict[str, Any], message: str) -> None:
    """All that has no default, nothing else, nothing twice."""
    with pytest.raises(TypeError, match=f"^{message}$"):
        Point(*given, **named)


def test_nothing_of_it_is_public() -> None:
    """Objects of the library show what is theirs."""
    public = {name for name in dir(gradient("x", {"x": 1})) if not name.startswith("_")}
    assert not public & {"fields", "attributes", "with_other"}
    assert not [name for name in dir(Frozen) if not name.startswith("_")]
