"""Formulas that lose digits or overflow in doubles, each with one that is equal to it and does not, there or elsewhere.

Both are written in the language itself; their letters stand for any expressions. Which of them is right at a point is
found out there: no row says where it serves. A row is equal wherever both of its sides have a value.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple


class Identity(NamedTuple):
    """A formula and a better one. Of a formula over a sum `s` of like terms the better one is made from the terms'
    arguments; `unit` is the argument whose term is 1. `beyond` says that the better one is also what is meant where
    the formula has no value, and none beside it.
    """

    formula: str
    better: str | Callable[[Sequence[str]], str]
    terms: str = ""
    unit: str = ""
    beyond: bool = False


def _hypot(letters: Sequence[str]) -> str:
    return f"hypot({', '.join(letters)})"


def _logsumexp(letters: Sequence[str]) -> str:
    return f"logsumexp({', '.join(letters)})"


# Of two for one formula, or for formulas of one size, the simpler stands first.
# fmt: off
IDENTITIES = tuple(Identity(*row) for row in (
    # logistic
    ("-log(1 + exp(-x))",                     "logsigmoid(x)"),
    ("-log(sigmoid(x))",                      "softplus(-x)"),
    ("-log(1/(1 + exp(x)))",                  "softplus(x)"),
    ("-log(1 - sigmoid(x))",                  "softplus(x)"),
    ("log(sigmoid(x)/(1 - sigmoid(x)))",      "x"),
    ("log(1 - 1/(1 + exp(-x)))",              "-softplus(x)"),
    ("log(1 - 1/(1 + exp(x)))",               "-softplus(-x)"),
    ("log(1 - sigmoid(x))",                   "-softplus(x)"),
    ("log1p(-sigmoid(x))",                    "-softplus(x)"),
    ("log(sigmoid(x))",                       "logsigmoid(x)"),
    ("log(1/(1 + exp(-x)))",                  "logsigmoid(x)"),
    ("log(1/(1 + exp(x)))",                   "-softplus(x)"),
    ("log(exp(x)/(1 + exp(x)))",              "logsigmoid(x)"),
    ("log(1 + exp(x))",                       "softplus(x)"),
    ("log1p(exp(x))",                         "softplus(x)"),
    ("1 - 1/(1 + exp(-x))",                   "sigmoid(-x)"),
    ("1 - 1/(1 + exp(x))",                    "sigmoid(x)"),
    ("exp(x)/(1 + exp(x))^2",                 "sigmoid(x)*sigmoid(-x)"),
    ("exp(-x)/(1 + exp(-x))^2",               "sigmoid(x)*sigmoid(-x)"),
    ("exp(x)/(1 + exp(x))",                   "sigmoid(x)"),
    ("exp(x)/(exp(x) + exp(y))",              "sigmoid(x - y)"),
    ("2/(1 + exp(-2*x)) - 1",                 "tanh(x)"),
    ("2*sigmoid(x) - 1",                      "tanh(x/2)"),
    ("1/(1 + exp(-x))",                       "sigmoid(x)"),
    ("1/(1 + exp(x))",                        "sigmoid(-x)"),
    ("1 - sigmoid(x)",                        "sigmoid(-x)"),
    ("log(exp(x) + exp(y)) - x",              "softplus(y - x)"),
    ("logsumexp(x, y) - x",                   "softplus(y - x)"),
    ("log(s)",                                _logsumexp, "exp(x)", "0"),
    ("exp(z)/s",                              lambda letters: f"exp(z - {_logsumexp(letters)})", "exp(x)", "0"),
    # hyperbolic
    ("(exp(x) - exp(-x))/(exp(x) + exp(-x))", "tanh(x)"),
    ("(exp(2*x) - 1)/(exp(2*x) + 1)",         "tanh(x)"),
    ("(exp(x) - 1)/(exp(x) + 1)",             "tanh(x/2)"),
    ("(1 - exp(-2*x))/(1 + exp(-2*x))",       "tanh(x)"),
    ("(1 - exp(-x))/(1 + exp(-x))",           "tanh(x/2)"),
    ("sinh(x)/cosh(x)",                       "tanh(x)"),
    ("(exp(x) - exp(-x))/2",                  "sinh(x)"),
    ("exp(x) - exp(-x)",                      "2*sinh(x)"),
    ("cosh(x) - 1",                           "2*sinh(x/2)^2"),
    ("1 - cosh(x)",                           "-2*sinh(x/2)^2"),
    ("cosh(x)^2 - 1",                         "sinh(x)^2"),
    ("1 - tanh(x)^2",                         "sech(x)^2"),
    ("tanh(x) - 1",                           "-2*sigmoid(-2*x)"),
    ("1 - tanh(x)",                           "2*sigmoid(-2*x)"),
    ("1 + tanh(x)",                           "2*sigmoid(2*x)"),
    ("1/cosh(x)",                             "sech(x)"),
    ("1/sinh(x)",                             "csch(x)"),
    ("log(cosh(x))",                          "log1p(2*sinh(x/2)^2)"),
    ("log(cosh(x))",                          "logsumexp(x, -x) - log(2)"),
    ("log(x + sqrt(x^2 + 1))",                "asinh(x)"),
    ("log(x + sqrt(x^2 - 1))",                "acosh(x)"),
    ("log((1 + x)/(1 - x))",                  "2*atanh(x)"),
    # exponentials and logarithms
    ("log(1 - exp(x))",                       "log(-expm1(x))"),
    ("log(1 - exp(x))",                       "log1p(-exp(x))"),
    ("exp(x) - 1",                            "expm1(x)"),
    ("1 - exp(x)",                            "-expm1(x)"),
    ("exp(x + y) - exp(x)",                   "exp(x)*expm1(y)"),
    ("exp(x) - exp(y)",                       "exp(y)*expm1(x - y)"),
    ("exp(x)*exp(y)",                         "exp(x + y)"),
    ("exp(x)/exp(y)",                         "exp(x - y)"),
    ("log(exp(x))",                           "x"),
    ("log(gamma(x))",                         "lgamma(x)"),
    ("log(1 + x)",                            "log1p(x)"),
    ("log(1 - x)",                            "log1p(-x)"),
    ("log2(1 + x)",                           "log1p(x)/log(2)"),
    ("log10(1 + x)",                          "log1p(x)/log(10)"),
    ("log(x + y) - log(x)",                   "log1p(y/x)"),
    ("log(x) - log(y)",                       "log(x/y)"),
    ("log(x) - log(y)",                       "log1p((x - y)/y)"),
    ("log(x^y)",                              "y*log(x)"),
    ("log(x*y)",                              "log(x) + log(y)"),
    ("log(x/y)",                              "log(x) - log(y)"),
    ("x*log(y)",                              "xlogy(x, y)"),
    # trigonometric and inverse
    ("(1 - cos(x))/x^2",                      "sinc(x/2)^2/2"),
    ("(1 - cos(x))/x",                        "sin(x/2)*sinc(x/2)"),
    ("sin(x)/x",                              "sinc(x)"),
    ("1 - cos(x)^2",                          "sin(x)^2"),
    ("1 - sin(x)^2",                          "cos(x)^2"),
    ("1 - cos(x)",                            "2*sin(x/2)^2"),
    ("cos(x) - 1",                            "-2*sin(x/2)^2"),
    ("1/cos(x) - 1",                          "2*sin(x/2)^2/cos(x)"),
    ("log(1/cos(x))",                         "-log1p(-2*sin(x/2)^2)"),
    ("log(cos(x))",                           "log1p(-2*sin(x/2)^2)"),
    ("sin(x + y) - sin(x)",                   "2*cos(x + y/2)*sin(y/2)"),
    ("sin(x) - sin(y)",                       "2*cos((x + y)/2)*sin((x - y)/2)"),
    ("cos(x + y) - cos(x)",                   "-2*sin(x + y/2)*sin(y/2)"),
    ("cos(x) - cos(y)",                       "-2*sin((x + y)/2)*sin((x - y)/2)"),
    ("atan(1 + x) - atan(x)",                 "atan(1/(1 + x*(1 + x)))"),
    ("atan(1/x)",                             "acot(x)"),
    ("acos(1 - x)",                           "2*asin(sqrt(x/2))"),
    # error function
    ("1 - erf(x)",                            "erfc(x)"),
    ("erf(x) - 1",                            "-erfc(x)"),
    ("1 + erf(x)",                            "erfc(-x)"),
    ("1 - erfc(x)",                           "erf(x)"),
    # powers and roots
    ("sqrt(1 + x^2)",                         "hypot(1, x)"),
    ("sqrt(s)",                               _hypot, "x^2", "1"),
    ("sqrt(x^2)",                             "abs(x)"),
    ("sqrt(x*y)",                             "sqrt(x)*sqrt(y)"),
    ("sqrt(x + y) - sqrt(x - y)",             "2*y/(sqrt(x + y) + sqrt(x - y))"),
    ("sqrt(x + y) - sqrt(x)",                 "y/(sqrt(x + y) + sqrt(x))"),
    ("sqrt(x) - sqrt(x - y)",                 "y/(sqrt(x) + sqrt(x - y))"),
    ("sqrt(1 + x) - 1",                       "x/(sqrt(1 + x) + 1)"),
    ("1 - sqrt(1 - x)",                       "x/(1 + sqrt(1 - x))"),
    ("sqrt(x^2 + y) - x",                     "y/(sqrt(x^2 + y) + x)"),
    ("sqrt(x^2 - y) - x",                     "-y/(sqrt(x^2 - y) + x)"),
    ("x - sqrt(x^2 - y)",                     "y/(x + sqrt(x^2 - y))"),
    ("sqrt(x) - sqrt(y)",                     "(x - y)/(sqrt(x) + sqrt(y))"),
    ("(x^2 - 1)/(x - 1)",                     "x + 1"),
    ("(x^2 - 1)/(x + 1)",                     "x - 1"),
    ("(x^2 - y^2)/(x - y)",                   "x + y"),
    ("(x + y)^2 - x^2",                       "y*(2*x + y)"),
    ("x^2 - y^2",                             "(x - y)*(x + y)"),
    ("x^2 - 1",                               "(x - 1)*(x + 1)"),
    ("1 - x^2",                               "(1 - x)*(1 + x)"),
    ("x^(1/3)",                               "cbrt(x)", "", "", True),
    ("x^(2/3)",                               "cbrt(x)^2", "", "", True),
    ("(1 + x)^y - 1",                         "expm1(y*log1p(x))"),
    ("(1 + x)^y",                             "exp(y*log1p(x))"),
    ("x^y - 1",                               "expm1(y*log(x))"),
    # quotients
    ("1/x - 1/(x + y)",                       "y/(x*(x + y))"),
    ("1/(x + y) - 1/x",                       "-y/(x*(x + y))"),
    ("1/x - 1/y",                             "(y - x)/(x*y)"),
    ("1 - x/(x + y)",                         "y/(x + y)"),
    ("x/(x + y) - 1",                         "-y/(x + y)"),
    ("1/(1/x)",                               "x"),
))
# fmt: on
