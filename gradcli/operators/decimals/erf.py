"""The error function, its complement and its inverse, in `decimal`."""

from decimal import Decimal, DivisionByZero, InvalidOperation, getcontext, localcontext

from gradcli.operators.decimals.precision import GUARD, HALF, LARGEST, more_digits, pi, series, with_guard


def erf(x: Decimal) -> Decimal:
    """The error function; from 2 on 1 − erfc."""
    if x.copy_abs() >= 2:
        found = 1 - erfc(x.copy_abs())
        return found.copy_sign(x)
    return _by_series(x)


def erfc(x: Decimal) -> Decimal:
    """1 − erf x; far from 0 by the continued fraction (DLMF 7.9.1), from its end.

    The error after n terms falls as e^(−2x√(2n)); so many terms are taken that it is below the last digit. The series
    of erf, with as many digits more as cancel, takes about e·x² terms until they fall and one for each digit.
    """
    if x < 2:
        with more_digits(GUARD):
            found = 1 - erf(x)
        return +found
    with more_digits(GUARD) as digits:
        n = int((Decimal("0.9") * digits / x) ** 2) + digits
        if n > 3 * (x * x + digits):
            with more_digits(int(x * x / 2) + GUARD):
                found = 1 - _by_series(x)
        else:
            with more_digits(max(0, min(2 * x.adjusted(), LARGEST) + 2)):
                bell = (-x * x).exp()
            fraction = x
            for k in range(n, 0, -1):
                fraction = x + Decimal(k) / 2 / fraction
            found = bell / fraction / pi().sqrt()
    return +found


def _by_series(x: Decimal) -> Decimal:
    """The error function as 2/√π·e^(−x²)·Σ 2ⁿx^(2n+1)/(2n+1)!! (DLMF 7.6.2), whose terms have one sign."""
    with more_digits(GUARD):
        square = 2 * x * x
        found = 2 / pi().sqrt() * (-x * x).exp() * series(x, lambda k: (square, 2 * k + 1))
    return +found


@with_guard
def erfinv(x: Decimal) -> Decimal:
    """By Newton's method on erf, in the tail on erfc, each step with twice the digits."""
    if x.copy_abs() >= 1:
        raise DivisionByZero if x.copy_abs() == 1 else InvalidOperation
    if not x:
        return x
    size, rest = x.copy_abs(), 1 - x.copy_abs()
    digits = getcontext().prec
    root_pi = pi().sqrt()
    if rest > HALF:
        found = size * root_pi / 2
    else:
        t = -2 * (rest * (2 - rest)).ln()  # asymptotically erfinv² is half of it
        found = (t / 2).sqrt()
    reached = 0  # digits: those of the first step, doubled each time
    for _ in range(60 + 2 * digits.bit_length()):
        with localcontext() as inner:
            inner.prec = min(digits, 2 * (reached + GUARD))
            error = erf(found) - size if rest > HALF else rest - erfc(found)
            step = error * root_pi / 2 * (found * found).exp()
            step /= 1 + found * step  # Halley's step
        found -= step
        reached = max(0, found.adjusted() - step.adjusted()) if step else inner.prec
        if reached >= digits - 2:
            break
    return found.copy_sign(x)
