"""Names of functions in other systems, and what to write for them here: read when somebody has used one.

A line holds a call as it is written elsewhere and what means the same in gradcli's language. Systems that mean
different things by one name are told apart by capitals (LOG of a spreadsheet has the base 10) or not listed.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.language.format import format_graph

# NumPy, SciPy, PyTorch, JAX, TensorFlow, SymPy, MATLAB, Julia, Mathematica, C, JavaScript, spreadsheets, calculators.
TABLE = """
absolute(x)             abs(x)
fabs(x)                 abs(x)
fabsf(x)                abs(x)
magnitude(x)            abs(x)
abs2(x)                 x^2
sqr(x)                  x^2
square(x)               x^2
squared(x)              x^2
cube(x)                 x^3
sqrtf(x)                sqrt(x)
root(x)                 sqrt(x)
isqrt(x)                floor(sqrt(x))
rsqrt(x)                1/sqrt(x)
invsqrt(x)              1/sqrt(x)
real_sqrt(x)            sqrt(x)
nthroot(x, n)           where(mod(n, 2) == 1 and x < 0, -(-x)^(1/n), x^(1/n))
sqrtpi(x)               sqrt(x*pi)
pow(x, y)               x^y
powf(x, y)              x^y
power(x, y)             x^y
float_power(x, y)       x^y
pow2(x)                 2^x
pow10(x)                10^x
exp10(x)                10^x
expf(x)                 exp(x)
exponential(x)          exp(x)
reciprocal(x)           1/x
inv(x)                  1/x
recip(x)                1/x
cbrtf(x)                cbrt(x)
logf(x)                 log(x)
loge(x)                 log(x)
ln1p(x)                 log1p(x)
lg(x)                   log10(x)
logten(x)               log10(x)
lb(x)                   log2(x)
ld(x)                   log2(x)
LOG(x)                  log10(x)
logn(x, n)              log(x, n)
logb(x)                 floor(log2(abs(x)))
arcsin(x)               asin(x)
arccos(x)               acos(x)
arctan(x)               atan(x)
arctan2(y, x)           atan2(y, x)
arcsinh(x)              asinh(x)
arccosh(x)              acosh(x)
arctanh(x)              atanh(x)
arsinh(x)               asinh(x)
arcosh(x)               acosh(x)
artanh(x)               atanh(x)
arccot(x)               acot(x)
arcsec(x)               asec(x)
arccsc(x)               acsc(x)
arcsech(x)              asech(x)
arccsch(x)              acsch(x)
arccoth(x)              acoth(x)
asinf(x)                asin(x)
sinf(x)                 sin(x)
cosf(x)                 cos(x)
tanf(x)                 tan(x)
tanhf(x)                tanh(x)
tg(x)                   tan(x)
ctg(x)                  cot(x)
cotg(x)                 cot(x)
cotan(x)                cot(x)
cosec(x)                csc(x)
arctg(x)                atan(x)
arcctg(x)               acot(x)
atn(x)                  atan(x)
sh(x)                   sinh(x)
ch(x)                   cosh(x)
th(x)                   tanh(x)
sinhf(x)                sinh(x)
coshf(x)                cosh(x)
sind(x)                 sin(radians(x))
cosd(x)                 cos(radians(x))
tand(x)                 tan(radians(x))
cotd(x)                 cot(radians(x))
asind(x)                degrees(asin(x))
acosd(x)                degrees(acos(x))
atand(x)                degrees(atan(x))
atan2d(y, x)            degrees(atan2(y, x))
sindg(x)                sin(radians(x))
cosdg(x)                cos(radians(x))
tandg(x)                tan(radians(x))
sinpi(x)                sin(pi*x)
cospi(x)                cos(pi*x)
tanpi(x)                tan(pi*x)
deg2rad(x)              radians(x)
rad2deg(x)              degrees(x)
torad(x)                radians(x)
todeg(x)                degrees(x)
vers(x)                 1 - cos(x)
versin(x)               1 - cos(x)
haversin(x)             sin(x/2)^2
haversine(x)            sin(x/2)^2
cosm1(x)                -2*sin(x/2)^2
sgn(x)                  sign(x)
signum(x)               sign(x)
copysign(x, y)          where(y < 0, -abs(x), abs(x))
ceiling(x)              ceil(x)
INT(x)                  floor(x)
ROUNDDOWN(x)            trunc(x)
fix(x)                  trunc(x)
truncate(x)             trunc(x)
floorf(x)               floor(x)
ceilf(x)                ceil(x)
rint(x)                 round(x)
nearbyint(x)            round(x)
frac(x)                 x - trunc(x)
fract(x)                x - floor(x)
fmod(x, y)              x - y*trunc(x/y)
fmodf(x, y)             x - y*trunc(x/y)
rem(x, y)               x - y*trunc(x/y)
IEEEremainder(x, y)     x - y*round(x/y)
floormod(x, y)          mod(x, y)
floor_mod(x, y)         mod(x, y)
floor_divide(x, y)      floor(x/y)
maximum(x, y)           max(x, y)
minimum(x, y)           min(x, y)
fmax(x, y)              max(x, y)
fmin(x, y)              min(x, y)
Max(x, y)               max(x, y)
Min(x, y)               min(x, y)
clamp(x, a, b)          clip(x, a, b)
clip_by_value(x, a, b)  clip(x, a, b)
bound(x, a, b)          clip(x, a, b)
saturate(x)             clip(x, 0, 1)
fdim(x, y)              max(x - y, 0)
add(x, y)               x + y
subtract(x, y)          x - y
sub(x, y)               x - y
multiply(x, y)          x*y
mul(x, y)               x*y
prod(x, y)              x*y
product(x, y)           x*y
divide(x, y)            x/y
true_divide(x, y)       x/y
quotient(x, y)          trunc(x/y)
negative(x)             -x
neg(x)                  -x
positive(x)             x
sum(x, y)               x + y
SUM(x, y)               x + y
mean(x, y)              (x + y)/2
average(x, y)           (x + y)/2
AVERAGE(x, y)           (x + y)/2
fma(x, y, z)            x*y + z
lerp(a, b, t)           a + t*(b - a)
squared_difference(x, y)    (x - y)^2
hypotf(x, y)            hypot(x, y)
norm(x, y)              hypot(x, y)
expit(x)                sigmoid(x)
logistic(x)             sigmoid(x)
logit(x)                log(x) - log1p(-x)
log_expit(x)            logsigmoid(x)
log_sigmoid(x)          logsigmoid(x)
log1pexp(x)             softplus(x)
swish(x)                silu(x)
mish(x)                 x*tanh(softplus(x))
softsign(x)             x/(1 + abs(x))
hardtanh(x)             clip(x, -1, 1)
hard_tanh(x)            clip(x, -1, 1)
relu6(x)                clip(x, 0, 6)
ReLU(x)                 relu(x)
ramp(x)                 relu(x)
softmax(a, b)           exp(a - logsumexp(a, b))
log_softmax(a, b)       a - logsumexp(a, b)
logaddexp(x, y)         logsumexp(x, y)
logaddexp2(x, y)        logsumexp(x*log(2), y*log(2))/log(2)
lse(x, y)               logsumexp(x, y)
reduce_logsumexp(x, y)  logsumexp(x, y)
tanhshrink(x)           x - tanh(x)
logcosh(x)              abs(x) + log1p(exp(-2*abs(x))) - log(2)
huber(d, x)             where(abs(x) <= d, x^2/2, d*(abs(x) - d/2))
entr(x)                 -xlogy(x, x)
rel_entr(x, y)          xlogy(x, x/y)
xlog1py(x, y)           x*log1p(y)
gammaln(x)              lgamma(x)
loggamma(x)             lgamma(x)
lngamma(x)              lgamma(x)
GAMMALN(x)              lgamma(x)
tgamma(x)               gamma(x)
factorial(n)            gamma(n + 1)
fact(n)                 gamma(n + 1)
FACT(n)                 gamma(n + 1)
rgamma(x)               1/gamma(x)
psi(x)                  digamma(x)
trigamma(x)             polygamma(1, x)
beta(x, y)              exp(lgamma(x) + lgamma(y) - lgamma(x + y))
betaln(x, y)            lgamma(x) + lgamma(y) - lgamma(x + y)
binomial(n, k)          exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1))
comb(n, k)              exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1))
nchoosek(n, k)          exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1))
COMBIN(n, k)            exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1))
perm(n, k)              exp(lgamma(n + 1) - lgamma(n - k + 1))
ndtr(x)                 erfc(-x/sqrt(2))/2
normcdf(x)              erfc(-x/sqrt(2))/2
NORMSDIST(x)            erfc(-x/sqrt(2))/2
pnorm(x)                erfc(-x/sqrt(2))/2
normpdf(x)              exp(-x^2/2)/sqrt(2*pi)
dnorm(x)                exp(-x^2/2)/sqrt(2*pi)
ndtri(x)                sqrt(2)*erfinv(2*x - 1)
norminv(x)              sqrt(2)*erfinv(2*x - 1)
probit(x)               sqrt(2)*erfinv(2*x - 1)
qnorm(x)                sqrt(2)*erfinv(2*x - 1)
erfcinv(x)              erfinv(1 - x)
inverf(x)               erfinv(x)
step(x)                 heaviside(x)
unitstep(x)             heaviside(x)
ifelse(c, a, b)         where(c, a, b)
if(c, a, b)             where(c, a, b)
IF(c, a, b)             where(c, a, b)
iif(c, a, b)            where(c, a, b)
cond(c, a, b)           where(c, a, b)
select(c, a, b)         where(c, a, b)
stop_gradient(x)        detach(x)
StopGradient(x)         detach(x)
"""


@cache
def meanings() -> Mapping[str, tuple[str, str]]:
    """For each name its parameters, `x, y`, and the formula of them."""
    lines = re.findall(r"(\w+)\((.*?)\)  +(.*)", TABLE)
    return {name: (parameters, formula) for name, parameters, formula in lines}


def general(name: str) -> dict[str, Any]:
    """What to write for a function of another system, as facts of a message: its call, and the formula for that."""
    known = meanings()
    by_look = {other.lower(): other for other in known}
    other = name if name in known else by_look.get(name.lower(), "")
    if not other:
        return {}
    parameters, formula = known[other]
    return {"write": formula, "call": f"{other}({parameters})"}


def filled(call: str, arguments: str, read: Callable[[str], Graph]) -> str:
    """The formula for a call, such as `sqr(x)`, with arguments in it, or "" where they do not fit.

    `read` is the parser of the language.
    """
    name, _, parameters = call.rstrip(")").partition("(")
    formula = meanings()[name][1]
    renamed = formula.removesuffix(f"({parameters})")
    try:
        if renamed.isidentifier():  # conditions too, which are no arguments of a definition
            read(f"{renamed}({arguments})")
            return f"{renamed}({arguments})"
        return format_graph(read(f"_written_({parameters}) = {formula}; _written_({arguments})"), inline=True)
    except GradcliError:
        return ""
