"""What stands in the place of an expression and asks for something: a derivative, an integral, a sum over an index."""

import re
from collections.abc import Callable

from gradcli.errors import GradcliError

# Functions and signs of other systems, and the code of what is said of them.
_NAMES = {
    "derivative-sign": r"D Dt diff deriv derivative differentiate grad gradient jacobian jacfwd jacrev \nabla \partial"
    " ∂ ∇",
    "no-integrals": r"Integrate NIntegrate integrate integral quad quadgk dblquad \int \iint \oint ∫",
    "over-an-index": r"Sum NSum Product NProduct symsum symprod summation \sum \prod Σ ∑ ∏",
}
_CODES = {name: code for code, names in _NAMES.items() for name in names.split()}
_OF_ARRAYS = re.compile(r"(?:np|numpy|jnp|cupy|xp|torch|tf)\.(?:diff|gradient)")
# A sum, a product or an integral whose range nothing says.
_INDEXED = re.compile(r"(?<![^\W_])(?:[Σ∑∏∫]|\\(?:sum|prod|i?int|oint)(?![a-zA-Z]))(?=_|\s*[\w(\\{])")
_D = r"(?:\\mathrm\s*\{\s*d\s*\}|\\partial|[d∂])"
_BY = r"(?P<name>[^\W\d]\w*)"
# Lines that ask for a derivative, the one of `of` by `name`.
_DERIVATIVES = (
    rf"[d∂]\s*/\s*[d∂]{_BY}(?![\w*/+^-])(?P<of>.*)",
    rf"[d∂]\s*(?P<of>\(.*\))\s*/\s*[d∂]{_BY}",
    rf"\$*\s*\\[dtc]?frac\s*\{{\s*{_D}\s*\}}\s*\{{\s*{_D}\s*{_BY}\s*\}}(?P<of>.*?)\$*",
    rf"D\[(?P<of>\s*\w*[^\w\s].*),\s*{_BY}\s*\]",
    rf"(?:(?:sp|sympy)\.)?(?:diff|derivative)\((?P<of>.*),\s*{_BY}\s*\)",
    rf"(?:derivative\s+of|differentiate)\s(?P<of>.*?)(?:\s(?:by|wrt|with\s+respect\s+to)\s+{_BY})?",
    rf"(?P<of>.*?)\s*\u3092\s*{_BY}\s*\u3067\u504f?\u5fae\u5206\w*",  # the same in Japanese
)


def derivative(error: GradcliError, line: str, written: Callable[[str], str]) -> GradcliError | None:
    """The error about a line that asks for a derivative, with the command that gives it, or None.

    `written` is what to write for a formula of any notation, or "" where nobody knows.
    """
    for pattern in _DERIVATIVES:
        match = re.fullmatch(rf"\s*{pattern}[\s;]*", line)
        if match and match["of"].strip() and _is_whole(match["of"]):
            facts = {"name": match["name"], "write": written(match["of"].strip()) or "EXPRESSION"}
            return GradcliError("derivative-of", facts, error.text, error.start, error.end, error.source)
    return None


def over_an_index(error: GradcliError, text: str) -> GradcliError | None:
    """The error about the first sum, product or integral of a text, or None."""
    sign = _INDEXED.search(text)
    return error_about(sign[0], error, *sign.span()) if sign else None


def error_about(name: str, error: GradcliError, start: int, end: int) -> GradcliError | None:
    """The error about a name or sign that asks for what no function of gradcli gives, or None."""
    plain = name if name.startswith("\\") else re.split(r"\.|::", name)[-1]
    code = "derivative-sign" if re.match(r"\\[dtc]?frac", name) else _CODES.get(plain)
    if code is None or _OF_ARRAYS.fullmatch(name):
        return None
    return GradcliError(code, {"name": name}, error.text, start, end, error.source)


def _is_whole(formula: str) -> bool:
    """Whether all parentheses close in it that open in it."""
    depth = 0
    for character in formula:
        depth += (character in "([{") - (character in ")]}")
        if depth < 0:
            return False
    return not depth
