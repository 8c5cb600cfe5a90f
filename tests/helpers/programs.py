"""Random programs and points, as hypothesis draws them."""

from collections.abc import Sequence

from hypothesis import strategies as st

from gradcli.api import Result, gradient
from gradcli.errors import MathError
from gradcli.graph import Graph
from gradcli.operators.records import Operator
from gradcli.operators.table import CONSTANTS, FUNCTIONS

NAMES = ("a", "b", "x", "y", "θ", "りんご")
VARIADIC = 3
LEAVES = (*NAMES, *NAMES, "0", "1", "2", "3", "0.5", "2e-3", ".25", "1.", "12.75", *CONSTANTS)
INFIX = ("+", "-", "*", "/", "^", "**", " - ", "×", " + ", "*")
RELATIONS = ("<", "<=", ">", ">=", "==", "!=")
CALLED = tuple(sorted(FUNCTIONS))


class Writer:
    """Writes expressions by a stack machine; each instruction is a number, so that a list of numbers is a text."""

    def __init__(self, leaves: Sequence[str] = LEAVES) -> None:
        self.leaves = leaves
        self.stack: list[str] = []

    def write(self, codes: Sequence[int]) -> str:
        """The expression that the instructions make; what is left on the stack is added up."""
        self.stack = []
        for code in codes:
            kind, choice = code % 8, code // 8
            if kind < 3 or not self.stack:
                self.stack.append(self.leaves[choice % len(self.leaves)])
            elif kind < 5:
                self.stack.append(self.infix(choice, fenced=kind == 3))
            elif kind == 5:
                sign = ("-{}", "(-({}))", "(+({}))", "({})")[choice % 4]
                self.stack.append(sign.format(self.stack.pop()))
            else:
                self.stack.append(self.call(choice))
        return " + ".join(self.stack) or self.leaves[0]

    def pop(self, choice: int) -> str:
        """The top of the stack, or a leaf."""
        return self.stack.pop() if self.stack else self.leaves[choice % len(self.leaves)]

    def infix(self, choice: int, fenced: bool) -> str:
        """Two operands, with or without parentheses."""
        x, y = self.pop(choice), self.pop(choice // 7)
        symbol = INFIX[choice % len(INFIX)]
        return f"({x}){symbol}({y})" if fenced else f"{x}{symbol}{y}"

    def call(self, choice: int) -> str:
        """A call of any function, the right number of arguments, conditions where they belong."""
        name = CALLED[choice % len(CALLED)]
        operator: Operator = FUNCTIONS[name]
        count = VARIADIC if operator.variadic else len(operator.parameters)
        arguments = [
            self.condition(choice)
            if index in operator.conditions
            else str(choice % 3)
            if index in operator.orders
            else self.pop(choice + index)
            for index in range(count)
        ]
        return f"{name}({', '.join(arguments)})"

    def condition(self, choice: int) -> str:
        """Comparisons, and what is made of them."""
        first, second = (
            f"{self.pop(choice)} {RELATIONS[number % 6]} {self.pop(choice // 3)}" for number in (choice, choice // 6)
        )
        forms = ("{0}", "not {0}", "{0} and {1}", "{0} or not ({1})", "not ({0} and {1}) or {1}", "({0})")
        return forms[choice // 36 % len(forms)].format(first, second)


codes = st.lists(st.integers(0, 8 * 36 * 200), max_size=14)
expressions = codes.map(lambda found: Writer().write(found))
POINT = st.tuples(*[st.integers(-3000, 3000)] * len(NAMES)).map(
    lambda found: {name: number / 1000 for name, number in zip(NAMES, found, strict=True)}
)
ENDS = ("; ", "\n", "\r\n", " # note\n", ";;")


@st.composite
def programs(draw: st.DrawFn) -> str:
    """A few named steps that use one another, and an output."""
    bodies = draw(st.lists(codes, min_size=1, max_size=5))
    lines = []
    for index, body in enumerate(bodies):
        steps = [f"s{known}" for known in range(index)]
        lines.append(f"s{index} = {Writer((*LEAVES, *steps * 4)).write(body)}")
    if draw(st.booleans()):
        lines[-1] = lines[-1].partition(" = ")[2]
    return draw(st.sampled_from(ENDS)).join(lines)


def evaluated(graph: Graph, at: dict[str, float]) -> Result | None:
    """The result, or None where there is no finite value."""
    try:
        return gradient(graph, at)
    except MathError:
        return None
