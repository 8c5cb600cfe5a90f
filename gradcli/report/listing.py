"""What the operator table says of each function, for `gradcli functions`: its form, derivatives, domain, convention."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from gradcli.engine.answer import Answer
from gradcli.engine.doubles.kinks import branch_slope
from gradcli.errors import GradcliError
from gradcli.language.format import format_graph
from gradcli.language.parser import parse, parse_rule
from gradcli.language.refusals import unknown
from gradcli.operators.arrays import array_operations
from gradcli.operators.records import Kink, Operator
from gradcli.operators.table import FUNCTIONS, GROUPS, IDENTITY, OPERATORS
from gradcli.report.listing_of_arrays import array_facts
from gradcli.words.catalogue import say

EXAMPLES = ((0.5, 2.0, 3.0), (2.0, 3.0, 5.0))  # the arguments of examples: in the domain of most functions


def function_facts(names: Sequence[str] = ()) -> list[dict[str, Any]]:
    """What the table says of the operators named, each with an example, or of all that have a derivative, in the
    table's order; behind them the operations on arrays.
    """
    rows = [row for row in OPERATORS.values() if row.partials]
    found: list[dict[str, Any]] = []
    for name in names:
        named = [row for row in rows if name in (row.name, row.symbol, row.called) or FUNCTIONS.get(name) is row]
        facts = [*(_facts(row) | {"example": example(row)} for row in named), *array_facts(name)]
        if not facts:
            raise _unknown(name, [*(row.name for row in rows), *FUNCTIONS, *(row.name for row in array_operations())])
        found += facts
    return found or [*map(_facts, rows), *array_facts()]


def _unknown(name: str, known: Collection[str]) -> GradcliError:
    """The error of a name that is none; a call, or names with commas between, say which were meant."""
    error, names = unknown(name, known, "option"), name.partition("(")[0].replace(",", " ").split()
    return error.with_facts({"suggestion": " ".join(names)}) if names and set(names) <= set(known) else error


def _facts(row: Operator) -> dict[str, Any]:
    others = [name for name, other in FUNCTIONS.items() if other is row and name != row.name]
    return {
        "name": row.name,
        "form": _form(row, (*_letters(row), "…") if row.variadic else row.parameters),
        "also": others,
        "group": next((name for name, rows in GROUPS.items() if row in rows), None),
        "definition": definition(row) or say(f"function.{row.name}", "en"),
        "derivatives": derivatives(row),
        "textbook": derivatives(row, textbook=True),
        "domain": list(row.domain),
        "branches": [{"condition": b.condition or say("case.otherwise", "en"), "takes": b.takes} for b in row.branches],
        "convention": convention(row, "en"),
    }


def definition(row: Operator) -> str:
    """The formula that it is of others; empty where only words say what it is."""
    return row.textbook or row.definition


def _letters(row: Operator, least: int = 1) -> Sequence[str]:
    """The arguments of a variadic row as they are shown, so many at least; one less where fewer make another row."""
    return "xyz"[: max(least, row.least if row.called else 1)]


def _form(row: Operator, arguments: Sequence[str]) -> str:
    """How it is written."""
    if row.symbol:
        return row.symbol.join(("", *arguments)[-2:])
    return f"s = {arguments[0]}" if row is IDENTITY else f"{row.called or row.name}({', '.join(arguments)})"


def derivatives(row: Operator, textbook: bool = False) -> dict[str, str]:
    """Each parameter's partial derivative, in the language of expressions over the parameters and `out`.

    Where there are any number of arguments, those of the first and of a later one. With `textbook` as textbooks have
    them.
    """
    texts = [(textbook and partial.textbook) or partial.formula for partial in row.partials]
    if row.variadic:
        return dict(zip(("first", "later"), texts, strict=True))
    return {name: text for name, text in zip(row.parameters, texts, strict=True) if text}


def example(row: Operator) -> dict[str, Any] | None:
    """A call with its point, its value and its gradient there: the first of a few points at which there are both."""
    parameters = _letters(row, 2) if row.variadic else row.parameters
    names = [f"{name} > 0" if index in row.conditions else name for index, name in enumerate(parameters)]
    if row.conditions:
        names[0] = f"{parameters[1]} > 0"
    graph = parse(_form(row, names))
    wrt = [name for index, name in enumerate(parameters) if index not in row.discrete]
    for numbers in EXAMPLES:
        at = {name: 1.0 if index in row.orders else numbers[index] for index, name in enumerate(parameters)}
        try:
            found = Answer.of(graph, at, wrt)
        except GradcliError:
            continue
        if found.is_finite and not found.notes:
            return {"expression": graph.text} | {key: found.as_dict()[key] for key in ("at", "value", "gradient")}
    return None


def convention(row: Operator, language: str, mark: Callable[[str], str] = str) -> str:
    """The rule at a kink, a tie or a jump; `mark` writes the conditions in it."""
    if row.ties:
        return say("convention.tie", language)
    if row.cone:
        return say("convention.cone", language, origin="(0, …)" if row.variadic else "(0, 0)")
    if row.jump:
        return say("convention.jump", language, place=say(f"jump.{row.name}", language))
    places = [mark(f"{kink.one} = {kink.other}") for kink in row.kinks if _bends(row, kink)]
    return say("convention.kink", language, places=say("relation.or", language).join(places)) if places else ""


def domain(row: Operator) -> str:
    """All conditions that must hold, as one of the language; empty where there is none."""
    if not row.domain:
        return ""
    return format_graph(parse_rule(" and ".join(f"({condition})" for condition in row.domain)), inline=True)


def _bends(row: Operator, kink: Kink) -> bool:
    """Whether the branches that meet at a kink have different slopes there (those of elu have not)."""
    there = 0.5 if kink.other in row.parameters else float(kink.other)
    point = [there if parameter == kink.one else 0.5 for parameter in row.parameters]
    out = row.forward(*point)
    return any(
        branch_slope(row, kink.below, index)(*point, out) != branch_slope(row, kink.above, index)(*point, out)
        for index in range(len(row.parameters))
    )
