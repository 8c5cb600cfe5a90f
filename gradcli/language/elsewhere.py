"""Names of functions in other systems, and what to write for them here: read when somebody has used one.

A line of `TABLE` holds a call as it is written elsewhere and what means the same in gradcli's language; a name has a
line for each number of arguments. What systems with different capitals mean by one name has a line for each of them:
LOG of a spreadsheet has the base 10, Log the base e. A name by which systems that write it alike mean different things
stands in `ABSENT`, as does one for which the language has no words.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

# NumPy, SciPy, PyTorch, JAX, TensorFlow, SymPy, MATLAB, Julia, Mathematica, C, JavaScript, spreadsheets, calculators.
TABLE = """
absolute(x)             abs(x)
fabs(x)                 abs(x)
magnitude(x)            abs(x)
labs(x)                 abs(x)
llabs(x)                abs(x)
abs2(x)                 x^2
sqr(x)                  x^2
square(x)               x^2
squared(x)              x^2
cube(x)                 x^3
root(x)                 sqrt(x)
root(x, n)              x^(1/n)
nroot(x, n)             x^(1/n)
squareroot(x)           sqrt(x)
square_root(x)          sqrt(x)
cuberoot(x)             cbrt(x)
cube_root(x)            cbrt(x)
isqrt(x)                floor(sqrt(x))
rsqrt(x)                1/sqrt(x)
invsqrt(x)              1/sqrt(x)
real_sqrt(x)            sqrt(x)
nthroot(x, n)           where(mod(n, 2) == 1 and x < 0, -(-x)^(1/n), x^(1/n))
Surd(x, n)              where(mod(n, 2) == 1 and x < 0, -(-x)^(1/n), x^(1/n))
CubeRoot(x)             cbrt(x)
sqrtpi(x)               sqrt(x*pi)
pow(x, y)               x^y
power(x, y)             x^y
float_power(x, y)       x^y
pow2(x)                 2^x
pow10(x)                10^x
exp10(x)                10^x
exp2m1(x)               expm1(x*log(2))
exponential(x)          exp(x)
reciprocal(x)           1/x
recip(x)                1/x
loge(x)                 log(x)
ln1p(x)                 log1p(x)
log2p1(x)               log1p(x)/log(2)
lg(x)                   log10(x)
logten(x)               log10(x)
lb(x)                   log2(x)
ld(x)                   log2(x)
LOG(x)                  log10(x)
LOG(x, b)               log(x, b)
Log(x)                  log(x)
Log(b, x)               log(x, b)
logn(x, b)              log(x, b)
arcsin(x)               asin(x)
arccos(x)               acos(x)
arctan(x)               atan(x)
arctan2(y, x)           atan2(y, x)
ATAN2(x, y)             atan2(y, x)
arcsinh(x)              asinh(x)
arccosh(x)              acosh(x)
arctanh(x)              atanh(x)
arsinh(x)               asinh(x)
arcosh(x)               acosh(x)
artanh(x)               atanh(x)
arccot(x)               acot(x)
ACOT(x)                 pi/2 - atan(x)
arcsec(x)               asec(x)
arccsc(x)               acsc(x)
arcsech(x)              asech(x)
arccsch(x)              acsch(x)
arccoth(x)              acoth(x)
sen(x)                  sin(x)
sinus(x)                sin(x)
cosinus(x)              cos(x)
tangens(x)              tan(x)
cotangent(x)            cot(x)
cotangens(x)            cot(x)
arcsine(x)              asin(x)
arccosine(x)            acos(x)
arctangent(x)           atan(x)
cosine(x)               cos(x)
tangent(x)              tan(x)
tg(x)                   tan(x)
ctg(x)                  cot(x)
cotg(x)                 cot(x)
cotan(x)                cot(x)
cosec(x)                csc(x)
arctg(x)                atan(x)
atn(x)                  atan(x)
sh(x)                   sinh(x)
ch(x)                   cosh(x)
th(x)                   tanh(x)
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
cotdg(x)                cot(radians(x))
sinpi(x)                sin(pi*x)
cospi(x)                cos(pi*x)
tanpi(x)                tan(pi*x)
sincpi(x)               sinc(pi*x)
deg2rad(x)              radians(x)
rad2deg(x)              degrees(x)
torad(x)                radians(x)
todeg(x)                degrees(x)
vers(x)                 1 - cos(x)
versin(x)               1 - cos(x)
covers(x)               1 - sin(x)
coversin(x)             1 - sin(x)
haversin(x)             sin(x/2)^2
haversine(x)            sin(x/2)^2
cosm1(x)                -2*sin(x/2)^2
sinhc(x)                where(x == 0, 1, sinh(x)/x)
tanc(x)                 where(x == 0, 1, tan(x)/x)
tanhc(x)                where(x == 0, 1, tanh(x)/x)
sgn(x)                  sign(x)
signum(x)               sign(x)
copysign(x, y)          where(y < 0, -abs(x), abs(x))
ceiling(x)              ceil(x)
INT(x)                  floor(x)
int(x)                  trunc(x)
ROUND(x)                sign(x)*floor(abs(x) + 1/2)
ROUND(x, n)             sign(x)*floor(abs(x)*10^n + 1/2)/10^n
roundup(x)              sign(x)*ceil(abs(x))
rounddown(x)            trunc(x)
mround(x, m)            m*sign(x/m)*floor(abs(x/m) + 1/2)
roundf(x)               sign(x)*floor(abs(x) + 1/2)
lround(x)               sign(x)*floor(abs(x) + 1/2)
llround(x)              sign(x)*floor(abs(x) + 1/2)
lrint(x)                round(x)
llrint(x)               round(x)
CEILING(x, s)           s*ceil(x/s)
FLOOR(x, s)             s*floor(x/s)
IntegerPart(x)          trunc(x)
FractionalPart(x)       x - trunc(x)
around(x)               round(x)
float(x)                x
double(x)               x
fix(x)                  trunc(x)
truncate(x)             trunc(x)
rint(x)                 round(x)
nearbyint(x)            round(x)
fract(x)                x - floor(x)
fmod(x, y)              x - y*trunc(x/y)
rem(x, y)               x - y*trunc(x/y)
IEEEremainder(x, y)     x - y*round(x/y)
floormod(x, y)          mod(x, y)
floor_mod(x, y)         mod(x, y)
floor_divide(x, y)      floor(x/y)
maximum(x, y)           max(x, y)
minimum(x, y)           min(x, y)
fmax(x, y)              max(x, y)
fmin(x, y)              min(x, y)
amax(x, y)              max(x, y)
amin(x, y)              min(x, y)
Max(x, y)               max(x, y)
Min(x, y)               min(x, y)
clamp(x, a, b)          clip(x, a, b)
clip_by_value(x, a, b)  clip(x, a, b)
bound(x, a, b)          clip(x, a, b)
saturate(x)             clip(x, 0, 1)
fdim(x, y)              max(x - y, 0)
add(x, y)               x + y
Plus(x, y)              x + y
subtract(x, y)          x - y
sub(x, y)               x - y
multiply(x, y)          x*y
Times(x, y)             x*y
mul(x, y)               x*y
prod(x, y)              x*y
product(x, y)           x*y
divide(x, y)            x/y
true_divide(x, y)       x/y
QUOTIENT(x, y)          trunc(x/y)
Quotient(x, y)          floor(x/y)
negative(x)             -x
neg(x)                  -x
positive(x)             x
Minus(x)                -x
SUM(x, y)               x + y
mean(x, y)              (x + y)/2
average(x, y)           (x + y)/2
AVERAGE(x, y)           (x + y)/2
fma(x, y, z)            x*y + z
ldexp(x, n)             x*2^n
sumsq(x, y)             x^2 + y^2
lerp(a, b, t)           a + t*(b - a)
mix(a, b, t)            a + t*(b - a)
smoothstep(a, b, x)     clip((x - a)/(b - a), 0, 1)^2*(3 - 2*clip((x - a)/(b - a), 0, 1))
squared_difference(x, y)  (x - y)^2
norm(x, y)              hypot(x, y)
expit(x)                sigmoid(x)
LogisticSigmoid(x)      sigmoid(x)
invlogit(x)             sigmoid(x)
inv_logit(x)            sigmoid(x)
logistic(x)             sigmoid(x)
sigm(x)                 sigmoid(x)
plogis(x)               sigmoid(x)
logit(x)                log(x) - log1p(-x)
qlogis(x)               log(x) - log1p(-x)
log_expit(x)            logsigmoid(x)
log_sigmoid(x)          logsigmoid(x)
log1pexp(x)             softplus(x)
swish(x)                silu(x)
mish(x)                 x*tanh(softplus(x))
gelu_tanh(x)            x*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x^3)))/2
gelu_new(x)             x*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x^3)))/2
quick_gelu(x)           x*sigmoid(1.702*x)
softsign(x)             x/(1 + abs(x))
soft_sign(x)            x/(1 + abs(x))
selu(x)                 where(x > 0, 1.0507009873554805*x, 1.7580993408473769*expm1(x))
celu(x)                 elu(x)
celu(x, a)              where(x > 0, x, a*expm1(x/a))
prelu(x, a)             leaky_relu(x, a)
glu(a, b)               a*sigmoid(b)
hardswish(x)            x*clip(x + 3, 0, 6)/6
hard_swish(x)           x*clip(x + 3, 0, 6)/6
hardsigmoid(x)          clip(x + 3, 0, 6)/6
squareplus(x)           (x + sqrt(x^2 + 4))/2
softshrink(x)           sign(x)*max(abs(x) - 1/2, 0)
hardshrink(x)           where(abs(x) > 1/2, x, 0)
hardtanh(x)             clip(x, -1, 1)
hard_tanh(x)            clip(x, -1, 1)
relu6(x)                clip(x, 0, 6)
ReLU(x)                 relu(x)
relu_squared(x)         relu(x)^2
ramp(x)                 relu(x)
softmin(a, b)           exp(-a - logsumexp(-a, -b))
softmax(a, b)           exp(a - logsumexp(a, b))
log_softmax(a, b)       a - logsumexp(a, b)
logaddexp(x, y)         logsumexp(x, y)
logaddexp2(x, y)        logsumexp(x*log(2), y*log(2))/log(2)
lse(x, y)               logsumexp(x, y)
reduce_logsumexp(x, y)  logsumexp(x, y)
tanhshrink(x)           x - tanh(x)
logcosh(x)              abs(x) + log1p(exp(-2*abs(x))) - log(2)
entr(x)                 -xlogy(x, x)
rel_entr(x, y)          xlogy(x, x/y)
kl_div(x, y)            xlogy(x, x/y) - x + y
xlog1py(x, y)           x*log1p(y)
gammaln(x)              lgamma(x)
loggamma(x)             lgamma(x)
lngamma(x)              lgamma(x)
GAMMALN(x)              lgamma(x)
tgamma(x)               gamma(x)
factorial(n)            gamma(n + 1)
fact(n)                 gamma(n + 1)
lfactorial(n)           lgamma(n + 1)
FACT(n)                 gamma(n + 1)
rgamma(x)               1/gamma(x)
psi(x)                  digamma(x)
trigamma(x)             polygamma(1, x)
beta(x, y)              exp(lgamma(x) + lgamma(y) - lgamma(x + y))
betaln(x, y)            lgamma(x) + lgamma(y) - lgamma(x + y)
lbeta(x, y)             lgamma(x) + lgamma(y) - lgamma(x + y)
binomial(n, k)          exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1))
comb(n, k)              exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1))
nchoosek(n, k)          exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1))
COMBIN(n, k)            exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1))
perm(n, k)              exp(lgamma(n + 1) - lgamma(n - k + 1))
ndtr(x)                 erfc(-x/sqrt(2))/2
log_ndtr(x)             log(erfc(-x/sqrt(2))/2)
normcdf(x)              erfc(-x/sqrt(2))/2
NORMSDIST(x)            erfc(-x/sqrt(2))/2
pnorm(x)                erfc(-x/sqrt(2))/2
normcdf(x, m, s)        erfc((m - x)/(s*sqrt(2)))/2
pnorm(x, m, s)          erfc((m - x)/(s*sqrt(2)))/2
normpdf(x, m, s)        exp(-((x - m)/s)^2/2)/(s*sqrt(2*pi))
dnorm(x, m, s)          exp(-((x - m)/s)^2/2)/(s*sqrt(2*pi))
normpdf(x)              exp(-x^2/2)/sqrt(2*pi)
dnorm(x)                exp(-x^2/2)/sqrt(2*pi)
ndtri(x)                sqrt(2)*erfinv(2*x - 1)
norminv(x)              sqrt(2)*erfinv(2*x - 1)
NORMSINV(x)             sqrt(2)*erfinv(2*x - 1)
probit(x)               sqrt(2)*erfinv(2*x - 1)
qnorm(x)                sqrt(2)*erfinv(2*x - 1)
erfcinv(x)              erfinv(1 - x)
erfcx(x)                exp(x^2)*erfc(x)
inverf(x)               erfinv(x)
InverseErf(x)           erfinv(x)
step(x)                 heaviside(x)
unitstep(x)             heaviside(x)
σ(x)                    sigmoid(x)
Γ(x)                    gamma(x)
ψ(x)                    digamma(x)
Φ(x)                    erfc(-x/sqrt(2))/2
ifelse(c, a, b)         where(c, a, b)
if(c, a, b)             where(c, a, b)
IF(c, a, b)             where(c, a, b)
iif(c, a, b)            where(c, a, b)
stop_gradient(x)        detach(x)
StopGradient(x)         detach(x)
"""


@cache
def meanings() -> Mapping[str, Sequence[tuple[str, str]]]:
    """For each name its parameters, `x, y`, and the formula of them; more than once where it takes more or fewer."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, parameters, formula in re.findall(r"(\w+)\((.*?)\)  +(.*)", TABLE):
        found.setdefault(name, []).append((parameters, formula))
    return found


# What is written otherwise of arrays, of which the table has none.
OF_ARRAYS = {
    "transpose": "x.T", "matmul": "x @ y", "mm": "x @ y", "inner": "dot(x, y)", "tr": "trace(x)",
    "var": "mean((x - mean(x))^2)", "std": "sqrt(mean((x - mean(x))^2))", "log_softmax": "x - logsumexp(x)",
    "cross_entropy": "logsumexp(x) - dot(t, x)", "cross_entropy_error": "-sum(t*log(y))",
    "sum_squared_error": "sum((y - t)^2)/2",
}  # fmt: skip
