"""Both passes in fractions: exact where all operations have rational results, refused where one has not."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from gradcli.engine.alternatives import OneTaken
from gradcli.engine.describer import Describer
from gradcli.engine.doubles import kinks, rules
from gradcli.engine.doubles.passes import demanded
from gradcli.engine.undefined import broken_condition, no_finite_value
from gradcli.errors import MathError
from gradcli.graph import Graph
from gradcli.operators import rationals
from gradcli.operators.rationals import Irrational, TooLong
from gradcli.operators.records import Operator
from gradcli.operators.table import CONSTANT
from gradcli.text import NAME_CELLS, Ratio, nearest

MOST_DIGITS = 3_000  # of a numerator or denominator: no number is larger, so that the work is linear in the nodes
_MOST = 10**MOST_DIGITS
NONE = (Irrational, ZeroDivisionError, ValueError)  # what is raised where there is no rational result

ZERO, ONE = Fraction(0), Fraction(1)


class RationalPasses:
    """Both passes over a graph, whose leaves are fractions: a named constant, which is none, has no value.

    `values` has each node's value (None where it was not evaluated), `adjoints` the derivative of the output for each.
    `decided` has the conditions that are not evaluated, but known.
    Raises `MathError` where a number is no fraction, has more than `MOST_DIGITS` digits, or there is none.
    """

    def __init__(
        self,
        graph: Graph,
        leaves: Mapping[int, Fraction],
        targets: Sequence[int] = (),
        kink: str = "branch",
        decided: Mapping[int, bool] = MappingProxyType({}),
    ) -> None:
        self.graph = graph
        self.targets = targets
        self.kink = kink
        self.decided = decided
        self.values: list[Any] = [leaves.get(node) for node in range(len(graph))]
        self.order: Sequence[int] = range(len(graph))
        self.required = graph.requires_gradient(targets)
        for node, value in leaves.items():
            self._check_length(node, value)
        self._forward()
        # By node and the argument's index; None where a gradient of 0 comes to what is no fraction.
        self.slopes: list[Mapping[int, Fraction | None]] = [{}] * len(graph)
        self.adjoints = self._backward()

    # The forward pass

    def _forward(self) -> None:
        graph, order = self.graph, list[int]()
        is_lazy = any(operator.chooses for operator in set(graph.operators))
        for node in demanded(graph, self.values, order) if is_lazy else self.order:
            if graph.inputs[node]:
                self.values[node] = self._value(node)
        self.order = order if is_lazy else self.order
        self._check_is_number(graph.output)

    def _value(self, node: int) -> Any:
        if node in self.decided:
            return self.decided[node]
        operator, inputs = self.graph.operators[node], self.graph.inputs[node]
        if operator.chooses and not operator.condition:
            chosen = inputs[operator.chooses(self.values[inputs[0]])]
            self._check_is_number(chosen)
            return self.values[chosen]
        for x in inputs if not operator.chooses else inputs[:1]:
            self._check_is_number(x)
        arguments = self.arguments(node)
        try:
            found = rationals.function(operator)(*arguments)
        except TooLong:
            raise self._error("fraction-too-long", node) from None
        except NONE as error:
            if not isinstance(error, Irrational) or broken_condition(operator, list(map(nearest_double, arguments))):
                values = list(map(nearest_double, self.values))
                raise no_finite_value(self.graph, values, node, shown=list(map(shown, self.values))) from None
            raise self._error("no-fraction", node) from None
        if operator.condition:
            return bool(found)
        self._check_length(node, found)
        return Fraction(found)

    def _check_is_number(self, node: int) -> None:
        if self.values[node] is None and self.graph.operators[node] is CONSTANT:
            raise self._error("no-fraction-constant", node)

    # The backward pass

    def _backward(self) -> list[Fraction]:
        adjoints = [ZERO] * len(self.graph)
        if self.required[self.graph.output]:
            adjoints[self.graph.output] = ONE
        for node in reversed(self.order):
            if self.required[node] and self.graph.inputs[node]:
                self.slopes[node] = self._slopes(node)
                for index, slope in self.slopes[node].items() if adjoints[node] else ():
                    if slope is None:
                        raise self._error("no-fraction-slope", node)
                    x = self.graph.inputs[node][index]
                    adjoints[x] += adjoints[node] * slope
                    self._check_length(x, adjoints[x])
        return adjoints

    def _slopes(self, node: int) -> Mapping[int, Fraction | None]:
        """The local derivatives for the arguments that require a gradient."""
        operator, inputs = self.graph.operators[node], self.graph.inputs[node]
        wanted = [index for index, x in enumerate(inputs) if self.required[x] and index not in operator.discrete]
        if operator.ends:
            return {}
        if operator.chooses:
            return {index: ONE for index in wanted if index == operator.chooses(self.values[inputs[0]])}
        arguments, out = self.arguments(node), self.values[node]
        if self.kink == "minnorm" and (operator.ties or kinks.active(operator, arguments)):
            return _minnorm(operator, wanted, arguments, out)
        return {index: _slope(operator, index, arguments, out) for index in wanted}

    # Nodes

    def arguments(self, node: int) -> list[Any]:
        """The values of a node's inputs."""
        return [self.values[x] for x in self.graph.inputs[node]]

    def _check_length(self, node: int, number: int | Fraction) -> None:
        if abs(number.numerator) >= _MOST or number.denominator >= _MOST:
            raise self._error("fraction-too-long", node)

    def _error(self, code: str, node: int) -> MathError:
        """What is wrong with a node's number, with the node's place in the text."""
        graph, words = self.graph, Describer(self.graph, list(map(shown, self.values)))
        is_leaf = graph.is_leaf(node)
        facts: dict[str, Any] = {"operator": words.name(node) if is_leaf else words.function(node)}
        facts |= {"name": graph.names.get(node, "")} if is_leaf else {"arguments": words.arguments(node)}
        facts |= {"most": MOST_DIGITS} if code == "fraction-too-long" else {}
        if not graph.text:
            return MathError(code, facts)
        start, word = graph.starts[node], graph.names.get(node, "") if is_leaf else graph.operators[node].word
        facts |= {"column": graph.place(node)[1]} | words.call_facts(node)
        return MathError(code, facts, graph.text, start, start + len(word))


def nearest_double(number: Any) -> Any:
    """The nearest double; what is no number stays."""
    return nearest(number) if isinstance(number, Fraction) else number


def shown(number: Any) -> Any:
    """A fraction, or of a long one the nearest double."""
    return number if not isinstance(number, Fraction) or len(str(number)) <= NAME_CELLS else nearest_double(number)


def _slope(operator: Operator, index: int, arguments: Sequence[Any], out: Any) -> Fraction | None:
    """∂operator/∂argument; None where it is no fraction or there is none."""
    try:
        if operator.variadic:
            return Fraction(_slope_of_many(operator, index, arguments, out))
        formula = operator.partial(index).for_machines
        return Fraction(rationals.expression(formula, (*operator.parameters, "out"))(*arguments, out))
    except NONE:
        return None


def _slope_of_many(operator: Operator, index: int, arguments: Sequence[Any], out: Any) -> Any:
    """The same of a variadic operator. Of one that takes an argument the first one has the slope."""
    if operator.ties:
        return arguments.index(out) == index
    formula = operator.partial(index).for_machines
    return rationals.expression(formula, ("x", "out"))(arguments[index], out)


def _minnorm(
    operator: Operator, wanted: Sequence[int], arguments: Sequence[Any], out: Any
) -> Mapping[int, Fraction | None]:
    """The subgradient of smallest norm at a kink."""
    if operator.ties:
        share = Fraction(1, arguments.count(out))
        return {index: share if arguments[index] == out else ZERO for index in wanted}
    found = kinks.minnorm_slopes(operator, tuple(wanted), True)(*arguments, out)
    return dict(zip(wanted, map(Fraction, found if len(wanted) > 1 else [found]), strict=True))


class RatiosOfPasses(OneTaken):
    """What a trace asks of both passes (see `engine.evaluation`), with fractions in place of doubles."""

    losses = ()  # fractions lose none

    def __init__(self, passes: RationalPasses, marks: Mapping[int, str]) -> None:
        self.passes = passes
        self.graph = passes.graph
        self.order = passes.order
        self.required = passes.required
        self.targets = passes.targets
        self.kink = passes.kink
        self.marks = marks
        self.values = _Ratios(passes.values)
        self.adjoints = _Ratios(passes.adjoints)

    def is_evaluated(self, node: int) -> bool:
        """Whether the node has a value."""
        return self.values[node] is not None

    def arguments(self, node: int) -> list[Any]:
        """The values of a node's inputs, as numbers that can be compared."""
        return self.passes.arguments(node)

    def holder(self, node: int) -> int | None:
        """The first argument that a maximum or minimum is."""
        found: int = self.arguments(node).index(self.passes.values[node])
        return found

    def taken(self, node: int) -> int:
        """The index of the branch that a node takes."""
        return rules.taken(self.graph.operators[node], self.arguments(node))

    def chosen(self, node: int) -> int:
        """The index of the input that a node chooses."""
        chooses = self.graph.operators[node].chooses
        assert chooses is not None, "only choices choose"
        return chooses(self.passes.values[self.graph.inputs[node][0]])

    def local_derivatives(self, node: int) -> Mapping[int, Ratio]:
        """∂node/∂argument by the argument's index."""
        return {index: NO_RATIO if x is None else Ratio.of(x) for index, x in self.passes.slopes[node].items()}

    def passed_on(self, node: int, index: int, _: Ratio) -> Ratio:
        """What a node passes on to one of its arguments."""
        slope = self.passes.slopes[node].get(index)
        return Ratio.of(self.passes.adjoints[node] * slope if slope else ZERO)


class _Ratios(Sequence[Any]):
    """Numbers whose texts are made when they are asked for; what is no number stays."""

    def __init__(self, numbers: Sequence[Any]) -> None:
        self.numbers = numbers

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, node: Any) -> Any:
        number = self.numbers[node]
        return Ratio.of(number) if isinstance(number, Fraction) else number


NO_RATIO = Ratio("", None, is_known=False)
