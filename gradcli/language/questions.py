"""What stands in the place of an expression and asks for something: a derivative, a value, an integral, a sum."""

import re
from collections.abc import Callable

from gradcli.errors import GradcliError

# Functions and signs of other systems, and the code of what is said of them.
_NAMES = {
    "derivative-sign": r"D Dt diff deriv derivative differentiate grad gradient jacobian jacfwd jacrev \nabla \partial"
    " ∂ ∇",
    "no-integrals": r"Integrate NIntegrate integrate integral quad quadgk dblquad \int \iint \oint ∫",
    "inverse-sign": r"inv pinv inverse Inverse PseudoInverse matinv mldivide linsolve LinearSolve lstsq",
    "over-an-index": r"Sum NSum Product NProduct symsum symprod summation \sum \prod Σ ∑ ∏",
}
_CODES = {name: code for code, names in _NAMES.items() for name in names.split()}
_OF_ARRAYS = re.compile(r"(?:np|numpy|jnp|cupy|xp|torch|tf)\.(?:diff|gradient)")
_SOLVED = re.compile(r"(?:.*\.)?linalg\.solve\w*")
# A⁻¹ in a line over arrays or by itself, and MATLAB's division from the left.
_INVERSE = re.compile(
    r"(?:(?<=[A-Z])|(?<=[A-Z]\}))(?:⁻¹|\^\s*(?:\{\s*[-−]\s*1\s*\}|\(\s*[-−]\s*1\s*\)|[-−]1))"
    r"|(?<=[A-Z)\]])\s*\\(?![a-zA-Z]{2}|\()(?=\s*[\w(\[])"
)
_OVER_ARRAYS = re.compile(
    r"@|\.T\b|[ᵀ⊤‖'\\]|\^\s*\{?\s*T(?![a-z])|\b(?:sum|mean|norm|dot|outer|softmax|trace|det|tr)\(|^\s*[A-Z]⁻¹\s*[a-zA-Z]?\s*$"
)
# A sum, a product or an integral whose range nothing says.
_INDEXED = re.compile(r"(?<![^\W_])(?:[Σ∑∏∫]|\\(?:sum|prod|i?int|oint)(?![a-zA-Z]))(?=_|\s*[\w(\\{])")
_D = r"(?:\\mathrm\s*\{\s*d\s*\}|\\partial|[d∂])"
_BY = r"(?P<name>[^\W\d]\w*)"
# Lines that ask for a derivative, the one of `of` by `name`.
_DERIVATIVES = (
    rf"[d∂]\s*/\s*[d∂]{_BY}(?![\w*/+^-])(?P<of>.*)",
    rf"[d∂]\s*(?P<of>\(.*\))\s*/\s*[d∂]{_BY}",
    rf"\$*\s*\\[dtc]?frac\s*\{{\s*{_D}\s*\}}\s*\{{\s*{_D}\s*{_BY}\s*\}}(?P<of>.*?)\$*",
    rf"D\[(?=[^,]*[^\w\s,])(?=.*?\b(\w+)\b.*,\s*\1\s*\])(?P<of>.*),\s*{_BY}\s*\]",
    rf"(?:(?:sp|sympy)\.)?(?:diff|derivative)\((?P<of>.*),\s*{_BY}\s*\)",
    rf"(?:derivative\s+of|differentiate)\s(?P<of>.*?)(?:\s(?:by|wrt|with\s+respect\s+to)\s+{_BY})?",
    rf"(?P<of>.*?)\s*\u3092\s*{_BY}\s*\u3067\u504f?\u5fae\u5206\w*",  # the same in Japanese
)


_COMMANDS = {
    "calculate": "eval", "compute": "eval", "draw": "draw", "eval": "eval", "evaluate": "eval", "graph": "plot",
    "plot": "plot",
}  # fmt: skip
_COMMAND = re.compile(rf"\s*(?P<name>{'|'.join(_COMMANDS)})\s+(?P<of>[\w(√|\\].*)")
# A formula with values for its variables.
_VALUE = r"[^\W\d]\w*\s*=\s*[-+]?[0-9.]+(?:/[0-9]+)?"
_WITH_VALUES = re.compile(
    rf"\s*(?P<of>[^;=]+?|[^\W\d]\w*\s*=\s*[^;=]+?)(?:\s+(?:at|for|when|where|with)\s+|\s*[,|]\s*)"
    rf"(?P<point>{_VALUE}(?:\s*(?:,|and)\s*{_VALUE})*)\s*"
)


def asked(error: GradcliError, line: str, written: Callable[[str], str]) -> GradcliError | None:
    """The error about a line that asks for what a command does, with that command, or None.

    `written` is what to write for a formula of any notation, or "" where nobody knows.
    """
    command = _COMMAND.fullmatch(line)
    if command and (write := written(command["of"])):
        facts = {"name": _COMMANDS[command["name"]], "write": write}
        return GradcliError("command-inside", facts, error.text, *command.span("name"), error.source)
    return _derivative(error, line, written) or _with_values(error, line, written)


def _derivative(error: GradcliError, line: str, written: Callable[[str], str]) -> GradcliError | None:
    """The same for a derivative."""
    for pattern in _DERIVATIVES:
        match = re.fullmatch(rf"\s*{pattern}[\s;]*", line)
        if match and match["of"].strip() and _is_whole(match["of"]):
            facts = {"name": match["name"], "write": written(match["of"].strip()) or "EXPRESSION"}
            return GradcliError("derivative-of", facts, error.text, error.start, error.end, error.source)
    return None


def _with_values(error: GradcliError, line: str, written: Callable[[str], str]) -> GradcliError | None:
    """The same for a formula with values for its variables."""
    match = _WITH_VALUES.fullmatch(line)
    write = written(match["of"]) if match and _is_whole(match["of"]) else ""
    if match is None or not write or not {*re.findall(r"([^\W\d]\w*)\s*=", match["point"])} <= {*_names(write)}:
        return None
    point = re.sub(r"\s", "", re.sub(r"\s+and\s+", ",", match["point"]))
    facts = {"write": write, "point": point}
    return GradcliError("values-behind", facts, error.text, *match.span("point"), error.source)


def over_an_index(error: GradcliError, text: str) -> GradcliError | None:
    """The error about the first sum, product or integral of a text, or None."""
    sign = _INDEXED.search(text)
    return error_about(sign[0], error, *sign.span()) if sign else None


def inverse(error: GradcliError, text: str) -> GradcliError | None:
    """The error about the first inverse of a matrix in a text over arrays, or None."""
    sign = _INVERSE.search(text) if _OVER_ARRAYS.search(text) else None
    return GradcliError("inverse-sign", {}, error.text, *sign.span(), error.source) if sign else None


def error_about(name: str, error: GradcliError, start: int, end: int) -> GradcliError | None:
    """The error about a name or sign that asks for what no function of gradcli gives, or None."""
    plain = name if name.startswith("\\") else re.split(r"\.|::", name)[-1]
    code = "derivative-sign" if re.match(r"\\[dtc]?frac", name) else _CODES.get(plain)
    code = "inverse-sign" if _SOLVED.fullmatch(name) else code
    if code is None or _OF_ARRAYS.fullmatch(name):
        return None
    return GradcliError(code, {"name": name}, error.text, start, end, error.source)


def _names(formula: str) -> list[str]:
    return re.findall(r"[^\W\d]\w*", formula)


def _is_whole(formula: str) -> bool:
    """Whether all parentheses close in it that open in it."""
    depth = 0
    for character in formula:
        depth += (character in "([{") - (character in ")]}")
        if depth < 0:
            return False
    return not depth
