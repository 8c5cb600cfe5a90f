"""What is taken for the derivative of softmax: as if it were a function of each element, or with another sum in it."""

from collections.abc import Iterator, Sequence
from functools import partial
from operator import mul

from gradcli.arrays.elements import groups, spread
from gradcli.check.arrays.leading import Changed, Otherwise, evaluated
from gradcli.check.trials.samples import Sample
from gradcli.graph.arrays import Shape


def of_softmax(
    shape: Shape, elements: Sequence[int], inputs: Sequence[int], names: tuple[str, str]
) -> Iterator[tuple[str, str, Changed]]:
    """What is written, the right formula, and the change; `names` are those of the values and of their gradient.

    `inputs` are the elements of what it is of, where nothing else reads them.
    """
    y, g = names
    is_matrix = len(shape) > 1
    rule = f"{y}*({g} - column(sum({y}*{g}, axis=1)))" if is_matrix else f"{y}*({g} - sum({y}*{g}))"
    yield f"{y}*(1 - {y})*{g}", rule, partial(_alone, elements, True)
    yield f"{y}*{g}", rule, partial(_alone, elements, False)
    if not inputs:
        return
    sums: list[tuple[str, bool, int | None]] = [(f"sum({g})", False, None)]
    if is_matrix:
        sums = [(f"sum({y}*{g})", True, None), (f"row(sum({y}*{g}, axis=0))", True, 0)]
        sums.append((f"column(sum({g}, axis=1))", False, 1))
    for text, is_weighted, axis in sums:
        yield f"{y}*({g} - {text})", rule, partial(_less, shape, elements, inputs, is_weighted, axis)


def _alone(elements: Sequence[int], own: bool, found: Sample, marks: Sequence[int]) -> Otherwise:
    """Of exp(x − logsumexp(x)), which softmax is, for each element."""
    differences = {found.graph.inputs[y][0]: found.values[y] for y in evaluated(elements, found, marks)}
    return Otherwise({node: (1.0 - y if own else 1.0, 0.0) for node, y in differences.items()})


def _less(
    shape: Shape,
    elements: Sequence[int],
    inputs: Sequence[int],
    is_weighted: bool,
    axis: int | None,
    found: Sample,
    _: Sequence[int],
) -> Otherwise:
    """The gradient less a sum that is none of a row, or is not weighted."""
    if not all(map(found.is_evaluated, elements)):
        return Otherwise()
    y, g = [found.values[x] for x in elements], [found.adjoints[x] for x in elements]
    terms = list(map(mul, y, g)) if is_weighted else g
    sums = [sum(terms[place] for place in group) for group in groups(shape, range(len(terms)), axis)]
    own = {None: (), 0: (1, *shape[1:]), 1: (*shape[:1], 1)}[axis]
    taken = spread(sums, own, shape)
    pairs = zip(inputs, y, g, taken, strict=True)
    return Otherwise(adjoints={x: value * (gradient - less) for x, value, gradient, less in pairs})
