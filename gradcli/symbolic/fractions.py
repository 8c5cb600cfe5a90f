"""Derivatives in fractions, as `symbolic.digits` has them in digits."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from gradcli.engine.binding import targets_of
from gradcli.engine.certified.fractions import ExactPasses, with_fractions
from gradcli.engine.certified.rational import RationalPasses
from gradcli.engine.certified.written import Written
from gradcli.graph import Graph
from gradcli.symbolic.derive import derive
from gradcli.symbolic.digits import Key, name_of_number, numbers_of, with_variables
from gradcli.text import Ratio, Settled


def derivatives_with_fractions(
    graph: Graph, at: Mapping[str, Written], wrt: Iterable[str] | None, order: int
) -> tuple[ExactPasses, dict[Key, Settled]]:
    """The value and the gradient, and all derivatives up to an order by the keys of `Derivatives.roots`.

    Raises what `with_fractions` and `derive` raise.
    """
    first = with_fractions(graph, at, wrt)
    found: dict[Key, Settled] = {(name,): slope for name, slope in first.settled_gradient.items()}
    if order > 1:
        numbers = numbers_of(graph)
        derived = derive(with_variables(graph, numbers), list(targets_of(graph, wrt)), order)
        point = {name: Fraction(text) for name, text in first.fractions["at"].items()}
        point |= {name_of_number(node): Fraction(number) for node, number in numbers.items()}
        leaves = {node: point[name] for name, node in derived.graph.variables.items()}
        leaves |= {node: Fraction(x) for node, x in derived.graph.values.items() if node not in derived.graph.names}
        values = RationalPasses(derived.graph, leaves).values
        found |= {key: Ratio.of(values[root]) for key, root in derived.roots.items() if len(key) > 1}
    return first, found
