"""Numeric functions that Python's `math` has not, and slopes whose plain formula would lose digits.

Every function takes and returns floats and raises what `math` raises: `ValueError` outside the domain,
`ZeroDivisionError` at a pole, `OverflowError` where the result is too large.
"""

import math

_TAIL = math.sqrt(0.5)


def not_a_number(*_: float) -> float:
    """The IEEE 754 result of an operation that has none."""
    return math.nan


def infinity(*arguments: float) -> float:
    """The IEEE 754 result of a positive overflow."""
    return math.nan if any(map(math.isnan, arguments)) else math.inf


def signed_infinity(x: float) -> float:
    """The IEEE 754 result of an overflow with the sign of the argument."""
    return math.copysign(math.inf, x)


def divide_exceptional(x: float, y: float) -> float:
    """x / 0 as IEEE 754 has it."""
    if x == 0 or math.isnan(x):
        return math.nan
    return math.copysign(math.inf, x) * math.copysign(1.0, y)


def power_exceptional(x: float, y: float) -> float:
    """x^y where `math.pow` raises: at the pole 0^-n, for a root of a negative number, and on overflow."""
    odd = math.isfinite(y) and math.fmod(y, 2.0) in (1.0, -1.0)
    if x == 0:
        return math.copysign(math.inf, x) if odd else math.inf
    if x < 0 and y != math.floor(y):
        return math.nan
    return -math.inf if x < 0 and odd else math.inf


def log_exceptional(x: float) -> float:
    """log at 0 (any base) and below."""
    return -math.inf if x == 0 else math.nan


def log1p_exceptional(x: float) -> float:
    """log1p at -1 and below."""
    return -math.inf if x == -1 else math.nan


def atanh_exceptional(x: float) -> float:
    """atanh at its poles 1 and -1 and outside."""
    return math.copysign(math.inf, x) if abs(x) == 1 else math.nan


def conjunction(x: bool, y: bool | None) -> bool:
    """x and y, where y is not evaluated if x decides."""
    return bool(x and y)


def disjunction(x: bool, y: bool | None) -> bool:
    """x or y, where y is not evaluated if x decides."""
    return bool(x or y)


def where(condition: bool, a: float, b: float) -> float:
    """a where the condition holds, else b; the other one may be missing."""
    return a if condition else b


def power_slope_base(x: float, y: float, out: float) -> float:
    """y·x^(y−1), 0 for the constant x^0."""
    return 0.0 if y == 0 else y * math.pow(x, y - 1)


def power_slope_exponent(x: float, y: float, out: float) -> float:
    """x^y·log x, 0 for 0^y with a positive y (the limit)."""
    return 0.0 if x == 0 and y > 0 else out * math.log(x)


def sign(x: float) -> float:
    """-1, 0 or 1."""
    return float((x > 0) - (x < 0))


def floor(x: float) -> float:
    """The largest whole number not above x."""
    return float(math.floor(x))


def ceil(x: float) -> float:
    """The smallest whole number not below x."""
    return float(math.ceil(x))


def round_half_even(x: float) -> float:
    """The nearest whole number, the even one of two."""
    return float(round(x))


def clip(x: float, low: float, high: float) -> float:
    """min(max(x, low), high), as NumPy and PyTorch define it for low > high too."""
    return min(max(x, low), high)


def mod(x: float, y: float) -> float:
    """x − y·⌊x/y⌋: the sign of the result is that of y."""
    return x % y


def mod_slope_divisor(x: float, y: float, out: float) -> float:
    """−⌊x/y⌋, consistent with the result also where x/y rounds up to a whole number."""
    return -round_half_even((x - out) / y)


def slopes_of_first_extreme(arguments: list[float], out: float) -> list[float]:
    """The slopes of max and min: 1 for the first argument that holds the extreme value."""
    slopes = [0.0] * len(arguments)
    slopes[arguments.index(out)] = 1.0
    return slopes


def relu(x: float) -> float:
    """x for x >= 0, else 0."""
    return x if x >= 0 else 0.0


def leaky_relu(x: float, slope: float) -> float:
    """x for x >= 0, else slope·x."""
    return x if x >= 0 else slope * x


def elu(x: float) -> float:
    """x for x >= 0, else e^x − 1."""
    return x if x >= 0 else math.expm1(x)


def sigmoid(x: float) -> float:
    """1/(1 + e^−x), without overflow."""
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    power = math.exp(x)
    return power / (1 + power)


def softplus(x: float) -> float:
    """log(1 + e^x), without overflow."""
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


def silu(x: float) -> float:
    """x·σ(x)."""
    return x * sigmoid(x)


def silu_slope(x: float, out: float) -> float:
    """σ(x)·(1 + x·σ(−x))."""
    return sigmoid(x) * (1 + x * sigmoid(-x))


def gelu(x: float) -> float:
    """x·Φ(x) with the exact normal distribution function."""
    return x * math.erfc(-x * _TAIL) / 2


def gelu_slope(x: float, out: float) -> float:
    """Φ(x) + x·φ(x)."""
    return math.erfc(-x * _TAIL) / 2 + x * math.exp(-x * x / 2) / math.sqrt(math.tau)


def hypot_slope_x(x: float, y: float, out: float) -> float:
    """x/h, 0 at the origin."""
    return x / out if out else 0.0


def hypot_slope_y(x: float, y: float, out: float) -> float:
    """y/h, 0 at the origin."""
    return y / out if out else 0.0


def erf_slope(x: float, out: float) -> float:
    """2/√π·e^(−x²)."""
    return 2 / math.sqrt(math.pi) * math.exp(-x * x)


def erfc_slope(x: float, out: float) -> float:
    """−2/√π·e^(−x²)."""
    return -erf_slope(x, out)


def sinc(x: float) -> float:
    """sin x / x, 1 at 0."""
    return math.sin(x) / x if x else 1.0


def sinc_slope(x: float, out: float) -> float:
    """(cos x − sinc x)/x, 0 at 0."""
    return (math.cos(x) - out) / x if x else 0.0


def logsumexp(*arguments: float) -> float:
    """log Σ e^xᵢ, without overflow."""
    largest = max(arguments)
    return largest + math.log(math.fsum(math.exp(x - largest) for x in arguments))


def softmax(arguments: list[float], out: float) -> list[float]:
    """The slopes of logsumexp."""
    largest = max(arguments)
    weights = [math.exp(x - largest) for x in arguments]
    total = math.fsum(weights)
    return [weight / total for weight in weights]
