"""How errors pass an operator of any number of arguments, or one that jumps (see `propagation`)."""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, islice, product
from math import expm1, hypot, inf, isfinite, nextafter
from operator import add

from gradcli.engine.digits.propagation import (
    FAR,
    FUNCTION,
    ROUNDING,
    TINY,
    Edges,
    far_of,
    is_lost,
    meets_hole,
    tiny_of,
    turned,
)
from gradcli.engine.doubles import rules
from gradcli.operators.exceptional import NORMAL
from gradcli.operators.records import Operator


def of_constants(numbers: Sequence[float], out: float) -> float:
    """The error of a value whose arguments are exact."""
    return abs(out) * FUNCTION + (TINY if abs(out) < NORMAL and any(numbers) else 0.0)


def over(
    operator: Operator, numbers: Sequence[float], errors: Sequence[float], out: float, wanted: tuple[int, ...]
) -> tuple[float, Edges]:
    """The error of a value of any operator, and the edges for the wanted arguments, by their index."""
    if not wanted:
        return of_constants(numbers, out), ()
    if operator.variadic or _is_lost(operator, numbers, errors, wanted):
        return inf, [(index, inf, inf) for index in wanted]
    found, far = _together(operator, wanted), far_of(operator)
    here = found(*numbers, out)
    sizes = [abs(slope) for slope in here]
    offs = [_off(size, tiny_of(operator, index)) for index, size in zip(wanted, sizes, strict=True)]
    total = abs(out) * FUNCTION
    for place, index in enumerate(wanted):
        error, steep = errors[index], sizes[place]
        for way in _ways(numbers[index], error, far):
            moved = [*numbers[:index], numbers[index] + way, *numbers[index + 1 :]]
            is_near = error <= FAR * abs(numbers[index])
            there = found(*moved, out + here[place] * way if is_near else operator.forward(*moved))
            changes = _distances(there, here)
            steep += changes[place]
            offs = list(map(add, offs, changes))
        total += steep * error
    if abs(out) < NORMAL and any(numbers[index] or errors[index] for index in wanted):
        total += TINY
    return total, list(zip(wanted, sizes, offs, strict=True))


def _is_lost(operator: Operator, numbers: Sequence[float], errors: Sequence[float], wanted: Sequence[int]) -> bool:
    """Whether nothing is known with these errors of the arguments: they may be beyond a hole, or lie on both sides of a
    branch, as that of clip between its flat ones.
    """
    if any(is_lost(numbers[index], errors[index]) for index in wanted):
        return True
    if any(errors[index] and meets_hole(operator, index, numbers[index], errors[index]) for index in wanted):
        return True
    moved = {name for name, error in zip(operator.parameters, errors, strict=False) if error}
    if not operator.branches or not moved:
        return False
    ways = {rules.taken(operator, corner) for corner in _corners(numbers, errors)}
    if len(ways) < 2:
        return False
    # Looked at one by one, arguments that move towards each other do not meet.
    kinks = [kink for kink in operator.kinks if moved & {kink.one, kink.other}]
    return len(moved) > 1 or all(ways != {kink.below, kink.above} for kink in kinks)


def _corners(numbers: Sequence[float], errors: Sequence[float]) -> Iterator[tuple[float, ...]]:
    """The arguments moved by their errors in all ways at once, and at the least to the next double."""
    return product(*(_ends(x, error) if error else (x,) for x, error in zip(numbers, errors, strict=True)))


def _ends(x: float, error: float) -> tuple[float, float]:
    low, high = x - error, x + error
    return nextafter(x, -inf) if low == x else low, nextafter(x, inf) if high == x else high


def total_error(numbers: Sequence[float], errors: Sequence[float]) -> float:
    """The error of a sum as of a chain of additions, of each of which the result is rounded.

    It is rounded once; but its terms mean what is written, and where they cancel, that counts as much.
    """
    return sum(errors) + ROUNDING * sum(map(abs, islice(accumulate(numbers), 1, None)))


def _together(operator: Operator, wanted: tuple[int, ...]) -> Callable[..., Sequence[float]]:
    """The wanted slopes, one too, as a tuple."""
    found = rules.slopes(operator, wanted)
    return found if len(wanted) > 1 else lambda *point: (found(*point),)


def _distances(some: Sequence[float], others: Sequence[float]) -> Sequence[float]:
    return [abs(x - y) for x, y in zip(some, others, strict=True)]


def _off(size: float, tiny: float) -> float:
    """The error of a slope of this size at exact arguments."""
    return size * FUNCTION if size >= NORMAL else size * FUNCTION + tiny


def _ways(x: float, error: float, far: float) -> tuple[float, ...]:
    """By what an argument is moved."""
    if not error:
        return ()
    return (error,) if error <= far * abs(x) else (error, -error)


def shares(
    inputs: Sequence[int],
    numbers: Sequence[float],
    errors: Sequence[float],
    out: float,
    slopes: Callable[[Sequence[float], float], Sequence[float]],
) -> tuple[float, Edges]:
    """The same for a function of any number of arguments whose slopes are shares of a sum of exponentials: a share
    changes by a factor of e^(2·error) at the most.
    """
    found, most, size = slopes(numbers, out), max(errors) if isfinite(sum(errors)) else inf, abs(out)
    error = most + size * FUNCTION
    if size < NORMAL and (most or any(numbers)):
        error += TINY
    # Without zip, which with its `strict` takes longer than all slopes of two arguments.
    if most <= 1:
        off = FUNCTION + expm1(2 * most)
        return error, [
            (inputs[index], slope, slope * off + (TINY if slope < NORMAL else 0.0)) for index, slope in enumerate(found)
        ]
    # One share may change altogether: the largest argument moves away from the others, or to them.
    largest = max(numbers)
    moved = [x - errors[index] if x == largest else x + errors[index] for index, x in enumerate(numbers)]
    beside = slopes(moved, out)
    return error, [
        (inputs[index], slope, abs(beside[index] - slope) + slope * FUNCTION + (TINY if slope < NORMAL else 0.0))
        for index, slope in enumerate(found)
    ]


def length(
    inputs: Sequence[int],
    numbers: Sequence[float],
    errors: Sequence[float],
    out: float,
    slopes: Callable[[Sequence[float], float], Sequence[float]],
) -> tuple[float, Edges]:
    """The same for the length of a vector, whose slopes are the vector of length 1 in the same direction.

    Of the slopes see `turned`.
    """
    moved, found = hypot(*errors), slopes(numbers, out)
    turn = turned(moved, out)
    edges = [
        (inputs[index], abs(slope), _off(abs(slope), TINY if numbers[index] else 0.0) + turn)
        for index, slope in enumerate(found)
    ]
    steep = sum([size * errors[index] for index, (_, size, _) in enumerate(edges)])
    lost = TINY if out < NORMAL and (any(numbers) or moved) else 0.0
    return min(moved, steep + turn * moved) + out * FUNCTION + lost, edges


def jumps(operator: Operator, numbers: Sequence[float], errors: Sequence[float], out: float, moved_by: float) -> bool:
    """Whether a jump lies within the errors of the arguments: beside the point the function is far away.

    A remainder jumps by its divisor, which the errors may be more than.
    """
    if not isfinite(moved_by) or (operator.jump == "out" and 4 * moved_by >= abs(numbers[-1])):
        return True
    forward = rules.ieee(operator)
    return any(not abs(forward(*corner) - out) <= 2 * moved_by for corner in _corners(numbers, errors))
