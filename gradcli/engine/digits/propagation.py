"""How errors of its arguments pass an operator: the error of its value, its slopes, and theirs.

Slopes are looked at over the uncertainty of the arguments. What is frequent is one straight piece of code for each row.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from math import copysign, expm1, inf, nextafter
from operator import truediv
from typing import Any

from gradcli.engine import rules
from gradcli.operators import numeric
from gradcli.operators.records import Operator
from gradcli.operators.table import CONSTANTS, forward_of

ROUNDING = 2.0**-53  # relative, of an operation in IEEE 754
FUNCTION = 2.0**-51  # the same of a function or slope of the table; 4 or 32 units make no difference to a gate
TINY = 5e-324  # what an underflow may have lost: a bound that would underflow becomes this
NORMAL = 2.0**-1022  # below, a number has not all its digits
FAR = 1e-6  # of an argument: over larger errors a slope is looked at on both sides

# What leaves a node towards its arguments: index or node of the argument, the slope and the slope's error.
Edges = Sequence[tuple[int, float, float]]

SAME, SUM, PRODUCT, UNARY, QUOTIENT, BINARY, GENERAL = range(7)


@cache
def kind(operator: Operator) -> tuple[int, Any]:
    """How errors pass an operator: the kind, and the slopes or what finds them."""
    formulas, count = operator.formulas, len(operator.parameters)
    if formulas and set(formulas) <= {"1", "-1"}:
        return (SAME, SUM)[count - 1], tuple(map(float, formulas))
    if count == 2 and formulas == operator.parameters[::-1]:
        return PRODUCT, None
    if operator.function is truediv:
        return QUOTIENT, None
    if not formulas or operator.jump or operator.variadic or operator.discrete or count > 2:
        return GENERAL, None
    return (UNARY, _straight(operator) or moving(operator, (0,))) if count == 1 else (BINARY, _Moving(operator))


@cache
def moving(operator: Operator, wanted: tuple[int, ...]) -> Callable[..., Sequence[float]]:
    """The error of a value, and for each wanted argument the slope and its error, from the arguments, the value and the
    wanted arguments' errors. One straight piece of code, since calls would take most of the time.

    Each argument is moved by its error, one at a time; where a slope has branches or the error is large, to both sides.
    """
    names, bends = operator.parameters, bool(operator.branches)
    owns = {f"slope_{index}": operator.partials[index].slope for index in wanted}
    texts = [_slope(operator, index) for index in wanted]
    steps, changes = [f"here_{place} = {text}" for place, text in enumerate(texts)], [""] * len(texts)
    total = f"abs(out) * {FUNCTION}"
    for place, index in enumerate(wanted):
        name, error, here = names[index], f"error_{index}", f"here_{place}"
        rests = (f"{error} == 0", f"{error} == 0" if bends else f"{error} <= {FAR} * abs({name})")
        steepest = f"abs({here})"
        for sign, rest in zip("+-", rests, strict=True):
            moved = {name: f"({name} {sign} {error})", "out": f"(out {sign} {here} * {error})"}
            for other, text in enumerate(texts):
                change = f"change_{len(steps)}"
                steps.append(f"{change} = where({rest}, 0, abs({_replaced(text, moved)} - here_{other}))")
                changes[other] += f" + {change}"
                steepest += f" + {change}" if other == place else ""
        total += f" + ({steepest}) * {error}"
    nothing = " and ".join(f"{names[index]} == 0 and error_{index} == 0" for index in wanted)
    results = [f"{total} + where(abs(out) >= {NORMAL} or {nothing}, 0, {TINY})"]
    for place, change in enumerate(changes):
        results += [f"here_{place}", f"abs(here_{place}) * {FUNCTION}{change}"]
        if not _is_flat(operator, wanted[place]):
            results[-1] += f" + where(abs(here_{place}) < {NORMAL}, {TINY}, 0)"
    parameters = (*names, "out", *(f"error_{index}" for index in wanted))
    text = "; ".join((*steps, ", ".join(results)))
    return numeric.function(text, parameters, lambda name: owns.get(name) or forward_of(name), CONSTANTS)


def _straight(operator: Operator) -> Callable[..., Sequence[float]] | None:
    """The same for a function that is x times a number on both sides of a kink at 0; None for another one."""
    if [kink.at for kink in operator.kinks] != ["x"]:
        return None
    branches = [operator.branches[index] for index in (operator.kinks[0].above, operator.kinks[0].below)]
    if {branch.takes for branch in branches} - {"x", "-x", "0"}:
        return None
    right, left = (f"(abs({slope}) * error_0, {slope}, 0)" for branch in branches for slope in branch.partials)
    text = f"where(x > error_0, {right}, where(-x > error_0, {left}, moving(x, out, error_0)))"
    own = {"moving": moving(operator, (0,))}
    return numeric.function(text, ("x", "out", "error_0"), lambda name: own.get(name) or forward_of(name), CONSTANTS)


def _is_flat(operator: Operator, index: int) -> bool:
    """Whether a slope of 0 is no underflow, as it is written so, be it of a branch."""
    branches = [branch.partials[index] for branch in operator.branches]
    return "0" in (branches or [operator.partials[index].formula])


class _Moving(dict[tuple[int, ...], Callable[..., Any]]):
    """`moving` of an operator by the wanted arguments, each made when it is first asked for."""

    def __init__(self, operator: Operator) -> None:
        super().__init__()
        self.operator = operator

    def __missing__(self, wanted: tuple[int, ...]) -> Callable[..., Any]:
        self[wanted] = moving(self.operator, wanted)
        return self[wanted]


def _slope(operator: Operator, index: int) -> str:
    """A partial as a text; the row's own function is called where the text has calls too, which are no faster."""
    text = operator.partials[index].for_machines
    if operator.partials[index].slope is None or (set(re.findall(r"(\w+)\(", text)) <= {"where"} and "^" not in text):
        return text
    return f"slope_{index}({', '.join((*operator.parameters, 'out'))})"


def _replaced(text: str, names: dict[str, str]) -> str:
    """A text with other texts in the place of names."""
    return re.sub(r"[a-z]\w*", lambda match: names.get(match[0], match[0]), text)


def quotient(x: float, y: float, out: float, error_x: float, error_y: float) -> tuple[float, ...]:
    """The same of a quotient, in one place since quotients are frequent: its slopes are 1/y and -out/y."""
    size, far, slope = abs(y), abs(out), 1.0 / y
    if error_y > FAR * size:
        return inf, inf, inf, inf, inf
    steep = abs(slope)
    off = 2 * error_y * steep + FUNCTION  # relative, of 1/y
    error = (error_x + far * error_y) * steep + far * FUNCTION
    by_x, by_y = steep * off, far * steep * off + error * steep
    if steep < NORMAL or far < NORMAL or far * steep < NORMAL or size < NORMAL:
        lost = TINY if x or error_x else 0.0
        error, by_x, by_y = (error_x + far * error_y) / size + far * FUNCTION + lost, by_x + TINY, by_y + lost
    return error, slope, by_x, -out * slope, by_y


def of_constants(numbers: Sequence[float], out: float) -> float:
    """The error of a value whose arguments are exact."""
    return abs(out) * FUNCTION + (TINY if abs(out) < NORMAL and any(numbers) else 0.0)


def over(
    operator: Operator, numbers: Sequence[float], errors: Sequence[float], out: float, wanted: tuple[int, ...]
) -> tuple[float, Edges]:
    """The error of a value and the edges for the wanted arguments, by their index."""
    if not wanted:
        return of_constants(numbers, out), ()
    if operator.variadic:
        return _over_shares(operator, numbers, errors, out)
    error, *found = moving(operator, wanted)(*numbers, out, *[errors[index] for index in wanted])
    return error, list(zip(wanted, found[::2], found[1::2], strict=True))


def _over_shares(
    operator: Operator, numbers: Sequence[float], errors: Sequence[float], out: float
) -> tuple[float, Edges]:
    """The same for a function of any number of arguments whose slopes are shares of a sum of exponentials: a share
    changes by a factor of e^(2·error) at the most.
    """
    if not operator.weight:
        return inf, [(index, inf, inf) for index in range(len(numbers))]
    most, local = max(errors), rules.slopes(operator, (), False)
    slopes = local(numbers, out)
    offs = [slope * (FUNCTION + expm1(2 * min(most, 1.0))) for slope in slopes]
    if most > 1:
        # One share may change altogether: the largest argument moves away from the others, or to them.
        largest = max(numbers)
        moves = [-error if x == largest else error for x, error in zip(numbers, errors, strict=True)]
        beside = local([x + move for x, move in zip(numbers, moves, strict=True)], out)
        offs = [abs(x - slope) + slope * FUNCTION for x, slope in zip(beside, slopes, strict=True)]
    lost = TINY if abs(out) < NORMAL and (any(numbers) or most) else 0.0
    pairs = enumerate(zip(slopes, offs, strict=True))
    edges = [(index, slope, off + (TINY if slope < NORMAL else 0.0)) for index, (slope, off) in pairs]
    return most + abs(out) * FUNCTION + lost, edges


def jumps(operator: Operator, numbers: Sequence[float], errors: Sequence[float], out: float, moved_by: float) -> bool:
    """Whether a jump lies within the errors of the arguments: beside the point the function is far away."""
    for index, error in enumerate(errors):
        for end in (inf, -inf) if error else ():
            beside, moved = list(numbers), numbers[index] + copysign(error, end)
            beside[index] = moved if moved != numbers[index] else nextafter(moved, end)
            if not abs(rules.ieee(operator)(*beside) - out) <= 2 * moved_by:
                return True
    return False
