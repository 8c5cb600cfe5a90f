"""A graph under construction: equal nodes are one node, and each node is simplified when it is made.

Simplification is local and bounded: an identity looks at a node and two levels of its operands, and a rewritten
node may be rewritten again a few times, so the whole stays linear. It never expands, factors or searches. The
constants' arithmetic is that of doubles, and a constant is only computed where its text stays short (`2*3`, not
`1/3`), so that formulas stay readable and exact.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from math import isfinite

from gradcli.engine.doubles.rules import ARITHMETIC_ERRORS
from gradcli.graph import Builder, Graph
from gradcli.language.parser import parse_rule
from gradcli.operators import rationals
from gradcli.operators.records import Operator
from gradcli.operators.table import CONSTANT, IDENTITY, VARIABLE
from gradcli.symbolic.identities import NEGATIVE, NUMBERS, Pattern, candidates, commutative, dropped, numbers_in_front
from gradcli.text import format_number

DEPTH = 6  # how often a rewritten node may be rewritten again; 0: only what is a number or an operand already
SHORT = 8  # characters of a constant that is computed


class Simplifier(Builder):
    """A graph under construction in which equal nodes are one and each is simplified when it is made."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[tuple[object, ...], int] = {}
        self._truths: dict[int, bool] = {}  # of the conditions that are about numbers alone
        self.complements: dict[int, int] = {}  # by sigmoid(-x) the node of sigmoid(x): both are 1 together
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
        if operator in commutative():
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
        for pattern, replacement in candidates(operator, kinds):
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
        return any(letters.get(letter) in self.made_of_steep for letter in dropped(left, right))

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
        if pattern in numbers_in_front() and self._numbers_apart(*operands):
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
