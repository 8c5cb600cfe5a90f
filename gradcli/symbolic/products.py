"""Products as people write them: one number, one power of each factor, one fraction.

A product is seen as a number times powers of factors; what is equal in this form is one node. It is bounded: a
product of more than `MOST` factors is taken as one whole, so that everything stays linear.

These are formulas to be read: x/y/y is x/y^2 here, whose denominator may overflow where x/y does not. But a power of
what grows exponentially is no denominator: 1/cosh(x)^2 is (1/cosh(x))^2, which has a value far out.
"""

from functools import cache

from gradcli.operators.records import Operator
from gradcli.operators.table import ADD, CBRT, DIV, MUL, NEG, POW, SQRT, SUB
from gradcli.symbolic.coefficients import (
    Number,
    exact,
    is_short,
    is_small,
    is_whole,
    number_of,
    parts_of,
    quotient,
    raised,
    without_sign,
)
from gradcli.symbolic.simplify import Simplifier

MOST = 12  # factors of a product, and terms of a sum, that are looked at together
FEW = 4  # terms of a sum that may be multiplied out

FAR = 2000.0  # an argument at which doubles have no value of what grows exponentially

Powers = dict[int, Number]  # the exponent of each factor

ROOTS = ((SQRT, 2), (CBRT, 3))  # a root and the power that undoes it


class Products(Simplifier):
    """A graph under construction in which products are collected."""

    def __init__(self) -> None:
        super().__init__()
        # Found when asked for, after the steps of the function have their names.
        self._factors_of: dict[int, tuple[Number, Powers]] = {}
        self._exponents = 0  # how deep in exponents the present product is
        self._products: dict[tuple[Number, frozenset[tuple[int, Number]]], int] = {}

    def product(self, x: int, y: int, sign: int) -> int | None:
        """x*y, or x/y for a sign of -1; None where it has too many factors or divides by 0."""
        (number, powers), (other, more) = self.factors(x), self.factors(y)
        if not other and sign < 0:
            return None
        powers = dict(powers)
        for factor, exponent in more.items():
            powers[factor] = exact(powers.get(factor, 0) + sign * exponent)
        return self.made(exact(number * (other if sign > 0 else quotient(1, other))), powers)

    def power(self, x: int, y: int) -> int | None:
        """x^y for a number y; None for another exponent, or where a number would have a long text."""
        exponent, factors = self.factors(y)
        number, powers = self.factors(x)
        if factors or not powers:
            return None
        if not exponent:
            return self.constant(1.0)
        if len(powers) == 1:
            ((factor, before),) = powers.items()
            if is_whole(exponent) and is_small(number, exponent) and (number == 1 or exponent > 0):
                return self.made(raised(number, exponent), {factor: exact(before * exponent)})
            if before == 1 and number == 1:
                return self.made(1, {factor: exponent})
        return self.made(1, {x: exponent})

    def factors(self, node: int) -> tuple[Number, Powers]:
        """A node as a number and powers; the node alone where these would be too many."""
        if node not in self._factors_of:
            self._factors_of[node] = self._found_factors(node)
        return self._factors_of[node]

    def _found_factors(self, root: int) -> tuple[Number, Powers]:
        number: Number = 1
        powers: Powers = {}
        pending: list[tuple[int, Number]] = [(root, 1)]
        for _ in range(4 * MOST):
            pending = pending or self._reopened(powers)
            if not pending:
                return number, powers
            node, exponent = pending.pop()
            if self.is_number(node):
                value = number_of(self.values[node])
                if (not value and exponent < 0) or not is_small(value, exponent):
                    break
                number = exact(number * raised(value, exponent))
                continue
            if self._kind(node) is NEG and exponent % 2:
                number = -number
            pending += self._parts_of(node, exponent) or self._into_powers(powers, node, exponent)
        return (1, {root: 1})

    def _into_powers(self, powers: Powers, node: int, exponent: Number) -> list[tuple[int, Number]]:
        """Put a node that is no product among the powers; a power of a reciprocal is a part to be taken apart."""
        base, own = self._base(node)
        if base != node and self._kind(base) is DIV and self._number(self.inputs[base][0]) == 1:
            return [(base, own * exponent)]
        powers[base] = exact(powers.get(base, 0) + own * exponent)
        if not powers[base]:
            del powers[base]
        return []

    def _reopened(self, powers: Powers) -> list[tuple[int, Number]]:
        """Powers of products that have become the products themselves, taken out of the powers."""
        found = [(x, e) for x, e in powers.items() if abs(e) == 1 and self._is_product(x)]
        for x, _ in found:
            del powers[x]
        return found

    def _parts_of(self, node: int, exponent: Number) -> list[tuple[int, Number]]:
        """What a power of a product, quotient or negation is made of, the last part first; nothing for other nodes."""
        kind, inputs = self._kind(node), self.inputs[node]
        if kind is MUL:
            return [(inputs[1], exponent), (inputs[0], exponent)]
        if kind is DIV:
            return [(inputs[1], -exponent), (inputs[0], exponent)]
        return [(inputs[0], exponent)] if kind is NEG else []

    def _base(self, node: int) -> tuple[int, Number]:
        """A node as a power with a number as its exponent."""
        exponent: Number = 1
        while self._kind(node) is POW:
            base, top = self.inputs[node]
            own = self._number(top)
            if own is None or not (is_whole(own) or exponent == 1) or self.is_number(base):
                break
            if not is_short(exponent * own):
                break
            node, exponent = base, exact(exponent * own)
            if not is_whole(own):
                break
        return node, exponent

    def _number(self, node: int) -> Number | None:
        """The value of a number or a fraction of numbers, with or without a sign."""
        sign = -1 if self.operators[node] is NEG else 1
        inner = self.inputs[node][0] if sign < 0 else node
        inputs = self.inputs[inner]
        if self.operators[inner] is DIV and all(map(self.is_number, inputs)) and self.values[inputs[1]]:
            return sign * quotient(number_of(self.values[inputs[0]]), number_of(self.values[inputs[1]]))
        return sign * number_of(self.values[inner]) if self.is_number(inner) else None

    def _is_product(self, node: int) -> bool:
        return self._kind(node) in (MUL, DIV, NEG)

    def made(self, number: Number, powers: Powers) -> int | None:
        """The node of a product; None where a number in it would have a long text or it has too many factors."""
        extra, powers = self.together(powers)
        number = exact(number * extra)
        if len(powers) > MOST or not all(map(is_short, (number, *powers.values()))):
            return None
        if not number:
            return self.constant(0.0)
        key = (number, frozenset(powers.items()))
        if key not in self._products:
            self._products[key] = self.written(number, powers)
        return self._products[key]

    def together(self, powers: Powers, exponents: bool = True) -> tuple[Number, Powers]:
        """The powers without those that are 0, x/sqrt(x) as sqrt(x), and x^a*x as x^(a + 1) if exponents are added; a
        number from sqrt(2*x)^2.
        """
        number: Number = 1
        powers = {factor: exponent for factor, exponent in powers.items() if exponent}
        for factor in list(powers):
            if factor in self.complements:
                self._join_complement(powers, factor)
            elif factor in powers and factor not in self.names:
                operator, inputs = self.operators[factor], self.inputs[factor]
                if operator is POW and exponents:
                    self._add_to_exponent(powers, factor, *inputs)
                for root, degree in ROOTS:
                    if operator is root:
                        number = exact(number * self._join_root(powers, factor, inputs[0], degree))
        return number, powers

    def _join_complement(self, powers: Powers, factor: int) -> None:
        """sigmoid(-x)/(1 - sigmoid(x)) as 1."""
        other = self._known.get((SUB, self.constant(1.0), self.complements[factor]), factor)
        if other in powers and other != factor:
            powers[factor] = exact(powers[factor] + powers.pop(other))
            if not powers[factor]:
                del powers[factor]

    def _join_root(self, powers: Powers, root: int, x: int, degree: int) -> Number:
        """x/sqrt(x) as sqrt(x), sqrt(x)^2 as x, for a leaf sqrt(x)^3 as x*sqrt(x); returns the number left over."""
        whole, exponent = powers.get(x, 0), powers[root]
        if not (is_whole(whole) and is_whole(exponent)):
            return 1
        total = int(degree * whole + exponent)
        is_leaf = not self.inputs[x]
        if not (whole or is_leaf or total % degree == 0):
            return 1
        count = int(total / degree) if is_leaf or total % degree == 0 else 0
        number, inner = self.factors(x)
        if not is_small(number, count) or not (number or count > 0):
            return 1
        for factor, own in {x: -whole, root: total - degree * count - exponent}.items():
            powers[factor] = exact(powers.get(factor, 0) + own)
        for factor, own in inner.items():
            powers[factor] = exact(powers.get(factor, 0) + own * count)
        for factor in (x, root, *inner):
            if not powers.get(factor, 1):
                del powers[factor]
        return raised(number, count)

    def _add_to_exponent(self, powers: Powers, power: int, x: int, y: int) -> None:
        """x^y * x^n as x^(y + n); exponents that are such products themselves, and theirs, are left alone."""
        if powers[power] != 1 or x not in powers or not is_whole(powers[x]) or self._exponents:
            return
        self._exponents += 1
        exponent = self.make(ADD, (y, self.number(powers.pop(x))))
        joined = self.make(POW, (x, exponent))
        self._exponents -= 1
        del powers[power]
        powers[joined] = exact(powers.get(joined, 0) + 1)

    def written(self, number: Number, powers: Powers) -> int:
        """One fraction, the numbers in front, a sign before the whole."""
        above, below = parts_of(without_sign(number))
        over = {x: e for x, e in powers.items() if e > 0}
        under = {x: -e for x, e in powers.items() if e < 0}
        growing = [x for x, e in under.items() if e > 1 and _grows(self._kind(x))]
        over |= {self.keep(DIV, (self.constant(1.0), x)): under.pop(x) for x in growing}
        node, bottom = self._chain(over, above), self._chain(under, below)
        if bottom != self.constant(1.0):
            node = self.keep(DIV, (node, bottom))
        return node if number > 0 else self.keep(NEG, (node,))

    def _chain(self, powers: Powers, number: float) -> int:
        """A product: the number first, then names, then the rest, each in the order in which they were made."""
        node = None if number == 1 and powers else self.constant(number)
        for factor, exponent in sorted(powers.items(), key=lambda power: (not self._is_name(power[0]), power[0])):
            power = factor if exponent == 1 else self.keep(POW, (factor, self.number(exponent)))
            node = power if node is None else self.keep(MUL, (node, power))
        return self.constant(number) if node is None else node

    def _is_name(self, node: int) -> bool:
        return node in self.names or not self.inputs[node]

    def number(self, number: Number) -> int:
        """The node of a number."""
        above, below = parts_of(without_sign(number))
        node = self.constant(above) if below == 1 else self.keep(DIV, (self.constant(above), self.constant(below)))
        if number >= 0:
            return node
        return self.constant(-above) if below == 1 else self.keep(NEG, (node,))


@cache
def _grows(operator: Operator) -> bool:
    """Whether a function overflows for moderate arguments, as cosh does."""
    if len(operator.parameters) != 1 or operator.condition:
        return False
    try:
        operator.forward(FAR)
    except OverflowError:
        return True
    except (ArithmeticError, ValueError):
        pass
    return False
