"""Cells: facts that write themselves.

For people in the signs and words of a `Notation`, and as one datum for programs, which is the same in every language.
"""

from collections.abc import Collection, Mapping, Sequence
from math import isfinite
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from gradcli.report.notation import Notation
from gradcli.text import Settled, format_number, measured, rounded
from gradcli.words.catalogue import say, word

if TYPE_CHECKING:
    from gradcli.graph.arrays import Shape


class Line(NamedTuple):
    """A line of a cell, in two parts: what stands first (a product, a label) and what follows (numbers, a definition).

    A wide table writes both on one line, a narrow one the second below the first. Behind a label (`Mul node`) the
    second part is no number. A sentence (`is_prose`) makes no column wider: it has as many lines as it takes. One that
    `is_whole` is never broken.
    """

    head: str
    tail: str = ""
    is_label: bool = False
    is_prose: bool = False
    is_whole: bool = False

    @property
    def joined(self) -> str:
        """Both parts on one line."""
        return f"{self.head}{'  ' if self.is_label else ' '}{self.tail}" if self.tail else self.head


class Cell:
    """A fact that can be written."""

    def written(self, notation: Notation) -> str:
        """The fact for people, on one line."""
        return " ".join(line.joined for line in self.lines(notation))

    def lines(self, notation: Notation) -> list[Line]:
        """The fact for people, in the lines of a table's cell."""
        return [Line(self.written(notation))]

    def parts(self, notation: Notation, in_block: bool = False) -> list[Sequence[Sequence[Line]]]:  # noqa: ARG002
        """The same by facts, each in its lines and in others for less room; more of these in a block of its own."""
        return [(self.lines(notation),)]

    def datum(self, notation: Notation) -> str:
        """The fact for programs."""
        return "; ".join(line.joined for line in self.lines(notation))


class Text(Cell):
    """A text as it is."""

    def __init__(self, text: str) -> None:
        self.text = text

    def written(self, notation: Notation) -> str:
        """The text in the notation's characters."""
        return notation.text(self.text)


NOTHING = Text("-")  # what people are told that there is


class Words(Cell):
    """What the catalogue says for a code; for programs a `key`, by default the code behind its dot, in words."""

    def __init__(self, code: str, key: str = "") -> None:
        self.code = code
        self.key = key or word(code)

    def written(self, notation: Notation) -> str:
        """The words in the notation's language."""
        return notation.words(self.code)

    def datum(self, notation: Notation) -> str:  # noqa: ARG002
        """The key."""
        return self.key


class Said(Cell):
    """What the catalogue says for a code with facts, for people."""

    def __init__(self, code: str, **facts: Any) -> None:
        self.code = code
        self.facts = facts

    def written(self, notation: Notation) -> str:
        """A sentence."""
        return notation.text(say(self.code, notation.language, **self.facts))


class Mathematics(Cell):
    """A fact that is a formula."""

    def inside(self, notation: Notation) -> str:
        """The fact as a part of a formula."""
        raise NotImplementedError

    def written(self, notation: Notation) -> str:
        """The formula."""
        return notation.math(self.inside(notation))

    def after(self, formula: str, notation: Notation) -> str:
        """A formula and what it is."""
        return f"{formula} = {self.inside(notation)}"


class Expression(Mathematics):
    """An expression of the language, or an equation. The names in `conditions` stand for conditions, and those in
    `arrays` for arrays of these shapes.
    """

    def __init__(
        self, text: str, conditions: Collection[str] = (), arrays: "Mapping[str, Shape]" = MappingProxyType({})
    ) -> None:
        self.text = text
        self.conditions = conditions
        self.arrays = arrays

    def inside(self, notation: Notation) -> str:
        """The expression."""
        return notation.expression(self.text, self.conditions, self.arrays)


class Name(Mathematics):
    """A variable or a node, by name."""

    def __init__(self, name: str) -> None:
        self.name = name

    def inside(self, notation: Notation) -> str:
        """The name."""
        return notation.name(self.name)


class Derivative(Mathematics):
    """∂of/∂by, of the order in which `by` has names."""

    def __init__(self, of: str, by: tuple[str, ...]) -> None:
        self.of = of
        self.by = by

    def inside(self, notation: Notation) -> str:
        """The derivative."""
        return notation.derivative(self.of, self.by)


class Number(Mathematics):
    """A number with all its digits, or for people with `digits` significant ones.

    One that is not finite is said to be so, with `in_full` also which one it is. None is what `missing` says.
    """

    def __init__(
        self, value: float | None, digits: int | None = None, in_full: bool = False, missing: Cell = NOTHING
    ) -> None:
        self.value = value
        self.digits = digits
        self.in_full = in_full
        self.missing = missing

    def inside(self, notation: Notation) -> str:
        """The number, or upright words."""
        value = self.value
        if value is None or not isfinite(value):
            return notation.upright(self.written(notation))
        return notation.numeral(format_number(value) if self.digits is None else rounded(value, self.digits)[0])

    def written(self, notation: Notation) -> str:
        """The number, or what is said instead."""
        if self.value is None:
            return self.missing.written(notation)
        if isfinite(self.value):
            return notation.math(self.inside(notation))
        said = notation.words("label.not-finite")
        return f"{said} ({format_number(self.value)})" if self.in_full else said

    def datum(self, notation: Notation) -> str:
        """All digits, or what is said instead."""
        if self.value is None:
            return self.missing.datum(notation)
        return format_number(self.value) if isfinite(self.value) else word("not-finite")


class Numeral(Mathematics):
    """A number with digits that were asked for, or the bound that is known instead."""

    def __init__(self, value: Settled) -> None:
        self.value = value

    def inside(self, notation: Notation) -> str:
        """The number, or upright words."""
        if self.value.is_known:
            return notation.numeral(self.value.text)
        return notation.upright(self.written(notation))

    def written(self, notation: Notation) -> str:
        """The number, or what is said instead."""
        if self.value.is_known:
            return notation.math(self.inside(notation))
        if not self.value.text:
            return notation.words(f"label.{self.value.missing}")
        _, called, bound = self.value.text.split("|")
        return notation.text(f"|{notation.words(f'label.{called}').lower()}|{bound}")

    def after(self, formula: str, notation: Notation) -> str:
        """A formula and what it is: a bound is no number that it could be equal to."""
        return f"{formula}{' = ' if self.value.is_known else ', '}{self.inside(notation)}"

    def datum(self, notation: Notation) -> str:  # noqa: ARG002
        """The digits, or what is said instead."""
        return self.value.text or word(self.value.missing)


class Measured(Mathematics):
    """A value and its uncertainty, both rounded to two digits of that: `3.142 ± 0.015`."""

    def __init__(self, value: float, uncertainty: float) -> None:
        self.value = value
        self.uncertainty = uncertainty

    def inside(self, notation: Notation) -> str:
        """Both numbers."""
        texts = measured(self.value, self.uncertainty)
        if texts is None:
            return Number(self.value, in_full=True).inside(notation)
        return notation.plus_minus.join(map(notation.numeral, texts))


class Datum(Cell):
    """A fact for programs alone, as JSON has it: a number with all its digits, true, a text; None is nothing."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def written(self, notation: Notation) -> str:
        """The fact."""
        value = self.value
        if value is None or (isinstance(value, float) and not isfinite(value)):
            return ""
        return notation.text(value) if isinstance(value, str) else repr(value).lower()

    def datum(self, notation: Notation) -> str:
        """The fact."""
        return self.written(notation)


class Labelled(Cell):
    """`x: 1/x`, `note: …`, `no gradient is required for: a, b`."""

    def __init__(self, label: Cell, facts: Sequence[Cell]) -> None:
        self.label = label
        self.facts = facts

    def written(self, notation: Notation) -> str:
        """The label and the facts."""
        return f"{self.label.written(notation)}: {', '.join(fact.written(notation) for fact in self.facts)}"


class Stacked(Cell):
    """Facts below each other."""

    def __init__(self, facts: Sequence[Cell]) -> None:
        self.facts = facts

    def lines(self, notation: Notation) -> list[Line]:
        """The lines of all facts."""
        return [line for fact in self.facts for line in fact.lines(notation)] or [Line("")]

    def parts(self, notation: Notation, in_block: bool = False) -> list[Sequence[Sequence[Line]]]:
        """Those of all facts."""
        return [part for fact in self.facts for part in fact.parts(notation, in_block)] or [([Line("")],)]


class Gap(Cell):
    """A place to write in, of so many lines."""

    def __init__(self, count: int) -> None:
        self.count = count

    def lines(self, notation: Notation) -> list[Line]:
        """Empty lines."""
        return [Line(notation.room)] * self.count
