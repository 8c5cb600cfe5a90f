"""Derivatives put into words: each as a program of the language, and as a number at a point."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import product
from math import isfinite
from typing import Any

from gradcli.derive import Derivatives, reachable
from gradcli.errors import GradcliError
from gradcli.formatter import format_graph
from gradcli.gradient import gradient
from gradcli.graph import Graph
from gradcli.names import output_name
from gradcli.notes import Note
from gradcli.numerals import finite_or_none
from gradcli.parser import MAX_LENGTH
from gradcli.programs import block, program

Key = tuple[str, ...]


class Formulary:
    """The derivatives of a function as texts, of every order up to that of `derivatives`."""

    def __init__(self, graph: Graph, derivatives: Derivatives, inline: bool = False) -> None:
        self.source = graph
        self.derivatives = derivatives
        self.inline = inline
        self.output = output_name(graph)
        self.at: Mapping[str, float] | None = None
        self.value = 0.0
        self.numbers: dict[Key, float] = {}
        self.notes: list[Note] = []
        if inline:
            self._check_length()

    @property
    def keys(self) -> list[Key]:
        """The derivatives of the highest order, each once."""
        return [key for key in self.derivatives.roots if len(key) == self.derivatives.order]

    @property
    def is_finite(self) -> bool:
        """Whether all numbers are finite."""
        return all(map(isfinite, self.numbers.values()))

    def text(self, key: Key) -> str:
        """A derivative as a program of its own."""
        return self._texts[self.derivatives.root(*key)]

    def statements(self, partial: str = "∂") -> list[tuple[Key | None, str, str]]:
        """All derivatives of the highest order as one list of statements that share their steps.

        Each is (key, name, expression); a step that they share has no key. `partial` is the sign of a derivative.
        """
        labels = {self.label(key, partial): key for key in self.keys}
        roots = {label: self.derivatives.root(*key) for label, key in labels.items()}
        if self.inline:
            return [(key, label, self.text(key)) for label, key in labels.items()]
        if not roots:
            return []
        lines = format_graph(block(self.derivatives.graph, roots)).split("; ")
        parts = [line.partition(" = ") for line in lines]
        return [(labels.get(name), name, expression) for name, _, expression in parts]

    def label(self, key: Key, partial: str = "∂") -> str:
        """`∂z/∂a`, `∂²z/∂a∂b`, `∂³z/∂x³`."""
        order = _power(len(key), partial)
        below = "".join(f"{partial}{name}{_power(key.count(name), partial)}" for name in dict.fromkeys(key))
        return f"{partial}{order}{self.output}/{below}"

    def evaluate(self, at: Mapping[str, float], wrt: Iterable[str] | None) -> None:
        """Put the point in. Raises what `gradcli.gradient` raises."""
        result = gradient(self.source, at, wrt)
        self.at, self.value = result.at, result.value
        self.numbers = self.derivatives.numbers(result.at)
        self.notes = list(result.notes)
        for key, number in self.numbers.items():
            if not isfinite(number):
                label = self.label(key)
                facts = {"of": label, "value": str(number)}
                self.notes.append(Note("not-finite", f"the formula for {label} has no finite value here", facts))

    def as_dict(self) -> dict[str, Any]:
        """What `gradcli diff --json` prints."""
        order = self.derivatives.order
        facts: dict[str, Any] = {"expression": self.source.text, "output": self.output}
        facts["gradient"] = self._nested(1, self.text)
        if order >= 2:
            facts["hessian"] = self._nested(2, self.text)
        if order >= 3:
            facts |= {"order": order, "derivatives": self._nested(order, self.text)}
        if self.at is not None:
            facts |= {"at": dict(self.at), "value": self.value}
            facts["gradient_at"] = self._nested(1, self._number)
            if order >= 2:
                facts["hessian_at"] = self._nested(2, self._number)
            if order >= 3:
                facts["derivatives_at"] = self._nested(order, self._number)
            facts["notes"] = [note.as_dict() for note in self.notes]
        return facts

    def _number(self, key: Key) -> float | None:
        canonical = tuple(sorted(key, key=self.derivatives.targets.index))
        return finite_or_none(self.numbers[canonical])

    def _nested(self, order: int, of: Any) -> dict[str, Any]:
        """`{"a": {"b": …}}`, as deep as the order, symmetric."""
        whole: dict[str, Any] = {}
        for key in product(self.derivatives.targets, repeat=order):
            place = whole
            for name in key[:-1]:
                place = place.setdefault(name, {})
            place[key[-1]] = of(key)
        return whole

    @cached_property
    def _texts(self) -> dict[int, str]:
        graph = self.derivatives.graph
        roots = set(self.derivatives.roots.values())
        return {root: format_graph(program(graph, root), inline=self.inline) for root in roots}

    def _check_length(self) -> None:
        """Written out, shared parts can make a text of exponential length: refuse that beforehand."""
        graph = self.derivatives.graph
        sizes = [0] * len(graph)
        for node in reachable(graph.inputs, self.derivatives.roots.values()):
            sizes[node] = 1 + sum(sizes[x] for x in graph.inputs[node])
        for key, root in self.derivatives.roots.items():
            if sizes[root] > MAX_LENGTH // 4:
                raise GradcliError(
                    f"written out, {self.label(key)} has more than {MAX_LENGTH:,} characters; leave --inline away"
                )


def _power(count: int, partial: str) -> str:
    if count < 2:
        return ""
    return str(count).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")) if not partial.isascii() else str(count)
