"""The functions: each with its derivatives, its domain and what holds at its kinks."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from gradcli.graph.arrays import flattened, shape_of
from gradcli.operators.records import Operator
from gradcli.operators.table import OPERATORS
from gradcli.report.arrays import Nested
from gradcli.report.blocks import Audience, Block, Column, Sentence, Table, Title
from gradcli.report.cells import (
    Cell,
    Derivative,
    Expression,
    Labelled,
    Mathematics,
    Name,
    Said,
    Stacked,
    Text,
    Words,
)
from gradcli.report.listing import convention, definition, domain
from gradcli.report.listing_of_arrays import GROUP, backward, convention_of, row_of, words_of
from gradcli.report.notation import Notation
from gradcli.words.catalogue import relation, says

COLUMNS = (Column("label.function"), Column("label.derivative"))
RECORD = (
    *(Column("label.function", key) for key in ("function", "group")),
    *(Column("label.definition"), Column("label.derivative"), Column("label.textbook")),
    *(Column("label.domain"), Column("label.convention"), Column("label.backward")),
)
COLUMNS_OF_ARRAYS = (Column("label.function"), Column("label.backward-of"))
LONGEST = 46  # characters of a derivative in the list, which fits 80 columns; longer ones are left out


def blocks(facts: Sequence[dict[str, Any]], is_list: bool) -> Iterator[Block]:
    """The report of `gradcli functions`: what `function_facts` found, as a list in groups or each by itself."""
    yield Table(RECORD, lambda: map(_record, facts), Audience.PROGRAMS)
    if not is_list:
        for place, row in enumerate(facts):
            if place:
                yield Sentence(Text(""))
            yield from _described_of_arrays(row) if row["group"] == GROUP else _described(row)
        return
    for group, rows in groupby(facts, lambda row: row["group"]):
        is_of_arrays = group == GROUP
        cells = [_listed_of_arrays(row) if is_of_arrays else _listed(row) for row in rows]
        yield Title(f"group.{group}")
        columns = COLUMNS_OF_ARRAYS if is_of_arrays else COLUMNS
        yield Table(columns, lambda cells=cells: cells, Audience.PEOPLE)  # type: ignore[misc]
    yield Sentence(Said("label.more-of-functions"))


def _described(facts: Mapping[str, Any]) -> Iterator[Sentence]:
    """All that is known of a function, a line for each fact."""
    operator = OPERATORS[facts["name"]]

    def line(label: str, *cells: Cell) -> Sentence:
        return Sentence(Labelled(Words(label), cells))

    yield line("label.function", Codes((facts["form"], *facts["also"])))
    formula = definition(operator)
    yield line("label.definition", Expression(formula) if formula else Words(f"function.{operator.name}"))
    if facts["example"]:
        yield line("label.example", Codes([_command(facts["example"])]))
        yield line("label.result", *_result(facts["example"]))
    yield line("label.derivative", *_derivatives(operator, facts["textbook"]))
    if facts["derivatives"] != facts["textbook"]:
        yield line("label.computed", *_derivatives(operator, facts["derivatives"]))
    if any("before" in text for text in facts["textbook"].values()):
        yield Sentence(Labelled(Text("before"), [Words("argument.before")]))
    yield line("label.domain", _domain(operator))
    yield line("label.convention", Convention(operator) if facts["convention"] else Words("convention.none"))


def _described_of_arrays(facts: Mapping[str, Any]) -> Iterator[Sentence]:
    """All that is known of an operation on arrays."""
    row, name = row_of(facts["name"]), facts["name"]

    def line(label: str, *cells: Cell) -> Sentence:
        return Sentence(Labelled(Words(label), cells))

    yield line("label.function", Codes((facts["form"], *facts["also"])))
    yield line("label.definition", Words(f"array-function.{name}"))
    yield line("label.example", Codes([_command(facts["example"])]))
    yield line("label.result", *_result(facts["example"]))
    yield line("label.backward-of", *_backward(name))
    yield line("label.convention", Words(convention_of(row) or "convention.none"))


def _backward(name: str) -> list[Cell]:
    """What goes back to each input."""
    row = row_of(name)
    words = words_of(row)
    return [
        Labelled(Name(letter), [Words(words) if words else Expression(text)]) for letter, text in backward(row).items()
    ]


def _domain(operator: Operator) -> Cell:
    """Where the function is defined: in words where the condition on doubles would not say it."""
    code = f"domain.{operator.name}"
    return Words(code) if says(code) else Condition(domain(operator)) if operator.domain else Words("domain.all")


def _command(facts: Mapping[str, Any]) -> str:
    """`gradcli eval "exp(x)" --at x=0.5`, with --wrt where not every variable can have a gradient."""
    at, wrt = facts["at"], facts["gradient"]
    point = ",".join(f"{x}={_typed(value)}" for x, value in at.items())
    words = ["gradcli", "eval", f'"{facts["expression"]}"', "--at", f'"{point}"' if "[" in point else point]
    return " ".join([*words, "--wrt", ",".join(wrt)] if wrt and len(wrt) < len(at) else words)


def _typed(value: Any) -> str:
    """A number or an array as it is typed."""
    return f"[{','.join(map(_typed, value))}]" if isinstance(value, list) else f"{value:g}"


def _result(facts: Mapping[str, Any]) -> Iterator[Cell]:
    """The value and the derivatives."""
    yield Assigned(Name("out"), facts["value"])
    for name, slope in facts["gradient"].items():
        yield Assigned(Derivative("out", (name,)), slope)


def _derivatives(operator: Operator, texts: Mapping[str, str]) -> list[Cell]:
    conditions = [operator.parameters[index] for index in operator.conditions]
    return [
        Labelled(Words(f"argument.{name}") if operator.variadic else Name(name), [Expression(text, conditions)])
        for name, text in texts.items()
    ]


def _listed_of_arrays(facts: Mapping[str, Any]) -> tuple[Cell, Cell]:
    return Codes((facts["form"], *facts["also"])), Stacked(_backward(facts["name"]))


def _listed(facts: Mapping[str, Any]) -> tuple[Cell, Cell]:
    operator = OPERATORS[facts["name"]]
    found = {name: text if len(text) <= LONGEST else "…" for name, text in facts["textbook"].items()}
    return Codes((facts["form"], *facts["also"])), Stacked(_derivatives(operator, found))


def _record(facts: Mapping[str, Any]) -> tuple[Cell, ...]:
    begin = (Codes((facts["form"], *facts["also"])), Text(facts["group"] or ""), Text(facts["definition"]))
    if facts["group"] == GROUP:
        nothing = Text("")
        return (*begin, nothing, nothing, nothing, Text(facts["convention"]), Stacked(_backward(facts["name"])))
    operator = OPERATORS[facts["name"]]
    return (
        *begin,
        Stacked(_derivatives(operator, facts["derivatives"])),
        Stacked(_derivatives(operator, facts["textbook"])),
        Text(domain(operator)),
        Text(facts["convention"]),
        Text(""),
    )


class Assigned(Mathematics):
    """`out = 1.64872`, or with ≈ where it is rounded."""

    def __init__(self, left: Mathematics, value: float | list[Any]) -> None:
        self.left = left
        self.value = value

    def inside(self, notation: Notation) -> str:
        """The equation."""
        if isinstance(self.value, list):
            numbers, shape = flattened(self.value), shape_of(self.value)
            return Nested(numbers, shape).after(self.left.inside(notation), notation)
        number, is_exact = notation.number(self.value)
        return f"{self.left.inside(notation)} {'=' if is_exact else notation.approximately} {number}"


class Condition(Expression):
    """A condition, with the words of the reader's language between its parts."""

    def inside(self, notation: Notation) -> str:
        """The condition."""
        return relation(super().inside(notation), notation.language)


class Codes(Cell):
    """The ways to write something, each as it is typed."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts

    def written(self, notation: Notation) -> str:
        """With commas between."""
        return ", ".join(map(notation.code, self.texts))


class Convention(Cell):
    """What holds at a kink, a tie or a jump."""

    def __init__(self, operator: Operator) -> None:
        self.operator = operator

    def written(self, notation: Notation) -> str:
        """A sentence."""
        return notation.text(convention(self.operator, notation.language, notation.formula))
