"""What answers in certain numbers have in common, be they digits or fractions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gradcli.engine.answer import nested
from gradcli.engine.notes import Note
from gradcli.graph import Graph
from gradcli.language.names import output_name
from gradcli.text import Settled, finite_or_none


@dataclass(frozen=True, eq=False)
class CertifiedAnswer:
    """The value and the gradient of `graph` at a point, in numbers that are certain.

    `point`, `beyond` and `settled_gradient` are by the names of numbers: those of arrays are elements, as `W[0,1]`.
    `value` and `gradient` have the nearest doubles, infinite beyond them and None where nothing is known; `texts` have
    the numbers. `beyond` has the values of the point that are shown as other texts than doubles. `notes` say where the
    point lies on a kink or jump.
    """

    graph: Graph
    point: Mapping[str, float]
    beyond: Mapping[str, Settled]
    settled_value: Settled
    settled_gradient: Mapping[str, Settled]
    notes: tuple[Note, ...]

    @property
    def output(self) -> str:
        """The name of the output."""
        return output_name(self.graph)

    @property
    def value(self) -> float | None:
        """The double nearest to the value."""
        return self.settled_value.number

    @property
    def at(self) -> Mapping[str, Any]:
        """The point: each variable's value; of an array as nested lists."""
        return nested(self.graph, self.point)

    @property
    def gradient(self) -> Mapping[str, Any]:
        """The doubles nearest to the slopes; of an array as nested lists."""
        return nested(self.graph, {name: slope.number for name, slope in self.settled_gradient.items()})

    @property
    def texts(self) -> dict[str, Any]:
        """The numbers as texts: `value`, and `gradient` by name; None where nothing is known."""
        slopes = {name: slope.text or None for name, slope in self.settled_gradient.items()}
        return {"value": self.settled_value.text, "gradient": nested(self.graph, slopes)}

    @property
    def is_settled(self) -> bool:
        """Whether all numbers are known."""
        return all(found.is_known for found in (self.settled_value, *self.settled_gradient.values()))

    @property
    def is_finite(self) -> bool:
        """Whether the value and the whole gradient are known and no poles, be they beyond doubles."""
        return all(found.text for found in (self.settled_value, *self.settled_gradient.values()))

    def facts(self, more: Mapping[str, Any], language: str) -> dict[str, Any]:
        """The answer for JSON, with more in the place where the texts stand: a number beyond doubles is None."""
        return {
            "expression": self.graph.text,
            "output": self.output,
            "at": nested(self.graph, {name: finite_or_none(number) for name, number in self.point.items()}),
            "value": finite_or_none(self.value),
            "gradient": nested(
                self.graph, {name: finite_or_none(slope) for name, slope in self.settled_gradient.items()}
            ),
            **more,
            "notes": [note.as_dict(language) for note in self.notes],
        }
