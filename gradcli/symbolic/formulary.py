"""Derivatives put into words: each as a program of the language, and as a number at a point."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import product
from math import isclose, isfinite, nan
from typing import TYPE_CHECKING, Any

from gradcli.engine.answer import Answer
from gradcli.engine.describer import Describer
from gradcli.engine.evaluation import Evaluation
from gradcli.engine.losing import lost_note
from gradcli.engine.notes import Note, information
from gradcli.engine.noting import known
from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.language.format import format_graph
from gradcli.language.names import output_name
from gradcli.language.parser import parse
from gradcli.symbolic.derive import Derivatives
from gradcli.symbolic.orders import jumps
from gradcli.symbolic.programs import program
from gradcli.symbolic.settling import Settling
from gradcli.symbolic.texts import Key, Statements, Texts
from gradcli.text import Settled, finite_or_none

if TYPE_CHECKING:
    from gradcli.engine.certified.answer import CertifiedAnswer
    from gradcli.engine.certified.written import Written
    from gradcli.graph.arrays import Shape

MAX_ENTRIES = 10_000  # of derivatives of the third order or a higher one in JSON: each mixed one is there in all orders

PLACING = 40  # digits that tell where fractions lie
LONGEST_PART = 60  # characters of the part of a formula that a note names

# A formula's number is the gradient's own up to rounding: relative to it, and of 0 to the largest adjoint on the way.
NEAR, NEAR_ZERO, TINY = 1e-6, 1e-12, 1e-300


class Formulary:
    """The derivatives of a function as texts, of every order up to that of `derivatives`."""

    def __init__(self, graph: Graph, derivatives: Derivatives, inline: bool = False) -> None:
        self.source = graph
        self.derivatives = derivatives
        self.output = output_name(graph)
        self.at: Mapping[str, float] | None = None
        self.value = 0.0
        self.numbers: dict[Key, float] = {}
        self.settled: Mapping[Key, Settled] = {}  # the same in digits or fractions, the value under ()
        self.notes = information(graph)
        self._texts = Texts(derivatives, self.output, inline)

    @property
    def keys(self) -> list[Key]:
        """The derivatives of the highest order, each once."""
        return [key for key in self.derivatives.roots if len(key) == self.derivatives.order]

    @property
    def is_finite(self) -> bool:
        """Whether the value and all numbers are finite, or all digits known that were asked for."""
        if self.settled:
            return all(number.is_known for number in self.settled.values())
        return all(map(isfinite, [self.value, *self.numbers.values()]))

    def number(self, key: Key) -> float | Settled:
        """A derivative at the point, or the value."""
        return self.settled[key] if self.settled else self.numbers[key] if key else self.value

    def text(self, key: Key) -> str:
        """A derivative as a program of its own."""
        return self._texts.alone(key)

    def statements(self, taken: Collection[str] = ()) -> Statements:
        """All derivatives of the highest order as statements that share their steps; see `Texts.together`."""
        return self._texts.together(self.keys, taken)

    def shapes_in(self, statements: Statements) -> "Mapping[str, Shape]":  # noqa: ARG002
        """The shapes of the names in statements that stand for arrays."""
        return {}

    def for_programs(self) -> tuple[dict[str, str], dict[Key, str]]:
        """Steps, if the derivatives of the highest order need any, and these; see `Texts.for_programs`."""
        return self._texts.for_programs(self.keys)

    def label(self, key: Key) -> str:
        """`∂z/∂a`, `∂²z/∂a∂b`, `∂³z/∂x³`."""
        return self._texts.label(key)

    def evaluate(self, at: Mapping[str, float], wrt: Iterable[str] | None, allow_nonfinite: bool = False) -> None:
        """Put the point in. Raises what `gradcli.gradient` raises.

        The gradient's numbers are those of the backward pass, whose slopes are stable where a formula may have no
        value; a note says where the formula as it stands gives another number. Those of higher order are the
        formulas' own; where their digits are lost a note says so, and the number is the right one if that was found.
        """
        result = Answer.of(self.source, at, wrt, allow_nonfinite=allow_nonfinite)
        self.at, self.value = result.at, result.value
        here = self.derivatives.evaluated(result.point)
        self.numbers = {key: float(here.values[root]) + 0.0 for key, root in self.derivatives.roots.items()}  # no -0
        unfinished = _without_value(here)
        self.notes = list(result.notes)
        settling = Settling(self.derivatives.graph, here.values)
        for key, number in self.numbers.items():
            if len(key) == 1:
                self.numbers[key] = result.slopes[key[0]] + 0.0  # no -0
                self._note_difference(key, nan if unfinished[self.derivatives.roots[key]] else number, result)
            else:
                self._correct(key, settling)
        if self.derivatives.order > 1:
            self.notes += self._jumps(result.evaluation, here, self.numbers)

    def settle(self, at: "Mapping[str, Written]", wrt: Iterable[str] | None, asked: int | None = None) -> None:
        """The same with so many correct digits, of numbers that mean what is written; see `symbolic.digits`.

        Without a number of digits in fractions. Notes say what holds whatever the digits.
        """
        from gradcli.symbolic.digits import derivatives_with_digits, placed
        from gradcli.symbolic.fractions import derivatives_with_fractions

        result: CertifiedAnswer
        if asked is None:
            asked = PLACING
            result, found = derivatives_with_fractions(self.source, at, wrt, self.derivatives.order)
        else:
            result, found = derivatives_with_digits(self.source, at, asked, wrt, self.derivatives.order)
        try:
            self.evaluate(result.at, wrt)
        except GradcliError:  # beyond doubles
            self.notes = []
        self.at, self.settled = result.at, {(): result.settled_value, **found}
        self.notes = list(result.notes)
        source, here = (placed(graph, at, asked) for graph in (self.source, self.derivatives.graph))
        if self.derivatives.order > 1 and source and here:
            numbers = {key: nan if slope.number is None else slope.number for key, slope in found.items()}
            self.notes += self._jumps(source, here, numbers)

    def _correct(self, key: Key, settling: Settling) -> None:
        """Say so where the digits of a derivative of higher order are lost, and put the right number there; or that it
        has no finite value.
        """
        loss = settling.loss(self.derivatives.roots[key])
        if loss is None and not isfinite(self.numbers[key]):
            facts = {"of": self.label(key), "value": str(self.numbers[key])}
            self.notes.append(Note("not-finite", facts, variant="formula-not-finite"))
        if loss is None:
            return
        if loss.corrected is not None:
            self.numbers[key] = loss.corrected + 0.0  # no -0
        part = format_graph(program(self.derivatives.graph, loss.node)) if loss.node >= 0 else ""
        shown = {"part": part} if 0 < len(part) <= LONGEST_PART and "\n" not in part else {}
        self.notes.append(lost_note(loss, {"of": "derivative", "name": self.label(key)} | shown))

    def _jumps(self, source: Evaluation, here: Evaluation, numbers: Mapping[Key, float]) -> Iterator[Note]:
        """Say which derivatives of higher order jump at the point."""
        jumping = jumps(source, self.derivatives, here, numbers)
        if not jumping.is_known:
            yield Note("order", {"of": None}, variant="order-left-out")
        words = Describer(source.graph, source.values) if jumping.found else None
        for key, variable, left, right, nodes in jumping.found:
            assert words is not None
            facts: dict[str, Any] = {"of": self.label(key), "variable": variable, "used": numbers[key]}
            facts |= {"left": left.value, "right": right.value}
            said: dict[str, Any] = {
                "before": known(left),
                "after": known(right),
                "more": len(nodes) - 1 if len(nodes) > 1 else None,
            }
            if nodes:
                facts |= words.place_facts(nodes[0])
                said |= words.site(nodes[0])
            is_open = said["before"] == said["after"] == "unknown"
            yield Note("order", facts, said, "order-open" if is_open else "order")

    def _note_difference(self, key: Key, number: float, result: Answer) -> None:
        """Say so where the formula, as `gradcli eval` evaluates it, does not give the slope.

        Of a slope that is not finite the gradient's notes tell. `number` is what doubles make of the formula, NaN
        where they stop; the text is evaluated only where that is another number.
        """
        slope = self.numbers[key]
        largest = max(abs(adjoint) for adjoint in result.evaluation.adjoints if isfinite(adjoint))
        room = NEAR_ZERO * largest if not slope else TINY
        if not isfinite(slope) or isclose(number, slope, rel_tol=NEAR, abs_tol=room):
            return
        given = self._given_by(key, result.at)
        if given is None or not isclose(given, slope, rel_tol=NEAR, abs_tol=room):
            self.notes.append(
                Note("formula", {"of": self.label(key), "value": given}, {"slope": slope, "gives": given})
            )

    def _given_by(self, key: Key, at: Mapping[str, float]) -> float | None:
        """What `gradcli eval` says of a derivative's text, None if it stops."""
        try:
            return Answer.of(parse(self.text(key)), at, wrt=()).value + 0.0  # no -0
        except GradcliError:
            return None

    def as_dict(self, language: str = "en") -> dict[str, Any]:
        """What `gradcli diff --json` prints. Raises `GradcliError` for over 10,000 entries of order 3 or higher."""
        order = self.derivatives.order
        count = len(self.derivatives.targets) ** order
        if order > 2 and count > MAX_ENTRIES:
            facts = {"count": count, "order": order, "limit": MAX_ENTRIES}
            raise GradcliError("too-many-entries", facts, source="option")
        found: dict[str, Any] = {"expression": self.source.text, "output": self.output}
        steps, texts = self._texts.for_programs([key for key in self.derivatives.roots if len(key) in (1, 2, order)])
        if steps:
            found["steps"] = steps
        found["gradient"] = self._nested(1, texts)
        if order >= 2:
            found["hessian"] = self._nested(2, texts)
        if order >= 3:
            found |= {"order": order, "derivatives": self._nested(order, texts)}
        if self.at is not None:
            found |= {"at": dict(self.at), "value": finite_or_none(self.number(()))}
            numbers = {key: finite_or_none(number) for key, number in (self.settled or self.numbers).items()}
            found["gradient_at"] = self._nested(1, numbers)
            if order >= 2:
                found["hessian_at"] = self._nested(2, numbers)
            if order >= 3:
                found["derivatives_at"] = self._nested(order, numbers)
            if self.settled:
                found[self.settled[()].keys] = self._settled_texts()
            found["notes"] = [note.as_dict(language) for note in self.notes]
        return found

    def _settled_texts(self) -> dict[str, Any]:
        """The digits or fractions of the value and of all derivatives, None where nothing is known."""
        order = self.derivatives.order
        names = {1: "gradient", 2: "hessian", order if order > 2 else 0: "derivatives"}
        texts = {key: settled.text or None for key, settled in self.settled.items()}
        return {"value": texts[()]} | {
            name: self._nested(degree, texts) for degree, name in names.items() if 0 < degree <= order
        }

    def _nested(self, order: int, of: Mapping[Key, Any]) -> dict[str, Any]:
        """`{"a": {"b": …}}`, as deep as the order, symmetric."""
        rank = {name: place for place, name in enumerate(self.derivatives.targets)}
        whole: dict[str, Any] = {}
        for key in product(self.derivatives.targets, repeat=order):
            place = whole
            for name in key[:-1]:
                place = place.setdefault(name, {})
            place[key[-1]] = of[tuple(sorted(key, key=rank.__getitem__))]
        return whole


def _without_value(here: Evaluation) -> bytearray:
    """Marks the nodes that are not finite or that something of that kind goes into: there is no value in doubles."""
    marks = bytearray(len(here.graph))
    for node in here.order:
        read = here.graph.inputs[node]
        if here.graph.operators[node].chooses:
            chosen = here.chosen(node)
            read = (read[0], read[chosen]) if chosen else read[:1]
        if not isfinite(here.values[node]) or any(map(marks.__getitem__, read)):
            marks[node] = 1
    return marks
