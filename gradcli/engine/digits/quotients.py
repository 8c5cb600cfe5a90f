"""Values that are quotients of whole numbers, whatever decimals make of them: x/3*3 is x."""

from collections.abc import Sequence
from decimal import Decimal, Inexact, getcontext
from fractions import Fraction

from gradcli.engine.digits.balls import ONE, ZERO, Ball
from gradcli.graph import Graph
from gradcli.operators import rationals
from gradcli.operators.records import Operator

# Nodes of a graph in which they are looked for, and bits of a numerator or denominator: one takes no longer than some
# sums with many digits.
MOST = 2_000
LARGEST = 4_000
EXPONENT = 400  # of ten, of a number of the point


def are_worth_it(graph: Graph) -> bool:
    """Whether there is more than sums and products, which decimals have, and no more nodes than should be."""
    inexact = (x for x in set(graph.operators) if x.parameters and x.arithmetic not in ("sum", "product"))
    return len(graph) <= MOST and any(inexact)


def of_leaf(number: Ball) -> Fraction | None:
    """A leaf, unless it is one of the named constants, or far from 1, or -0, which keeps its sign."""
    middle = number.middle
    is_near = abs(middle.adjusted()) < EXPONENT if middle else not middle.is_signed()
    return Fraction(middle) if is_near and not number.radius else None


def of(operator: Operator, arguments: Sequence[Fraction | None]) -> Fraction | None:
    """What an operator makes of its arguments; None where that is no quotient, too large or not known to be one."""
    if not operator.partials or operator.chooses or operator.conditions or None in arguments:
        return None
    try:
        found = rationals.apply(operator, [x for x in arguments if x is not None])
    except (ArithmeticError, ValueError, TypeError):
        return None
    return found if max(found.numerator.bit_length(), found.denominator.bit_length()) <= LARGEST else None


def as_ball(number: Fraction) -> Ball:
    """The number in the present precision."""
    context = getcontext()
    context.clear_flags()
    middle = Decimal(number.numerator) / Decimal(number.denominator)
    return Ball(middle, abs(middle) * ONE.scaleb(1 - context.prec) if context.flags[Inexact] else ZERO)
