"""What is true of numbers as a trace prints them, with few digits: between them stands `=` or `≈`."""

from collections.abc import Sequence
from decimal import Decimal, Inexact, localcontext
from fractions import Fraction
from math import isfinite, prod

from gradcli.operators import rationals
from gradcli.operators.decimals.precision import context
from gradcli.operators.records import Operator
from gradcli.text import DIGITS, Ratio, Settled, rounded, short_exponent

# A number as it is printed, and whether that is exactly the number.
Printed = tuple[str, bool]
Shown = float | Settled
WORK = 30  # digits with which a result is computed that doubles have not
LEAST = Decimal("5e-324")  # of them
SUMMED = 2100  # digits in which sums of digits are exact, if the terms are not too far apart


def result(operator: Operator, arguments: Sequence[Shown], value: Shown) -> Printed:
    """The result of an operation; one that is too small for a double as what it is, since 0 it is not."""
    text = rounded(value)
    if any(isinstance(x, (Settled, bool)) or not isfinite(x) for x in (*arguments, value)) or value:
        return text
    if is_result(operator, arguments, value):
        return text
    from gradcli.engine.digits import enclosures  # with all of `decimal`
    from gradcli.engine.digits.balls import ball

    with localcontext(context(WORK)):
        try:
            exactly = enclosures.apply(operator, list(map(ball, arguments)))
        except ArithmeticError:
            return text
        if exactly.may_be_zero or abs(exactly.middle) >= LEAST:
            return text
        return short_exponent(f"{context(DIGITS).normalize(exactly.middle):e}"), False


def is_result(operator: Operator, arguments: Sequence[Shown], value: Shown) -> bool:
    """Whether numbers as they are printed are exact, and the result that is printed is exactly that of the operation.

    What is infinite is so in the arithmetic of IEEE 754. Of what is beyond doubles nothing is said to be exact.
    """
    if any(map(_is_beyond, (*arguments, value))):
        return False
    texts = list(map(rounded, (*arguments, value)))
    if not all(exact for _, exact in texts):
        return False
    if not all(isinstance(x, Settled) or isfinite(x) for x in (*arguments, value)):
        return True
    *operands, result = [Fraction(text) for text, _ in texts]
    try:
        return rationals.apply(operator, operands) == result
    except (ArithmeticError, ValueError):
        return False


def is_product(factors: Sequence[Shown], value: Shown) -> bool:
    """Whether factors as they are printed are exact, and exactly have the product that is printed."""
    texts = list(map(rounded, (*factors, value)))
    if not all(exact for _, exact in texts):
        return False
    try:
        *numbers, product = [Fraction(text) for text, _ in texts]
    except ValueError:  # not finite
        return True
    return prod(numbers) == product


def _is_beyond(number: Shown) -> bool:
    """Whether digits are those of a number beyond doubles, of which a fraction with its text may be enormous."""
    if not isinstance(number, Settled) or isinstance(number, Ratio):
        return False
    return (not number.number or not isfinite(number.number)) and number.text != "0"


def total(terms: Sequence[Shown]) -> Shown:
    """The sum; of fractions the fraction, of digits as many as hold where the terms cancel."""
    terms = [x for x in terms if isinstance(x, Settled) or x] or terms[:1]
    if len(terms) == 1:
        return terms[0]
    known = [x for x in terms if isinstance(x, Settled) and x.is_known]
    if not known or len(known) < len(terms):
        return sum([_double(x) for x in terms], 0.0)
    if any(isinstance(x, Ratio) for x in known):
        return Ratio.of(sum([Fraction(x.text) for x in known], Fraction(0)))
    return _of_digits(known)


def _of_digits(terms: Sequence[Settled]) -> Settled:
    """The sum of digits, each of which is right up to its last one."""
    numbers = [Decimal(x.text) for x in terms]
    ended = [number for number, x in zip(numbers, terms, strict=True) if not x.is_exact]
    with localcontext(context(SUMMED)) as work:
        found = sum(numbers, Decimal(0))
        unit = sum([Decimal(1).scaleb(int(number.as_tuple().exponent)) for number in ended], Decimal(0))
        is_exact = not ended and not work.flags[Inexact]
    if is_exact:
        return Settled(short_exponent(str(found).lower()), float(found), is_exact=True)
    most = min([SUMMED, *(len(number.as_tuple().digits) for number in ended)])
    holds = min(most, found.adjusted() - unit.adjusted()) if found else 0
    if holds < 1:
        return Settled("", None, is_known=False)
    return Settled(short_exponent(str(context(holds).plus(found)).lower()), float(found))


def _double(number: Shown) -> float:
    known = number.number if isinstance(number, Settled) else number
    return float("nan") if known is None else known


def is_sum(terms: Sequence[Printed], total: Shown) -> bool:
    """Whether terms as they are printed are exact, and exactly have the sum that is printed."""
    text, exact = rounded(total)
    if not exact or not all(exact for _, exact in terms):
        return False
    try:
        return sum(Fraction(term) for term, _ in terms) == Fraction(text)
    except ValueError:  # not finite
        return True
