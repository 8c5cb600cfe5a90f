"""The kinds of rules by which operators pass gradients on."""

import pytest

from gradcli.operators.passing_rules import FLAT, GENERAL, KINDS, forms, rule_of
from gradcli.operators.table import OPERATORS


@pytest.mark.parametrize(
    ("expected", "name"),
    [
        ("passes passes", "add"), ("passes", "sum"), ("passes sign", "sub"), ("sign", "neg"),
        ("other 1 other 0", "mul"), ("divisor 1 general", "div"), ("own", "exp"), ("flat", "floor"),
        ("passes general", "mod"), ("general", "log"), ("general general", "pow"), ("general", "degrees"),
    ],
)  # fmt: skip
def test_kinds(expected: str, name: str) -> None:
    """They are found from the partial derivatives; the other argument by its place."""
    operator = OPERATORS[name]
    rules = [rule_of(operator, index) for index in range(len(operator.parameters))]
    assert expected == " ".join(f"{kind} {by}" if by >= 0 else kind for kind, by in rules)


def test_every_row_has_a_rule_for_every_argument() -> None:
    """On every branch; a rule without a word of its own has a formula to show, one of a tie's choice aside."""
    for operator in OPERATORS.values():
        for branch in range(len(operator.branches)) if operator.branches else (None,):
            for index in range(len(operator.parameters)):
                if operator.condition or index in operator.discrete:
                    continue
                rule = rule_of(operator, index, branch)
                assert rule.kind in KINDS
                assert forms(operator, index, branch) or operator.ties
                assert rule.by != index or rule.kind == GENERAL


def test_a_branch_has_its_own_rule() -> None:
    """And shows its own formula."""
    relu, elu = OPERATORS["relu"], OPERATORS["elu"]
    assert ["passes", FLAT] == [rule_of(relu, 0, branch).kind for branch in (0, 1)]
    assert ["exp(x)"] == forms(elu, 0, 1)


def test_forms_begin_with_the_textbooks() -> None:
    """Behind it stand those that doubles compute better."""
    assert ["out * (1 - out)", "out * sigmoid(-x)"] == forms(OPERATORS["sigmoid"], 0)
