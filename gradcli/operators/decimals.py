"""The table's functions in `decimal`, to as many digits as the current context has.

Every function takes Decimals and returns one whose relative error is a few units of the context's last digit, near its
zeros too: what cancels is computed with as many digits more. Exponents are practically unbounded, so that nothing
under- or overflows. Arguments may have more digits than the context, as a float has: what rounds a number before it is
used (`abs`, a minus) must not touch them. Outside of the domain the functions raise `decimal.InvalidOperation` or
`DivisionByZero`, and where the work would not stay bounded (the sine of 1e100000, the remainder of exp(1e9)),
`decimal.Overflow`.

DLMF is the Digital Library of Mathematical Functions (dlmf.nist.gov).
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    getcontext,
    localcontext,
)
from fractions import Fraction
from functools import cache
from math import isqrt

GUARD = 12  # digits more than asked for, inside of a function
FARTHEST = 5000  # decimal exponent of an argument that sine and its like are reduced from
MOST_MORE = 50_000  # digits more than the context has: mod(exp(1e9), 1) would take 400 million
ZERO, ONE, TWO, HALF = Decimal(0), Decimal(1), Decimal(2), Decimal("0.5")


def context(digits: int) -> Context:
    """A context of its own for work with so many digits; nothing under- or overflows in it."""
    return Context(
        digits,
        ROUND_HALF_EVEN,
        MIN_EMIN,
        MAX_EMAX,
        capitals=0,
        clamp=0,
        traps=[InvalidOperation, DivisionByZero, Overflow],
    )


@contextmanager
def _digits(more: int) -> Iterator[int]:
    """So many digits more than the context has, and their number."""
    if more > MOST_MORE:
        raise Overflow
    with localcontext() as inner:
        inner.prec += more
        yield inner.prec


def _with_guard(function: Callable[..., Decimal]) -> Callable[..., Decimal]:
    def guarded(*arguments: Decimal) -> Decimal:
        with _digits(GUARD):
            found = function(*arguments)
        return +found

    guarded.__doc__ = function.__doc__
    return guarded


# Constants


@cache
def _pi(digits: int) -> Decimal:
    """π by Chudnovsky's series in integers."""
    scale = 10 ** (digits + 10)
    k, a, total, second = 1, scale, scale, 0
    while a:
        a = -a * (6 * k - 5) * (2 * k - 1) * (6 * k - 1) // (k * k * k * 10939058860032000)
        total += a
        second += k * a
        k += 1
    root = isqrt(10005 * scale * scale)
    value = 426880 * root * scale // (13591409 * total + 545140134 * second)
    with localcontext(context(digits + 5)):
        return Decimal(value).scaleb(-(digits + 10)) + 0


def pi() -> Decimal:
    """The number π."""
    return +_pi(getcontext().prec + GUARD)


# Exponential


def exp(x: Decimal) -> Decimal:
    """e^x."""
    return x.exp()


def log(x: Decimal) -> Decimal:
    """The natural logarithm."""
    if x <= 0:
        raise InvalidOperation
    return x.ln()


@_with_guard
def log2(x: Decimal) -> Decimal:
    """The logarithm to base 2."""
    return log(x) / TWO.ln()


def log10(x: Decimal) -> Decimal:
    """The logarithm to base 10."""
    if x <= 0:
        raise InvalidOperation
    return x.log10()


def expm1(x: Decimal) -> Decimal:
    """e^x − 1: the series below 1e-3."""
    if not x:
        return x
    if x.adjusted() < -3:
        return _series(x, lambda k: (x, k + 1))
    with _digits(GUARD + max(0, -x.adjusted())):
        found = x.exp() - 1
    return +found


def _series(first: Decimal, ratio: Callable[[int], tuple[Decimal, int]]) -> Decimal:
    """first·(1 + r₁ + r₁r₂ + …) with rₖ = numerator/denominator, until a term counts no more."""
    with _digits(GUARD) as digits:
        term = total = +first
        k = 0
        while term and term.adjusted() > total.adjusted() - digits:
            k += 1
            numerator, denominator = ratio(k)
            term = term * numerator / denominator
            total += term
    return +total


def log1p(x: Decimal) -> Decimal:
    """The logarithm of 1 + x: 2·artanh(x/(2 + x)) by its series where x is small."""
    if x <= -1:
        raise InvalidOperation
    if not x:
        return x
    if x.adjusted() < -3:
        with _digits(GUARD):
            found = 2 * _artanh_series(x / (2 + x))
        return +found
    with _digits(GUARD + max(0, -x.adjusted())):
        found = (1 + x).ln()
    return +found


def _artanh_series(x: Decimal) -> Decimal:
    square, power, total, k = x * x, x, x, 1
    least = total.adjusted() - getcontext().prec
    while power and power.adjusted() > least:
        power *= square
        k += 2
        total += power / k
    return total


def sqrt(x: Decimal) -> Decimal:
    """The square root."""
    return x.sqrt()


@_with_guard
def cbrt(x: Decimal) -> Decimal:
    """The real cube root, by one of Newton's steps from e^(log x/3), which makes cubes exact."""
    if not x:
        return x
    root = (x.copy_abs().ln() / 3).exp()
    root -= (root - x.copy_abs() / (root * root)) / 3
    return root.copy_sign(x)


def power(x: Decimal, y: Decimal) -> Decimal:
    """x^y; 0^0 is 1."""
    if not y:
        return ONE
    if not x:
        if y < 0:
            raise DivisionByZero
        return ZERO
    with _digits(GUARD):
        if y == y.to_integral_value() and y.copy_abs() < 10**9:
            found = x ** int(y)
        else:
            if x < 0 and y != y.to_integral_value():
                raise InvalidOperation
            with localcontext(context(GUARD)):
                size = (x.copy_abs().ln() * y).adjusted()
            with _digits(max(0, size + 2)):
                found = (x.copy_abs().ln() * y).exp()
            odd = y == y.to_integral_value() and int(y) % 2
            found = -found if x < 0 and odd else found
    return +found


# Trigonometric


def _reduced(x: Decimal) -> tuple[Decimal, int]:
    """The rest r and the number n with x = r + n·π/2 and |r| <= π/4; r has all its digits."""
    size = max(0, x.adjusted())
    if size > FARTHEST:
        raise Overflow
    lost = 0
    while True:
        with _digits(GUARD + size + lost) as digits:
            half = _pi(digits + 5) / 2
            n = (x / half).to_integral_value()
            r = x - n * half
        if not n or (r and lost >= -r.adjusted()):
            return r, int(n) % 4
        lost = max(2 * lost, -r.adjusted() + 2) if r else 2 * lost + 20


def _sine(r: Decimal) -> Decimal:
    square = -r * r
    return _series(r, lambda k: (square, 2 * k * (2 * k + 1)))


def _cosine(r: Decimal) -> Decimal:
    square = -r * r
    return _series(ONE, lambda k: (square, 2 * k * (2 * k - 1)))


def sin(x: Decimal) -> Decimal:
    """The sine of x radians."""
    r, n = _reduced(x)
    found = _cosine(r) if n % 2 else _sine(r)
    return -found if n > 1 else found


def cos(x: Decimal) -> Decimal:
    """The cosine of x radians."""
    r, n = _reduced(x)
    found = _sine(r) if n % 2 else _cosine(r)
    return -found if n in (1, 2) else found


@_with_guard
def tan(x: Decimal) -> Decimal:
    """The tangent of x radians."""
    r, n = _reduced(x)
    return -_cosine(r) / _sine(r) if n % 2 else _sine(r) / _cosine(r)


@_with_guard
def atan(x: Decimal) -> Decimal:
    """The arctangent, by halving (atan x = 2·atan(x/(1 + √(1 + x²)))) until its series is short."""
    if x.copy_abs() > 1:
        return (pi() / 2 - atan(1 / x.copy_abs())).copy_sign(x)
    halvings = 0
    while x.adjusted() >= -3 and x:
        x = x / (1 + (1 + x * x).sqrt())
        halvings += 1
    square, power_, total, k = -x * x, x, x, 1
    least = total.adjusted() - getcontext().prec
    while power_ and power_.adjusted() > least:
        power_ *= square
        k += 2
        total += power_ / k
    return total * (1 << halvings)


@_with_guard
def asin(x: Decimal) -> Decimal:
    """The arcsine: atan(x/√(1 − x²))."""
    if x.copy_abs() == 1:
        return (pi() / 2).copy_sign(x)
    return atan(x / ((1 - x) * (1 + x)).sqrt())


@_with_guard
def acos(x: Decimal) -> Decimal:
    """The arccosine: 2·atan(√((1 − x)/(1 + x)))."""
    if x == -1:
        return pi()
    return 2 * atan(((1 - x) / (1 + x)).sqrt())


@_with_guard
def atan2(y: Decimal, x: Decimal) -> Decimal:
    """The angle of (x, y), 0 at the origin; for y = 0 and x < 0 it has the sign of y."""
    if y.copy_abs() > x.copy_abs():
        return (pi() / 2).copy_sign(y) - atan(x / y)
    if not x:
        return ZERO
    found = atan(y / x)
    return found if x > 0 else found + pi().copy_sign(y)


@_with_guard
def sinh(x: Decimal) -> Decimal:
    """The hyperbolic sine, by expm1."""
    grown = expm1(x.copy_abs())
    return ((grown + grown / (grown + 1)) / 2).copy_sign(x)


@_with_guard
def cosh(x: Decimal) -> Decimal:
    """The hyperbolic cosine."""
    power_ = x.exp()
    return (power_ + 1 / power_) / 2


@_with_guard
def tanh(x: Decimal) -> Decimal:
    """The hyperbolic tangent, by expm1."""
    grown = expm1(2 * x.copy_abs())
    return (grown / (grown + 2)).copy_sign(x)


@_with_guard
def asinh(x: Decimal) -> Decimal:
    """The inverse hyperbolic sine, by log1p."""
    size = x.copy_abs()
    return log1p(size + size * size / (1 + (1 + size * size).sqrt())).copy_sign(x)


@_with_guard
def acosh(x: Decimal) -> Decimal:
    """The inverse hyperbolic cosine, by log1p."""
    over = x - 1
    return log1p(over + (over * (over + 2)).sqrt())


@_with_guard
def atanh(x: Decimal) -> Decimal:
    """The inverse hyperbolic tangent, by log1p."""
    if x.copy_abs() >= 1:
        raise DivisionByZero
    return (log1p(2 * x.copy_abs() / (1 - x.copy_abs())) / 2).copy_sign(x)


# Error function


def erf(x: Decimal) -> Decimal:
    """2/√π·e^(−x²)·Σ 2ⁿx^(2n+1)/(2n+1)!! (DLMF 7.6.2), whose terms have one sign; from 2 on 1 − erfc."""
    if x.copy_abs() >= 2:
        found = 1 - erfc(x.copy_abs())
        return found.copy_sign(x)
    with _digits(GUARD):
        square = 2 * x * x
        found = 2 / pi().sqrt() * (-x * x).exp() * _series(x, lambda k: (square, 2 * k + 1))
    return +found


def erfc(x: Decimal) -> Decimal:
    """1 − erf x; from 2 on by the continued fraction (DLMF 7.9.1), from its end.

    The error after n terms falls as e^(−2x√(2n)); so many terms are taken that it is below the last digit.
    """
    if x < 2:
        with _digits(GUARD):
            found = 1 - erf(x)
        return +found
    with _digits(GUARD) as digits:
        with _digits(max(0, 2 * x.adjusted() + 2)):
            bell = (-x * x).exp()
        n = int((Decimal("0.9") * digits / x) ** 2) + digits
        fraction = x
        for k in range(n, 0, -1):
            fraction = x + Decimal(k) / 2 / fraction
        found = bell / fraction / pi().sqrt()
    return +found


@_with_guard
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
    for _ in range(60 + 2 * digits.bit_length()):
        error = erf(found) - size if rest > HALF else rest - erfc(found)
        step = error * root_pi / 2 * (found * found).exp()
        step /= 1 + found * step  # Halley's step
        found -= step
        if not step or step.adjusted() < found.adjusted() - digits + 2:
            break
    return found.copy_sign(x)


# Gamma function and its derivatives, by Stirling's series (DLMF 5.11) behind enough steps of the recurrence

MOST_STEPS = 20_000


def _bernoulli(n: int) -> Fraction:
    """The Bernoulli number B_n for an even n > 0, from the tangent number T_(n/2) (DLMF 24.15.4)."""
    k = n // 2
    tangent = _tangents(max(64, 1 << k.bit_length()))[k]
    return Fraction((-1) ** (k - 1) * n * tangent, 4**k * (4**k - 1))


@cache
def _tangents(count: int) -> list[int]:
    """The tangent numbers T_0 = 0, T_1, … in integers, by the algorithm of Brent and Harvey (2011)."""
    found = [0, 1]
    for k in range(2, count):
        found.append((k - 1) * found[-1])
    for k in range(2, count):
        for j in range(k, count):
            found[j] = (j - k) * found[j - 1] + (j - k + 2) * found[j]
    return found


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / number.denominator


def _steps(x: Decimal) -> int:
    """After how many steps Stirling's series has all digits."""
    if x <= 0 and x == x.to_integral_value():
        raise DivisionByZero
    steps = max(0, int((getcontext().prec * HALF + 10 - x).to_integral_value(ROUND_CEILING)))
    if steps > MOST_STEPS:
        raise Overflow
    return steps


def _stirling(first: int, term: Callable[[int], Decimal]) -> Decimal:
    """Σ of the terms k = first, first + 1, … until they count no more."""
    total, k = ZERO, first
    while True:
        found = term(k)
        total += found
        if not found or found.adjusted() < total.adjusted() - getcontext().prec:
            return total
        k += 1


def _resolved(function: Callable[..., tuple[Decimal, Decimal]]) -> Callable[..., Decimal]:
    """A function that gives its result and the size of what was added, with as many digits as cancel between them."""

    def resolved(*arguments: Decimal) -> Decimal:
        more = GUARD
        while True:
            with _digits(more):
                found, size = function(*arguments)
            lost = size.adjusted() - found.adjusted() if found and size else 0
            if not found and more < 400:
                more = 2 * more + 20
            elif lost <= more - GUARD:
                return +found
            else:
                more = lost + 2 * GUARD

    resolved.__doc__ = function.__doc__
    return resolved


@_resolved
def lgamma(x: Decimal) -> tuple[Decimal, Decimal]:
    """The logarithm of |Γ(x)|."""
    steps, product = _steps(x), ONE
    for k in range(steps):
        product *= x + k
    x += steps
    square = x * x

    def term(k: int) -> Decimal:
        return _decimal(_bernoulli(2 * k)) / (2 * k * (2 * k - 1)) / x / square ** (k - 1)

    whole = (x - HALF) * x.ln() - x + (2 * pi()).ln() / 2 + _stirling(1, term)
    taken = abs(product).ln()
    return whole - taken, max(abs(whole), abs(taken), abs(x * x.ln()))


def gamma(x: Decimal) -> Decimal:
    """Γ(x)."""
    size = lgamma(x)
    with _digits(GUARD + max(0, size.adjusted())):
        found = lgamma(x).exp()
    negative = x < 0 and int(x.to_integral_value(ROUND_FLOOR)) % 2
    return -found if negative else +found


@_resolved
def digamma(x: Decimal) -> tuple[Decimal, Decimal]:
    """ψ(x), the derivative of log Γ."""
    taken = largest = ZERO
    steps = _steps(x)
    for k in range(steps):
        part = 1 / (x + k)
        taken += part
        largest = max(largest, abs(part))
    x += steps
    square = x * x
    whole = x.ln() - 1 / (2 * x) - _stirling(1, lambda k: _decimal(_bernoulli(2 * k)) / (2 * k) / square**k)
    return whole - taken, max(abs(whole), abs(taken), largest)


def polygamma(n: Decimal, x: Decimal) -> Decimal:
    """The n-th derivative of ψ, for a whole n >= 0."""
    if n < 0 or n != n.to_integral_value():
        raise InvalidOperation
    return _polygamma(int(n), x) if n else digamma(x)


@_resolved
def _polygamma(n: int, x: Decimal) -> tuple[Decimal, Decimal]:
    """(−1)^(n+1)·n!·Σ 1/(x + k)^(n+1) (DLMF 5.15.1), the end of the sum by its asymptotic series (5.15.8)."""
    factorial = ONE
    for k in range(2, n + 1):
        factorial *= k
    taken = largest = ZERO
    steps = _steps(x) + n
    for k in range(steps):
        part = factorial / (x + k) ** (n + 1)
        taken += part
        largest = max(largest, abs(part))
    x += steps

    def term(k: int) -> Decimal:
        rising = ONE
        for j in range(1, n):
            rising *= 2 * k + j
        return _decimal(_bernoulli(2 * k)) * rising / x ** (2 * k + n)

    rest = factorial / n / x**n + factorial / 2 / x ** (n + 1) + _stirling(1, term)
    found = taken + rest
    return (found if n % 2 else -found), max(abs(rest), abs(taken), largest)


# Steps, and functions of several arguments


def _whole(mode: str) -> Callable[[Decimal], Decimal]:
    def whole(x: Decimal) -> Decimal:
        with _digits(max(0, x.adjusted())):
            return x.to_integral_value(mode)

    return whole


floor = _whole(ROUND_FLOOR)


def sign(x: Decimal) -> Decimal:
    """-1, 0 or 1."""
    return Decimal((x > 0) - (x < 0))


def hypot(x: Decimal, y: Decimal) -> Decimal:
    """The length of (x, y)."""
    with _digits(GUARD):
        found = (x * x + y * y).sqrt()
    return +found


def mod(x: Decimal, y: Decimal) -> Decimal:
    """The remainder x − y·⌊x/y⌋, which has the sign of y."""
    if not y:
        raise DivisionByZero
    if not x:
        return x
    with _digits(max(0, x.adjusted() - y.adjusted()) + GUARD + max(len(x.as_tuple().digits), len(y.as_tuple().digits))):
        rest = x % y  # has the sign of x
        found = rest + y if rest and (rest < 0) != (y < 0) else rest
    return +found


def xlogy(x: Decimal, y: Decimal) -> Decimal:
    """x·log y, 0 for x = 0."""
    return x * log(y) if x else ZERO


def maximum(*arguments: Decimal) -> Decimal:
    """The largest argument."""
    return max(arguments)


def minimum(*arguments: Decimal) -> Decimal:
    """The smallest argument."""
    return min(arguments)


def logsumexp(*arguments: Decimal) -> Decimal:
    """The logarithm of Σ e^xᵢ."""
    largest = max(arguments)
    more = GUARD
    while True:
        with _digits(more):
            found = largest + log1p(sum(((x - largest).exp() for x in arguments), -ONE))
        lost = largest.adjusted() - found.adjusted() if found and largest else 0
        if lost <= more - GUARD or more > getcontext().prec + 2 * GUARD:
            return +found
        more = lost + 2 * GUARD


# The function of each row of the operator table that is not a formula of others, by the row's name.
FUNCTIONS: Mapping[str, Callable[..., Decimal]] = {
    "exp": exp, "expm1": expm1, "log": log, "log2": log2, "log10": log10, "log1p": log1p, "sqrt": sqrt, "cbrt": cbrt,
    "pow": power, "sin": sin, "cos": cos, "tan": tan, "asin": asin, "acos": acos, "atan": atan, "atan2": atan2,
    "sinh": sinh, "cosh": cosh, "tanh": tanh, "asinh": asinh, "acosh": acosh, "atanh": atanh,
    "abs": Decimal.copy_abs, "sign": sign, "min": minimum, "max": maximum, "mod": mod, "hypot": hypot,
    "floor": floor, "ceil": _whole(ROUND_CEILING), "round": _whole(ROUND_HALF_EVEN),
    "trunc": _whole(ROUND_DOWN), "erf": erf, "erfc": erfc, "erfinv": erfinv, "lgamma": lgamma, "gamma": gamma,
    "digamma": digamma, "polygamma": polygamma, "xlogy": xlogy, "logsumexp": logsumexp,
}  # fmt: skip

# Those that take a thousand times as long as a product, and more.
SLOW = frozenset({erfinv, lgamma, gamma, digamma, polygamma})
NEVER_0 = frozenset({exp, erfc, power})  # but for a power of 0
WAVES = frozenset({sin, cos})  # which move no more than their argument
POLES = frozenset({tan, gamma, lgamma, digamma, polygamma})  # in between of which the ends of a range say nothing
