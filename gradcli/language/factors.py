"""Products as books have them: of numbers, vectors, which stand as columns, rows, matrices, conditions and ones."""

import re
from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

NUMBER, VECTOR, ROW, MATRIX = "number", "vector", "row", "matrix"
COLUMN_OF_ONES, ROW_OF_ONES = "ones-column", "ones-row"  # with the number before it as text
_TRANSPOSED = {VECTOR: ROW, ROW: VECTOR, COLUMN_OF_ONES: ROW_OF_ONES, ROW_OF_ONES: COLUMN_OF_ONES}
# The sign of a product, and what it is, by what its sides are; of others `*`, and the one on the right.
_PRODUCTS = {
    (MATRIX, VECTOR): ("@", VECTOR),
    (MATRIX, MATRIX): ("@", MATRIX),
    (ROW, MATRIX): ("@", ROW),
    (ROW, VECTOR): ("@", NUMBER),
    (MATRIX, ROW): ("@", VECTOR),
    (VECTOR, ROW): ("outer", MATRIX),
}
# What a product with a vector of ones is.
_OF_ONES = {
    (ROW_OF_ONES, MATRIX): ("{0}sum({1}, axis=0)", ROW),
    (ROW_OF_ONES, VECTOR): ("{0}sum({1})", NUMBER),
    (MATRIX, COLUMN_OF_ONES): ("{1}sum({0}, axis=1)", VECTOR),
    (ROW, COLUMN_OF_ONES): ("{1}sum({0})", NUMBER),
    (NUMBER, ROW_OF_ONES): ("{0}*{1}", ROW_OF_ONES),
    (NUMBER, COLUMN_OF_ONES): ("{0}*{1}", COLUMN_OF_ONES),
    (COLUMN_OF_ONES, ROW): ("{0}row({1})", MATRIX),
    (VECTOR, ROW_OF_ONES): ("{1}column({0})", MATRIX),
}


class Factor(NamedTuple):
    """What a product is of: a text of gradcli's language, what it is, and the sign before it."""

    text: str
    kind: str
    sign: str = ""
    is_condition: bool = False

    @property
    def is_turned(self) -> bool:
        """Whether it is a transpose."""
        return self.text.endswith(".T")


class OtherError(Exception):
    """What is not known here."""


class Reading(NamedTuple):
    """What may be meant by signs that are left out, the most usual first, where shapes do not say it.

    A condition is a factor of the matrix `beside` it, of the `whole` product, or one of matrices (`apart`). ⊙ binds
    closer than a product without a sign, or not; each name `is_matrix`, or only one with a capital.
    """

    condition: str = "beside"
    is_tight: bool = False
    is_matrix: bool = False


READINGS = tuple(map(Reading._make, product(("beside", "whole", "apart"), (False, True), (False, True))))


def transposed(factor: Factor) -> Factor:
    """A factor transposed; raises `OtherError` for a number in digits, as in 11ᵀ, in which a 1 may be a vector."""
    if factor.text[:1].isdigit():
        raise OtherError
    factor = _after_matrix(factor)
    kind = _TRANSPOSED.get(factor.kind, factor.kind)
    if is_of_ones(factor):
        return factor._replace(kind=kind)
    return factor if kind == NUMBER else factor._replace(text=f"{factor.text}.T", kind=kind)


def _after_matrix(factor: Factor) -> Factor:
    """A factor that is no number, as a Greek letter that is transposed, or stands behind a matrix: θᵀx, Xβ."""
    return factor._replace(kind=VECTOR) if factor.kind == NUMBER and factor.text.isidentifier() else factor


def is_of_ones(factor: Factor) -> bool:
    """Whether it is a vector of ones."""
    return factor.kind in (COLUMN_OF_ONES, ROW_OF_ONES)


def multiplied(factors: Sequence[Factor], reading: Reading) -> Factor:
    """The product of all: of what stands between the signs `⊙` and `/`, from left to right."""
    runs: list[list[Factor]] = [[]]
    for factor in _closer(factors) if reading.is_tight else factors:
        if factor.sign in ("⊙", "/"):
            runs.append([])
        runs[-1].append(factor)
    whole = _product_of_matrices(runs[0], reading)
    for run in runs[1:]:
        one = _product_of_matrices(run, reading)
        sign = "/" if run[0].sign == "/" else "*"
        if (len(run) > 1 and sign == "/") or is_of_ones(whole) or is_of_ones(one):
            raise OtherError  # 1/2x
        text = f"({one.text})" if len(run) > 1 else one.text
        whole = Factor(f"{whole.text}{sign}{text}", one.kind if whole.kind == NUMBER else whole.kind)
    return whole


def _joined(one: Factor, other: Factor) -> Factor:
    """The product of two factors element by element, as one."""
    return Factor(f"({one.text}*{other.text})", one.kind, one.sign)


def _closer(factors: Sequence[Factor]) -> list[Factor]:
    """The factors, with one for those between which `⊙` stands."""
    done: list[Factor] = []
    for factor in factors:
        done.append(_joined(done.pop(), factor) if factor.sign == "⊙" else factor)
    return done


def _with_conditions(factors: Sequence[Factor], reading: Reading) -> list[Factor]:
    """The factors, with one for a condition and what it is multiplied with element by element."""
    done, rest = list(factors), [*factors][::-1]
    if reading.condition == "beside":
        done = []
        while rest:
            one = rest.pop()
            if one.is_condition and rest and _is_beside(rest[-1]):
                one = _joined(one, rest.pop())
            elif one.is_condition and done and _is_beside(done[-1]):
                one = _joined(done.pop(), one)
            done.append(one)
    elif reading.condition == "whole" and len(done) > 1:
        if done[-1].is_condition:
            done = [_joined(_product_of_matrices(done[:-1], reading), done[-1])]
        elif done[0].is_condition:
            done = [_joined(done[0], _product_of_matrices(done[1:], reading))]
    return done


def _is_beside(factor: Factor) -> bool:
    return factor.kind != NUMBER and not factor.is_turned and factor.sign != "@" and not is_of_ones(factor)


def _product_of_matrices(factors: Sequence[Factor], reading: Reading) -> Factor:
    """The product from left to right, in which what is a number by itself is computed first."""
    whole, *others = _with_numbers(_with_conditions(factors, reading))
    for factor in others:
        if whole.text == "1" and factor.kind == ROW:  # X W + 1 b^T
            whole = Factor("", COLUMN_OF_ONES)
        if is_of_ones(whole) or is_of_ones(factor):
            whole = _with_ones(whole, factor)
            continue
        sign, kind = _PRODUCTS.get((whole.kind, factor.kind), ("*", ""))
        kind = kind or (whole.kind if factor.kind == NUMBER else factor.kind)
        if sign == "outer" and factor.sign != "@":
            text = f"outer({whole.text}, {factor.text.removesuffix('.T')})"
        else:
            text = f"{whole.text} @ {factor.text}" if "@" in (sign, factor.sign) else f"{whole.text}*{factor.text}"
        whole = Factor(text, kind)
    return whole


def _with_ones(one: Factor, other: Factor) -> Factor:
    """The product of two factors of which one or both are vectors of ones."""
    form, kind = _OF_ONES.get((one.kind, other.kind), ("", ""))
    if not form:
        raise OtherError
    sums = re.fullmatch(r"(.*)sum\((.*), axis=0\)", one.text) if kind == NUMBER else None  # 1^T A 1
    if sums:
        return Factor(f"{sums[1]}{other.text}sum({sums[2]})", kind)
    is_repeated = kind == MATRIX  # of which each row, or column, is the vector
    texts = (factor.text.removesuffix(".T") if is_repeated else factor.text for factor in (one, other))
    return Factor(form.format(*texts), kind)


def _with_numbers(factors: Sequence[Factor]) -> list[Factor]:
    """The factors, with one number for what begins with a row, goes on with matrices and ends with a vector."""
    done: list[Factor] = []
    row = None  # where the last row stands that matrices alone have followed
    for one in factors:
        factor = _after_matrix(one) if done and done[-1].kind in (ROW, MATRIX) else one
        done.append(factor)
        if factor.kind == ROW:
            row = len(done) - 1
        elif row is not None and factor.kind == VECTOR:
            text = " @ ".join(part.text for part in done[row:])
            done[row:] = [Factor(f"({text})" if row else text, NUMBER, done[row].sign)]
        row = row if factor.kind in (ROW, MATRIX) else None
    return done
