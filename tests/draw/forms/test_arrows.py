"""Tests of the shapes of arrows."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from gradcli.choices import DIRECTIONS
from gradcli.draw.forms.arrows import FORWARD_HEAD, Arrow, make_arrow
from gradcli.draw.layout.boxes import Box
from gradcli.draw.layout.layout import make_layout
from gradcli.draw.layout.routes import Position
from tests.helpers.boxes import distance
from tests.helpers.pictures import ROOMS, layered


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_curve_stays_on_its_route(direction: str) -> None:
    """Its pieces are few, but nowhere further off than a third of what parts the two arrows of an edge."""
    for example in (ROOMS["long names"], layered(2, 2, 1)):
        scene = example.scene(direction=direction)
        layout = make_layout(scene)
        for edge in range(len(scene.edges)):
            for line in layout.arrows(edge):
                arrow = make_arrow(line, FORWARD_HEAD)
                assert all(
                    min(distance(Box(*point, 0.0, 0.0), *piece) for piece in pairwise(line)) < 2.2
                    for point in along(arrow)
                )


def along(arrow: Arrow) -> Iterator[Position]:
    """Points of a curve: for each piece four (Bernstein's form of a cubic)."""
    for place in range(0, len(arrow.line) - 3, 3) if arrow.is_curve else ():
        ends = arrow.line[place : place + 4]
        for t in (0.2, 0.4, 0.6, 0.8):
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            x, y = (sum(weight * end[axis] for weight, end in zip(weights, ends, strict=True)) for axis in (0, 1))
            yield x, y
