"""Arrays and formulas over arrays as they are written, with their numbers below or beside them."""

from collections.abc import Sequence
from math import floor, isfinite, log10
from typing import TYPE_CHECKING, Any, NamedTuple

from gradcli.arrays.grids import ENDS
from gradcli.report.cells import Line
from gradcli.report.explained import equals
from gradcli.report.notation import Notation
from gradcli.text import Settled
from gradcli.trace.arrays.rows import Array, ArrayValues, Passed

if TYPE_CHECKING:
    from gradcli.arrays.grids import Grid

# Digits of a matrix, and how much of it is shown: less where there is less room.
WAYS = ((4, ENDS), (3, ENDS))
ROUNDED = 0.01  # relative: by how much a number of a factor may be rounded
NARROW = ((3, (1, 1), True), (2, (1, 0), True))  # and in a block of its own or on paper


class Form(NamedTuple):
    """What stands before matrices, and these with the signs between them."""

    head: str
    parts: "Sequence[Grid | str]"


class ShownFormula(NamedTuple):
    """A formula and its matrices, in the forms for less and less room; the `narrow` ones may round what the others do
    not.

    Of one line they stand behind it if it `is_beside` and there is room.
    """

    forms: Sequence[Form]
    narrow: Sequence[Form]
    is_beside: bool

    def part(self, notation: Notation, in_block: bool) -> list[list[Line]]:
        """The lines, for less and less room."""
        found: list[list[Line]] = []
        for form in [*self.forms, *(self.narrow[:1] if in_block else ())]:
            lines = notation.matrices(form.parts)
            if len(lines) == 1 and self.is_beside:
                found.append([Line(form.head, lines[0], is_whole=True)])
            found.append([Line(form.head), *(Line(line, is_whole=True) for line in lines)])
        last = (self.forms[-1:] if notation.breaks else self.narrow) if in_block else ()
        is_whole = not notation.breaks
        return found + [[Line(form.head, notation.crowded(form.parts), is_whole=is_whole)] for form in last]

    def lines(self, notation: Notation) -> list[Line]:
        """The lines where there is room."""
        head, parts = self.forms[0]
        lines = notation.matrices(parts)
        return [Line(head, lines[0])] if len(lines) == 1 else [Line(head), *map(Line, lines)]


def named(array: Array, notation: Notation) -> str:
    """`X (2×3)`; of a number `c = 2`."""
    name = notation.numeral(array.name) if array.is_literal else notation.name(array.name)
    if array.shape:
        return with_shape(name, array.shape, notation)
    if array.values is None or array.is_literal:
        return notation.math(name)
    return notation.math(f"{name} {result(array.values[0], notation)}")


def with_shape(formula: str, shape: Sequence[int], notation: Notation) -> str:
    """`∂L/∂X (2×3)`."""
    return f"{notation.math(formula)} ({notation.math(notation.shape(shape))})"


def result(value: Any, notation: Notation) -> str:
    """`= 2`, `≈ 0.333333`, `= true`."""
    if isinstance(value, bool):
        return f"= {notation.truth(value)}"
    text, exact = notation.number(value)
    return f"{equals(exact, notation)} {text}"


def with_numbers(head: str, matrix: ArrayValues, notation: Notation, *, is_beside: bool = False) -> ShownFormula:
    """`X (2×2) =` and the matrix; only the narrow forms round what the first one does not."""
    grids = [notation.grid(matrix.values, matrix.shape, *way) for way in (*WAYS, *NARROW)]
    forms = [Form(f"{head} {notation.math(equals(grid.is_exact, notation))}", [grid]) for grid in grids]
    wide = zip(forms[: len(WAYS)], grids, strict=False)
    kept = [form for form, grid in wide if grid.is_exact == grids[0].is_exact]
    return ShownFormula(kept, forms[len(WAYS) :], is_beside)


def passed(one: Passed, notation: Notation) -> Line | ShownFormula:
    """`Xᵀ·∂L/∂s (=∂L/∂W)` and its numbers: factors and result, or the result alone."""
    whole = notation.derivative(one.equals[0], (one.equals[1],))
    equal = notation.part_of(whole) if one.is_part else notation.equal(whole)
    head = notation.math(notation.over_arrays(one.formula) + equal)
    if one.values is None:
        return Line(head)
    if not one.shape:
        return Line(head, notation.math(result(one.values[0], notation)))
    shown = ArrayValues(one.values, one.shape)
    ways = [digits for digits, _ in WAYS if _is_known(one.factors) and _multiply_out(one.factors, digits)]
    found = [_multiplied(one.factors, shown, digits, notation) for digits in ways]
    found += (_alone(notation.grid(shown.values, shown.shape, *way), notation) for way in (*WAYS, *NARROW))
    forms = [Form(head, parts) for parts in found]
    return ShownFormula(forms[: -len(NARROW)], forms[-len(NARROW) :], is_beside=True)


def _is_known(factors: Sequence[ArrayValues | str]) -> bool:
    """Whether there are factors, all of whose numbers are known and finite."""
    numbers = [x for part in factors if isinstance(part, ArrayValues) for x in part.values]
    return bool(numbers) and all(
        x.is_known if isinstance(x, Settled) else x is not None and isfinite(x) for x in numbers
    )


def _multiply_out(factors: Sequence[ArrayValues | str], digits: int) -> bool:
    """Whether no number of a factor is rounded by more than a hundredth where all share their decimals: else the
    result cannot be found again from what is shown.
    """
    for part in factors:
        if not isinstance(part, ArrayValues) or not part.shape or any(isinstance(x, Settled) for x in part.values):
            continue
        sizes = [abs(float(x)) for x in part.values if x]
        half = 0.5 * 10.0 ** (floor(log10(max(sizes, default=1.0))) - digits + 1)
        if any(half > ROUNDED * size and round(size / (2 * half)) * 2 * half != size for size in sizes):
            return False
    return True


def _alone(grid: "Grid", notation: Notation) -> "list[Grid | str]":
    return [equals(grid.is_exact, notation), grid]


def _multiplied(
    factors: Sequence[ArrayValues | str], matrix: ArrayValues, digits: int, notation: Notation
) -> "list[Grid | str]":
    """`= A · B = C`; the second sign is `≈` where a number is rounded."""
    parts: list[Grid | str] = []
    is_exact = True
    for part in factors:
        if isinstance(part, str):
            parts.append(notation.signs(part).strip())
        elif part.shape:
            grid = notation.grid(part.values, part.shape, digits)
            is_exact = is_exact and grid.is_exact
            parts.append(grid)
        else:
            text, exact = notation.number(part.values[0])
            is_exact = is_exact and exact
            parts.append(f"({text})" if text.startswith("-") else text)
    is_column = any(
        isinstance(part, ArrayValues) and len(part.shape) > 1 and part.shape[1] == 1 for part in factors[2:]
    )
    shape = (*matrix.shape, 1) if is_column and len(matrix.shape) == 1 else matrix.shape
    product = notation.grid(matrix.values, shape, digits)
    both = equals(is_exact and product.is_exact, notation)
    return [equals(is_exact, notation), *parts, both, product]
