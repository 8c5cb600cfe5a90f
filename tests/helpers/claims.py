"""Right derivatives in the forms in which people write them; each line: an expression, and a claim about it."""

# What the variables are, unless a line says otherwise.
POINT = {"x": 0.7, "y": 1.3, "z": 0.4, "a": 2.0, "b": 0.5, "c": 1.7, "n": 3.0, "t": 0.9, "w": 0.6, "θ": 0.8, "k": 1.2}

POWERS = """
x^2 | x = 2*x
x + x | x = 2
x*x | x = x + x
x^3 | x = 3*x*x
x^3 | x = 3*x^2
x*x*x | x = 3*x^2
x^4 | x = 4*x^3
x^4 | x = (2*x)*(2*x^2)
x^-1 | x = -1/x^2
1/x | x = -x^-2
1/x | x = -1/(x*x)
1/x^2 | x = -2/x^3
1/x^2 | x = -2*x^-3
1/x^3 | x = -3*x^(-4)
sqrt(x) | x = 1/(2*sqrt(x))
sqrt(x) | x = 0.5*x^-0.5
sqrt(x) | x = x^(-1/2)/2
sqrt(x) | x = sqrt(x)/(2*x)
x^0.5 | x = 1/(2*sqrt(x))
1/sqrt(x) | x = -1/(2*x*sqrt(x))
1/sqrt(x) | x = -0.5*x^-1.5
x*sqrt(x) | x = 1.5*sqrt(x)
x*sqrt(x) | x = 3/2*x^(1/2)
cbrt(x) | x = 1/(3*cbrt(x)^2)
cbrt(x)^2 | x = 2/(3*cbrt(x))
5*x^2 - 3*x + 7 | x = 10*x - 3
(x + 1)*(x - 1) | x = 2*x
(x + 1)^2 | x = 2*x + 2
(x + 1)^3 | x = 3*x^2 + 6*x + 3
(2*x + 1)^2 | x = 8*x + 4
(2*x + 1)^2 | x = 4*(2*x + 1)
(x^2 + 1)^2 | x = 4*x^3 + 4*x
(x^2 + 1)^3 | x = 6*x*(x^2 + 1)^2
(x - 2)*(x - 3) | x = 2*x - 5
x*(x - 1)*(x + 1) | x = 3*x^2 - 1
x^2*(1 - x) | x = x*(2 - 3*x)
x^2*(1 - x)^2 | x = 2*x*(1 - x)*(1 - 2*x)
(1 - x)^5 | x = -5*(1 - x)^4
(1 - x)^4 | x = 4*(x - 1)^3
x^n | x = n*x^(n - 1)
x^n | x = n*x^n/x
x^n | n = x^n*ln(x)
x^n | n = ln(x)*e^(n*ln(x))
x^(1/n) | x = x^(1/n)/(n*x)
"""

QUOTIENTS = """
x/(1 + x) | x = 1/(1 + x)^2
x/(1 + x) | x = ((1 + x) - x)/(1 + x)^2
(x - 1)/(x + 1) | x = 2/(x + 1)^2
(x - 1)/(x + 1) | x = ((x + 1) - (x - 1))/(x^2 + 2*x + 1)
1/(1 + x^2) | x = -2*x/(1 + x^2)^2
1/(1 + x^2) | x = -2*x*(1 + x^2)^-2
x/(1 + x^2) | x = (1 - x^2)/(1 + x^2)^2
(x^2 + 1)/x | x = 1 - 1/x^2
(x^2 - 1)/(x - 1) | x = 1
x^3/x | x = 2*x
sin(x)/x | x = (x*cos(x) - sin(x))/x^2
sin(x)/x | x = cos(x)/x - sin(x)/x^2
exp(x)/x | x = exp(x)*(x - 1)/x^2
log(x)/x | x = (1 - log(x))/x^2
x/y | y = -x/y^2
x/y | y = -x*y^-2
x/y | x = y/y^2
(x + y)/(x - y) | x = -2*y/(x - y)^2
(x + y)/(x - y) | y = 2*x/(x - y)^2
x*y/(x + y) | x = y^2/(x + y)^2
x*y/(x + y) | y = (x/(x + y))^2
1/(1/x + 1/y) | x = (y/(x + y))^2
(a*x + b)/(c*x + 1) | x = (a - b*c)/(c*x + 1)^2
a/(x^2 + y^2) | x = -2*a*x/(x^2 + y^2)^2
"""

EXPONENTIALS = """
exp(x) | x = e^x
e^x | x = exp(x)
exp(-x) | x = -1/exp(x)
exp(-x) | x = -e^-x
exp(2*x) | x = 2*exp(x)^2
exp(2*x) | x = 2*e^x*e^x
exp(a*x) | x = a*e^(a*x)
exp(a*x) | a = x*exp(x)^a
exp(x^2) | x = 2*x*e^(x*x)
exp(-x^2/2) | x = -x/exp(x^2/2)
exp(x)*exp(y) | x = exp(x + y)
x*exp(x) | x = (x + 1)*exp(x)
x*exp(-x) | x = (1 - x)/exp(x)
x^2*exp(x) | x = x*(x + 2)*exp(x)
2^x | x = log(2)*2^x
2^x | x = ln(2)*exp(x*ln(2))
a^x | x = a^x*log(a)
a^x | a = x*a^x/a
10^x | x = ln(10)*10^x
x^x | x = x^x*(1 + log(x))
x^x | x = (ln(x) + 1)*exp(x*ln(x))
expm1(x) | x = expm1(x) + 1
log(x) | x = x^-1
log(2*x) | x = 1/x
log(x^2) | x = 2/x
log(a*x + b) | x = a/(a*x + b)
log(x*y) | x = 1/x
log(x/y) | y = -1/y
log(sqrt(x)) | x = 1/(2*x)
log(1/x) | x = -1/x
log(1 + x^2) | x = 2*x/(x^2 + 1)
log(sin(x)) | x = cos(x)/sin(x)
log(cos(x)) | x = -tan(x)
log(cosh(x)) | x = tanh(x)
log(exp(x)) | x = 1
exp(log(x)) | x = x/x
log(x)/log(2) | x = 1/(x*log(2))
log2(x) | x = 1/(x*ln(2))
log10(x) | x = 1/(x*ln(10))
log10(x) | x = log10(e)/x
log1p(x) | x = 1/(x + 1)
log(x)^2 | x = 2*log(x)/x
x*log(x) - x | x = log(x)
x*log(x) | x = 1 + ln(x)
log(log(x + 1)) | x = 1/((x + 1)*log(x + 1))
log(x + sqrt(x^2 + 1)) | x = 1/sqrt(x^2 + 1)
log((1 + x)/(1 - x)) | x = 2/(1 - x^2)
-x*log(x) - (1 - x)*log(1 - x) | x = log((1 - x)/x)
"""

TRIGONOMETRY = """
sin(x)*cos(x) | x = cos(2*x)
sin(x)*cos(x) | x = cos(x)^2 - sin(x)^2
sin(x)*cos(x) | x = 1 - 2*sin(x)^2
sin(2*x)/2 | x = cos(x)^2 - sin(x)^2
sin(2*x) | x = 2*cos(x)^2 - 2*sin(x)^2
sin(2*x) | x = 4*cos(x)^2 - 2
cos(2*x) | x = -4*sin(x)*cos(x)
sin(x)^2 | x = sin(2*x)
sin(x)^2 | x = 2*sin(x)*cos(x)
cos(x)^2 | x = -sin(2*x)
sin(x)^2 + cos(x)^2 | x = 0
sin(x)^3 | x = 3*cos(x)*sin(x)^2
cos(x)^3 | x = -3*sin(x)*(1 - sin(x)^2)
sin(x) | x = sin(x + pi/2)
cos(x) | x = cos(x + pi/2)
cos(x) | x = sin(-x)
-cos(x) | x = sin(x)
tan(x) | x = 1/cos(x)^2
tan(x) | x = 1 + tan(x)^2
tan(x) | x = 2/(1 + cos(2*x))
1/tan(x) | x = -1/sin(x)^2
1/tan(x) | x = -(1 + 1/tan(x)^2)
1/cos(x) | x = tan(x)/cos(x)
1/cos(x) | x = sin(x)/cos(x)^2
1/sin(x) | x = -cos(x)/sin(x)^2
sin(x)/cos(x) | x = 1 + (sin(x)/cos(x))^2
sin(a*x + b) | x = a*cos(a*x + b)
sin(a*x) | a = x*cos(x*a)
sin(x^2) | x = 2*x*cos(x*x)
sin(x + y) | x = cos(x)*cos(y) - sin(x)*sin(y)
sin(x)*sin(y) | x = (sin(x + y) - sin(x - y))/2
sin(cos(x)) | x = -cos(cos(x))*sin(x)
x*sin(x) | x = x*cos(x) + sin(x)
x^2*sin(x) | x = x*(x*cos(x) + 2*sin(x))
x*sin(x) + cos(x) | x = x*cos(x)
exp(x)*sin(x) | x = exp(x)*(sin(x) + cos(x))
exp(x)*sin(x) | x = sqrt(2)*e^x*sin(x + pi/4)
exp(-x)*cos(x) | x = -(cos(x) + sin(x))/exp(x)
sin(θ)^2 - cos(θ)^2 | θ = 2*sin(2*θ)
asin(x) | x = (1 - x^2)^-0.5
asin(x) | x = 1/sqrt(1 - x*x)
asin(x) | x = 1/cos(asin(x))
acos(x) | x = -1/sqrt(1 - x^2)
asin(x) + acos(x) | x = 0
atan(x) | x = 1/(x^2 + 1)
atan(x) | x = cos(atan(x))^2
atan(1/x) | x = -1/(1 + x^2)
atan(y/x) | x = -y/(x^2 + y^2)
atan2(y, x) | y = x/(x^2 + y^2)
atan2(y, x) | x = -y/hypot(x, y)^2
x*atan(x) - log(1 + x^2)/2 | x = atan(x)
x*asin(x) + sqrt(1 - x^2) | x = asin(x)
(x - sin(x)*cos(x))/2 | x = sin(x)^2
"""

HYPERBOLIC = """
sinh(x) | x = (exp(x) + exp(-x))/2
sinh(x) | x = sqrt(1 + sinh(x)^2)
cosh(x) | x = (exp(x) - exp(-x))/2
cosh(x) | x = (e^(2*x) - 1)/(2*e^x)
(exp(x) + exp(-x))/2 | x = sinh(x)
cosh(x)^2 | x = sinh(2*x)
cosh(x)^2 - sinh(x)^2 | x = 0
sinh(x)*cosh(x) | x = cosh(2*x)
sinh(x)*cosh(x) | x = cosh(x)^2 + sinh(x)^2
tanh(x) | x = 1 - tanh(x)^2
tanh(x) | x = 1/cosh(x)^2
tanh(x) | x = 4/(exp(x) + exp(-x))^2
tanh(x) | x = (1 - tanh(x))*(1 + tanh(x))
(exp(2*x) - 1)/(exp(2*x) + 1) | x = 1/cosh(x)^2
1/cosh(x) | x = -tanh(x)/cosh(x)
asinh(x) | x = 1/sqrt(x^2 + 1)
asinh(x) | x = (1 + x^2)^(-1/2)
acosh(x + 1) | x = 1/sqrt((x + 1)^2 - 1)
acosh(x + 1) | x = 1/sqrt(x*(x + 2))
atanh(x) | x = 1/(1 - x^2)
atanh(x) | x = (1/(1 - x) + 1/(1 + x))/2
log((1 + x)/(1 - x))/2 | x = 1/(1 - x^2)
"""

NETWORKS = """
sigmoid(x) | x = sigmoid(x)*(1 - sigmoid(x))
sigmoid(x) | x = exp(-x)/(1 + exp(-x))^2
sigmoid(x) | x = 1/(2 + exp(x) + exp(-x))
sigmoid(x) | x = 1/(4*cosh(x/2)^2)
sigmoid(x) | x = (1 - tanh(x/2)^2)/4
1/(1 + exp(-x)) | x = sigmoid(x)*sigmoid(-x)
1/(1 + exp(-x)) | x = exp(x)/(1 + exp(x))^2
1/(1 + exp(-x)) | x = sigmoid(x) - sigmoid(x)^2
exp(x)/(1 + exp(x)) | x = 1/(1 + exp(x)) - 1/(1 + exp(x))^2
softplus(x) | x = 1/(1 + exp(-x))
softplus(x) | x = exp(x)/(exp(x) + 1)
log(1 + exp(x)) | x = sigmoid(x)
log(sigmoid(x)) | x = 1 - sigmoid(x)
log(sigmoid(x)) | x = sigmoid(-x)
silu(x) | x = silu(x) + sigmoid(x)*(1 - silu(x))
silu(x) | x = sigmoid(x)*(1 + x*(1 - sigmoid(x)))
x*sigmoid(x) | x = sigmoid(x) + x*sigmoid(x)*(1 - sigmoid(x))
gelu(x) | x = (1 + erf(x/sqrt(2)))/2 + x*exp(-x^2/2)/sqrt(2*pi)
x/2*(1 + erf(x/sqrt(2))) | x = gelu(x)/x + x*e^(-x*x/2)/sqrt(2*pi)
erf(x) | x = 2*exp(-x^2)/sqrt(pi)
erfc(x) | x = -2/(sqrt(pi)*exp(x^2))
relu(x) | x = where(x > 0, 1, 0)
relu(x) | x = where(x < 0, 0, 1)
relu(x) | x = sign(relu(x))
relu(x) | x = (1 + sign(x))/2
relu(a*x) | x = where(a*x > 0, a, 0)
relu(x)^2 | x = 2*relu(x)
max(x, 0) | x = where(x > 0, 1, 0)
leaky_relu(x, 0.1) | x = where(x > 0, 1, 0.1)
elu(x) | x = where(x > 0, 1, exp(x))
elu(x) | x = min(1, exp(x))
elu(x) | x = where(x >= 0, 1, elu(x) + 1)
abs(x) | x = sign(x)
abs(x) | x = x/abs(x)
abs(x) | x = where(x > 0, 1, -1)
abs(x) | x = abs(x)/x
sqrt(x^2) | x = x/abs(x)
x*abs(x) | x = 2*abs(x)
max(x, y) | x = where(x > y, 1, 0)
max(x, y) | y = (1 - sign(x - y))/2
min(x, y) | x = where(x < y, 1, 0)
max(x, y) + min(x, y) | x = 1
max(x, y)*min(x, y) | x = y
clip(x, -1, 1) | x = where(abs(x) < 1, 1, 0)
logsumexp(x, y) | x = exp(x)/(exp(x) + exp(y))
logsumexp(x, y) | x = 1/(1 + exp(y - x))
logsumexp(x, y) | y = sigmoid(y - x)
log(exp(x) + exp(y)) | x = sigmoid(x - y)
exp(x)/(exp(x) + exp(y)) | x = sigmoid(x - y)*sigmoid(y - x)
exp(x)/(exp(x) + exp(y)) | y = -exp(x + y)/(exp(x) + exp(y))^2
where(x > 0, x^2, -x) | x = where(x > 0, 2*x, -1)
mod(x, 1) | x = 1
floor(x)*x | x = floor(x)
sinc(x) | x = (cos(x) - sinc(x))/x
"""

SEVERAL = """
a*x + b*y | a = x
a*x + b*y | b = y + 0*a
(x + y)*z | z = x + y
(x + y)*z | x = z
(x + y)*(x - y) | x = 2*x
(x + y)*(x - y) | y = -2*y
(x + y)^2 | y = 2*x + 2*y
(x + y)^2 - (x - y)^2 | x = 4*y
x*y*z | y = z*x
x^2*y^3 | x = 2*x*y^3
x^2*y^3 | y = 3*(x*y)^2
hypot(x, y) | x = x/sqrt(x^2 + y^2)
hypot(x, y) | y = y*(x^2 + y^2)^-0.5
sqrt(x^2 + y^2) | x = x/hypot(x, y)
sqrt(x^2 + y^2) | y = sin(atan2(y, x))
1/sqrt(x^2 + y^2 + z^2) | z = -z/(x^2 + y^2 + z^2)^1.5
a*x^2 + b*x + c | x = 2*(a*x + b/2)
a*x^2 + b*x + c | a = x*x
(a*x + b - y)^2 | a = 2*a*x^2 + 2*b*x - 2*x*y
(a*x + b - y)^2 | b = -2*(y - a*x - b)
(a*x + b - y)^2/2 | y = y - b - a*x
sigmoid(w*x + b) | w = x*sigmoid(w*x + b)*(1 - sigmoid(w*x + b))
-y*log(sigmoid(w*x)) - (1 - y)*log(1 - sigmoid(w*x)) | w = (sigmoid(w*x) - y)*x
tanh(w*x + b)^2 | b = 2*tanh(w*x + b) - 2*tanh(w*x + b)^3
x*exp(-k*t) | k = -t*x*exp(-t*k)
x*exp(-k*t) | t = -k*x/exp(k*t)
a*sin(k*t) | k = a*t*cos(t*k)
a*(1 + b)^n | n = a*(1 + b)^n*ln(1 + b)
a*(1 + b)^n | b = a*n*(1 + b)^n/(1 + b)
c*x*(1 - x) | x = c - 2*c*x
"""

STEPS = """
s = a*x; sin(s) | s = cos(a*x)
s = a*x; sin(s) | a = x*cos(s)
s = a*x; t = s^2; t*b | s = 2*b*s
s = a*x; t = s^2; t*b | a = 2*a*b*x^2
s = a*x; t = s^2; t*b | x = 2*t*b/x
s = x + y; p = x - y; s*p | s = x - y
s = x + y; p = x - y; s*p | x = s + p
s = x + y; p = x - y; s*p | y = p - s
s = w*x + b; h = sigmoid(s); (h - y)^2 | h = 2*h - 2*y
s = w*x + b; h = sigmoid(s); (h - y)^2 | s = 2*(h - y)*h*(1 - h)
s = w*x + b; h = sigmoid(s); (h - y)^2 | w = 2*x*(h - y)*(h - h^2)
s = w*x + b; h = tanh(s); h*c | s = c - c*h^2
s = w*x + b; h = relu(s); h*c | b = where(s > 0, c, 0)
s = exp(x); s/(1 + s) | s = 1/(1 + s)^2
s = exp(x); s/(1 + s) | x = s/(1 + 2*s + s^2)
s = sqrt(x); s^3 | x = 3*s/2
s = log(x); s^2 | x = 2*s/x
s = x^2 + y^2; sqrt(s) | s = 1/(2*sqrt(x^2 + y^2))
s = x^2 + y^2; log(s) | y = 2*y/s
s = a*x + b*y; s | s = 1
"""

GROUPS = {
    "powers": POWERS, "quotients": QUOTIENTS, "exponentials": EXPONENTIALS, "trigonometry": TRIGONOMETRY,
    "hyperbolic": HYPERBOLIC, "networks": NETWORKS, "several": SEVERAL, "steps": STEPS,
}  # fmt: skip
FORMS = [tuple(line.split(" | ")) for group in GROUPS.values() for line in group.strip().splitlines()]

# Right, but without a value where the derivative has one.
SMALLER_DOMAINS = [
    ("cbrt(x)", "x=1/3*x^(-2/3)"),
    ("x^3", "x=3*exp(2*log(x))"),
    ("x^2/2", "x=sqrt(x)*sqrt(x)"),
    ("relu(y)^x", "x=relu(y)^x*log(relu(y))"),
]

# Right at the point alone: the expression, the point, the claim.
NEAR_MISSES = [
    ("x^2", "x=2", "x=x^2"),
    ("x^2", "x=1", "x=2 + 0*x"),
    ("x^2", "x=2", "x=x + 2"),
    ("x^3", "x=3", "x=x^3"),
    ("x^3", "x=1", "x=3*x"),
    ("1/x", "x=1", "x=-x"),
    ("sqrt(x)", "x=1", "x=1/(2*x)"),
    ("sqrt(x)", "x=0.25", "x=4*x"),
    ("exp(x)", "x=0", "x=1 + x"),
    ("exp(x)", "x=1", "x=e*x"),
    ("log(x)", "x=1", "x=2 - x"),
    ("sin(x)", "x=0", "x=1 - x^2/2"),
    ("sin(x)", "x=0", "x=exp(x)"),
    ("cos(x)", "x=0", "x=-x"),
    ("tanh(x)", "x=0", "x=1/(1 + x^2)"),
    ("atan(x)", "x=0", "x=1/cosh(x)"),
    ("x*y", "x=2,y=2", "x=x"),
    ("x*y", "x=3,y=5", "x=x + 2"),
    ("x^2*y", "x=1,y=1", "y=x"),
    ("(x + y)^2", "x=1,y=1", "x=4*x*y"),
    ("relu(x)", "x=2", "x=1 + 0*x"),
    ("abs(x)", "x=2", "x=x/x"),
    ("max(x, y)", "x=2,y=1", "x=sign(x)^2"),
    ("where(x > 0, x^2, -x)", "x=1", "x=2*x"),
    ("s = a*x; s^2", "a=1,x=2", "s=4*a"),
    ("s = a*x; s^2", "a=1,x=2", "a=2*s*s*a"),
    ("sigmoid(x)", "x=0", "x=sigmoid(x)/2"),
    ("x^x", "x=1", "x=x^x"),
]  # fmt: skip
