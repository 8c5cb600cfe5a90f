r"""A line of LaTeX's mathematics in tokens: as TeX groups it, with letters as names and commands by their meaning."""

import re
from functools import cache

from gradcli.choices import LANGUAGES
from gradcli.language.grouping import GREEK, Groups
from gradcli.language.identifiers import NO_VALUES, is_known
from gradcli.language.notation import ForeignNotation, NotationError, Token
from gradcli.operators.table import FUNCTIONS, is_reserved
from gradcli.words.catalogue import parted

_OPERATORS = {
    "cdot": "*", "times": "*", "ast": "*", "div": "/", "le": "<=", "leq": "<=", "leqslant": "<=", "ge": ">=",
    "geq": ">=", "geqslant": ">=", "lt": "<", "gt": ">", "ne": "!=", "neq": "!=", "land": "and", "wedge": "and",
    "lor": "or", "vee": "or", "neg": "not", "lnot": "not", "bmod": "mod", "mod": "mod",
}  # fmt: skip
_SKIPPED = """left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr displaystyle textstyle limits nolimits quad
    qquad thinspace , ; : ! ( ) [ ]"""
_SPACES = frozenset((*_SKIPPED.split(), " "))
_DELIMITERS = {"lfloor": "floor", "lceil": "ceil", "lvert": "abs", "lVert": "abs"}  # and the functions that they are
_CLOSING = {"rfloor": "lfloor", "rceil": "lceil", "rvert": "lvert", "rVert": "lVert"}
_OTHERS = """arcsin arccos arctan arccot arcsec arccsc arsinh arcosh artanh
    lg tg ctg arctg arcctg sh ch th"""
_OWN = [name for name in FUNCTIONS if is_reserved(name) or re.fullmatch("a?(?:sec|csc|cot)h?|trunc|xlogy", name)]
_FUNCTIONS = {name: name for name in (*_OTHERS.split(), *_OWN)} | {"ln": "log"}
_TAKES = {"frac": 2, "dfrac": 2, "tfrac": 2, "cfrac": 2, "binom": 2, "dbinom": 2, "tbinom": 2, "abs": 1}
_FONTS = "mathrm|mathit|mathbf|mathsf|mathtt|textrm|textit|textbf|text|mbox|operatorname\\*?|boldsymbol|bm"
_FONT = re.compile(rf"\\({_FONTS})\s*\{{((?:[^{{}}\\]|\\_)*)\}}")
_ACCENT = re.compile(
    r"\\(?:wide)?(?P<accent>hat|bar|tilde)(?![a-zA-Z])\s*(?:\{\s*\\?(?P<inside>[a-zA-Z]+)\s*\}|\\?(?P<next>[a-zA-Z]+))"
)
_SUBSCRIPT = re.compile(r"\s*_\s*(?:\{\s*([\w\s,]*?|\\[a-zA-Z]+)\s*\}|([0-9A-Za-z]|\\[a-zA-Z]+))")
_DIFFERENTIAL = r"\{?\s*(?:\\mathrm\s*\{\s*d\s*\}|d)"
_DERIVATIVE = re.compile(
    rf"\\[dtc]?frac\s*\{{{_DIFFERENTIAL}(?:\s*\^\s*\{{?\w\}}?)?\s*[A-Za-z]?\s*\}}\s*{_DIFFERENTIAL}\s*[A-Za-z][^}}]*\}}?"
)
# What stands above a letter and is no power.
_MARK = re.compile(
    r"\^\s*(?:\{\s*)?(?:\\(?:top|intercal|circ|prime|dagger|ast|star)(?![a-zA-Z])|T(?![A-Za-z])|\*"
    r"|\\math(?:sf|rm)\s*\{\s*T\s*\})"
)
_DEGREES = re.compile(r"\^\s*(?:\\circ|\{\s*\\circ\s*\})(?![\s{}]*(?:[A-Za-z]|\\(?:math|text)?rm))")
_NUMBER = re.compile(r"[0-9]+(?:\{,\}[0-9]+)*(?:\.[0-9]+)?|\.[0-9]+")
_CALL = re.compile(r"\s*(?:\\(?:left|big|Big|bigl|Bigl)\s*)?\(")
_ARGUMENT = re.compile(r"\s*(?:\\left\s*)?\(\s*(?:[A-Za-z]|\\[a-zA-Z]+)\s*(?:\\right\s*)?\)")


@cache
def _words(code: str) -> frozenset[str]:
    """What stands in the cases of a formula, in every language that gradcli writes, and what others write."""
    written = {text.strip() for language in LANGUAGES for text, _ in parted(code, language)}
    return frozenset(written | ({"else", "other"} if code == "case.otherwise" else {"for", "when", "where", "if", ""}))


def tokens(line: str, notation: ForeignNotation) -> list[Token]:
    """The tokens of a line; raises `NotationError` at what has no meaning as a function of real numbers."""
    lexer = _Lexer(line, notation)
    lexer.divide()
    return lexer.found


class _Lexer(Groups):
    def __init__(self, line: str, notation: ForeignNotation) -> None:
        super().__init__(line, notation)
        while self.place < len(line):
            self.step()

    def step(self) -> None:
        """The next token of TeX."""
        line, start = self.line, self.place
        character = line[start]
        if character.isspace() or character in "~$" or re.match(r"\.\s*\\(?:\\|end)", line[start : start + 9]):
            self.place += 1
        elif character == "{":
            self.due[-1] -= self.due[-1] > 0
            self.open("}", 1)
        elif character == "}":
            self.shut("}", 1)
        elif self.due[-1] and not (character == "[" and self.found[-1].text == "root"):
            self.single()
        elif character == "\\":
            self.command()
        else:
            self.character(character)

    def character(self, character: str) -> None:
        """What is no command."""
        number = _NUMBER.match(self.line, self.place)
        if number:
            self.add("number", self.decimal(number[0]), len(number[0]))
        elif character.isalpha():
            self.letters()
        elif character in "([":
            self.open(")" if character == "(" else "]", 1)
        elif character in ")]":
            self.shut(character, 1)
        elif character == "^":
            self.raised()
        elif character == "_":
            self.base()
        elif character == "|":
            self.add("bar", "|", 1)
        elif character == "!":
            self.add("postfix", "!", 1)
        elif character in ",&":
            self.add("comma", ",", 1)
        elif character == "=" and self.cases:
            self.add("operator", "==", 1)
        elif character in "+-*/<>−":
            self.add("operator", "-" if character == "−" else character, 1)
        else:
            raise self.refuse(1) if character == "'" else NotationError

    def decimal(self, number: str) -> str:
        """A number in which `{,}` stands between thousands, or before decimals."""
        groups = number.partition(".")[0].split("{,}")
        are_thousands = all(len(group) == 3 for group in groups[1:]) and 0 < len(groups[0]) <= 3 and groups[0] != "0"
        if are_thousands and len(groups) == 2 and "." not in number:
            are_thousands = self.notation.is_first(self.place, self.place + len(number))
        if len(groups) > 2 and not are_thousands:
            raise NotationError
        return number.replace("{,}", "" if are_thousands else ".")

    def raised(self) -> None:
        """A power, or the sign of an angle in degrees."""
        angle = _DEGREES.match(self.line, self.place)
        if angle and self.found and self.found[-1].kind == "number":
            self.add("postfix", "°", len(angle[0]))
            return
        mark = _MARK.match(self.line, self.place)
        imaginary = re.match(r"\^\s*\{\s*-?\s*(?:2\s*\\pi\s*)?i(?![A-Za-z_])", self.line[self.place :])
        if mark or (imaginary and self.found and self.found[-1].text == "e"):
            group = re.match(r"\^\s*\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}", self.line[self.place :])
            start = self.place if mark else self.found[-1].start
            known = group or mark
            raise NotationError("no-counterpart", start, self.place + len(known[0] if known else "^"))
        self.add("raise", "^", 1)
        self.due[-1] += 1

    def base(self) -> None:
        """A subscript that belongs to no name: the base of a logarithm."""
        if not self.found or self.found[-1].kind != "function":
            raise self.refuse(1)
        self.add("base", "_", 1)
        self.due[-1] += 1

    def letters(self) -> None:
        """Each letter is a name, except in a function without its backslash."""
        word = re.match(r"[^\W\d_]+", self.line[self.place :])
        assert word
        name = word[0]
        if (
            name in FUNCTIONS
            and (is_reserved(name) or _CALL.match(self.line, self.place + len(name)))
            and len(name) > 1
        ):
            self.add("function", name, len(name))
        elif len(name) > 3:
            raise NotationError
        else:
            for letter in name:
                self.name(letter, 1)

    def name(self, name: str, length: int) -> None:
        """A variable or constant, with its subscript."""
        start = self.place
        subscript = _SUBSCRIPT.match(self.line, start + length)
        end = subscript.end() if subscript else start + length
        if subscript:
            index = re.sub(r"[\s,]+", "_", (subscript[1] or subscript[2] or "").lstrip("\\"))
            name = f"{name}_{index}"
        spelled = re.sub(r"[\s{}]", "", self.line[start:end])
        if self.names.setdefault(name, spelled) != spelled:
            raise self.refuse(end - start, "ambiguous-notation")
        is_call = _CALL.match(self.line, end)
        if is_call and (name[0] in "fghFGH" or _ARGUMENT.match(self.line, end)):
            raise self.refuse(end - start)  # f(x)
        self.add("name", name, end - start)

    def command(self) -> None:
        r"""What begins with a backslash."""
        command = re.match(r"\\([a-zA-Z]+|.)", self.line[self.place :], re.DOTALL)
        if not command:
            raise NotationError
        name, length = command[1], command.end()
        font = _FONT.match(self.line, self.place)
        if font:
            self.font(font)
        elif name in ("left", "right"):
            self.delimiter(name, length)
        elif name in _SPACES:
            self.place += length
            self.is_apart = self.is_apart or name in (",", ";", ":", " ", "quad", "qquad", "thinspace")
        elif name == "over":
            self.over(length)
        elif name in _OPERATORS:
            self.add("operator", _OPERATORS[name], length)
        elif name in ("sigma", "Gamma", "psi", "Phi") and self.greek_function(name, length):
            return
        elif name.removeprefix("var") in GREEK:
            self.name(name.removeprefix("var"), length)
        elif name in _DELIMITERS:
            self.add("function", _DELIMITERS[name], length)
            self.place -= length
            self.open(name, length)
        elif name in _CLOSING:
            self.shut(_CLOSING[name], length)
        elif name in "{}|%\\":
            self.escaped(name)
        else:
            self.named(name, length)

    def greek_function(self, name: str, length: int) -> bool:
        r"""`\sigma(x)`, unless σ is a number elsewhere in the line."""
        follows = r"\s*(?:\^\s*\{\s*(?:\\left\s*)?\()" if name == "psi" else "(?!)"
        end = self.place + length
        if not (_CALL.match(self.line, end) or re.compile(follows).match(self.line, end)):
            return False
        others = re.findall(rf"\\{name}(?![a-zA-Z])(?!{_CALL.pattern}|{follows})", self.line)
        if others:
            raise self.refuse(length, "ambiguous-notation")
        self.add("function", {"sigma": "sigmoid", "Gamma": "gamma", "psi": "digamma", "Phi": "ndtr"}[name], length)
        return True

    def named(self, name: str, length: int) -> None:
        """A function, a fraction, a root, or cases."""
        line = self.line
        derivative = _DERIVATIVE.match(line, self.place)
        environment = re.compile(r"\\(begin|end)\s*\{(cases|array)\}(?:\s*\{[lcr| ]*\})?").match(line, self.place)
        if derivative:
            raise self.refuse(len(derivative[0]))
        if environment and environment[1] == "begin":
            self.cases += 1
            self.open("end", len(environment[0]), "cases")
        elif environment:
            self.cases -= 1
            self.shut("end", len(environment[0]))
        elif name in _TAKES:
            self.add("function", re.sub("^[dtc](?=frac|binom)", "", name), length, _TAKES[name])
            self.due[-1] += _TAKES[name]
        elif name == "sqrt":
            is_root = re.match(r"\s*\[", line[self.place + length :])
            self.add("function", "root" if is_root else "sqrt", length, 2 if is_root else 1)
            self.due[-1] += 1
        elif accent := _ACCENT.match(self.line, self.place):
            self.accented(accent)
        elif name == "ln" and (gamma := re.match(r"\\ln\s*\\Gamma(?![a-zA-Z])", line[self.place :])):
            self.add("function", "lgamma", gamma.end())
        elif name in _FUNCTIONS:
            self.add("function", _FUNCTIONS[name], length)
        else:
            raise self.refuse(length)

    def escaped(self, character: str) -> None:
        r"""`\{`, `\}`, `\|`, `\%` and the end of a row."""
        if character == "{":
            self.open("\\}", 2)
        elif character == "}":
            self.shut("\\}", 2)
        elif character == "\\":
            if re.match(r"\\\\\s*\\end", self.line[self.place :]):
                self.place += 2
            else:
                self.add("comma", ",", 2)
        else:
            self.add(*(("bar", "|", 2) if character == "|" else ("postfix", "%", 2)))

    def delimiter(self, side: str, length: int) -> None:
        r"""What stands behind `\left` or `\right`, where it is not as without them."""
        bar = re.match(r"\s*(?:\||\\\||\\vert|\\Vert)", self.line[self.place + length :])
        cases = re.match(r"\s*\\\{(?=\s*\\begin)|\s*\.", self.line[self.place + length :])
        self.place += length
        if bar and side == "left":
            self.add("function", "abs", 0)
            self.open("right|", bar.end())
        elif bar:
            self.shut("right|", bar.end())
        elif cases:
            self.place += cases.end()

    def accented(self, accent: re.Match[str]) -> None:
        r"""A number with a sign above its letter, `\hat{y}`: y_hat."""
        name = accent["inside"] or accent["next"]
        if len(name) > 1 and name not in GREEK:
            raise self.refuse(accent.end("accent") - self.place)
        self.name(f"{name}_{accent['accent']}", len(accent[0]))

    def font(self, font: re.Match[str]) -> None:
        """A name in a font of its own, or a word."""
        family, name, length = font[1], font[2].replace("\\_", "_").strip(), len(font[0])
        if self.cases and name.strip(" ,.") in _words("case.otherwise"):
            self.add("otherwise", "", length)
        elif self.cases and name.strip(" ,.") in _words("case.given"):
            self.place += length
        elif not re.fullmatch(r"[^\W\d]\w*", name) or name in NO_VALUES or name == "d":
            raise self.refuse(length)
        elif family not in ("mathit", "textit", "mathbf", "boldsymbol", "bm", "textbf") and self.is_function(
            name, font
        ):
            self.add("function", name, length)
        else:
            self.name(name, length)

    def is_function(self, name: str, font: re.Match[str]) -> bool:
        """Whether an upright name is that of a function."""
        if not is_known(name):
            return False
        return (is_reserved(name) and name in FUNCTIONS) or bool(
            re.compile(r"\s*(?:\^|\\left|\()").match(self.line, font.end())
        )
