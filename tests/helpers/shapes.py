"""Expressions of any size, of many shapes: for counting and for measuring."""

from collections.abc import Callable

SHAPES: dict[str, Callable[[int], str]] = {
    "sum": lambda n: "x" + " + x*2" * n,
    "parentheses": lambda n: "(" * n + "x" + ")" * n,
    "calls": lambda n: "tanh(" * n + "x" + ")" * n,
    "signs": lambda n: "-" * n + "x",
    "steps": lambda n: "".join(f"s{i} = {f's{i - 1}' if i else 'x'} * 1.001\n" for i in range(n)),
    "where": lambda n: "where(x > 0 and x < 9, " * n + "x" + ", -x)" * n,
    "arguments": lambda n: "logsumexp(" + "x, " * n + "x)",
    "kinks": lambda n: "relu(x - x)" + " + relu(x - x)" * n,
    "shared": lambda n: "s = x*x\nmax(s, x)" + " + s*x" * n,
}


def layer(count: int) -> str:
    """So many variables."""
    return " + ".join(f"w{number}*tanh(x{number})" for number in range(count // 2))


def chain(count: int) -> str:
    """So many calls in one another."""
    text = "x"
    for _ in range(count // 2):
        text = f"sin(1.1*{text})"
    return text


def wide(count: int) -> str:
    """One function of so many arguments."""
    return f"logsumexp({', '.join(f'x*{number}' for number in range(count // 3))})"


def layers(function: str, count: int) -> str:
    """A network of so many layers, each a named step."""
    return "h0 = x\n" + "\n".join(f"h{n + 1} = {function}(a*h{n} + b)" for n in range(count))


def names(count: int) -> list[str]:
    """x0, x1, …"""
    return [f"x{n}" for n in range(count)]


def nest(function: str, count: int) -> str:
    """f(f(f(x, x0), x1), …)."""
    return f"{function}(" * count + "x" + "".join(f", {name})" for name in names(count))


FAMILIES: dict[str, Callable[[int], str]] = {
    "terms in one variable": lambda n: " + ".join(f"{k}*sin(x)^{k % 7}" for k in range(n)),
    "terms in as many variables": lambda n: " + ".join(f"sin({name})" for name in names(n)),
    "products of neighbours": lambda n: " + ".join(f"(x{k} - x{k + 1})^2" for k in range(n)),
    "one product": lambda n: "*".join(names(n)),
    "one quotient": lambda n: "/".join(names(n)),
    "calls": lambda n: "sin(" * n + "x" + ")" * n,
    "squares": lambda n: "(" * n + "x" + ")^2" * n,
    "powers": lambda n: "(" * n + "x" + ")^a" * n,
    "signs": lambda n: "-(" * n + "x*y" + ")" * n,
    "tanh layers": lambda n: layers("tanh", n),
    "relu layers": lambda n: layers("relu", n),
    "relu calls": lambda n: "relu(a*" * n + "x" + " + b)" * n,
    "abs calls": lambda n: "abs(" * n + "x" + " - 1)" * n,
    "sinc calls": lambda n: "sinc(" * n + "x" + ")" * n,
    "logistic map": lambda n: "s0 = x\n" + "\n".join(f"s{k + 1} = 4*s{k}*(1 - s{k})" for k in range(n)),
    "Horner": lambda n: "(" * n + "1" + ")*x + 1" * n,
    "else branches": lambda n: "".join(f"where(x > {k}, x^2*y, " for k in range(n)) + "0" + ")" * n,
    "then branches": lambda n: "".join(f"where(x > {k}, " for k in range(n)) + "x*y" + ", 0)" * n,
    "one condition": lambda n: f"where({' and '.join(f'{x} > 0' for x in names(n))}, {' + '.join(names(n))}, 0)",
    "max": lambda n: f"max({', '.join(names(n))})",
    "min": lambda n: f"min({', '.join(names(n))})",
    "logsumexp": lambda n: f"logsumexp({', '.join(names(n))})",
    "max of max": lambda n: nest("max", n),
    "min of min": lambda n: nest("min", n),
    "logsumexp of logsumexp": lambda n: nest("logsumexp", n),
    "hypot of hypot": lambda n: nest("hypot", n),
    "leaky_relu of leaky_relu": lambda n: nest("leaky_relu", n),
}
