"""Round numbers on an axis."""

from math import ceil, floor, log10

ROUND = (1.0, 2.0, 5.0, 10.0)


def ticks(low: float, high: float, most: int) -> list[float]:
    """The multiples of 1, 2 or 5 times a power of ten from `low` to `high`, with at most so many steps between them."""
    rough = high / most - low / most
    power = 10.0 ** floor(log10(rough))
    step = next(power * factor for factor in ROUND if power * factor >= rough * (1 - 1e-9))
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    digits = max(0, ceil(-log10(step)) + 1)
    return [round(count * step, digits) + 0.0 for count in range(first, last + 1)]
