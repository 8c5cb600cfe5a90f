"""Expressions to practise with, made from forms of five levels: each level has one thing more than the one before.

In a form, capital letters stand for variables, `{m}` for a small number, and `{f}` for one of the level's functions.
"""

from collections.abc import Sequence

from gradcli.choices import LEVELS
from gradcli.worksheet.draws import Draws

# What the capitals X, Y, Z and W are called: letters that need no explanation, and none of those that nodes get.
NAMES = (("a", "x", "b", "c"), ("x", "a", "b", "c"), ("a", "b", "x", "c"), ("x", "b", "a", "k"), ("k", "x", "a", "b"))
NUMBERS = (2, 3, 4, 5)

FORMS: dict[int, Sequence[str]] = {
    # sums and products: every variable is used once
    1: (
        "X*Y + Z", "X*(Y + Z)", "X*Y + Z*W", "(X + Y)*Z", "(X + Y)*(Z + W)", "X*Y - Z", "X*(Y - Z)", "X*Y - Z*W",
        "{m}*X + Y*Z", "X*Y*Z", "X - Y*Z", "{m}*X*Y - Z", "(X - Y)*Z + W", "X*(Y*Z + W)", "{m}*(X + Y*Z)",
    ),
    # shared nodes: gradients add up
    2: (
        "X*Y + X", "(X + Y)*X", "X*Y + Y*Z", "X*Y - X", "(X + Y)*(X - Y)", "X*(Y + X*Z)", "s = X*Y; s*Z + s",
        "s = X + Y; s*Z + s", "s = X - Y; s*s + Z", "s = X*Y; s*s + X", "s = X + Y; t = s*Z; t + s", "X*Y + Y*Z + Z*X",
        "s = {m}*X; s*Y + s", "s = X*Y; (s + Z)*s",
    ),
    # functions, quotients and powers
    3: (
        "{f}(X*Y)", "{f}(X*Y + Z)", "{f}(X - Y)*Z", "X*{f}(Y)", "{f}(X + Y) + Z", "X/Y", "(X + Y)/Z", "X/(Y + Z)",
        "X^2 + Y^2", "X^2*Y", "(X*Y + Z)^2", "(X - Y)^3", "sqrt(X^2 + Y^2)", "X^3 - {m}*X*Y", "{f}(X*Y)^2",
    ),
    # branches, beside which something goes on where they are closed or flat
    4: (
        "relu(X*Y + Z) - X*Z", "relu(X*Y)*Z + X*Y", "abs(X - Y)*Z", "max(X*Y, Z)*Y", "min(X + Y, X*Z)",
        "where(X > Y, X*Z, Y^2*Z)", "clip(X*Y, -{m}, {m})*Z + X", "leaky_relu(X - Y, 0.1)*Z", "max(X, Y)*Z",
        "X*relu(Y - Z) + Y*Z", "where(X > {m}, X*Y, X + Y)", "relu(X) + abs(X*Y)", "min(X*Y, Z)*X",
    ),
    # small networks
    5: (
        "h = {f}(w*x + b); v*h + c", "h = {f}(w*x + b); (h - t)^2", "h = {f}(w1*x1 + w2*x2 + b); (h - t)^2",
        "h1 = {f}(w1*x); h2 = {f}(w2*x); v1*h1 + v2*h2", "h1 = {f}(w1*x); h2 = {f}(w2*h1); (h2 - t)^2",
        "h1 = {f}(w1*x); h2 = {f}(w2*x + b); v1*h1 + v2*h2", "h = {f}(w*x + b); y = v*h; (y - t)^2",
    ),
}  # fmt: skip
FUNCTIONS: dict[int, Sequence[str]] = {
    3: ("exp", "log", "sqrt", "sigmoid", "tanh", "sin", "cos"),
    5: ("relu", "relu", "relu", "tanh", "sigmoid"),
}


def filled(form: str, level: int, draws: Draws) -> str:
    """An expression of a form of the level, as text."""
    text = form
    if level < max(LEVELS):
        for letter, name in zip("XYZW", draws.one_of(NAMES), strict=True):
            text = text.replace(letter, name)
    if level in FUNCTIONS:
        text = text.replace("{f}", draws.one_of(FUNCTIONS[level]))
    return text.replace("{m}", str(draws.one_of(NUMBERS)))
