"""Tokens to a line of gradcli's language: by precedence, with a stack, for every notation."""

from collections.abc import Sequence

from gradcli.language.notation import (
    BARE,
    CHOICE,
    LOOSE,
    NOT,
    PRODUCT,
    SIGN,
    UNSIGNED,
    ForeignNotation,
    NotationError,
    OpenBracket,
    OpenCall,
    Operand,
    Pending,
    Token,
)
from gradcli.language.operations import PREFIX, cases
from gradcli.language.stack import Stack
from gradcli.language.syntax import WORDS
from gradcli.text import format_number

_IN_BARS = (["bar", "name"], ["bar", "number"])  # |a|b|c|
_OPERANDS = ("number", "name", "function", "open", "bar", "list")
# Of what no product without a sign is made up: 1/2x is read in two ways.
_DIVISIONS = ("/", "%", "//", "mod")


def read(tokens: Sequence[Token], notation: ForeignNotation) -> str:
    """The line that means the same; raises `NotationError`. Linear in the number of tokens."""
    reader = _Reader(tokens, notation)
    while reader.place < len(tokens):
        token = tokens[reader.place]
        reader.place += 1
        if reader.function is not None:
            reader.head(reader.function, token)
        elif reader.expects_operand:
            reader.operand(token)
        else:
            reader.operator(token)
    return reader.finished()


class _Reader(Stack):
    def operand(self, token: Token) -> None:
        """What begins a value."""
        kind = token.kind
        frame = self.stack[-1] if self.stack else None
        if kind == "string":
            self.push(Operand(token.text, items=()))
        elif kind in ("number", "name"):
            self.push(Operand(token.text, is_whole=kind == "number" and token.text.isdecimal()))
        elif kind == "function":
            self.function = OpenCall(token, groups=token.groups)
            if not token.groups and self.next_kind() not in ("open", "raise", "base"):
                self.bare(self.function)
        elif kind in ("open", "list", "cases"):
            self.open("group" if kind == "open" else kind, token)
        elif kind == "bar":
            self.open("call", token, OpenCall(token._replace(text="abs")))
        elif kind == "otherwise":
            self.push(Operand("otherwise", is_condition=True))
        elif kind == "keyword" and isinstance(frame, OpenBracket) and frame.kind == "call":
            frame.keywords[len(self.values) - frame.base] = token.text
        elif kind == "close" and self.is_call() and token.text == ")":
            self.close(token)
        else:
            self.signed(token)

    def signed(self, token: Token) -> None:
        """An operator before its operand."""
        if token.kind not in ("operator", "prefix") or token.text not in PREFIX:
            raise NotationError
        precedence = NOT if token.text == "not" else self.notation.sign
        self.stack.append(Pending(token.text, precedence, token, 1))

    def head(self, function: OpenCall, token: Token) -> None:
        """What stands between the name of a function and its arguments: sin^2(x), the base of a logarithm."""
        if token.kind in ("raise", "base") and not function.groups:
            is_base = token.kind == "base"
            if function.power is not None or function.before or (is_base and function.token.text != "log"):
                raise NotationError("no-counterpart", function.token.start, token.end)
            self.exponent(function, "power" if token.kind == "raise" else "base")
        elif token.kind in ("open", "list") and function.groups:
            self.open("argument", token, function)
        elif token.kind == "open":
            self.open("call", token, function)
        else:
            self.bare(function)
            self.operand(token)

    def operator(self, token: Token) -> None:
        """What stands behind a value."""
        kind, text = token.kind, token.text
        is_bar = kind == "bar" and any(isinstance(item, OpenBracket) and item.closer == "|" for item in self.stack)
        if kind == "close" or is_bar:
            self.close(token)
        elif kind == "comma":
            self.comma()
        elif kind == "method":
            self.open("call", token._replace(text=")"), OpenCall(token, [self.pop()]))
        elif kind == "postfix":
            self.postfix(token)
        elif kind in ("choice", "else"):
            self.choice(token)
        elif kind == "raise" or (kind == "operator" and text in self.infix):
            self.infixed("^" if kind == "raise" else text, token)
        elif kind in _OPERANDS and self.notation.has_products:
            self.product(token)
        else:
            raise NotationError

    def choice(self, token: Token) -> None:
        """`c ? a : b`, or `a if c else b`."""
        is_start = token.kind == "choice"
        self.reduce(CHOICE if is_start else 0, is_right=True)
        if is_start:
            self.stack.append(Pending(token.text, 0, token))
        else:
            top = self.stack[-1] if self.stack else None
            if not isinstance(top, Pending) or top.symbol != token.text:
                raise NotationError
            self.stack[-1] = Pending(f"{token.text}:", CHOICE, token, 3)
        self.expects_operand = True

    def infixed(self, symbol: str, token: Token) -> None:
        """An operator between two values."""
        precedence, _ = self.infix[symbol]
        is_right = symbol == "^" and self.notation.power_is_right
        if precedence == PRODUCT and self.next_kind() != "function" and self.has_bare() and self.is_first(token):
            precedence = UNSIGNED
        self.reduce(precedence, is_right)
        self.stack.append(Pending(symbol, precedence, token))
        self.expects_operand = True

    def product(self, token: Token) -> None:
        """Two values side by side."""
        before = self.tokens[: self.place - 1]
        for one in (before[-1], token):
            if one.kind == "name" and one.text.lower() in WORDS:
                raise NotationError("no-counterpart", one.start, one.end)
        if token.kind == "number" or (token.kind == "bar" and [one.kind for one in before[-2:]] in _IN_BARS):
            # As people write, the place has a message of its own.
            code = "" if self.notation.name == "people" else "ambiguous-notation"
            raise NotationError(code, token.start, token.end)
        frame = self.stack[-1] if self.stack else None
        if token.is_apart and isinstance(frame, OpenBracket) and (frame.kind, frame.closer) == ("group", "]"):
            raise NotationError  # [x y], a list of MATLAB
        precedence = self.closeness(token, before)
        self.reduce(precedence)
        self.stack.append(Pending("*", precedence, token))
        self.expects_operand = True
        self.operand(token)

    def closeness(self, token: Token, before: Sequence[Token]) -> int:
        """The precedence of a product without a sign, by what is before it."""
        if _is_loose(token, before) and self.is_first(token):  # e^2x
            return LOOSE
        if token.kind == "function" and not token.groups and self.has_bare():
            self.reduce(BARE)
        self.reduce(SIGN)
        top = self.stack[-1] if self.stack else None
        if isinstance(top, Pending) and top.symbol in _DIVISIONS and self.is_first(token):  # 1/2x
            return SIGN
        if not self.has_bare():
            return PRODUCT
        # A textbook's sin xy is the sine of the product.
        is_separate = token.kind in ("open", "bar") or token.groups or (token.is_apart and not _is_coefficient(before))
        return PRODUCT if is_separate and not self.is_first(token) else UNSIGNED

    def postfix(self, token: Token) -> None:
        """A factorial, a percentage or an angle in degrees."""
        value = self.pop()
        if token.text == "!" and self.tokens[self.place - 2].text == "!":  # n!!, which is no factorial of one
            raise NotationError("no-counterpart", token.start - 1, token.end)
        if token.text == "°":
            self.push(Operand(f"radians({value.number})"))
        elif token.text == "!":
            self.push(Operand(f"gamma(({value.number}) + 1)"))
        elif value.text.replace(".", "", 1).isdecimal():
            self.push(Operand(format_number(float(value.text) / 100)))
        elif self.notation.name == "spreadsheet":
            self.push(Operand(f"({value.number})/100"))
        else:
            raise NotationError

    def comma(self) -> None:
        """The end of an argument, or of a case."""
        self.reduce(0)
        frame = self.stack[-1] if self.stack else None
        if not isinstance(frame, OpenBracket) or frame.kind not in ("call", "list", "cases"):
            raise NotationError
        if frame.kind == "cases" and self.next_kind() in ("comma", "close"):  # `x, & x > 0`
            return
        self.expects_operand = True

    def close(self, token: Token) -> None:
        """The end of parentheses."""
        if self.values and not self.expects_operand:
            self.reduce(0)
        frame = self.stack.pop() if self.stack else None
        if not isinstance(frame, OpenBracket) or frame.closer != token.text:
            raise NotationError
        arguments = self.values[frame.base :]
        del self.values[frame.base :]
        if frame.kind == "call":
            assert frame.function is not None
            self.apply(frame.function, arguments, frame.keywords)
            if token.text == "}" and self.next_kind() in ("number", "name", "open", "raise"):  # \sin{x}y
                raise NotationError("ambiguous-notation", token.start, token.end)
        elif frame.kind == "list":
            self.push(Operand("", items=tuple(arguments)))
        elif frame.kind == "cases":
            self.push(cases(arguments))
        elif len(arguments) != 1 or arguments[0].items is not None:
            raise NotationError
        elif frame.kind == "group":
            inside = arguments[0]
            if token.text == "]" and self.tokens[self.place - 3] is frame.token:  # [x], which is floor(x) to some
                raise NotationError
            self.push(inside._replace(relation=None, is_grouped=True))
        else:
            assert frame.function is not None
            self.given(frame.function, frame.kind, arguments[0])


def _is_loose(token: Token, before: Sequence[Token]) -> bool:
    """Whether a factor may belong to the exponent before it: `e^2x`."""
    unsigned = [one for one in before[-4:] if one.text != "-"][-3:]
    kinds = [one.kind for one in unsigned]
    is_close = token.kind == "name" and before[-1].end == token.start
    return is_close and kinds[1:] == ["raise", "number"] and (kinds[0] == "number" or unsigned[0].text == "e")


def _is_coefficient(before: Sequence[Token]) -> bool:
    """Whether a number that is no exponent ends here, or pi."""
    last = before[-1]
    return last.text == "pi" or (last.kind == "number" and before[-2].kind != "raise")
