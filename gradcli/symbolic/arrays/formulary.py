"""Derivatives over arrays put into words: a formula for each array, and numbers at a point."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from math import isclose, isfinite
from typing import TYPE_CHECKING, Any

from gradcli.arrays.elements import spread
from gradcli.arrays.lowering import MAX_SCALARS, lowered
from gradcli.arrays.results import shapes_in
from gradcli.arrays.shapes import said
from gradcli.engine.answer import Answer
from gradcli.engine.binding import targets_of
from gradcli.engine.evaluation import evaluate
from gradcli.engine.notes import Note
from gradcli.errors import GradcliError
from gradcli.frozen import with_other
from gradcli.graph import Builder, Graph
from gradcli.graph.arrays import Arrays, Shape, size_of
from gradcli.language.parser import parse_rule
from gradcli.operators.arrays import ARRAY_FUNCTIONS
from gradcli.operators.table import ADD
from gradcli.symbolic.arrays.derive import derive_arrays
from gradcli.symbolic.derive import derive
from gradcli.symbolic.formulary import NEAR, NEAR_ZERO, Formulary
from gradcli.symbolic.texts import Key, Statements
from gradcli.text import finite_or_none

if TYPE_CHECKING:
    from gradcli.engine.certified.answer import CertifiedAnswer
    from gradcli.engine.certified.written import Written

MOST_NAMED = 3  # elements that a note names


def formulary_over_arrays(
    graph: Graph, names: Iterable[str] | None, order: int, inline: bool
) -> "ArrayFormulary | None":
    """The derivatives of a program over arrays; None where all that is asked for are numbers of their own.

    Raises what `derive` raises, and `GradcliError` for a derivative of higher order of an array.
    """
    arrays = graph.arrays
    assert arrays is not None
    targets = list(targets_of(graph, names))
    whole = _of_program(arrays, targets)
    if order == 1:
        return ArrayFormulary(graph, arrays, whole, targets, inline) if whole else None
    if any(name in arrays.named for name in whole):
        raise GradcliError("order-of-arrays", {"order": order}, source="option")
    return None


def _of_program(arrays: Arrays, targets: Collection[str]) -> list[str]:
    """The names of variables and steps of the program that are asked for whole, in its order."""
    asked = set(targets)
    found = []
    for name, node in (arrays.program.variables | arrays.program.steps).items():
        elements = arrays.names_of(name) if arrays.shapes[node] else [name]
        if arrays.elements[node] and asked.issuperset(elements):
            found.append(name)
    return found


class ArrayFormulary(Formulary):
    """The derivatives of a function of arrays as texts.

    Where there is no formula for an array, and of elements that are asked for by name, there are those of elements.
    Numbers of arrays are nested lists.
    """

    numbers: dict[Key, Any]
    settled: Mapping[Key, Any]

    def __init__(self, graph: Graph, arrays: Arrays, whole: list[str], targets: Iterable[str], inline: bool) -> None:
        found = derive_arrays(arrays, whole)
        super().__init__(graph, found.derivatives, inline)
        self.arrays = arrays
        self.shapes = found.shapes
        inside = set(arrays.elements_of(found.derivatives.targets))
        single = [name for name in targets if name not in inside]
        self._single = Formulary(graph, derive(graph, single), inline) if single else None
        self._remarks = [Note("by-elements", {"of": self.label((name,))}) for name in found.open]
        self._remarks += [Note("first-extreme", {"function": name}) for name in found.ties]
        self._remarks += [
            self._repeated(name, shape)
            for name, shape in found.shapes.items()
            if shape != self._whole(name) and self.text((name,)) != "0"
        ]
        self.notes += self._remarks

    def _repeated(self, name: str, shape: Shape) -> Note:
        """That the elements of a formula are repeated to the shape of its array."""
        whole = self._whole(name)
        facts = {"of": self.label((name,)), "shape": list(whole)}
        return Note("repeated", facts, {"own": said(shape), "whole": said(whole)})

    @property
    def keys(self) -> list[Key]:
        """The derivatives: of arrays and numbers, and of single elements."""
        return [*super().keys, *(self._single.keys if self._single else ())]

    def text(self, key: Key) -> str:
        """A derivative as a program of its own."""
        return super().text(key) if self._single is None or key in self.derivatives.roots else self._single.text(key)

    def statements(self, taken: Collection[str] = ()) -> Statements:
        """All derivatives as statements; those of arrays share their steps, and so do those of elements."""
        found = self._texts.together(super().keys, taken)
        used = {*taken, *(name for _, name, _ in found if name)}
        return found + (self._single.statements(used) if self._single else [])

    def shapes_in(self, statements: Statements) -> Mapping[str, Shape]:
        """The shapes of the names in statements that stand for arrays."""
        found = {name: self.arrays.shapes[node] for name, node in self.arrays.named.items()}
        for _, name, text in statements:
            if name and name not in found:
                graph = parse_rule(text)
                found[name] = shapes_in(graph, found)[graph.output]
        return found

    def for_programs(self) -> tuple[dict[str, str], dict[Key, str]]:
        """Each derivative as a program of its own."""
        return {}, {key: self.text(key) for key in self.keys}

    @property
    def is_finite(self) -> bool:
        """Whether the value and all numbers are finite, or all digits known that were asked for."""
        if self.settled:
            return all(one.is_known for number in self.settled.values() for one in elements(number))
        return isfinite(self.value) and all(
            isfinite(one) for number in self.numbers.values() for one in elements(number)
        )

    def evaluate(self, at: Mapping[str, float], wrt: Iterable[str] | None, allow_nonfinite: bool = False) -> None:
        """Put the point in. Raises what `gradcli.gradient` raises.

        The numbers are those of the backward pass; a note says where a formula as it stands gives others.
        """
        result = Answer.of(self.source, at, wrt, allow_nonfinite=allow_nonfinite)
        self.at, self.value = result.at, result.value
        self.numbers = self._by_keys(result.slopes)
        self.notes = [*result.notes, *self._remarks, *self._differences(result)]

    def _by_keys(self, slopes: Mapping[str, Any]) -> dict[Key, Any]:
        """Numbers of elements by the keys of the derivatives."""
        known = {**slopes, **self.arrays.nested(slopes)}
        return {key: known[key[0]] for key in self.keys}

    def _differences(self, result: Answer) -> Iterable[Note]:
        """Say where the formula of an array does not give its gradient."""
        given = self._given(result.point)
        largest = max((abs(x) for x in result.evaluation.adjoints if isfinite(x)), default=0.0)
        for name, numbers in given.items():
            names = self.arrays.names_of(name) if name in self.arrays.named else [name]
            pairs = zip(names, numbers, strict=True)
            wrong = [
                one
                for one, number in pairs
                if isfinite(result.slopes[one])
                and not isclose(number, result.slopes[one], rel_tol=NEAR, abs_tol=NEAR_ZERO * largest)
            ]
            if wrong:
                facts = {"of": self.label((name,)), "elements": wrong[:MOST_NAMED], "count": len(wrong)}
                yield Note("formula", facts, {"all": len(names)}, "formula-of-array")

    def _given(self, point: Mapping[str, float]) -> dict[str, list[float]]:
        """What the formulas of arrays and numbers come to, element by element."""
        builder = Builder(self.derivatives.graph)
        total = builder.constant(0.0)
        for (name,), root in self.derivatives.roots.items():
            number = builder.append(ARRAY_FUNCTIONS["sum"], (root,)) if self.shapes[name] else root
            total = builder.append(ADD, (total, number))
        shapes = {name: self.arrays.shapes[node] for name, node in self.arrays.program.variables.items()}
        program = with_other(builder.graph(total), text=" ", starts=(0,) * len(builder))
        graph = lowered(program, shapes, MAX_SCALARS + 10 * len(self.source))
        values = evaluate(graph, point, total=True).values
        return {name: [values[x] for x in self._elements(graph, name)] for name in self.shapes}

    def _elements(self, graph: Graph, name: str) -> Sequence[int]:
        """The nodes of the elements of a formula, repeated to the shape of its array."""
        root, whole = self.derivatives.roots[name,], self._whole(name)
        if graph.arrays is None:
            return [root] * size_of(whole)
        return spread(graph.arrays.elements[root], self.shapes[name], whole)

    def _whole(self, name: str) -> Shape:
        node = self.arrays.named.get(name)
        return () if node is None else self.arrays.shapes[node]

    def settle(self, at: "Mapping[str, Written]", wrt: Iterable[str] | None, asked: int | None = None) -> None:
        """The same with so many correct digits, without a number of them in fractions; see `Formulary.settle`."""
        from gradcli.symbolic.digits import derivatives_with_digits
        from gradcli.symbolic.fractions import derivatives_with_fractions

        result: CertifiedAnswer
        if asked is None:
            result, found = derivatives_with_fractions(self.source, at, wrt, 1)
        else:
            result, found = derivatives_with_digits(self.source, at, asked, wrt, 1)
        point = self.arrays.flat(result.at)
        with suppress(GradcliError):  # beyond doubles
            self.evaluate(point, wrt)
        self.at = self.arrays.nested(point)
        slopes = self.arrays.flat({key[0]: slope for key, slope in found.items()})
        self.settled = {(): result.settled_value, **self._by_keys(slopes)}
        self.notes = [*result.notes, *self._remarks]

    def as_dict(self, language: str = "en") -> dict[str, Any]:
        """What `gradcli diff --json` prints."""
        found: dict[str, Any] = {"expression": self.source.text, "output": self.output}
        found["gradient"] = self._by_name(self.text)
        if self.at is not None:
            found |= {"at": dict(self.at), "value": finite_or_none(self.number(()))}
            numbers = self.settled or self.numbers
            found["gradient_at"] = self._by_name(lambda key: each(finite_or_none, numbers[key]))
            if self.settled:
                texts = {"value": self.settled[()].text or None}
                texts["gradient"] = self._by_name(lambda key: each(lambda one: one.text or None, self.settled[key]))
                found[self.settled[()].keys] = texts
        if self.at is not None or self.notes:
            found["notes"] = [note.as_dict(language) for note in self.notes]
        return found

    def _by_name(self, of: Callable[[Key], Any]) -> dict[str, Any]:
        """What there is for each derivative; elements that are all of an array stand in nested lists."""
        return self.arrays.nested({key[0]: of(key) for key in self.keys})


def elements(number: Any) -> list[Any]:
    """A number, or the elements of nested lists."""
    if not isinstance(number, list):
        return [number]
    return [one for row in number for one in (row if isinstance(row, list) else [row])]


def each(function: Callable[[Any], Any], number: Any) -> Any:
    """The same of a number, or of each element of nested lists."""
    if not isinstance(number, list):
        return function(number)
    return [[function(one) for one in row] if isinstance(row, list) else function(row) for row in number]
