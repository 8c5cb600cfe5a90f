"""The operator table, printed: each function with its derivatives, its domain and what holds at its kinks."""

from collections.abc import Callable, Sequence
from typing import Any, TextIO

from gradcli.engine.kinks import branch_slope
from gradcli.errors import GradcliError
from gradcli.language.suggestions import nearest
from gradcli.operators.records import Kink, Operator
from gradcli.operators.table import FUNCTIONS, OPERATORS
from gradcli.report.forms.writer import cell, writer
from gradcli.report.views.cells import Line
from gradcli.words.catalogue import word


def function_facts(names: Sequence[str] = ()) -> list[dict[str, Any]]:
    """What the table says of the operators named, or of all that have a derivative, in the table's order."""
    rows = [row for row in OPERATORS.values() if row.partials]
    found: list[Operator] = []
    for name in names:
        named = [row for row in rows if name in (row.name, row.symbol) or FUNCTIONS.get(name) is row]
        if not named:
            close = nearest(name, [*(row.name for row in rows), *FUNCTIONS])
            facts = {"name": name} | ({"suggestion": close} if close else {})
            raise GradcliError("unknown-function", facts, source="option")
        found += named
    return [_facts(row) for row in found or rows]


def _facts(row: Operator) -> dict[str, Any]:
    parameters = ("x", "…") if row.variadic else row.parameters
    form = f"{row.name}({', '.join(parameters)})"
    if row.symbol:
        form = row.symbol.join(("", *parameters)[-2:])
    elif row.name not in FUNCTIONS:
        form = "s = x"
    others = [name for name, other in FUNCTIONS.items() if other is row and name != row.name]
    return {
        "name": row.name,
        "form": form,
        "also": others,
        "derivatives": derivatives(row),
        "domain": list(row.domain),
        "branches": [{"condition": b.condition or "otherwise", "takes": b.takes} for b in row.branches],
        "convention": _convention(row),
    }


def derivatives(row: Operator) -> dict[str, str]:
    """Each parameter's partial derivative, in the language of expressions over the parameters and `out`."""
    if row.variadic:
        return dict(zip(("first", "later"), row.formulas, strict=True))
    return {name: text for name, text in zip(row.parameters, row.formulas, strict=True) if text}


def _convention(row: Operator) -> str:
    """The rule at a kink, a tie or a jump."""
    if row.ties:
        return "tie: the first argument that holds the extreme value; minnorm: equal shares"
    if row.cone:
        return "kink at (0, 0): slopes (0, 0)"
    if row.jump:
        return f"jump at {row.jump} == 0: the slope beside it"
    bends = [kink for kink in row.kinks if _bends(row, kink)]
    if not bends:
        return ""
    places = " or ".join(f"{kink.at} == 0" for kink in bends)
    return f"kink at {places}: the slope of the branch taken; minnorm: the slope nearest to 0"


def _bends(row: Operator, kink: Kink) -> bool:
    """Whether the branches that meet at a kink have different slopes there (those of elu have not)."""
    point = [0.0 if kink.at == parameter else 0.5 for parameter in row.parameters]
    out = row.forward(*point)
    return any(
        branch_slope(row, kink.below, index)(*point, out) != branch_slope(row, kink.above, index)(*point, out)
        for index in range(len(row.parameters))
    )


def write_functions(
    facts: Sequence[dict[str, Any]], form: str, language: str, ascii_only: bool, stream: TextIO
) -> None:
    """The table for people."""
    report = writer(form, stream, language, ascii_only)
    headers = [word(key, language) for key in ("function", "derivative", "domain", "convention")]
    formula = report.notation.formula
    rows = [
        [
            cell(", ".join(map(formula, (row["form"], *row["also"])))),
            [Line(f"{name}: {formula(text)}") for name, text in row["derivatives"].items()],
            cell(_domain(row["domain"], formula)),
            cell(row["convention"]),
        ]
        for row in facts
    ]
    report.table(headers, lambda: rows)


def _domain(conditions: Sequence[str], formula: Callable[[str], str]) -> str:
    """All conditions, in parentheses where one is an alternative itself."""
    several = len(conditions) > 1
    return " and ".join(f"({formula(text)})" if several and " or " in text else formula(text) for text in conditions)
