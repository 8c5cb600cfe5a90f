"""What operators mean in a notation: of values that have been read, the value of the operation."""

from collections.abc import Mapping, Sequence

from gradcli.language.notation import (
    AND,
    COMPARISON,
    OR,
    POWER,
    PRODUCT,
    SUM,
    ForeignNotation,
    NotationError,
    Operand,
    Pending,
)

_OPPOSITE = {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}
# What most notations have: precedence, and what is written for it.
INFIX: Mapping[str, tuple[int, str]] = {
    "or": (OR, "({0}) or ({1})"), "and": (AND, "({0}) and ({1})"), "+": (SUM, "({0}) + ({1})"),
    "-": (SUM, "({0}) - ({1})"), "*": (PRODUCT, "({0})*({1})"), "/": (PRODUCT, "({0})/({1})"),
    "^": (POWER, "({0})^({1})"), **dict.fromkeys(_OPPOSITE, (COMPARISON, "")),
}  # fmt: skip
_NOT = dict.fromkeys(("not", "!", "~"), "not ({0})")
PREFIX = {"-": "-({0})", "+": "{0}", **_NOT, "trunc": "trunc({0})", "cast": "{0}"}


def applied(notation: ForeignNotation, pending: Pending, values: Sequence[Operand]) -> Operand:
    """The value of an operator; raises `NotationError` where it has none."""
    symbol = pending.symbol
    if symbol in ("&", "|", "~") and not all(value.is_condition for value in values):  # of the digits of numbers
        raise NotationError("no-counterpart", pending.token.start, pending.token.end)
    if symbol == "?:":
        return _choice(*values)
    if symbol == "if:":
        return _choice(values[1], values[0], values[2])
    if len(values) == 1:
        return _signed(notation, symbol, values[0])
    if symbol in _OPPOSITE:
        return _compared(notation, symbol, *values)
    form = {**INFIX, **notation.written}[symbol][1]
    if symbol in ("and", "or", "&", "|"):
        if notation.values_of_and and not (values[0].is_condition and values[1].is_condition):
            raise NotationError
        return Operand(form.format(*(notation.condition(value) for value in values)), is_condition=True)
    is_whole = values[0].is_whole and values[1].is_whole
    if symbol == "/" and is_whole and notation.whole_division:
        raise NotationError("ambiguous-notation", pending.token.start, pending.token.end)
    return Operand(form.format(*(notation.number(value) for value in values)), is_whole=is_whole)


def _choice(condition: Operand, holds: Operand, fails: Operand) -> Operand:
    """One of two values."""
    if holds.is_condition and fails.is_condition:
        raise NotationError
    return Operand(f"where({condition.condition}, {holds.number}, {fails.number})")


def _signed(notation: ForeignNotation, symbol: str, value: Operand) -> Operand:
    """What stands before a value."""
    if symbol not in _NOT:
        return Operand(
            PREFIX[symbol].format(notation.number(value)),
            is_whole=symbol == "trunc" or (value.is_whole and symbol != "cast"),
        )
    return Operand((PREFIX[symbol] if value.is_condition else "({0}) == 0").format(value.text), is_condition=True)


def _compared(notation: ForeignNotation, symbol: str, one: Operand, other: Operand) -> Operand:
    """A comparison; behind another one both must hold, or it compares what that one gives."""
    if notation.name == "spreadsheet" and (one.is_condition or other.is_condition):
        raise NotationError  # TRUE is more than any number there
    right = notation.number(other)
    if one.relation is None or not notation.chains:
        left = notation.number(one)
        return Operand(f"({left}) {symbol} ({right})", True, (left, symbol, right))
    middle = one.relation[2]
    return Operand(f"({one.text}) and ({middle}) {symbol} ({right})", True, (middle, symbol, right))


def cases(values: Sequence[Operand]) -> Operand:
    """Values with their conditions. The last one has none, or that which is left."""
    rows = list(zip(values[::2], values[1::2], strict=False))
    if len(values) % 2 or len(rows) < 2 or any(not condition.is_condition for _, condition in rows):
        raise NotationError
    (_, before), (text, last) = rows[-2], rows[-1]
    if last.text != "otherwise":
        one, other = before.relation, last.relation
        is_rest = one and other and other == (one[0], _OPPOSITE[one[1]], one[2]) and len(rows) == 2
        if not is_rest:
            raise NotationError
    written = text.text
    for value, condition in reversed(rows[:-1]):
        if condition.text == "otherwise":
            raise NotationError
        written = f"where({condition.text}, {value.text}, {written})"
    return Operand(written)
