"""Functions that a system means by a name in its own way, and what to write for them here.

A line holds a call as it is written there, under the name of the system, and what means the same in gradcli's
language; `name=` is an argument by keyword, which has the given value or, for a letter, any. What is not here is as in
`elsewhere.py` and in the operator table.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

# NumPy has what JAX has as jax.numpy; `math` is Python's, `builtin` what Python has without a module.
TABLE = """
numpy
sinc(x)                     sinc(pi*x)
heaviside(x, h)             where(x == 0, h, heaviside(x))
remainder(x, y)             mod(x, y)
mod(x, y)                   mod(x, y)
round(x, n)                 round(x*10^n)/10^n
round(x, decimals=n)        round(x*10^n)/10^n
around(x)                   round(x)
rint(x)                     round(x)
fix(x)                      trunc(x)
clip(x, a, None)            max(x, a)
clip(x, None, b)            min(x, b)
clip(x, a_min=a, a_max=b)   clip(x, a, b)
clip(x, min=a, max=b)       clip(x, a, b)
clip(x, min=a)              max(x, a)
clip(x, max=b)              min(x, b)
ldexp(x, n)                 x*2^n
float64(x)                  x
float32(x)                  x
array(x)                    x
asarray(x)                  x

torch
sinc(x)                     sinc(pi*x)
heaviside(x, h)             where(x == 0, h, heaviside(x))
remainder(x, y)             mod(x, y)
fix(x)                      trunc(x)
clamp(x, a)                 max(x, a)
clamp(x, min=a)             max(x, a)
clamp(x, max=b)             min(x, b)
clamp(x, min=a, max=b)      clip(x, a, b)
clip(x, min=a)              max(x, a)
clip(x, max=b)              min(x, b)
clip(x, min=a, max=b)       clip(x, a, b)
clamp_min(x, a)             max(x, a)
clamp_max(x, b)             min(x, b)
leaky_relu(x)               leaky_relu(x, 0.01)
leaky_relu(x, negative_slope=a)     leaky_relu(x, a)
softplus(x, beta=b)         softplus(b*x)/b
softplus(x, b)              softplus(b*x)/b
elu(x, alpha=a)             where(x > 0, x, a*expm1(x))
elu(x, a)                   where(x > 0, x, a*expm1(x))
celu(x)                     elu(x)
celu(x, a)                  where(x > 0, x, a*expm1(x/a))
celu(x, alpha=a)            where(x > 0, x, a*expm1(x/a))
selu(x)                     1.0507009873554805*where(x > 0, x, 1.6732632423543772*expm1(x))
gelu(x, approximate='none') gelu(x)
gelu(x, approximate='tanh') x/2*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x^3)))
hardsigmoid(x)              clip(x + 3, 0, 6)/6
hardswish(x)                x*clip(x + 3, 0, 6)/6
hardtanh(x, a, b)           clip(x, a, b)
hardtanh(x, min_val=a, max_val=b)   clip(x, a, b)
threshold(x, t, v)          where(x > t, x, v)
logit(x)                    log(x) - log1p(-x)
round(x, decimals=n)        round(x*10^n)/10^n
tensor(x)                   x
item(x)                     x
double(x)                   x
float(x)                    x
as_tensor(x)                x

jax
gelu(x)                     x/2*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x^3)))
gelu(x, approximate=True)   x/2*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x^3)))
gelu(x, approximate=False)  gelu(x)
leaky_relu(x)               leaky_relu(x, 0.01)
leaky_relu(x, negative_slope=a)     leaky_relu(x, a)
elu(x, alpha=a)             where(x > 0, x, a*expm1(x))
elu(x, a)                   where(x > 0, x, a*expm1(x))
selu(x)                     1.0507009873554805*where(x > 0, x, 1.6732632423543772*expm1(x))
celu(x)                     elu(x)
celu(x, a)                  where(x > 0, x, a*expm1(x/a))
hard_sigmoid(x)             clip(x + 3, 0, 6)/6
hard_swish(x)               x*clip(x + 3, 0, 6)/6
clamp(a, x, b)              clip(x, a, b)
rem(x, y)                   x - y*trunc(x/y)
select(c, a, b)             where(c, a, b)
integer_pow(x, n)           x^n

tensorflow
leaky_relu(x)               leaky_relu(x, 0.2)
leaky_relu(x, alpha=a)      leaky_relu(x, a)
gelu(x, approximate=False)  gelu(x)
gelu(x, approximate=True)   x/2*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x^3)))
selu(x)                     1.0507009873554805*where(x > 0, x, 1.6732632423543772*expm1(x))
rint(x)                     round(x)
constant(x)                 x

norm
cdf(x)                      erfc(-x/sqrt(2))/2
cdf(x, m, s)                erfc((m - x)/(s*sqrt(2)))/2
cdf(x, loc=m, scale=s)      erfc((m - x)/(s*sqrt(2)))/2
sf(x)                       erfc(x/sqrt(2))/2
pdf(x)                      exp(-x^2/2)/sqrt(2*pi)
pdf(x, m, s)                exp(-((x - m)/s)^2/2)/(s*sqrt(2*pi))
pdf(x, loc=m, scale=s)      exp(-((x - m)/s)^2/2)/(s*sqrt(2*pi))
ppf(x)                      sqrt(2)*erfinv(2*x - 1)

sympy
sinc(x)                     sinc(x)
log(x, b)                   log(x, b)
root(x, n)                  x^(1/n)
Heaviside(x)                where(x == 0, 0.5, heaviside(x))
Rational(x, y)              x/y
Integer(x)                  x
Float(x)                    x
Symbol(x)                   x

math
log(x, base=b)              log(x, b)
log(x, b)                   log(x, b)
remainder(x, y)             x - y*round(x/y)
ldexp(x, n)                 x*2^n

people
round(x, n)                 round(x*10^n)/10^n
atan(y, x)                  atan2(y, x)

builtin
round(x, n)                 round(x*10^n)/10^n
round(x, ndigits=n)         round(x*10^n)/10^n
round(x, digits=n)          round(x*10^n)/10^n
log(x, base=b)              log(x, b)
log(x, b)                   log(x, b)
clamp(x, min=a)             max(x, a)
clamp(x, max=b)             min(x, b)
clamp(x, min=a, max=b)      clip(x, a, b)
softplus(x, beta=b)         softplus(b*x)/b
leaky_relu(x, negative_slope=a)     leaky_relu(x, a)

c
round(x)                    sign(x)*floor(abs(x) + 0.5)
roundf(x)                   sign(x)*floor(abs(x) + 0.5)
rint(x)                     round(x)
nearbyint(x)                round(x)
remainder(x, y)             x - y*round(x/y)
fmod(x, y)                  x - y*trunc(x/y)
ldexp(x, n)                 x*2^n
int(x)                      trunc(x)
double(x)                   x
float(x)                    x
lerp(a, b, t)               a + t*(b - a)
clamp(x, a, b)              clip(x, a, b)

javascript
round(x)                    floor(x + 0.5)
Number(x)                   x
parseFloat(x)               x

spreadsheet
IF(c, a)                    where(c, a, 0)
PI()                        pi
ATAN2(x, y)                 atan2(y, x)
ACOT(x)                     pi/2 - atan(x)
IF(c, a, b)                 where(c, a, b)
LN(x)                       log(x)
LOG(x)                      log10(x)
LOG(x, b)                   log(x, b)
LOG10(x)                    log10(x)
POWER(x, y)                 x^y
INT(x)                      floor(x)
TRUNC(x)                    trunc(x)
TRUNC(x, n)                 trunc(x*10^n)/10^n
ROUND(x)                    sign(x)*floor(abs(x) + 0.5)
ROUND(x, 0)                 sign(x)*floor(abs(x) + 0.5)
ROUND(x, n)                 sign(x)*floor(abs(x)*10^n + 0.5)/10^n
ROUNDDOWN(x, 0)             trunc(x)
ROUNDDOWN(x, n)             trunc(x*10^n)/10^n
ROUNDUP(x, 0)               sign(x)*ceil(abs(x))
ROUNDUP(x, n)               sign(x)*ceil(abs(x)*10^n)/10^n
CEILING(x, s)               ceil(x/s)*s
FLOOR(x, s)                 floor(x/s)*s
QUOTIENT(x, y)              trunc(x/y)
SQRTPI(x)                   sqrt(x*pi)
FACT(n)                     gamma(n + 1)
COMBIN(n, k)                exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1))
GAMMALN(x)                  lgamma(x)
ERF(a, b)                   erf(b) - erf(a)
NORM.S.DIST(x, TRUE)        erfc(-x/sqrt(2))/2
NORM.S.INV(x)               sqrt(2)*erfinv(2*x - 1)
NORMSDIST(x)                erfc(-x/sqrt(2))/2
NORMSINV(x)                 sqrt(2)*erfinv(2*x - 1)
FISHER(x)                   atanh(x)
FISHERINV(x)                tanh(x)

mathematica
Log(b, x)                   log(x, b)
ArcTan(x, y)                atan2(y, x)
Round(x, y)                 y*round(x/y)
Floor(x, y)                 y*floor(x/y)
Ceiling(x, y)               y*ceil(x/y)
Clip(x)                     clip(x, -1, 1)
Boole(c)                    where(c, 1, 0)
UnitStep(x)                 heaviside(x)
LogGamma(x)                 lgamma(x)
PolyGamma(x)                digamma(x)
PolyGamma(n, x)             polygamma(n, x)
Erf(x, y)                   erf(y) - erf(x)
N(x)                        x

latex
frac(x, y)                  x/y
root(2, x)                  sqrt(x)
root(3, x)                  cbrt(x)
root(5, x)                  sign(x)*abs(x)^(1/5)
root(7, x)                  sign(x)*abs(x)^(1/7)
root(n, x)                  x^(1/n)
log(2, x)                   log2(x)
log(10, x)                  log10(x)
log(b, x)                   log(x, b)
binom(n, k)                 exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1))
"""

# Of arrays: their names are numbers here, so that only a list that is written out has a meaning.
_REDUCTIONS = """sum mean average prod product max min amax amin norm logsumexp reduce_sum reduce_mean reduce_max
    reduce_min reduce_prod reduce_logsumexp softmax log_softmax std var dot matmul inner outer vdot cross cumsum einsum
    median select cond step root inv argmax argmin lse nansum det trace"""
REDUCTIONS = frozenset(_REDUCTIONS.split())
# What they are of two and more numbers.
LISTS = {
    "sum": " + ", "reduce_sum": " + ", "fsum": " + ", "prod": "*", "reduce_prod": "*", "max": "max", "amax": "max",
    "reduce_max": "max", "min": "min", "amin": "min", "reduce_min": "min", "logsumexp": "logsumexp",
    "reduce_logsumexp": "logsumexp", "mean": "mean", "average": "mean", "reduce_mean": "mean",
    "norm": "norm", "softmax": "softmax", "Total": " + ", "Mean": "mean", "Norm": "norm", "Max": "max", "Min": "min",
}  # fmt: skip
# Arguments by name that change nothing for numbers, and names of the first argument.
_SILENT = """dim axis keepdim keepdims dtype inplace out device
    name threshold eps"""
SILENT = frozenset(_SILENT.split())
FIRST = frozenset(("input", "x", "a", "tensor", "features", "value"))
# Spreadsheets have these in capitals, with the meaning that they have here.
_CAPITALS = """SIN COS TAN ASIN ACOS ATAN SINH COSH TANH ASINH ACOSH ATANH SEC CSC COT SECH CSCH COTH ACOTH EXP SQRT ABS
    SIGN MAX MIN MOD DEGREES RADIANS GAMMA ERF ERFC"""
CAPITALS = frozenset(_CAPITALS.split())


class ForeignCall(NamedTuple):
    """What to write for a call, whose arguments are `positional` and have the `keywords`."""

    positional: tuple[str, ...]
    keywords: Mapping[str, str]
    formula: str


@cache
def rows() -> Mapping[tuple[str, str], Sequence[ForeignCall]]:
    """The rows of the table by system and name."""
    found: dict[tuple[str, str], list[ForeignCall]] = {}
    system = ""
    for line in TABLE.strip().splitlines():
        call = re.fullmatch(r"([\w.]+)\((.*?)\)  *(.*)", line)
        if call:
            name, parameters, formula = call.groups()
            parts = [part for part in parameters.split(", ") if part]
            keywords = dict(part.split("=") for part in parts if "=" in part)
            row = ForeignCall(tuple(part for part in parts if "=" not in part), keywords, formula)
            found.setdefault((system, name), []).append(row)
        else:
            system = line or system
    return found


def bound(row: ForeignCall, arguments: Sequence[str], keywords: Mapping[str, str]) -> dict[str, str] | None:
    """The arguments by the letters of a row, or None where they do not fit."""
    if len(arguments) != len(row.positional) or keywords.keys() != row.keywords.keys():
        return None
    pairs = [*zip(row.positional, arguments, strict=True), *((row.keywords[name], keywords[name]) for name in keywords)]
    if any(not _is_letter(wanted) and wanted != given for wanted, given in pairs):
        return None
    return {letter: given for letter, given in pairs if _is_letter(letter)}


def _is_letter(parameter: str) -> bool:
    return len(parameter) == 1 and parameter.isalpha()
