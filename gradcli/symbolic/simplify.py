"""A graph under construction: equal nodes are one node, and each node is simplified when it is made.

Simplification is local and bounded: an identity looks at a node and two levels of its operands, and a rewritten
node may be rewritten again a few times, so the whole stays linear. It never expands, factors or searches. The
identities are written in gradcli's own language; the constants' arithmetic is that of doubles, and a constant is
only computed where its text stays short (`2*3`, not `1/3`), so that formulas stay readable and exact.

An identity may give a value where its left side had none (`x/x`). It must not turn a stable form into one that
overflows or cancels: nothing here joins (1/x)^2 into 1/x^2.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import product
from math import isfinite
from typing import NamedTuple

from gradcli.engine.doubles.rules import ARITHMETIC_ERRORS
from gradcli.graph import Builder, Graph
from gradcli.language.parser import parse_rule
from gradcli.operators import rationals
from gradcli.operators.records import Operator
from gradcli.operators.table import CONSTANT, IDENTITY, VARIABLE
from gradcli.text import format_number

DEPTH = 6  # how often a rewritten node may be rewritten again; 0: only what is a number or an operand already
SHORT = 8  # characters of a constant that is computed

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


class Simplifier(Builder):
    """A graph under construction in which equal nodes are one and each is simplified when it is made."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[tuple[object, ...], int] = {}
        self._truths: dict[int, bool] = {}  # of the conditions that are about numbers alone
        self.steep: set[int] = set()  # nodes that may be infinite: no identity looks into one
        self.made_of_steep: set[int] = set()  # these, and what is made of them: no identity drops one

    def variable(self, name: str) -> int:
        """The variable's one node."""
        node = self._node((VARIABLE, name), VARIABLE, ())
        self.names[node] = name
        return node

    def constant(self, value: float, name: str = "") -> int:
        """The node of a number, or of a named constant."""
        node = self._node((CONSTANT, repr(value), name), CONSTANT, ())
        self.values[node] = value
        if name:
            self.names[node] = name
        return node

    def keep(self, operator: Operator, inputs: tuple[int, ...]) -> int:
        """A node as it is, not simplified; the same one if there is one."""
        if operator is IDENTITY:
            return inputs[0]
        if operator in _commutative():
            node = self._known.get((operator, inputs[1], inputs[0]))
            if node is not None:
                return node
        return self._node((operator, *inputs), operator, inputs)

    def make(self, operator: Operator, inputs: tuple[int, ...], depth: int = DEPTH) -> int:
        """A node for this operation, or a simpler one that is equal."""
        if operator is IDENTITY:
            return inputs[0]
        number = self._folded(operator, inputs)
        if number is not None:
            return self.constant(number)
        decided = self._decided(operator, inputs)
        if decided is not None:
            return decided
        kinds = tuple(map(self._kind, inputs))
        for pattern, replacement in _candidates(operator, kinds):
            if not depth and replacement.operands:
                continue
            letters: dict[str, int] = {}
            if all(map(self._matches, pattern.operands, inputs, [letters] * len(inputs))):
                if self.made_of_steep and self._drops_steep(letters, pattern, replacement):
                    continue
                node = self._replaced(replacement, letters, depth - 1)
                if node is not None:
                    return node
        return self.keep(operator, inputs)

    def rule(self, text: str, parameters: Mapping[str, int]) -> int:
        """A rule of the operator table at these nodes."""
        return self.insert(parsed_rule(text), parameters)

    def slope(self, operator: Operator, index: int, parameters: Mapping[str, int]) -> int:
        """The partial derivative by an argument in the form for machines, at these nodes and the result `out`."""
        return self.rule(operator.partials[index].for_machines, parameters)

    def weight(self, operator: Operator, x: int, largest: int) -> int:
        """The weight of an argument, for an operator whose slopes are shares of a sum."""
        return self.rule(operator.weight, {"x": x, "largest": largest})

    def may_be_infinite(self, node: int) -> None:
        """Leave what is made of a node as it is: 0 times infinity is no 0, nor is their difference."""
        if not self.is_number(node):
            self.steep.add(node)
            self.made_of_steep.add(node)

    def _drops_steep(self, letters: Mapping[str, int], left: Pattern, right: Pattern) -> bool:
        return any(letters.get(letter) in self.made_of_steep for letter in _dropped(left, right))

    def _node(self, key: tuple[object, ...], operator: Operator, inputs: tuple[int, ...]) -> int:
        node = self._known.setdefault(key, len(self.operators))
        if node < len(self.operators):
            return node
        if not self.made_of_steep.isdisjoint(inputs):
            self.made_of_steep.add(node)
        return self.append(operator, inputs)

    def is_number(self, node: int) -> bool:
        """Whether the node is a constant without a name (pi has one)."""
        return self.operators[node] is CONSTANT and node not in self.names

    def _kind(self, node: int) -> Operator:
        """The node's operator; a named step is as opaque as a variable, so that formulas go on to speak of it."""
        is_opaque = (node in self.names and self.inputs[node]) or node in self.steep
        return VARIABLE if is_opaque else self.operators[node]

    def _folded(self, operator: Operator, inputs: tuple[int, ...]) -> float | None:
        """The value of an operation on numbers, if it is a finite number with a short text, and exactly that."""
        if operator.condition or not inputs or not all(map(self.is_number, inputs)):
            return None
        arguments = [self.values[x] for x in inputs]
        try:
            value = float(operator.forward(*arguments))
        except ARITHMETIC_ERRORS:
            return None
        if not isfinite(value) or len(format_number(value)) > SHORT or not _is_exact(operator, arguments, value):
            return None
        return value + 0.0  # no -0

    def _decided(self, operator: Operator, inputs: tuple[int, ...]) -> int | None:
        """The operand that is the result of a choice, an `and` or an `or`, where a comparison of numbers decides it."""
        if not operator.chooses:
            if operator.condition and all(x in self._truths or x in self.values for x in inputs):
                node = self.keep(operator, inputs)
                self._truths[node] = bool(operator.forward(*[self._truths.get(x, self.values.get(x)) for x in inputs]))
            return None
        first = self._truths.get(inputs[0])
        if first is not None:
            return inputs[operator.chooses(first)]
        second = self._truths.get(inputs[1]) if operator.condition else None
        if second is None:
            return None
        return inputs[1 if operator.forward(True, second) == operator.forward(False, second) else 0]

    def _matches(self, pattern: Pattern, node: int, letters: dict[str, int]) -> bool:
        if pattern.operator is CONSTANT and pattern.letter:
            return self.operators[node] is CONSTANT and self.names.get(node) == pattern.letter
        if pattern.letter:
            letter = pattern.letter
            if letter in (*NUMBERS, NEGATIVE) and not self.is_number(node):
                return False
            if letter == NEGATIVE and self.values[node] >= 0:
                return False
            return letters.setdefault(letter, node) == node
        if pattern.operator is CONSTANT:
            return self.is_number(node) and self.values[node] == pattern.number
        return pattern.operator is self._kind(node) and all(
            self._matches(operand, x, letters) for operand, x in zip(pattern.operands, self.inputs[node], strict=True)
        )

    def _replaced(self, pattern: Pattern, letters: Mapping[str, int], depth: int) -> int | None:
        """The right side of an identity; None where a number in it would have a long text."""
        if pattern.letter:
            return letters[pattern.letter]
        if pattern.operator is CONSTANT:
            return self.constant(pattern.number)
        operands = []
        for operand in pattern.operands:
            node = self._replaced(operand, letters, depth)
            if node is None:
                return None
            operands.append(node)
        if all(map(self.is_number, operands)) and self._folded(pattern.operator, tuple(operands)) is None:
            return None
        if pattern in _numbers_in_front() and self._numbers_apart(*operands):
            return None
        return self.make(pattern.operator, tuple(operands), depth)

    def _numbers_apart(self, number: int, other: int) -> bool:
        """Whether the other factor has a number in front too, which does not go into one with this number.

        Where they do not, each of a chain's numbers would go through all those before it, and out of the factors that
        they keep from underflow.
        """
        operator, inputs = self._kind(other), self.inputs[other]
        is_product = operator.arithmetic == "product" and len(inputs) == 2 and self.is_number(inputs[0])
        return is_product and self._folded(operator, (number, inputs[0])) is None


def _is_exact(operator: Operator, arguments: Sequence[float], value: float) -> bool:
    """Whether the result is that of the numbers as they are written: cosh(1e-8) is not 1."""
    *operands, result = (Fraction(format_number(x)) for x in (*arguments, value))
    try:
        return rationals.apply(operator, operands) == result
    except (ArithmeticError, ValueError):
        return False


@cache
def parsed_rule(text: str) -> Graph:
    """A rule of the operator table as a graph."""
    return parse_rule(text, conditions=("condition",))


@cache
def _commutative() -> frozenset[Operator]:
    return frozenset(_pattern(text).operator for text in COMMUTATIVE)


@cache
def _numbers_in_front() -> frozenset[Pattern]:
    """What brings a number in front of a product."""
    return frozenset(map(_pattern, ("c * (x * y)", "c * (x / y)")))


@cache
def _candidates(operator: Operator, kinds: Sequence[Operator]) -> tuple[tuple[Pattern, Pattern], ...]:
    """The identities that can match an operation on operands of these kinds."""
    return tuple(
        (left, right)
        for left, right in _identities()
        if left.operator is operator
        and len(left.operands) == len(kinds)
        and all(_fits(operand, kind) for operand, kind in zip(left.operands, kinds, strict=True))
    )


@cache
def _dropped(pattern: Pattern, replacement: Pattern) -> frozenset[str]:
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
        if pattern.operator in _commutative() and operands[0] != operands[1]:
            yield pattern._replace(operands=operands[::-1])


def _pattern(text: str) -> Pattern:
    graph = parse_rule(text, conditions=CONDITIONS)
    patterns: list[Pattern] = []
    for node, operator in enumerate(graph.operators):
        operands = tuple(patterns[x] for x in graph.inputs[node])
        patterns.append(Pattern(operator, operands, graph.names.get(node, ""), graph.values.get(node, 0.0)))
    return patterns[graph.output]
