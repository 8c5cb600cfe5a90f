"""Derivatives with as many correct digits as are asked for.

The gradient is that of the passes over balls; derivatives of higher order are the values of their formulas over balls.
In these all numbers but small whole ones are variables, so that nothing is computed in doubles where they are made.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, localcontext

from gradcli.engine.binding import targets_of
from gradcli.engine.certified.correct import CorrectDigits, with_digits
from gradcli.engine.certified.settle import GUARD, Values, Wanted, settle
from gradcli.engine.certified.written import Written, leaves_of, literals, point_of
from gradcli.engine.digits.places import Numbers, nearest
from gradcli.engine.digits.problem import Problem
from gradcli.engine.evaluation import Evaluation
from gradcli.graph import Builder, Graph
from gradcli.operators.decimals.precision import context
from gradcli.operators.table import VARIABLE
from gradcli.symbolic.derive import derive
from gradcli.text import Settled

SMALL = 1000  # whole numbers below stay numbers: rules have exponents in mind, and sums of these are exact

Key = tuple[str, ...]


def derivatives_with_digits(
    graph: Graph, at: Mapping[str, Written], asked: int, wrt: Iterable[str] | None, order: int
) -> tuple[CorrectDigits, dict[Key, Settled]]:
    """The value and the gradient, and all derivatives up to an order by the keys of `Derivatives.roots`.

    Raises what `with_digits` and `derive` raise.
    """
    first = with_digits(graph, at, asked, wrt)
    found: dict[Key, Settled] = {(name,): slope for name, slope in first.settled_gradient.items()}
    if order > 1:
        numbers = numbers_of(graph)
        derived = derive(with_variables(graph, numbers), list(targets_of(graph, wrt)), order)
        higher = {key: root for key, root in derived.roots.items() if len(key) > 1}
        point = point_of(graph, at) | {name_of_number(node): number for node, number in numbers.items()}

        def wanted(work: Values) -> Iterable[Wanted]:
            return [("derivative", work.values[root]) for root in higher.values()]

        def make() -> Values:
            return Values(Problem.written(derived.graph, leaves_of(derived.graph, point)))

        settled, _ = settle(make, asked, wanted)
        found |= dict(zip(higher, settled, strict=True))
    return first, found


def placed(graph: Graph, at: Mapping[str, Written], asked: int, targets: Sequence[int] = ()) -> Evaluation | None:
    """Where the values of all nodes lie, in the doubles nearest to them, with slopes for the targets; None where one is
    beyond doubles.
    """
    point = point_of(graph, at)
    with localcontext(context(asked + GUARD)):
        work = Values(Problem.written(graph, leaves_of(graph, point)))
        work.run()
    order = [node for node, value in enumerate(work.values) if value is not None]
    values = nearest(work.values, order)
    return None if values is None else Evaluation(graph, values, order, targets, numbers=Numbers(work.values, ()))


def numbers_of(graph: Graph) -> dict[int, Decimal]:
    """The numbers that stand for variables: not named constants and small whole numbers."""
    return {
        node: number
        for node, number in literals(graph).items()
        if node not in graph.names and not (number == number.to_integral_value() and abs(number) < SMALL)
    }


def with_variables(graph: Graph, numbers: Iterable[int]) -> Graph:
    """The graph with variables in the place of these numbers."""
    builder = Builder(graph)
    for node in numbers:
        builder.replace(node, VARIABLE)
        builder.names[node] = name_of_number(node)
        del builder.values[node]
    return builder.graph(graph.output)


def name_of_number(node: int) -> str:
    """What the variable is called that stands for a number: no name of the language."""
    return f"#{node}"
