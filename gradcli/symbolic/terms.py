"""Sums as people write them: like terms together, the number last.

A sum is seen as a number plus multiples of terms, which are products; what is equal in this form is one node. It is
bounded as products are. Nothing is multiplied out, but for a short sum where a term then meets its like or a factor
its power, or two where parts of them cancel, and never a sum of the function itself.
"""

from collections.abc import Iterator
from typing import NamedTuple

from gradcli.operators.records import Operator
from gradcli.operators.table import ADD, DIV, MUL, NEG, POW, SUB
from gradcli.symbolic.coefficients import Number, exact, is_short, without_sign
from gradcli.symbolic.products import FEW, MOST, Powers, Products
from gradcli.symbolic.simplify import DEPTH

Terms = dict[int, Number]  # the coefficient of each term


class Part(NamedTuple):
    """What a product that is multiplied out is the sum of: a number times powers."""

    number: Number
    powers: Powers


Others = dict[frozenset[tuple[int, Number]], tuple[int, Number, list[Part]]]  # by powers the term, how often, its parts


class Collector(Products):
    """A graph under construction in which sums and products are collected."""

    def __init__(self) -> None:
        super().__init__()
        self._terms_of: dict[int, tuple[Number, Terms]] = {}
        self._sums: dict[tuple[Number, frozenset[tuple[int, Number]]], int] = {}
        self._summed_here: set[int] = set()  # sums that are no part of the function

    def make(self, operator: Operator, inputs: tuple[int, ...], depth: int = DEPTH) -> int:
        """A node for this operation, or a simpler one that is equal."""
        made = None
        if depth and operator in (ADD, SUB, MUL, DIV, NEG, POW) and not any(self.operators[x].chooses for x in inputs):
            try:
                made = self._collected(operator, *inputs)
            except OverflowError:  # of a number whose text would be long
                made = None
        return super().make(operator, inputs, depth) if made is None else made

    def _collected(self, operator: Operator, x: int, y: int = -1) -> int | None:
        if operator is NEG:
            number, powers = self.factors(x)
            return self.made(-number, powers)
        if operator is POW:
            return self.power(x, y)
        if operator in (ADD, SUB):
            return self._sum(x, y, 1 if operator is ADD else -1)
        if operator is MUL:
            for total, factor in ((x, y), (y, x)):
                found = self._distributed(total, *self.factors(factor)) if total in self._summed_here else None
                if found is not None:
                    return found
        return self.product(x, y, 1 if operator is MUL else -1)

    def made(self, number: Number, powers: Powers) -> int | None:
        """The node of a product, as in `Products`; that of -(x - y) is y - x."""
        if number == -1 and len(powers) == 1 and self._is_sum(*powers.items()):
            own, terms = self.terms(*powers)
            if len(terms) + bool(own) > 1:
                return self.added(-own, {term: -coefficient for term, coefficient in terms.items()})
        return super().made(number, powers)

    def _sum(self, x: int, y: int, sign: int) -> int | None:
        """The node of x + y, or x - y for a sign of -1; None where it has too many terms."""
        (number, terms), (other, more) = self.terms(x), self.terms(y)
        terms = dict(terms)
        for term, coefficient in more.items():
            terms[term] = exact(terms.get(term, 0) + sign * coefficient)
        return self.added(exact(number + sign * other), terms)

    def terms(self, node: int) -> tuple[Number, Terms]:
        """A node as a number and multiples of terms; the node alone where these would be too many."""
        if node not in self._terms_of:
            self._terms_of[node] = self._found_terms(node)
        return self._terms_of[node]

    def _found_terms(self, root: int) -> tuple[Number, Terms]:
        number: Number = 0
        terms: Terms = {}
        pending: list[tuple[int, Number]] = [(root, 1)]
        for _ in range(4 * MOST):
            if not pending:
                return number, terms
            node, coefficient = pending.pop()
            kind, inputs = self._kind(node), self.inputs[node]
            if kind in (ADD, SUB):
                pending += [(inputs[1], coefficient if kind is ADD else -coefficient), (inputs[0], coefficient)]
                continue
            own, powers = self.factors(node)
            if not powers:
                number = exact(number + coefficient * own)
                continue
            if abs(own) == 1 and len(powers) == 1 and self._is_sum(*powers.items()):
                pending.append((next(iter(powers)), coefficient * own))
                continue
            rest = self.made(1, powers)
            if rest is None:
                break
            terms[rest] = exact(terms.get(rest, 0) + coefficient * own)
        return (0, {root: 1})

    def _is_sum(self, power: tuple[int, Number]) -> bool:
        return power[1] == 1 and self._kind(power[0]) in (ADD, SUB)

    def added(self, number: Number, terms: Terms) -> int | None:
        """The node of a sum; None where a number in it would have a long text or it has too many terms."""
        terms = {term: coefficient for term, coefficient in terms.items() if coefficient}
        for one, other in self.complements.items():
            if one in terms and terms[one] == terms.get(other):
                number = exact(number + terms.pop(one))
                del terms[other]
        for _ in range(MOST):
            multiplied = self._multiplied_out(terms)
            if multiplied is None:
                break
            terms = multiplied
        if len(terms) > MOST or not all(map(is_short, (number, *terms.values()))):
            return None
        key = (number, frozenset(terms.items()))
        if key not in self._sums:
            node = self._summed(number, terms)
            if node is None:
                return None
            self._sums[key] = node
            self._summed_here.add(node)
        return self._sums[key]

    def _summed(self, number: Number, terms: Terms) -> int | None:
        """The sum as a chain that begins with a positive term, and with a sign before it where there is none."""
        if not terms:
            return self.number(number)
        if number <= 0 and all(coefficient < 0 for coefficient in terms.values()):
            positive = self.added(-number, {term: -coefficient for term, coefficient in terms.items()})
            return None if positive is None else self.keep(NEG, (positive,))
        parts: list[tuple[bool, int]] = []
        for term, coefficient in terms.items():
            own, powers = self.factors(term)
            is_itself = coefficient in (1, -1)
            node = term if is_itself else self.made(exact(without_sign(coefficient) * own), powers)
            if node is None:
                return None
            parts.append((coefficient > 0, node))
        if number:
            parts.append((number > 0, self.number(without_sign(number))))
        place = [is_positive for is_positive, _ in parts].index(True)
        (_, total), *rest = parts[place], *parts[:place], *parts[place + 1 :]
        for is_positive, node in rest:
            total = self.keep(ADD if is_positive else SUB, (total, node))
        return total

    def _multiplied_out(self, terms: Terms) -> Terms | None:
        """The terms with one product multiplied out, if a term of its sum then meets its like, or two, if terms of both
        are each other's opposites; otherwise None.
        """
        if not 1 < len(terms) <= MOST:
            return None
        others: Others = {}
        for term, factor in self._products_of_sums(terms):
            parts = self._parts(term, factor)
            known = {self._products.get((1, frozenset(part.powers.items()))) for part in parts}
            if any(x in terms and x != term for x in known if x is not None):
                found = self._expanded(terms, term, parts)
                if factor not in self.complements or _is_no_longer(found, terms):
                    return found
            found = self._both_expanded(terms, term, parts, others)
            if found is not None:
                return found
        return None

    def _both_expanded(self, terms: Terms, term: int, parts: list[Part], others: Others) -> Terms | None:
        """The terms with this one multiplied out and another one with an opposite part; None where that is longer."""
        for part in parts:
            size = exact(terms[term] * part.number)
            other, opposite, more = others.setdefault(frozenset(part.powers.items()), (term, size, parts))
            first = self._expanded(terms, other, more) if opposite == -size else None
            found = self._expanded(first, term, parts) if first and term in first else None
            if _is_no_longer(found, terms):
                return found
        return None

    def _products_of_sums(self, terms: Terms) -> Iterator[tuple[int, int]]:
        """The terms that are products, each with a factor that is a short sum, or one in another form."""
        for term in terms:
            for factor, exponent in self.factors(term)[1].items():
                if factor in self.complements and exponent == 1:
                    yield term, factor
                elif self._is_sum((factor, exponent)):
                    number, parts = self.terms(factor)
                    if len(parts) + bool(number) <= FEW:
                        yield term, factor

    def _parts(self, term: int, factor: int) -> list[Part]:
        """A product multiplied out over one factor, a sum."""
        number, parts = (1, {self.complements[factor]: -1}) if factor in self.complements else self.terms(factor)
        whole, powers = self.factors(term)
        rest = {x: e for x, e in powers.items() if x != factor}
        products = [(own, *self._times(rest, part)) for part, own in parts.items()]
        products += [(number, 1, rest)] if number else []
        return [Part(exact(whole * own * extra), made) for own, extra, made in products]

    def _expanded(self, terms: Terms, term: int, parts: list[Part]) -> Terms | None:
        """The terms with the parts in place of one; None where a part is a number or too long."""
        found = {x: c for x, c in terms.items() if x != term}
        for number, powers in parts:
            node = self.made(1, powers)
            if node is None or not powers:
                return None
            found[node] = exact(found.get(node, 0) + terms[term] * number)
        return {x: c for x, c in found.items() if c}

    def _distributed(self, total: int, number: Number, powers: Powers) -> int | None:
        """A short sum times a product, term by term, where that simplifies a term; otherwise None."""
        own, terms = self.terms(total)
        if total in self.names or len(terms) + bool(own) > FEW or (not powers and number in (1, -1)):
            return None
        if powers and not any(x in self.factors(term)[1] for term in terms for x in powers):
            return None
        found: Terms = {}
        constant = exact(own * number) if not powers else 0
        products = [(c, self._times(powers, term)) for term, c in terms.items()]
        products += [(own, (1, powers))] if own and powers else []
        for coefficient, (extra, factors) in products:
            value = exact(coefficient * extra * number)
            if not factors:
                constant = exact(constant + value)
                continue
            node = self.made(1, factors)
            if node is None:
                return None
            found[node] = exact(found.get(node, 0) + value)
        return self.added(constant, found)

    def _times(self, rest: Powers, part: int) -> tuple[Number, Powers]:
        number, powers = self.factors(part)
        product = dict(rest)
        for factor, exponent in powers.items():
            product[factor] = exact(product.get(factor, 0) + exponent)
        extra, product = self.together(product)
        return exact(number * extra), product


def _is_no_longer(found: Terms | None, terms: Terms) -> bool:
    return found is not None and len(found) <= len(terms)
