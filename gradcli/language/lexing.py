"""A line of Python, C, JavaScript, a spreadsheet, or as people write, in tokens."""

import re
from collections.abc import Callable
from functools import cache
from unicodedata import normalize

from gradcli.language import elsewhere
from gradcli.language.characters import SUPERSCRIPTS
from gradcli.language.notation import Notation, NotationError, Token
from gradcli.language.systems import rows
from gradcli.operators.table import FUNCTIONS, is_reserved

_RAISED = "".join(SUPERSCRIPTS) + "⁺⁻⁽⁾"
_FRACTIONS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_LOWERED = "₀₁₂₃₄₅₆₇₈₉ₐₑₒₓₙₘₖₚₜᵢⱼ"
_PLAIN = {ord(character): normalize("NFKC", character) for character in _LOWERED}
_LETTER = rf"[^\W\d{_RAISED}{_FRACTIONS}]"
_WORD = rf"{_LETTER}[^\W{_RAISED}{_FRACTIONS}]*"
_LETTERS_RAISED = re.compile(rf"(?<!\w){_LETTER}{{2,3}}[{_RAISED}]")  # mc²: all short names of the line are products
_INDEX = r"(?:\[\s*[0-9]+\s*(?:,\s*[0-9]+\s*)?\])*"
_SYSTEMS = {
    **dict.fromkeys(("np", "numpy", "jnp", "cupy", "xp"), "numpy"), "lax": "jax", "jax": "jax",
    **dict.fromkeys(("torch", "F", "functional"), "torch"), **dict.fromkeys(("tf", "keras", "K"), "tensorflow"),
    **dict.fromkeys(("scipy", "special"), "scipy"), **dict.fromkeys(("sp", "sympy"), "sympy"), "nn": "",
    **dict.fromkeys(("math", "cmath"), "math"), **dict.fromkeys(("mp", "mpmath"), "mpmath"), "Math": "javascript",
    "std": "c", "activations": "", "linalg": "numpy",
}  # fmt: skip
_PIECES: tuple[tuple[str, str], ...] = (
    ("space", r"\.(?=\()|\s+"),  # exp.(x)
    ("number", r"0[xX][0-9a-fA-F]+|(?:[0-9]*\.)?[0-9]+\.?[dD][+-]?[0-9]+(?!\w)"
               r"|(?:[0-9][0-9_]*(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"),
    ("cast", r"\(\s*(?:(?:const|unsigned|signed|long|short|double|float|int|real)\s*)+\)"),
    ("method", rf"\.\s*{_WORD}\s*\("),
    ("cell", r"\$?[A-Za-z]{1,3}\$?[0-9]+(?::\$?[A-Za-z]{1,3}\$?[0-9]+)?(?!\w|\()"),
    ("name", rf"(?:(?:{'|'.join(_SYSTEMS)})(?:\.|::)(?:{_WORD}(?:\.|::))*)?{_WORD}{_INDEX}"),
    ("attribute", rf"\.\s*{_WORD}"),
    ("raised", f"[{_RAISED}]+"),
    ("fraction", f"[{_FRACTIONS}]"),
    ("root", rf"[√∛]\s*(?:{_WORD}|[0-9]+(?:\.[0-9]+)?)?"),
    ("string", r"'[a-z]*'|\"[a-z]*\""),
    ("operator", r"\.(?:[-+*/^]|[<>]=?|[!=]=)|===|!==|\*\*|//|==|!=|<=|>=|<>|=<|=>|&&|\|\||%%|%/%"),
    ("sign", r"[-+*/^%<>=≤≥≦≧≠×·⋅÷−–—‐‑∗∙•✕∕⁄∧∨¬!?:|‖∥(){}⌊⌋⌈⌉\[\],;、､&~\u30fb\uff65]"),
)  # fmt: skip
_SPELLED = {
    "**": "^", "===": "==", "!==": "!=", "<>": "!=", "≠": "!=", "=<": "<=",
    "≤": "<=", "≦": "<=", "=>": ">=", "≥": ">=", "≧": ">=", "&&": "and", "∧": "and", "∨": "or", "¬": "not",
    **dict.fromkeys((*"×·⋅∗∙•✕", chr(0x30FB), chr(0xFF65)), "*"),
    **dict.fromkeys("÷∕⁄", "/"), **dict.fromkeys("‖∥", "|"), **dict.fromkeys("−–—‐‑", "-"),
}  # fmt: skip
# Behind the name of a module, and without one.
_MEMBERS = {
    "pi": "pi", "PI": "pi", "e": "e", "E": "e", "tau": "(2*pi)", "SQRT2": "sqrt(2)", "SQRT1_2": "sqrt(0.5)",
    "LN2": "log(2)", "LN10": "log(10)", "LOG2E": "(1/log(2))", "LOG10E": "(1/log(10))",
    "euler_gamma": "0.5772156649015329", "EulerGamma": "0.5772156649015329",
}  # fmt: skip
_CONSTANTS = {
    "π": "pi", "PI": "pi", "M_PI": "pi", "M_E": "e", "M_PI_2": "(pi/2)", "M_PI_4": "(pi/4)", "M_SQRT2": "sqrt(2)",
    "M_LN2": "log(2)", "M_LN10": "log(10)", "M_SQRT1_2": "sqrt(0.5)", "M_1_PI": "(1/pi)",
}  # fmt: skip
_OF_MATHEMATICA = {
    "Pi": "pi", "E": "e", "Degree": "(pi/180)", "EulerGamma": "0.5772156649015329", "GoldenRatio": "((1 + sqrt(5))/2)",
}  # fmt: skip
# Operators that are words, where two values stand beside them.
_WORDS = {"mod": "mod", "plus": "+", "minus": "-", "times": "*", "of": "*"}
NO_VALUES = ("inf", "nan", "Inf", "NaN", "INFINITY", "NAN", "Infinity", "oo")
_SIGNS = "∑∏∫∂∇∞@"
_DELIMITERS = {"⌊": ("floor", "⌋"), "⌈": ("ceil", "⌉")}
_GREEK = ("pi", "mu", "nu", "xi", "eta", "rho", "tau", "phi", "chi", "psi")  # names of one letter
# Names that are read as functions where no parentheses follow, besides those that no variable can be.
_BARE = re.compile(r"arc\w+|ar(?:sin|cos|tan)h|c?tg|ctan|cosec|lg|sgn|expit")


@cache
def _pattern(notation: str) -> re.Pattern[str]:
    left_out = ["method", "attribute"] if notation == "spreadsheet" else ["cell"]
    left_out += [] if notation in ("c", "javascript") else ["cast"]
    forms = {kind: form for kind, form in _PIECES if kind not in left_out}
    if notation == "spreadsheet":
        forms["name"] = rf"{_WORD}(?:\.{_WORD})*"
    if notation == "mathematica":
        forms["name"] = _WORD
    if notation == "c":
        forms["number"] = rf"(?:{forms['number']})(?:[fFlLuU]+(?!\w))?"
    return re.compile("|".join(f"(?P<{kind}>{form})" for kind, form in forms.items()))


def tokens(line: str, notation: Notation) -> list[Token]:
    """The tokens of a line; raises `NotationError` at what is none."""
    return _Lexer(line, notation).found


class _Lexer:
    def __init__(self, line: str, notation: Notation) -> None:
        self.line = line
        self.notation = notation
        self.found: list[Token] = []
        self.parenthesis = "[" if notation.name == "mathematica" else "("  # of a call
        self.names: dict[str, str] = {}  # how each name was spelled
        self.opened: list[str] = []
        end = 0
        for match in _pattern(notation.name).finditer(line):
            if match.start() != end:
                break
            end = match.end()
            kind = match.lastgroup or ""
            if kind != "space":
                getattr(self, f"_{kind}")(match)
        if end < len(line):
            is_known = line[end] in _SIGNS
            raise NotationError("no-counterpart" if is_known else "", end, end + 1)

    def add(self, kind: str, text: str, match: re.Match[str], system: str = "") -> None:
        is_apart = self.line[match.start() - 1 : match.start()].isspace()
        self.found.append(Token(kind, text, match.start(), match.end(), system, is_apart=is_apart))

    def behind(self, match: re.Match[str]) -> str:
        """What follows a token."""
        return self.line[match.end() :].lstrip()

    def _number(self, match: re.Match[str]) -> None:
        word = re.sub("[dD]", "e", match[0]) if match[0][:2] not in ("0x", "0X") else match[0]
        word = word.replace("_", "")
        is_hexadecimal = word[:2] in ("0x", "0X")
        if re.match(r"[bBoOxX]\w", self.line[match.end() :]):
            raise NotationError
        if self.notation.name == "builtin" and re.match(r"[jJ]\b", self.line[match.end() :]):
            raise NotationError("no-counterpart", match.start(), match.end() + 1)
        self.add("number", str(int(word, 16)) if is_hexadecimal else word.rstrip("fFlLuU"), match)

    def _cast(self, match: re.Match[str]) -> None:
        is_whole = re.search(r"\b(?:int|long|short|unsigned|signed)\b", match[0]) and "double" not in match[0]
        self.add("prefix", "trunc" if is_whole else "cast", match)

    def _method(self, match: re.Match[str]) -> None:
        self.add("method", match[0].strip(" .("), match, "torch")
        self.found[-1] = self.found[-1]._replace(end=match.end() - 1)
        self.opened.append("(")

    def _cell(self, match: re.Match[str]) -> None:
        if ":" in match[0]:
            raise NotationError("cell-range", match.start(), match.end())
        self.name(match[0].replace("$", ""), match)

    def _raised(self, match: re.Match[str]) -> None:
        """`²ˣ` is ^(2x)."""
        self.add("raise", "^", match)
        self.add("open", ")", match)
        inner = normalize("NFKC", match[0]).replace("−", "-")
        self.found += [one._replace(start=match.start(), end=match.end()) for one in tokens(inner, self.notation)]
        self.add("close", ")", match)

    def _fraction(self, match: re.Match[str]) -> None:
        if self.found and self.found[-1].kind == "number":
            raise NotationError("ambiguous-notation", match.start(), match.end())
        above, below = normalize("NFKC", match[0]).split("⁄")
        self.add("name", f"({above}/{below})", match)

    def _root(self, match: re.Match[str]) -> None:
        self.add("function", "sqrt" if match[0][0] == "√" else "cbrt", match)
        inside = match[0][1:].strip()
        if not inside:
            return
        is_long = re.match(rf"[\w(^√∛{_RAISED}]", self.line[match.end() :])  # √x²
        is_closed = not (is_long and self.notation.is_first(match.start(), match.end()))
        if is_closed:
            self.add("open", ")", match)
        self.found += [one._replace(start=match.start(), end=match.end()) for one in tokens(inside, self.notation)]
        if is_closed:
            self.add("close", ")", match)

    def _string(self, match: re.Match[str]) -> None:
        self.add("string", f"'{match[0][1:-1]}'", match)

    def _attribute(self, match: re.Match[str]) -> None:
        start = self.found[-1].start if self.found and self.found[-1].kind == "name" else match.start()
        raise NotationError("no-counterpart", start, match.end())

    def _name(self, match: re.Match[str]) -> None:
        word = re.sub(r"\s", "", match[0])
        if base := re.fullmatch(rf"log([{_LOWERED}]+)", word):
            self.logarithm(normalize("NFKC", base[1]), match)
            return
        word = word.translate(_PLAIN)
        parts = [word] if self.notation.name == "spreadsheet" else re.split(r"\.|::", word)
        name = parts[-1]
        if self.notation.name == "spreadsheet":
            self.word(name, match)
        elif word in ("if", "else"):
            self.add("choice" if word == "if" else "else", "if", match)
        elif self.is_operator(word, match):
            self.add("operator", _WORDS[word], match)
        elif word in ("and", "or", "not"):
            self.add("prefix" if word == "not" else "operator", word, match)
        elif len(parts) > 1:
            system = next((found for part in parts[-2::-1] if (found := _SYSTEMS.get(part))), "nn")
            self.member(name, system, match)
        elif self.is_keyword(match):
            self.add("keyword", name, match)
        else:
            self.word(name, match)

    def is_operator(self, word: str, match: re.Match[str]) -> bool:
        """Whether a word stands for an operator: between values, and `of` behind a percentage alone."""
        is_between = self.after_value() and self.behind(match)[:1] not in ("", *"()^=,;*/+")
        return word in _WORDS and is_between and (word != "of" or self.found[-1].kind == "postfix")

    def is_keyword(self, match: re.Match[str]) -> bool:
        """Whether a name is that of an argument."""
        is_first = bool(self.opened) and self.found[-1].kind in ("open", "comma", "method")
        return is_first and bool(re.match(r"=(?!=)", self.behind(match)))

    def member(self, name: str, system: str, match: re.Match[str]) -> None:
        """A function or constant of a module."""
        if self.behind(match).startswith("("):
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
        if name in _CONSTANTS and not rest.startswith("("):
            self.add("name", _CONSTANTS[name], match)
        elif self.notation.name == "mathematica" and name in _OF_MATHEMATICA:
            self.add("name", _OF_MATHEMATICA[name], match)
        elif name in NO_VALUES and self.notation.name != "people":
            raise NotationError("no-counterpart", match.start(), match.end())
        elif name in ("None", "True", "False", "TRUE", "FALSE"):
            self.add("string", name, match)
        elif rest.removeprefix(".").startswith(self.parenthesis) and (self.notation.name != "people" or is_known(name)):
            self.add("function", name.upper() if self.notation.name == "spreadsheet" else name, match)
        elif self.is_bare(name, rest):
            self.add("function", name, match)
        elif "π" in name:  # which is always the number
            self.found += [
                Token("name", _CONSTANTS.get(part, part), match.start(), match.end())
                for part in re.split("(π)", name)
                if part
            ]
        elif base := re.fullmatch(r"log_([^\W_]+)", name):
            self.logarithm(base[1], match)
        else:
            self.name(name, match)

    def logarithm(self, base: str, match: re.Match[str]) -> None:
        """`log_2`."""
        self.add("function", "log", match, "latex")
        self.add("base", "_", match)
        self.add("number" if base.isdecimal() else "name", base, match)

    def is_bare(self, name: str, rest: str) -> bool:
        """Whether a name without parentheses is that of a function, as in `sin 2x` and `sin^2(x)`."""
        if (is_reserved(name) and name in FUNCTIONS) or _BARE.fullmatch(name):
            return True
        if not is_known(name) or not rest or not re.match(rf"{_LETTER}|[0-9(√]", rest):
            return False
        if re.match(r"(?:and|or|if|else|not)\b", rest):
            return False
        raise NotationError  # `beta x`, `sec x`

    def name(self, name: str, match: re.Match[str]) -> None:
        """A variable: `x[0]` is x0."""
        written = "_".join(re.split(r"\]\[|,", name)).replace("[", "", 1).replace("]", "")
        rest = self.behind(match)
        if self.names.setdefault(written, name) != name or (name in "ΣΠ" and re.match(rf"{_LETTER}|\(", rest)):
            raise NotationError("no-counterpart", match.start(), match.end())
        if rest.startswith("(") and (len(name) > 1 or name in "fghFGH" or re.match(rf"\(\s*{_WORD}\s*\)", rest)):
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
        return is_first or bool(re.match(power.format(_RAISED), self.behind(match)))

    def _operator(self, match: re.Match[str]) -> None:
        text = _SPELLED.get(match[0], match[0] if match[0] == "..." else match[0].removeprefix("."))
        text = "^" if text == "**" else text
        if text == "||":
            self.bars(match)
        elif text == "^":
            self.power(match)
        else:
            self.add("operator", text, match)

    def _sign(self, match: re.Match[str]) -> None:
        text = _SPELLED.get(match[0], match[0])
        handlers: dict[str, Callable[[re.Match[str]], None]] = {
            "%": self.remainder, "!": self.exclamation, "|": self.bar, "=": self.equal, "^": self.power,
            **dict.fromkeys(",;、､", self.comma), **dict.fromkeys("?:", self.choice),
            **dict.fromkeys("([{", self.opening), **dict.fromkeys(")]}", self.closing), "&": self.bit, "~": self.bit,
            **dict.fromkeys("⌊⌈", self.delimiter), **dict.fromkeys("⌋⌉", self.closing),
        }  # fmt: skip
        if text in handlers:
            handlers[text](match)
        else:
            self.add("operator", text, match)

    def opening(self, match: re.Match[str]) -> None:
        """Parentheses of any kind."""
        if match[0] == "[" and self.found and self.found[-1].kind == "name" and self.found[-1].end == match.start():
            raise NotationError  # x[i]
        is_list = match[0] == {"builtin": "[", "javascript": "[", "mathematica": "{"}.get(self.notation.name)
        self.opened.append(match[0])
        self.add("list" if is_list else "open", {"(": ")", "[": "]", "{": "}"}[match[0]], match)

    def delimiter(self, match: re.Match[str]) -> None:
        """`⌊x⌋` and `⌈x⌉`."""
        name, closer = _DELIMITERS[match[0]]
        self.opened.append(match[0])
        self.add("function", name, match)
        self.add("open", closer, match)

    def closing(self, match: re.Match[str]) -> None:
        """Their end."""
        if self.opened:
            self.opened.pop()
        self.add("close", match[0], match)

    def choice(self, match: re.Match[str]) -> None:
        """`c ? a : b`."""
        self.add("choice" if match[0] == "?" else "else", "?", match)

    def power(self, match: re.Match[str]) -> None:
        """`^`, which is no power in C, or `**`."""
        if self.notation.name in ("c", "javascript") and match[0] == "^":
            raise NotationError
        if re.match(r"T\b", self.behind(match)):  # w^T x
            raise NotationError("no-counterpart", match.start(), match.end() + 1)
        self.add("raise", "^", match)

    def after_value(self) -> bool:
        """Whether a value stands before the next token."""
        last = self.found[-1].kind if self.found else ""
        return last in ("number", "name", "close", "postfix") or (last == "bar" and self.open_bars % 2 == 0)

    @property
    def open_bars(self) -> int:
        """How many bars there are so far."""
        return sum(token.kind == "bar" for token in self.found)

    def remainder(self, match: re.Match[str]) -> None:
        """A percentage, or what a division leaves."""
        rest = self.behind(match)
        last = self.found[-1] if self.found else None
        is_percent = last is not None and last.kind == "number" and last.end == match.start()  # 10% x, 10% - x
        is_last = self.notation.name == "spreadsheet" or not re.match(rf"{_LETTER}|[0-9.(√+−-]", rest)
        if not is_last and is_percent and self.notation.name == "builtin":
            is_last = rest.startswith("of ") or self.notation.is_first(match.start(), match.end())
        self.add("postfix" if is_last else "operator", "%", match)

    def exclamation(self, match: re.Match[str]) -> None:
        """A factorial, or `not`."""
        self.add(*(("postfix", "!") if self.after_value() else ("prefix", "!")), match)

    def bar(self, match: re.Match[str]) -> None:
        """An absolute value."""
        if self.notation.name == "builtin":
            self.bit(match)
        elif self.notation.name != "people":
            raise NotationError
        else:
            self.add("bar", "|", match)

    def bit(self, match: re.Match[str]) -> None:
        """`&`, `|` and `~`, which NumPy has between conditions."""
        if self.notation.name != "builtin":
            raise NotationError
        self.add(*(("prefix", "~") if match[0] == "~" else ("operator", match[0])), match)

    def bars(self, match: re.Match[str]) -> None:
        """A norm, which is that of a number, or `or`."""
        if self.notation.name == "people" and (not self.after_value() or self.open_bars):
            self.add("bar", "|", match)
        else:
            self.add("operator", "or", match)

    def equal(self, match: re.Match[str]) -> None:
        """A comparison, or the value of a keyword."""
        if self.found and self.found[-1].kind == "keyword":
            return
        if self.notation.name != "spreadsheet":
            raise NotationError
        self.add("operator", "==", match)

    def comma(self, match: re.Match[str]) -> None:
        """The end of an argument."""
        if not self.opened or (match[0] == ";" and self.notation.name != "spreadsheet"):
            raise NotationError
        self.add("comma", ",", match)


def is_known(name: str) -> bool:
    """Whether a system, or gradcli, has a function of this name."""
    return bool(elsewhere.known_as(name)) or ("builtin", name) in rows()
