"""How operators pass gradients on, in a word: the kind of a local derivative, found from its formula in the table.

The kinds are those that a reader learns one by one: what comes in goes on as it is (a sum), changes its sign, is
multiplied by the value from the other input (a product), is divided by the denominator (a quotient), is multiplied by
the node's own value (exp), ends since the function is flat; of all others the formula itself has to be said.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from gradcli.operators.records import Operator

PASSES, SIGN, OTHER, DIVISOR, OWN, FLAT, GENERAL = "passes", "sign", "other", "divisor", "own", "flat", "general"
KINDS = (PASSES, SIGN, OTHER, DIVISOR, OWN, FLAT, GENERAL)

_FIXED = {"1": PASSES, "-1": SIGN, "0": FLAT, "out": OWN}


class Rule(NamedTuple):
    """The rule by which a gradient goes back to one argument: its kind, and of `other` and `divisor` which of the
    other arguments it is that says by how much (else −1).
    """

    kind: str
    by: int = -1


@cache
def rule_of(operator: Operator, index: int, branch: int | None = None) -> Rule:
    """The rule for an argument; of an operator with branches that of one of them."""
    if operator.variadic:
        return Rule(_FIXED.get(operator.partial(index).formula, GENERAL))
    formula = operator.branches[branch].partials[index] if branch is not None else operator.partials[index].formula
    return _rule(formula, operator.parameters)


def _rule(formula: str, parameters: Sequence[str]) -> Rule:
    if formula in _FIXED:
        return Rule(_FIXED[formula])
    for place, name in enumerate(parameters):
        if formula == name:
            return Rule(OTHER, place)
        if formula == f"1 / {name}" and len(parameters) > 1:
            return Rule(DIVISOR, place)
    return Rule(GENERAL)


def forms(operator: Operator, index: int, branch: int | None = None) -> list[str]:
    """The formulas of a local derivative, as they are shown: the textbook's first, then those that doubles compute
    better. Where arguments are compared there is none to show.
    """
    if operator.ties:
        return []
    if branch is not None and operator.branches[branch].partials[index] != operator.partials[index].formula:
        return [operator.branches[branch].partials[index]]
    partial = operator.partials[min(index, len(operator.partials) - 1)]
    return list(dict.fromkeys(filter(None, (partial.textbook, partial.formula, partial.stable))))
