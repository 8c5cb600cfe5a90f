"""The operator table is well formed: every rule parses, and uses only its parameters and `out`."""

import math
import re

from gradcli.language.parser import parse_rule
from gradcli.operators.exceptional import not_a_number
from gradcli.operators.records import ATOM, OR, Operator
from gradcli.operators.table import CONSTANT, CONSTANTS, FUNCTIONS, OPERATORS, VARIABLE
from tests.helpers.rows import of

ROWS = list(OPERATORS.values())


def names_in(text: str) -> set[str]:
    """The variables of a rule."""
    return set(parse_rule(text, conditions=("condition",)).variables)


@of(rows=ROWS)
def test_rules_use_parameters_and_out(row: Operator) -> None:
    """Each rule is text of the language over the row's own names."""
    allowed = {*row.parameters, "out"}
    for rule in row.formulas:
        assert names_in(rule or "0") <= (allowed | {"before"} if row.variadic else allowed)
    for branch in row.branches:
        assert names_in(branch.takes) <= set(row.parameters)
        assert names_in(branch.condition or "x > 0") <= {*row.parameters, "x"}
        assert all(names_in(rule) <= allowed for rule in branch.partials)
    for condition in row.domain:
        assert names_in(condition) <= set(row.parameters)
    assert names_in(row.jump or "0") <= allowed


@of(rows=ROWS)
def test_numbers_of_rules(row: Operator) -> None:
    """A rule for each parameter, two for a variadic row, none for a condition; branches end with the other case."""
    if row.condition:
        assert row.partials == ()
    else:
        assert len(row.partials) == (2 if row.variadic else len(row.parameters))
    without = () if row.held else row.discrete
    assert all((partial.formula == "") == (index in without) for index, partial in enumerate(row.partials))
    assert [branch.condition for branch in row.branches[-1:]] in ([], [""])
    assert all(branch.condition for branch in row.branches[:-1])
    assert all(len(branch.partials) == len(row.parameters) for branch in row.branches)
    for kink in row.kinks:
        assert {kink.below, kink.above} <= set(range(len(row.branches)))
        assert kink.below != kink.above
        assert kink.one in row.parameters
        assert kink.other in row.parameters or math.isfinite(float(kink.other))


@of(lambda row: row.held)
def test_what_is_held_has_no_slope(row: Operator) -> None:
    """And no point where it would jump, as for a derivative it is a number."""
    assert {"0"} == {*row.formulas}
    assert not row.jump


@of(rows=ROWS)
def test_how_a_row_is_written(row: Operator) -> None:
    """Symbols have a level of precedence and calls have none; its node has a label."""
    assert (row.precedence == ATOM) == (not row.symbol)
    assert OR <= row.precedence <= ATOM
    assert row.label("en")
    assert row.label("ja")
    assert row.least == 0 or row.variadic
    assert re.fullmatch(r"[a-z][a-z0-9_]*", row.name)


def test_names_are_kept_apart() -> None:
    """No function is a constant, a parameter is no function, leaves are no rows."""
    assert not set(FUNCTIONS) & set(CONSTANTS)
    assert not {parameter for row in ROWS for parameter in row.parameters} & {*FUNCTIONS, *CONSTANTS}
    assert VARIABLE.name not in OPERATORS
    assert CONSTANT.name not in OPERATORS


def test_the_articles_words() -> None:
    """The labels of the article's nodes."""
    labels = {name: OPERATORS[name].label("ja") for name in ("add", "mul", "sub", "div", "pow", "neg", "relu", "exp")}
    assert labels == {
        "add": "加算", "mul": "乗算", "sub": "減算", "div": "除算", "pow": "べき乗",
        "neg": "符号反転", "relu": "ReLU", "exp": "exp",
    }  # fmt: skip
    assert [OPERATORS[name].label("en") for name in ("add", "mul", "relu")] == ["Add", "Mul", "ReLU"]


def test_a_row_without_an_exceptional_result_has_none() -> None:
    """What a row does not say is the same for all rows, and no method of the row, which would get it as an argument."""
    assert OPERATORS["exp"].exceptional is not not_a_number
    assert OPERATORS["abs"].exceptional is OPERATORS["or"].exceptional is not_a_number
