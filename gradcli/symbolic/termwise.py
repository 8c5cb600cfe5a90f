"""Derivatives of higher order term by term: of a sum of products, again a sum of products.

The backward pass would write the derivative of a derivative as sums inside of products, in which like terms do not
meet, so that each order has several times the nodes of the one before. Here a derivative is a number for each product
of powers of factors, and what a factor becomes is found once, by the backward pass. A sum that is itself a factor stays
one, as its derivatives do: nothing of the function is multiplied out.
"""

from collections.abc import Callable, Mapping, Sequence

from gradcli.operators.table import ADD, DIV, MUL, NEG, POW, SUB
from gradcli.symbolic.coefficients import Number, exact, is_short, is_whole, without_sign
from gradcli.symbolic.products import Powers
from gradcli.symbolic.terms import Collector

Product = frozenset[tuple[int, Number]]  # factors, each with its exponent
Expansion = Mapping[Product, Number]  # the coefficient of each product

MAX_PRODUCTS = 400_000  # some seconds' work
BASE = 10**16  # of long whole numbers: half of it, and so each digit without its sign, is exactly a double


class Termwise:
    """Derivatives in the graph of `builder`, as long as it has at most so many nodes.

    `backward` gives the derivatives of a node, by variable, by the backward pass.
    """

    def __init__(self, builder: Collector, backward: Callable[[int], Mapping[int, int]], most: int) -> None:
        self._work = 0  # products that were made
        self._builder = builder
        self._backward = backward
        self._most = most
        self._expansions: dict[int, Expansion] = {}
        self._slopes: dict[int, Mapping[int, Expansion]] = {}

    def gradient(self, root: int, variables: Sequence[int]) -> list[int] | None:
        """The nodes of a node's derivatives by these variables; None where they take too much work."""
        found = []
        for variable in variables:
            derivative = self._derivative(self._expansion(root), variable)
            if derivative is None:
                return None
            found.append(self._node(derivative))
        return found

    def _derivative(self, expansion: Expansion, variable: int) -> Expansion | None:
        found: dict[Product, Number] = {}
        for product, coefficient in expansion.items():
            if self._work > MAX_PRODUCTS or len(self._builder) + len(found) > self._most:
                return None
            for factor, exponent in product:
                rest = dict(product)
                rest[factor] = exact(exponent - 1)
                for part, own in self._slope(factor)[variable].items():
                    number, key = self._multiplied(rest, part)
                    found[key] = exact(found.get(key, 0) + coefficient * exponent * own * number)
        return {product: coefficient for product, coefficient in found.items() if coefficient}

    def _multiplied(self, powers: Powers, part: Product) -> tuple[Number, Product]:
        self._work += 1
        powers = dict(powers)
        for factor, exponent in part:
            powers[factor] = exact(powers.get(factor, 0) + exponent)
        number, powers = self._builder.together(powers, exponents=False)
        return number, frozenset(powers.items())

    def _expansion(self, node: int) -> Expansion:
        if node not in self._expansions:
            builder = self._builder
            number, terms = builder.terms(node)
            found: dict[Product, Number] = {frozenset(): number} if number else {}
            for term, coefficient in terms.items():
                own, powers = builder.factors(term)
                extra, product = self._apart(powers)
                own = exact(own * extra)
                found[product] = exact(found.get(product, 0) + own * coefficient)
            self._expansions[node] = found
        return self._expansions[node]

    def _apart(self, powers: Powers) -> tuple[Number, Product]:
        """The powers with x^(y + n) as x^y*x^n for a whole number n."""
        builder = self._builder
        found: Powers = {}
        for factor, exponent in powers.items():
            for part, own in self._parts(factor):
                found[part] = exact(found.get(part, 0) + exponent * own)
        number, found = builder.together(found, exponents=False)
        return number, frozenset(found.items())

    def _parts(self, factor: int) -> list[tuple[int, Number]]:
        builder = self._builder
        if builder.operators[factor] is POW and factor not in builder.names:
            x, exponent = builder.inputs[factor]
            number, terms = builder.terms(exponent)
            rest = builder.added(0, terms) if number and is_whole(number) and terms else None
            if rest is not None:
                return [(builder.keep(POW, (x, rest)), 1), (x, number)]
        return [(factor, 1)]

    def _slope(self, factor: int) -> Mapping[int, Expansion]:
        if factor not in self._slopes:
            slopes = self._backward(factor)
            self._slopes[factor] = {variable: self._expansion(node) for variable, node in slopes.items()}
        return self._slopes[factor]

    def _node(self, expansion: Expansion) -> int:
        """A sum that begins with a positive term where there is one; the number last, and then what has choices."""
        builder = self._builder
        choices = [product for product in expansion if self._choices(product)]
        plain = sorted(
            (product for product in expansion if not self._choices(product)), key=lambda product: not product
        )
        total = self._sum([(expansion[product] > 0, self._term(expansion[product], product)) for product in plain])
        for product in choices:
            term = self._term(expansion[product], product)
            total = builder.make(ADD if expansion[product] > 0 else SUB, (total, term))
        self._expansions[total] = expansion
        return total

    def _sum(self, parts: Sequence[tuple[bool, int]]) -> int:
        builder = self._builder
        if not parts:
            return builder.constant(0.0)
        first = next((place for place, (is_positive, _) in enumerate(parts) if is_positive), 0)
        (is_positive, total), *rest = parts[first], *parts[:first], *parts[first + 1 :]
        for sign, node in rest:
            total = builder.keep(ADD if sign == is_positive else SUB, (total, node))
        return total if is_positive else builder.keep(NEG, (total,))

    def _term(self, coefficient: Number, product: Product) -> int:
        """A product without the sign of its coefficient, inside of the branches of the choices in it."""
        builder, size, choices = self._builder, without_sign(coefficient), self._choices(product)
        powers = {factor: exponent for factor, exponent in product if factor not in choices}
        node = builder.made(size, powers)
        if node is None:
            node = builder.written(1, powers)
            node = node if size == 1 else builder.keep(MUL, (self._number(size), node))
        for factor, exponent in choices.items():
            power = factor if exponent == 1 else builder.keep(POW, (factor, builder.number(exponent)))
            node = builder.make(MUL, (power, node))
        return node

    def _choices(self, product: Product) -> Powers:
        return {factor: exponent for factor, exponent in product if self._builder.operators[factor].chooses}

    def _number(self, number: Number) -> int:
        """A number of any length, exactly: 12345678901234567890 as 1235*1e16 - 1098765432110."""
        builder = self._builder
        if is_short(number):
            return builder.number(number)
        above, below = (self._whole(part) for part in (number.numerator, number.denominator))
        return above if number.denominator == 1 else builder.keep(DIV, (above, below))

    def _whole(self, number: int) -> int:
        builder, groups = self._builder, []
        while number >= BASE:
            group = (number + BASE // 2) % BASE - BASE // 2
            groups.append(group)
            number = (number - group) // BASE
        node = builder.constant(float(number))
        for group in reversed(groups):
            node = builder.keep(MUL, (node, builder.constant(float(BASE))))
            if group:
                node = builder.keep(ADD if group > 0 else SUB, (node, builder.constant(float(abs(group)))))
        return node
