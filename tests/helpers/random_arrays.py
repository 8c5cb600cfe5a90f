"""Random programs over arrays: every operation, shapes with lengths of 1 among them."""

import random
from collections.abc import Sequence

from gradcli.graph.arrays import Shape

Template = tuple[str, Sequence[Shape]]  # a text with places for expressions of these shapes

LENGTHS = (1, 2, 3)
ANYWHERE = (
    "-{}", "{}^2", "tanh({})", "sin({})", "exp(-{}^2)", "relu({})", "abs({})", "softplus({})", "2*{}", "{}/2",
    "sigmoid({})",
)  # fmt: skip


class Programs:
    """Makes programs; `shapes` has those of the variables of the last one."""

    def __init__(self, seed: int) -> None:
        self.source = random.Random(seed)
        self.shapes: dict[str, Shape] = {}
        self.steps: dict[str, Shape] = {}

    def program(self, depth: int = 3) -> str:
        """Up to two steps, and a number."""
        self.shapes, self.steps = {}, {}
        texts = []
        for place in range(self.source.randrange(3)):
            shape = self._shape()
            texts.append(f"s{place} = {self.expression(shape, depth - 1)}")
            self.steps[f"s{place}"] = shape
        return "; ".join([*texts, self.expression((), depth)])

    def _shape(self) -> Shape:
        return tuple(self.source.choices(LENGTHS, k=self.source.randrange(3)))

    def expression(self, shape: Shape, depth: int) -> str:
        """An expression of this shape, in parentheses."""
        if not depth or self.source.random() < 0.1:
            return self._leaf(shape)
        template, shapes = self.source.choice(self._templates(shape))
        return f"({template.format(*(self.expression(one, depth - 1) for one in shapes))})"

    def _leaf(self, shape: Shape) -> str:
        same = [name for name, own in (self.shapes | self.steps).items() if own == shape]
        if same and self.source.random() < 0.6:
            return self.source.choice(same)
        name = f"x{len(self.shapes)}"
        self.shapes[name] = shape
        return name

    def _templates(self, shape: Shape) -> list[Template]:
        """What gives an array of this shape: what all shapes have, and as much again of what this one has."""
        smaller = self.source.choice(self._smaller(shape))
        pair = [shape, smaller] if self.source.random() < 0.5 else [smaller, shape]
        both: list[Template] = [(text, pair) for text in ("{} + {}", "{} - {}", "{} * {}", "{} / (1 + {}^2)")]
        both += [
            ("hypot({}, 3 + {})", [shape, shape]),
            ("max({}, {})", [shape, shape]),
            ("where({} > {}, {}, {})", [shape, (), shape, shape]),
        ]
        alone: list[Template] = [(text, [shape]) for text in ANYWHERE]
        own = (self._numbers, self._vectors, self._matrices)[len(shape)](*shape)
        return [*both, *alone, *(own * (1 + len(both + alone) // len(own)))]

    def _smaller(self, shape: Shape) -> list[Shape]:
        """The shapes that go with one, element by element."""
        if len(shape) < 2:
            return [shape, (), (1,)] if shape else [()]
        rows, columns = shape
        return [shape, shape, (), (columns,), (1, columns), (rows, 1)]

    def _numbers(self) -> list[Template]:
        m, n = self.source.choices(LENGTHS, k=2)
        return [
            *((f"{name}({{}})", [(m, n)]) for name in ("sum", "mean", "logsumexp", "max")),
            *((f"{name}({{}})", [(n,)]) for name in ("sum", "mean", "min")),
            ("norm({} + 2)", [(2,)]),
            ("dot({}, {})", [(n,), (n,)]),
            ("{} @ {} @ {}", [(m,), (m, n), (n,)]),
            ("trace({})", [(n, n)]),
            ("{}[-1,0]", [(m, n)]),
            ("{}[0]", [(n,)]),
        ]

    def _vectors(self, n: int) -> list[Template]:
        m = self.source.choice(LENGTHS)
        names = ("sum", "mean", "max", "logsumexp")
        return [
            *((f"{name}({{}}, axis=0)", [(m, n)]) for name in names),
            *((f"{name}({{}}, axis=1)", [(n, m)]) for name in names),
            ("norm({} + 2, axis=1)", [(n, 2)]),
            ("{} @ {}", [(n, m), (m,)]),
            ("{} @ {}", [(m,), (m, n)]),
            ("softmax({})", [(n,)]),
            (f"[{', '.join(['{}'] * n)}]", [()] * n),
            ("{}[1:]", [(n + 1,)]),
            ("{}[-1]", [(m, n)]),
            ("{}[:,0]", [(n, m)]),
        ]

    def _matrices(self, m: int, n: int) -> list[Template]:
        k = self.source.choice(LENGTHS)
        found: list[Template] = [
            ("{} @ {}", [(m, k), (k, n)]),
            ("{}.T", [(n, m)]),
            ("outer({}, {})", [(m,), (n,)]),
            ("softmax({})", [(m, n)]),
            (f"[{', '.join(['{}'] * m)}]", [(n,)] * m),
            ("{}[1:,:-1]", [(m + 1, n + 1)]),
            ("{}[:-1]", [(m + 1, n)]),
            ("{}[:,1:]", [(m, n + 1)]),
            ("{} + {}", [(m, 1), (1, n)]),
        ]
        return found + [("row({})", [(n,)])] * (m == 1) + [("column({})", [(m,)])] * (n == 1)
