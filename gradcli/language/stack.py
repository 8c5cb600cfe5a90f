"""What has been read of a line, and what waits for more: values, operators, open parentheses."""

from collections.abc import Sequence

from gradcli.language.calls import called
from gradcli.language.notation import (
    BARE,
    ForeignNotation,
    NotationError,
    OpenBracket,
    OpenCall,
    Operand,
    Pending,
    Token,
)
from gradcli.language.operations import INFIX, applied

LONGEST = 2000  # characters of what is written for a part of the line


class Stack:
    """The values of a line so far, and what will be done with them."""

    def __init__(self, tokens: Sequence[Token], notation: ForeignNotation) -> None:
        self.tokens = tokens
        self.notation = notation
        self.infix = {**INFIX, **notation.written}
        self.place = 0  # of the next token
        self.values: list[Operand] = []
        self.stack: list[Pending | OpenBracket] = []
        self.function: OpenCall | None = None  # whose arguments are next
        self.expects_operand = True

    def next_kind(self) -> str:
        """What kind of token comes next, or ""."""
        return self.tokens[self.place].kind if self.place < len(self.tokens) else ""

    def take(self) -> Token:
        """The next token."""
        if self.place == len(self.tokens):
            raise NotationError
        self.place += 1
        return self.tokens[self.place - 1]

    def finished(self) -> str:
        """The whole line."""
        if self.expects_operand or self.function is not None:
            raise NotationError
        self.reduce(0)
        top = self.stack[-1] if self.stack else None
        if isinstance(top, Pending) and top.symbol in ("if", "?"):
            raise NotationError("missing-choice", top.token.start, top.token.end)
        if self.stack or len(self.values) != 1 or self.values[0].items is not None:
            raise NotationError
        return self.values[0].number if self.notation.converts else self.values[0].text

    def push(self, value: Operand) -> None:
        """A value: what is expected then is an operator."""
        if len(value.text) > LONGEST:
            raise NotationError
        self.values.append(value)
        self.expects_operand = False

    def pop(self) -> Operand:
        """The last value, which must be a number or a condition."""
        if not self.values:
            raise NotationError
        value = self.values.pop()
        if value.items is not None:
            raise NotationError
        return value

    def is_first(self, token: Token) -> bool:
        """Whether the first of two ways to read a place is taken."""
        return self.notation.is_first(token.start, token.end)

    def is_call(self) -> bool:
        """Whether parentheses have just been opened behind a function."""
        frame = self.stack[-1] if self.stack else None
        return isinstance(frame, OpenBracket) and frame.kind == "call" and frame.base == len(self.values)

    def open(self, kind: str, token: Token, function: OpenCall | None = None) -> None:
        """Parentheses of any kind."""
        self.stack.append(OpenBracket(kind, token.text, len(self.values), token, function))
        self.function = None
        self.expects_operand = True

    def exponent(self, function: OpenCall, kind: str) -> None:
        """A power or a base: a number or name, with a sign, or what is in braces."""
        sign, token = "", self.take()
        if token.kind == "operator" and token.text == "-":
            sign, token = "-", self.take()
        if token.kind == "open" and not sign:
            self.open(kind, token, function)
        elif token.kind in ("number", "name"):
            self.given(function, kind, Operand(sign + token.text))
        else:
            raise NotationError

    def given(self, function: OpenCall, kind: str, value: Operand) -> None:
        """A function has got its power, its base, or an argument in braces."""
        if kind == "power":
            function.power = value
        else:
            function.before.append(value)
            function.groups -= kind == "argument"
        if kind == "argument" and not function.groups:
            self.function = None
            self.apply(function, [], {})
        elif kind == "argument" or self.next_kind() in ("open", "raise", "base"):
            self.function = function
        else:
            self.bare(function)

    def bare(self, function: OpenCall) -> None:
        """The argument has no parentheses."""
        if not self.notation.has_products:
            raise NotationError
        self.function = None
        self.stack.append(Pending("apply", BARE, function.token, 1, function))
        self.expects_operand = True

    def has_bare(self) -> bool:
        """Whether a function without parentheses waits for the end of its argument."""
        for item in reversed(self.stack):
            if isinstance(item, OpenBracket) or item.precedence < BARE:
                return False
            if item.function is not None:
                return True
        return False

    def reduce(self, precedence: int, is_right: bool = False) -> None:
        """Apply the operators that bind closer than what comes."""
        while self.stack:
            top = self.stack[-1]
            if isinstance(top, OpenBracket) or not top.precedence:
                return
            if top.precedence < precedence or (is_right and top.precedence == precedence):
                return
            self.stack.pop()
            self.applied(top)

    def applied(self, pending: Pending) -> None:
        """Put the value of an operator in place of its operands."""
        values = [self.pop() for _ in range(pending.count)][::-1]
        if pending.function is not None:
            self.apply(pending.function, values, {})
        else:
            self.push(applied(self.notation, pending, values))

    def apply(self, function: OpenCall, arguments: Sequence[Operand], keywords: dict[int, str]) -> None:
        """A call, as what it means."""
        self.function = None
        arguments = [*function.before, *arguments]
        shifted = {place + len(function.before): name for place, name in keywords.items()}
        self.push(called(self.notation, function, arguments, shifted))
