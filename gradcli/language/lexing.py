"""A line of Python, C, JavaScript, a spreadsheet, or as people write, in tokens."""

import re
from collections.abc import Callable
from functools import cache
from unicodedata import normalize

from gradcli.language.identifiers import FRACTIONS, INDEX, LETTER, RAISED, SYSTEMS, WORD, NamedLine
from gradcli.language.notation import ForeignNotation, NotationError, Token
from gradcli.operators.table import FUNCTIONS

_PIECES: tuple[tuple[str, str], ...] = (
    ("space", r"\.(?=\()|\s+"),  # exp.(x)
    ("number", r"0[xX][0-9a-fA-F]+|(?:[0-9]*\.)?[0-9]+\.?[dD][+-]?[0-9]+(?!\w)"
               r"|(?:[0-9][0-9_]*(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"),
    ("cast", r"\(\s*(?:(?:const|unsigned|signed|long|short|double|float|int|real)\s*)+\)"),
    ("method", rf"\.\s*{WORD}\s*\("),
    ("foreign", r"(?:'[^']+'|\w+)!\$?[A-Za-z]+\$?[0-9]+|&"),
    ("cell", r"\$?[A-Za-z]{1,3}\$?[0-9]+(?::\$?[A-Za-z]{1,3}\$?[0-9]+)?(?!\w|\()"),
    ("name", rf"(?:(?:{'|'.join(SYSTEMS)})(?:\.|::)(?:{WORD}(?:\.|::))*)?{WORD}{INDEX}"),
    ("attribute", rf"\.\s*{WORD}"),
    ("raised", f"[{RAISED}]+"),
    ("fraction", f"[{FRACTIONS}]"),
    ("root", rf"[√∛]\s*(?:{WORD}|[0-9]+(?:\.[0-9]+)?)?"),
    ("string", r"'[a-z]*'|\"[a-z]*\""),
    ("operator", r"\.(?:[-+*/^]|[<>]=?|[!=]=)|===|!==|\*\*|//|==|!=|<=|>=|<>|=<|=>|&&|\|\||%%|%/%"),
    ("sign", r"[-+*/^%<>=≤≥≦≧≠×·⋅÷−–—‐‑∗∙•✕∕⁄∧∨¬!?:|°‖∥(){}⌊⌋⌈⌉\[\],;、､&~\u30fb\uff65]"),
)  # fmt: skip
_SPELLED = {
    "**": "^", "===": "==", "!==": "!=", "<>": "!=", "≠": "!=", "=<": "<=",
    "≤": "<=", "≦": "<=", "=>": ">=", "≥": ">=", "≧": ">=", "&&": "and", "∧": "and", "∨": "or", "¬": "not",
    **dict.fromkeys((*"×·⋅∗∙•✕", chr(0x30FB), chr(0xFF65)), "*"),
    **dict.fromkeys("÷∕⁄", "/"), **dict.fromkeys("‖∥", "|"), **dict.fromkeys("−–—‐‑", "-"),
}  # fmt: skip
_SIGNS = "∑∏∫∂∇∞@₀₁₂₃₄₅₆₇₈₉"
_DELIMITERS = {"⌊": ("floor", "⌋"), "⌈": ("ceil", "⌉")}


@cache
def _pattern(notation: str) -> re.Pattern[str]:
    left_out = ["method", "attribute"] if notation == "spreadsheet" else ["cell", "foreign"]
    left_out += [] if notation in ("c", "javascript") else ["cast"]
    forms = {kind: form for kind, form in _PIECES if kind not in left_out}
    if notation == "spreadsheet":
        forms["name"] = rf"{WORD}(?:\.{WORD})*"
    if notation == "mathematica":
        forms["name"] = WORD
    if notation == "c":
        forms["number"] = rf"(?:{forms['number']})(?:[fFlLuU]+(?!\w))?"
    return re.compile("|".join(f"(?P<{kind}>{form})" for kind, form in forms.items()))


def tokens(line: str, notation: ForeignNotation) -> list[Token]:
    """The tokens of a line; raises `NotationError` at what is none."""
    return _Lexer(line, notation).found


def _refuse_own(match: re.Match[str]) -> None:
    """Raise `NotationError` at `.T`, which the language has: what it refuses in the line is something else."""
    if match[0].strip(" .(") == "T":
        raise NotationError


class _Lexer(NamedLine):
    def __init__(self, line: str, notation: ForeignNotation) -> None:
        super().__init__(line, notation)
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

    def _number(self, match: re.Match[str]) -> None:
        word = re.sub("[dD]", "e", match[0]) if match[0][:2] not in ("0x", "0X") else match[0]
        word = word.replace("_", "")
        is_hexadecimal = word[:2] in ("0x", "0X")
        if word == "0" and re.match(r"[bBoOxX][0-9a-fA-F]", self.line[match.end() :]):
            raise NotationError
        if self.notation.name == "builtin" and re.match(r"[jJ]\b", self.line[match.end() :]):
            raise NotationError("no-counterpart", match.start(), match.end() + 1)
        self.add("number", str(int(word, 16)) if is_hexadecimal else word.rstrip("fFlLuU"), match)

    def _cast(self, match: re.Match[str]) -> None:
        is_whole = re.search(r"\b(?:int|long|short|unsigned|signed)\b", match[0]) and "double" not in match[0]
        self.add("prefix", "trunc" if is_whole else "cast", match)

    def _method(self, match: re.Match[str]) -> None:
        _refuse_own(match)
        self.add("method", match[0].strip(" .("), match, "torch")
        self.found[-1] = self.found[-1]._replace(end=match.end() - 1)
        self.opened.append("(")

    def _cell(self, match: re.Match[str]) -> None:
        if ":" in match[0]:
            raise NotationError("cell-range", match.start(), match.end())
        self.name(match[0].replace("$", ""), match)

    def _foreign(self, match: re.Match[str]) -> None:
        """A cell of another sheet, or texts that are joined."""
        raise NotationError("no-counterpart", match.start(), match.end())

    def _raised(self, match: re.Match[str]) -> None:
        """`²ˣ` is ^(2x)."""
        self.add("raise", "^", match)
        self.add("open", ")", match)
        if root := re.match(r"\s*√", self.line[match.end() :]):  # ⁴√x
            raise NotationError("no-counterpart", match.start(), match.end() + root.end())
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
        is_long = re.match(rf"[\w(^√∛{RAISED}]", self.line[match.end() :])  # √x²
        is_closed = not (is_long and self.notation.is_first(match.start(), match.end()))
        if is_closed:
            self.add("open", ")", match)
        self.found += [one._replace(start=match.start(), end=match.end()) for one in tokens(inside, self.notation)]
        if is_closed:
            self.add("close", ")", match)

    def _string(self, match: re.Match[str]) -> None:
        self.add("string", f"'{match[0][1:-1]}'", match)

    def _attribute(self, match: re.Match[str]) -> None:
        _refuse_own(match)
        start = self.found[-1].start if self.found and self.found[-1].kind == "name" else match.start()
        raise NotationError("no-counterpart", start, match.end())

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
            "%": self.remainder, "!": self.exclamation, "°": self.degrees, "|": self.bar, "=": self.equal,
            **dict.fromkeys(",;、､", self.comma), **dict.fromkeys("?:", self.choice),
            **dict.fromkeys("([{", self.opening), **dict.fromkeys(")]}", self.closing), "&": self.bit, "~": self.bit,
            "^": self.power, **dict.fromkeys("⌊⌈", self.delimiter), **dict.fromkeys("⌋⌉", self.closing),
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
            raise NotationError("transpose-sign", match.start(), match.end() + 1)
        self.add("raise", "^", match)

    def remainder(self, match: re.Match[str]) -> None:
        """A percentage, or what a division leaves."""
        rest = self.behind(match)
        if own := re.match(r"(?:[*ox]|in)%", self.line[match.end() :]):  # R's %*%
            raise NotationError("no-counterpart", match.start(), match.end() + own.end())
        last = self.found[-1] if self.found else None
        is_percent = last is not None and last.kind == "number" and last.end == match.start()  # 10% x, 10% - x
        is_last = self.notation.name == "spreadsheet" or not re.match(rf"{LETTER}|[0-9.(√+−-]", rest)
        if not is_last and is_percent and self.notation.name == "builtin":
            is_last = rest.startswith("of ") or self.notation.is_first(match.start(), match.end())
        self.add("postfix" if is_last else "operator", "%", match)

    def exclamation(self, match: re.Match[str]) -> None:
        """A factorial, or `not`."""
        self.add(*(("postfix", "!") if self.after_value() else ("prefix", "!")), match)

    def degrees(self, match: re.Match[str]) -> None:
        """An angle, of which the sine may have no parentheses: sin30°. A temperature is none."""
        if re.match(r"[CFK]\b", self.line[match.end() :]):
            raise NotationError("no-counterpart", match.start(), match.end() + 1)
        last = self.found[-1] if self.found else None
        parts = re.fullmatch(r"([a-z]+)([0-9]+)", last.text) if last is not None and last.kind == "name" else None
        if last is not None and parts and parts[1] in FUNCTIONS:
            place = last.start + len(parts[1])
            number = Token("number", parts[2], place, last.end)
            self.found[-1:] = [Token("function", parts[1], last.start, place), number]
        self.add("postfix", "°", match)

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
