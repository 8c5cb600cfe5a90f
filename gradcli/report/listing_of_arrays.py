"""What `gradcli functions` says of the operations on whole arrays: how each is written, what goes back, an example."""

from typing import Any

from gradcli.arrays.backward import formula_of
from gradcli.arrays.lowering import MAX_SCALARS, lowered
from gradcli.engine.answer import Answer
from gradcli.graph.arrays import shape_of
from gradcli.language.parser import parse
from gradcli.operators.arrays import ArrayOperator, array_operations
from gradcli.words.catalogue import say, says

GROUP = "arrays"
# What each can be asked for by, besides its name.
SIGNS = {"@": "matmul", ".T": "transpose", "T": "transpose", "[]": "index", "[ ]": "index"}

_CONVENTIONS = {"tie": "convention.tie-of-elements", "cone": "convention.cone-of-elements", "": ""}


def array_facts(name: str = "") -> list[dict[str, Any]]:
    """What is known of the operation of this name or sign, with its example, or of all of them."""
    if not name:
        return [_facts(row) for row in array_operations()]
    name = SIGNS.get(name, name)
    return [_facts(row) | {"example": _example(row)} for row in array_operations() if row.name == name]


def _facts(row: ArrayOperator) -> dict[str, Any]:
    form, *others = forms(row)
    convention = convention_of(row)
    words = words_of(row)
    return {
        "name": row.name,
        "form": form,
        "also": others,
        "group": GROUP,
        "definition": say(f"array-function.{row.name}", "en"),
        "derivatives": {},
        "textbook": {},
        "domain": [],
        "branches": [],
        "convention": say(convention, "en") if convention else "",
        "backward": {name: say(words, "en") if words else text for name, text in backward(row).items()},
    }


def row_of(name: str) -> ArrayOperator:
    """The row of this name."""
    return next(row for row in array_operations() if row.name == name)


def forms(row: ArrayOperator) -> tuple[str, ...]:
    """How it is written: the form with its parameters first."""
    call = f"{row.name}({', '.join(row.parameters)}"
    return row.forms or (f"{call})", *([f"{call}, axis=0)"] if row.reduces else []))


def backward(row: ArrayOperator) -> dict[str, str]:
    """What goes back to each input: the most general formulas of the table, "" of a part, which has none."""
    letters = row.parameters if not row.variadic else ("x", "y")
    formulas = row.backward[-1].formulas if row.backward else ()
    return {x: formula_of(row, formulas, index) if formulas else "" for index, x in enumerate(letters)}


def words_of(row: ArrayOperator) -> str:
    """The code of what is said of it in place of a formula, or ""."""
    code = f"back.{row.name}"
    return code if says(code) else ""


def convention_of(row: ArrayOperator) -> str:
    """The code of what holds at its kinks, or ""."""
    return _CONVENTIONS[row.kink]


def _example(row: ArrayOperator) -> dict[str, Any]:
    """A call with its point, its value and its gradient there."""
    graph = lowered(parse(row.example), {name: shape_of(value) for name, value in row.at.items()}, MAX_SCALARS)
    assert graph.arrays is not None
    found = Answer.of(graph, graph.arrays.flat(row.at), list(row.at))
    return {"expression": row.example} | {key: found.as_dict()[key] for key in ("at", "value", "gradient")}
