"""Names and numbers in LaTeX's mathematics."""

import re
from collections.abc import Iterator

from gradcli.text import cell_width, cells

# fmt: off
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma",
    "τ": "tau", "υ": "upsilon", "φ": "varphi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta",
    "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Υ": "Upsilon", "Φ": "Phi", "Ψ": "Psi",
    "Ω": "Omega",
}
# fmt: on
_IN_ARRAY = re.compile(r"[^\W\d]\w*(?:\[[^\]]*\])?|\d[\d.]*(?:e-?\d+)?")  # names, elements of arrays, numbers
APPROXIMATELY = r"\approx"
LONG = 20  # small letters, some 35 mm: a longer name may be broken, as columns of tables are narrow
PIECE = 9  # of a word in one, which is broken only where it must
# Lines below each other in a fraction, where TeX breaks none and sets names in this size.
_STACK, _STACKED = r"\vcenter{{\vskip 1pt\baselineskip 8pt{}\vskip 1pt}}", r"\hbox{{\scriptsize\textit{{{}}}}}"


class Symbols:
    """The names of one document, and the language of its words. Of names that would look alike, x1 and x_1, the first
    has an index, and the others are written as they are typed.
    """

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self._first: dict[str, str] = {}

    def name(self, name: str) -> str:
        """See `latex_name`."""
        return latex_name(name, self._is_typed(name))

    def stacked(self, name: str) -> str:
        """See `stacked_name`."""
        return stacked_name(name, self._is_typed(name))

    def _is_typed(self, name: str) -> bool:
        return self._first.setdefault(latex_name(name), name) != name


class _Plain(Symbols):
    """English, and each name as if there were no other."""

    def _is_typed(self, name: str) -> bool:  # noqa: ARG002
        return False


PLAIN = _Plain()


def latex_name(name: str, is_typed: bool = False) -> str:
    r"""A name in math mode: `x1` is x_{1}, `θ` is \theta, `apple` is \mathit{apple}, `[x1, 2]` is [x_{1}, 2].

    A long one may be broken behind its underscores, and anywhere where a part of it is long. With `is_typed` digits
    are no index: \mathit{x1}.
    """
    if name == "pi":
        return r"\pi"
    if name.startswith("["):  # an array by what it is made of
        return _IN_ARRAY.sub(lambda found: _in_array(found[0], is_typed), name)
    if name.endswith("]"):  # an element of an array
        array, _, places = name[:-1].partition("[")
        return f"{{{latex_name(array, is_typed)}}}_{{{places}}}"
    stem, index = (name, "") if is_typed else _parted(name)
    if stem in _GREEK:
        return f"\\{_GREEK[stem]}{index}"
    if len(stem) == 1 and stem.isascii() and stem != "_":
        return stem + index
    font = "mathit" if stem.isascii() else "textit"  # other letters are in fonts for text alone
    return "".join(f"{before}\\{font}{{{_escaped(part)}}}" for part, before in _parts(stem)) + index


def _in_array(part: str, is_typed: bool) -> str:
    return latex_number(part) if part[0].isdecimal() else latex_name(part, is_typed)


def stacked_name(name: str, is_typed: bool = False) -> str:
    """The same for a fraction: a long name in lines below each other."""
    if name.endswith("]"):
        return latex_name(name, is_typed)
    stem, index = (name, "") if is_typed else _parted(name)
    lines = [""]
    for part, _ in _parts(stem):
        if lines[-1] and cell_width(lines[-1]) + cell_width(part) > LONG:
            lines.append("")
        lines[-1] += part
    if len(lines) == 1:
        return latex_name(name, is_typed)
    return _STACK.format("".join(_STACKED.format(_escaped(line)) for line in lines)) + index


def _parted(name: str) -> tuple[str, str]:
    """The letters of a name, and the digits at its end as an index."""
    stem = name.rstrip("0123456789")
    digits = name[len(stem) :]
    return stem.removesuffix("_") if digits and len(stem) > 1 else stem, f"_{{{digits}}}" if digits else ""


def _parts(stem: str) -> Iterator[tuple[str, str]]:
    """Where a long name may be broken: its parts, each behind what lets TeX break the line before it."""
    most = PIECE // max(map(cells, stem)) if cell_width(stem) > LONG else len(stem)
    for place, word in enumerate(re.findall("_*[^_]+_*|_+", stem) if cell_width(stem) > LONG else [stem]):
        for start in range(0, len(word), most):
            yield word[start : start + most], r"\penalty200 " if start else r"\allowbreak" if place else ""


def _escaped(part: str) -> str:
    return part.replace("_", r"\_")


def latex_number(text: str) -> str:
    r"""`1e-9` is 1 \times 10^{-9}, `-1/3` is -\frac{1}{3}."""
    if "/" in text:
        above, _, below = text.removeprefix("-").partition("/")
        return f"{'-' * text.startswith('-')}\\frac{{{above}}}{{{below}}}"
    mantissa, e, exponent = text.partition("e")
    if text in ("inf", "-inf"):
        return text.replace("inf", r"\infty")
    if text == "nan":
        return r"\mathrm{nan}"
    return f"{mantissa} \\times 10^{{{int(exponent)}}}" if e else text
