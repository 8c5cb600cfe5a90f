"""Names in a line of another notation: functions, constants, variables, and operators that are words."""

import re
from unicodedata import normalize

from gradcli.language import foreign
from gradcli.language.characters import SUPERSCRIPTS
from gradcli.language.notation import ForeignNotation, NotationError, Token
from gradcli.language.syntax import WORDS
from gradcli.language.systems import LISTS, rows
from gradcli.operators.table import FUNCTIONS, is_reserved

RAISED = "".join(SUPERSCRIPTS) + "⁺⁻⁽⁾"
FRACTIONS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_LOWERED = "₀₁₂₃₄₅₆₇₈₉ₐₑₒₓₙₘₖₚₜᵢⱼ"
_PLAIN = {ord(character): normalize("NFKC", character) for character in _LOWERED}
LETTER = rf"[^\W\d{RAISED}{FRACTIONS}{_LOWERED}]"
WORD = rf"{LETTER}[^\W{RAISED}{FRACTIONS}]*"
_LETTERS_RAISED = re.compile(rf"(?<![^\W\d]){LETTER}{{2,3}}[{RAISED}]")  # mc²: all short names of the line are products
_SUBSCRIBED = rf"(?<=[{_LOWERED}])(?=[^\W\d_{_LOWERED}])"  # between the factors of w₁x₁
INDEX = r"(?:\[\s*[0-9]+\s*(?:,\s*[0-9]+\s*)?\])*"
SYSTEMS = {
    **dict.fromkeys(("np", "numpy", "jnp", "cupy", "xp"), "numpy"), "lax": "jax", "jax": "jax",
    **dict.fromkeys(("torch", "F", "functional"), "torch"), **dict.fromkeys(("tf", "keras", "K"), "tensorflow"),
    **dict.fromkeys(("scipy", "special"), "scipy"), **dict.fromkeys(("sp", "sympy"), "sympy"), "nn": "",
    **dict.fromkeys(("math", "cmath"), "math"), **dict.fromkeys(("mp", "mpmath"), "mpmath"), "Math": "javascript",
    "std": "c", "activations": "", "linalg": "numpy", "stats": "scipy", "norm": "norm",
}  # fmt: skip
# Behind the name of a module, and without one.
_MEMBERS = {
    "pi": "pi", "PI": "pi", "e": "e", "E": "e", "tau": "(2*pi)", "SQRT2": "sqrt(2)", "SQRT1_2": "sqrt(0.5)",
    "LN2": "log(2)", "LN10": "log(10)", "LOG2E": "(1/log(2))", "LOG10E": "(1/log(10))",
    "euler_gamma": "0.5772156649015329", "EulerGamma": "0.5772156649015329",
}  # fmt: skip
CONSTANTS = {
    "π": "pi", "PI": "pi", "M_PI": "pi", "M_E": "e", "M_PI_2": "(pi/2)", "M_PI_4": "(pi/4)", "M_SQRT2": "sqrt(2)",
    "M_LN2": "log(2)", "M_LN10": "log(10)", "M_SQRT1_2": "sqrt(0.5)", "M_1_PI": "(1/pi)",
}  # fmt: skip
_OF_MATHEMATICA = {
    "Pi": "pi", "E": "e", "Degree": "(pi/180)", "EulerGamma": "0.5772156649015329", "GoldenRatio": "((1 + sqrt(5))/2)",
}  # fmt: skip
# Operators that are words, where two values stand beside them.
_WORDS = {"mod": "mod", "plus": "+", "minus": "-", "times": "*", "over": "/", "of": "*"}
NO_VALUES = ("inf", "nan", "Inf", "NaN", "INFINITY", "NAN", "Infinity", "oo")
_GREEK = ("pi", "mu", "nu", "xi", "eta", "rho", "tau", "phi", "chi", "psi")  # names of one letter
# Names that are read as functions where a power and an argument follow: sec²x.
_POWERED = re.compile(rf"(?:sec|csc|cot)h?(?:\s*(?:[{RAISED}]|\^[0-9])\s*(?:{LETTER}|[0-9(]))")
# Names that are read as functions where no parentheses follow, besides those that no variable can be.
_BARE = re.compile(r"arc\w+|ar(?:sin|cos|tan)h|c?tg|ctan|cosec|lg|sgn|expit")


class NamedLine:
    """A line whose tokens are being found, with what its names mean."""

    def __init__(self, line: str, notation: ForeignNotation) -> None:
        self.line = line
        self.notation = notation
        self.found: list[Token] = []
        self.parenthesis = "[" if notation.name == "mathematica" else "("  # of a call
        self.names: dict[str, str] = {}  # how each name was spelled
        self.opened: list[str] = []

    def add(self, kind: str, text: str, match: re.Match[str], system: str = "") -> None:
        """One more token."""
        is_apart = self.line[match.start() - 1 : match.start()].isspace()
        self.found.append(Token(kind, text, match.start(), match.end(), system, is_apart=is_apart))

    def behind(self, match: re.Match[str]) -> str:
        """What follows a token."""
        return self.line[match.end() :].lstrip()

    def after_value(self) -> bool:
        """Whether a value stands before the next token."""
        last = self.found[-1].kind if self.found else ""
        return last in ("number", "name", "close", "postfix") or (last == "bar" and self.open_bars % 2 == 0)

    @property
    def open_bars(self) -> int:
        """How many bars there are so far."""
        return sum(token.kind == "bar" for token in self.found)

    def _name(self, match: re.Match[str]) -> None:
        word = re.sub(r"\s", "", match[0])
        if base := re.fullmatch(rf"log([{_LOWERED}]+)", word):
            self.logarithm(normalize("NFKC", base[1]), match)
            return
        factors = [] if self.behind(match).startswith(self.parenthesis) else re.split(_SUBSCRIBED, word)
        word = word.translate(_PLAIN)
        if len(factors) > 1:  # w₁x₁
            for factor in factors:
                self.name(factor.translate(_PLAIN), match)
            return
        parts = [word] if self.notation.name == "spreadsheet" else re.split(r"\.|::", word)
        name = parts[-1]
        if self.notation.name == "spreadsheet":
            self.word(name, match)
        elif word in ("if", "else"):
            self.add("choice" if word == "if" else "else", "if", match)
        elif self.is_operator(word, match):
            self.add("operator", _WORDS[word.lower()], match)
        elif word in ("and", "or", "not"):
            self.add("prefix" if word == "not" else "operator", word, match)
        elif len(parts) > 1:
            system = next((found for part in parts[-2::-1] if (found := SYSTEMS.get(part))), "nn")
            self.member(name, system, match)
        elif self.is_keyword(match):
            self.add("keyword", name, match)
        else:
            self.word(name, match)

    def is_operator(self, word: str, match: re.Match[str]) -> bool:
        """Whether a word stands for an operator: between values, and `of` behind a percentage alone."""
        is_between = self.after_value() and self.behind(match)[:1] not in ("", *"()^=,;*/+")
        return word.lower() in _WORDS and is_between and (word != "of" or self.found[-1].kind == "postfix")

    def is_keyword(self, match: re.Match[str]) -> bool:
        """Whether a name is that of an argument."""
        is_first = bool(self.opened) and self.found[-1].kind in ("open", "comma", "method")
        return is_first and bool(re.match(r"=(?!=)", self.behind(match)))

    def member(self, name: str, system: str, match: re.Match[str]) -> None:
        """A function or constant of a module."""
        if self.behind(match).startswith("("):
            if not (is_known(name) or (system, name) in rows() or name in LISTS or name.lower() in FUNCTIONS):
                raise NotationError("no-counterpart", match.start(), match.end())
            self.add("function", name, match, system)
        elif name in _MEMBERS:
            self.add("name", _MEMBERS[name], match)
        elif name == "inf" and self.found and self.found[-1].kind == "keyword":
            self.add("string", name, match)
        elif is_known(name):
            raise NotationError
        else:
            raise NotationError("no-counterpart", match.start(), match.end())

    def word(self, name: str, match: re.Match[str]) -> None:
        """A function, a constant or a variable."""
        rest = self.behind(match)
        if name in CONSTANTS and not rest.startswith("("):
            self.add("name", CONSTANTS[name], match)
        elif self.notation.name == "mathematica" and name in _OF_MATHEMATICA:
            self.add("name", _OF_MATHEMATICA[name], match)
        elif self.has_no_counterpart(name, rest):
            raise NotationError("no-counterpart", match.start(), match.end())
        elif name in ("None", "True", "False", "TRUE", "FALSE"):
            self.add("string", name, match)
        elif name in self.notation.defined and rest.startswith("("):
            self.add("function", name, match, "defined")
        elif rest.removeprefix(".").startswith(self.parenthesis) and (self.notation.name != "people" or is_known(name)):
            self.add("function", name.upper() if self.notation.name == "spreadsheet" else name, match)
        elif self.is_bare(name, rest):
            self.add("function", name, match)
        elif "π" in name:  # which is always the number
            self.found += [
                Token("name", CONSTANTS.get(part, part), match.start(), match.end())
                for part in re.split("(π)", name)
                if part
            ]
        elif base := re.fullmatch(r"log_([^\W_]+)", name):
            self.logarithm(base[1], match)
        else:
            self.name(name, match)

    def has_no_counterpart(self, name: str, rest: str) -> bool:
        """Whether a name is that of no real number, or in Mathematica of a function that is not known."""
        if self.notation.name != "mathematica" or name in NO_VALUES:
            return name in NO_VALUES and self.notation.name != "people"
        if not rest.startswith("["):
            return name == "I"
        is_own = name in LISTS or ("mathematica", name) in rows()
        return not (is_own or is_known(name) or name.lower() in FUNCTIONS)

    def logarithm(self, base: str, match: re.Match[str]) -> None:
        """`log_2`."""
        self.add("function", "log", match, "latex")
        self.add("base", "_", match)
        self.add("number" if base.isdecimal() else "name", base, match)

    def is_bare(self, name: str, rest: str) -> bool:
        """Whether a name without parentheses is that of a function, as in `sin 2x` and `sin^2(x)`."""
        if (is_reserved(name) and name in FUNCTIONS) or _BARE.fullmatch(name) or _POWERED.match(name + rest):
            return True
        if not is_known(name) or not rest or not re.match(rf"{LETTER}|[0-9(√]", rest):
            return False
        if re.match(r"(?:and|or|if|else|not)\b", rest):
            return False
        raise NotationError  # `beta x`, `sec x`

    def name(self, name: str, match: re.Match[str]) -> None:
        """A variable: `x[0]` is x0."""
        written = "_".join(re.split(r"\]\[|,", name)).replace("[", "", 1).replace("]", "")
        rest = self.behind(match)
        if name.lower() in WORDS and self.after_value():
            raise NotationError("no-counterpart", match.start(), match.end())
        if self.names.setdefault(written, name) != name or (name in "ΣΠ" and re.match(rf"{LETTER}|\(", rest)):
            raise NotationError("no-counterpart", match.start(), match.end())
        if rest.startswith("(") and (len(name) > 1 or name in "fghFGH" or re.match(rf"\(\s*{WORD}\s*\)", rest)):
            raise NotationError  # f(x)
        if self.is_of_letters(name, match) and self.notation.is_first(match.start(), match.end()):
            self.found += [Token("name", letter, match.start(), match.end()) for letter in name]
        else:
            self.add("name", written, match)

    def is_of_letters(self, name: str, match: re.Match[str]) -> bool:
        """Whether a name may be a product of letters: in `½mv²` and `mc²`."""
        if self.notation.name != "people" or len(name) not in (2, 3) or not name.isalpha() or name in _GREEK:
            return False
        last = self.found[-1] if self.found else None
        is_behind = last is not None and last.end == match.start() and last.kind in ("number", "name")
        power = r"\^|\*\*|[{}]" if is_behind else "[{}]"
        is_first = self.notation.reading == 1 and bool(_LETTERS_RAISED.search(self.line))
        return is_first or bool(re.match(power.format(RAISED), self.behind(match)))


def is_known(name: str) -> bool:
    """Whether a system, or gradcli, has a function of this name."""
    return bool(foreign.known_as(name)) or ("builtin", name) in rows()
