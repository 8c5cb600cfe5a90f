"""What simplifies a formula: identities in gradcli's own language, as patterns that are matched with nodes.

An identity may give a value where its left side had none (`x/x`). It must not turn a stable form into one that
overflows or cancels: nothing here joins (1/x)^2 into 1/x^2.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

from gradcli.language.parser import parse_rule
from gradcli.operators.records import Operator
from gradcli.operators.table import CONSTANT, VARIABLE

# What each letter of an identity stands for: c and d numbers, n a negative number, p and q conditions,
# the others anything.
NUMBERS, NEGATIVE, CONDITIONS = ("c", "d"), "n", ("p", "q")

COMMUTATIVE = ("x + y", "x * y")  # tried in both orders

IDENTITIES = (
    # 0, 1 and signs
    ("x + 0", "x"), ("x - 0", "x"), ("0 - x", "-x"), ("x - x", "0"),
    ("x * 0", "0"), ("x * 1", "x"), ("x * -1", "-x"),
    ("0 / x", "0"), ("x / 1", "x"), ("x / -1", "-x"), ("x / x", "1"),
    ("x^0", "1"), ("x^1", "x"), ("1^x", "1"), ("log(e)", "1"),
    ("--x", "x"), ("-(x - y)", "y - x"), ("(-x)^2", "x^2"),
    ("x + -y", "x - y"), ("-x - y", "-(x + y)"),
    ("-x * y", "-(x * y)"), ("-x / y", "-(x / y)"), ("x / -y", "-(x / y)"),
    ("n * x", "-(-n * x)"), ("n / x", "-(-n / x)"), ("x / n", "-(x / -n)"), ("x + n", "x - -n"),
    # branches: the other factor goes into the branch, so that it is not evaluated where the branch is not taken
    ("p or p", "p"), ("where(p, x, x)", "x"),
    ("where(p, x, y) * where(p, z, w)", "where(p, x * z, y * w)"),
    ("where(p, x, y) / where(p, z, w)", "where(p, x / z, y / w)"),
    ("where(p, x, 0) * y", "where(p, x * y, 0)"), ("where(p, 0, x) * y", "where(p, 0, x * y)"),
    ("where(p, x, 0) / y", "where(p, x / y, 0)"), ("where(p, 0, x) / y", "where(p, 0, x / y)"),
    ("-where(p, x, y)", "where(p, -x, -y)"),
    ("where(p, x, y) + where(p, z, w)", "where(p, x + z, y + w)"),
    ("where(p, x, y) - where(p, z, w)", "where(p, x - z, y - w)"),
    ("v + where(p, x, y) + where(p, z, w)", "v + where(p, x + z, y + w)"),
    ("v + where(p, x, y) - where(p, z, w)", "v + where(p, x - z, y - w)"),
    ("where(p, where(p, x, y), z)", "where(p, x, z)"), ("where(p, x, where(p, y, z))", "where(p, x, z)"),
    # numbers: one in each product, in front; one in each sum
    ("x * c", "c * x"), ("(c * x) / y", "c * (x / y)"),
    ("c * (d * x)", "(c * d) * x"), ("c * (x / d)", "(c / d) * x"), ("(c * x) * y", "c * (x * y)"),
    ("(c / x) * y", "c * y / x"), ("(c / x / y) * z", "c * z / x / y"), ("c - (x + d)", "(c - d) - x"),
    # like terms
    ("x + x", "2 * x"), ("c * x + x", "(c + 1) * x"),
    ("(x + y) + y", "x + 2 * y"), ("(x + c * y) + y", "x + (c + 1) * y"), ("(x - y) - y", "x - 2 * y"),
    # powers and quotients
    ("x * x", "x^2"), ("x * x^c", "x^(c + 1)"), ("x^c * x^d", "x^(c + d)"), ("x * x^(y - 1)", "x^y"),
    ("x * (x * y)", "x^2 * y"), ("x * (x^c * y)", "x^(c + 1) * y"),
    ("(x * y) / x", "y"), ("(x / y) * y", "x"), ("x * y / (x * z)", "y / z"),
)  # fmt: skip


class Pattern(NamedTuple):
    """One node of an identity: an operator and its operands, a number, or a letter."""

    operator: Operator
    operands: tuple["Pattern", ...] = ()
    letter: str = ""
    number: float = 0.0


@cache
def commutative() -> frozenset[Operator]:
    """The operators whose two operands may be exchanged."""
    return frozenset(_pattern(text).operator for text in COMMUTATIVE)


@cache
def numbers_in_front() -> frozenset[Pattern]:
    """What brings a number in front of a product."""
    return frozenset(map(_pattern, ("c * (x * y)", "c * (x / y)")))


@cache
def candidates(operator: Operator, kinds: Sequence[Operator]) -> tuple[tuple[Pattern, Pattern], ...]:
    """The identities that can match an operation on operands of these kinds."""
    return tuple(
        (left, right)
        for left, right in _identities()
        if left.operator is operator
        and len(left.operands) == len(kinds)
        and all(_fits(operand, kind) for operand, kind in zip(left.operands, kinds, strict=True))
    )


@cache
def dropped(pattern: Pattern, replacement: Pattern) -> frozenset[str]:
    """The letters that are on the left side of an identity alone."""
    return _letters(pattern) - _letters(replacement)


def _letters(pattern: Pattern) -> frozenset[str]:
    return frozenset([pattern.letter] if pattern.letter else []).union(*map(_letters, pattern.operands))


def _fits(pattern: Pattern, kind: Operator) -> bool:
    if pattern.letter in (*NUMBERS, NEGATIVE):
        return kind is CONSTANT
    return pattern.operator in (VARIABLE, kind)


@cache
def _identities() -> tuple[tuple[Pattern, Pattern], ...]:
    """All identities, as they are written before those with operands of commutative operators exchanged.

    So of two branches that are multiplied the first, which is the gradient's own, is around the second.
    """
    orders = [list(_orders(_pattern(left))) for left, _ in IDENTITIES]
    rights = [_pattern(right) for _, right in IDENTITIES]
    pairs = list(zip(orders, rights, strict=True))
    written = [(lefts[0], right) for lefts, right in pairs]
    exchanged = [(left, right) for lefts, right in pairs for left in lefts[1:]]
    return tuple((left, right) for left, right in (*written, *exchanged) if left != right)


def _orders(pattern: Pattern) -> Iterator[Pattern]:
    variants = [tuple(_orders(operand)) for operand in pattern.operands]
    for operands in product(*variants):
        yield pattern._replace(operands=operands)
        if pattern.operator in commutative() and operands[0] != operands[1]:
            yield pattern._replace(operands=operands[::-1])


def _pattern(text: str) -> Pattern:
    graph = parse_rule(text, conditions=CONDITIONS)
    patterns: list[Pattern] = []
    for node, operator in enumerate(graph.operators):
        operands = tuple(patterns[x] for x in graph.inputs[node])
        patterns.append(Pattern(operator, operands, graph.names.get(node, ""), graph.values.get(node, 0.0)))
    return patterns[graph.output]
