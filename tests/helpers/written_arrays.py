"""Random programs over arrays, as they are written here and for NumPy."""

from collections.abc import Callable
from random import Random
from typing import Any, NamedTuple

import numpy as np

from gradcli.graph.arrays import Shape

UNARY = ("exp", "tanh", "sin", "relu", "abs", "sigmoid", "sqrt", "log", "-", "-")
REDUCTIONS = ("sum", "mean", "max", "min", "logsumexp", "norm")


class Part(NamedTuple):
    """An expression as it is written here and in Python."""

    ours: str
    theirs: str


class Program(NamedTuple):
    """A program: its text, its statements in Python with what they name, and the values of its variables."""

    text: str
    statements: list[tuple[str, str]]
    at: dict[str, Any]


class Writer:
    """What writes one program."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.variables: dict[str, Shape] = {}
        self.steps: dict[str, Shape] = {}
        self.lines: list[str] = []
        self.statements: list[tuple[str, str]] = []
        self.defined = 0

    def program(self) -> Program:
        """A few steps, and a number at the end."""
        for _ in range(self.random.randrange(4)):
            self._step(self._shape())
        whole = self._number(4)
        for name in self._unused():
            part = Part(f"sum({name}*1)", f"sum_({name}*1)") if self.steps[name] else Part(name, name)
            whole = _joined(whole, "+", part)
        self.lines.append(whole.ours)
        self.statements.append(("", whole.theirs))
        at = {name: self._values(shape) for name, shape in self.variables.items()}
        return Program("; ".join(self.lines), self.statements, at)

    def _unused(self) -> list[str]:
        return [name for name in self.steps if self.random.random() < 0.3]

    def _values(self, shape: Shape) -> Any:
        return np.array([self.random.uniform(-2, 2) for _ in range(int(np.prod(shape)))]).reshape(shape).tolist()

    def _shape(self) -> Shape:
        return tuple(self.random.randint(1, 4) for _ in range(self.random.randrange(3)))

    def _step(self, shape: Shape) -> None:
        part = self.of(shape, 3)
        name = f"s{len(self.steps)}"
        self.lines.append(f"{name} = {part.ours}")
        self.statements.append((name, part.theirs))
        self.steps[name] = shape

    def _number(self, depth: int) -> Part:
        return self.of((), depth)

    def of(self, shape: Shape, depth: int) -> Part:
        """An expression of a shape."""
        if depth == 0:
            return self._leaf(shape)
        ways: list[Callable[[Shape, int], Part]] = [
            self._leaf_at,
            self._binary,
            self._binary,
            self._unary,
            self._matmul,
            self._matmul,
            self._index,
            self._reduced,
            self._where,
            self._called,
            self._two,
        ]
        if shape:
            ways += [self._literal, self._softmax]
        else:
            ways += [self._scalar, self._reduced]
        if len(shape) == 2:
            ways += [self._transposed, self._outer, self._view]
        return self.random.choice(ways)(shape, depth - 1)

    def _leaf(self, shape: Shape) -> Part:
        known = [name for name, own in (self.variables | self.steps).items() if own == shape]
        if known and self.random.random() < 0.7:
            name = self.random.choice(known)
        else:
            name = f"{'xvA'[len(shape)]}{len(self.variables)}"
            self.variables[name] = shape
        return Part(name, name)

    def _leaf_at(self, shape: Shape, _: int) -> Part:
        return self._leaf(shape)

    def _broadcasting(self, shape: Shape) -> tuple[Shape, Shape]:
        """Two shapes of which the broadcast one is made."""
        if not shape:
            return (), ()
        smaller: list[Shape] = [(), (1,), shape]
        if len(shape) == 2:
            smaller += [(1, shape[1]), (1, 1)]
            smaller += [(shape[0], 1)]
            if shape[1] != 1:
                smaller += [(shape[1],)]
        other = self.random.choice(smaller)
        if len(shape) == 2 and len(other) == 1 and shape[1] == 1 and other[0] == shape[0] and other != (1,):
            other = ()
        if len(shape) == 2 and shape[1] == 1 and other == (1,) and shape[0] == 1:
            other = ()
        pair = (shape, other)
        return pair if self.random.random() < 0.5 else (pair[1], pair[0])

    def _binary(self, shape: Shape, depth: int) -> Part:
        one, two = self._broadcasting(shape)
        sign = self.random.choice(["+", "-", "*", "/", "^", "max", "min", "atan2"])
        x, y = self.of(one, depth), self.of(two, depth)
        if sign in ("max", "min", "atan2"):
            return Part(f"{sign}({x.ours}, {y.ours})", f"{sign}_({x.theirs}, {y.theirs})")
        if sign == "^":
            power = self.random.choice(["2", "3"])
            x = self.of(shape, depth)
            return Part(f"({x.ours})^{power}", f"({x.theirs})**{power}")
        if sign == "/":
            y = Part(f"(2 + ({y.ours})^2)", f"(2 + ({y.theirs})**2)")
        return _joined(x, sign, y)

    def _unary(self, shape: Shape, depth: int) -> Part:
        name, x = self.random.choice(UNARY), self.of(shape, depth)
        if name == "-":
            return Part(f"-({x.ours})", f"-({x.theirs})")
        if name in ("sqrt", "log"):
            return Part(f"{name}(1 + ({x.ours})^2)", f"{name}_(1 + ({x.theirs})**2)")
        if name == "exp":
            return Part(f"exp(tanh({x.ours}))", f"exp_(tanh_({x.theirs}))")
        return Part(f"{name}({x.ours})", f"{name}_({x.theirs})")

    def _matmul(self, shape: Shape, depth: int) -> Part:
        k = self.random.randint(1, 4)
        if len(shape) == 2:
            left, right = (shape[0], k), (k, shape[1])
        elif len(shape) == 1:
            left, right = self.random.choice([((k,), (k, shape[0])), ((shape[0], k), (k,))])  # type: ignore[assignment]
        else:
            left, right = (k,), (k,)  # type: ignore[assignment]
            if self.random.random() < 0.3:
                x, y = self.of(left, depth), self.of(right, depth)
                return Part(f"dot({x.ours}, {y.ours})", f"(({x.theirs}) @ ({y.theirs}))")
        return _joined(self.of(left, depth), "@", self.of(right, depth))

    def _place(self, length: int) -> tuple[int, str]:
        """The length of an axis of which a place is taken, and the place."""
        whole = length + self.random.randint(1, 2)
        place = self.random.randrange(whole)
        return whole, str(place if self.random.random() < 0.5 else place - whole)

    def _span(self, length: int) -> tuple[int, str]:
        before, behind = self.random.randint(0, 2), self.random.randint(0, 2)
        whole = before + length + behind
        first = self.random.choice([str(before), str(before - whole)])
        if not before and self.random.random() < 0.5:
            first = ""
        stop = self.random.choice([str(before + length), str(-behind)]) if behind else ""
        if not behind and self.random.random() < 0.3:
            stop = str(whole + self.random.randint(0, 3))
        return whole, f"{first}:{stop}"

    def _index(self, shape: Shape, depth: int) -> Part:
        axes = [self._span(length) for length in shape]
        while len(axes) < 2 and (not axes or self.random.random() < 0.5):
            axes.insert(self.random.randint(0, len(axes)), self._place(0))
        written = [text for _, text in axes]
        if len(written) == 2 and written[1] == ":" and self.random.random() < 0.5:
            written.pop()
        x = self._wrapped(self.of(tuple(whole for whole, _ in axes), depth))
        inside = self.random.choice([",", ", "]).join(written)
        return Part(f"{x.ours}[{inside}]", f"{x.theirs}[{inside}]")

    def _wrapped(self, x: Part) -> Part:
        return x if x.ours.isidentifier() else Part(f"({x.ours})", f"({x.theirs})")

    def _reduced(self, shape: Shape, depth: int) -> Part:
        name = self.random.choice(REDUCTIONS)
        k = self.random.randint(1, 4)
        if len(shape) == 2:
            return self._unary(shape, depth)
        if not shape and self.random.random() < 0.6:
            x = self.of(self.random.choice([(k,), (k, self.random.randint(1, 3))]), depth)
            return Part(f"{name}({x.ours})", f"{name}_({x.theirs})")
        axis = self.random.randint(0, len(shape))
        whole = (*shape[:axis], k, *shape[axis:])
        written = axis if self.random.random() < 0.5 else axis - len(whole)
        x = self.of(whole, depth)
        return Part(f"{name}({x.ours}, axis={written})", f"{name}_({x.theirs}, axis={written})")

    def _where(self, shape: Shape, depth: int) -> Part:
        one, two = self._broadcasting(shape)
        left, right = self._broadcasting(one)
        sign = self.random.choice(["<", ">", "<=", ">="])
        x, y = self.of(left, depth), self.of(right, depth)
        condition = Part(f"{x.ours} {sign} {y.ours}", f"re({x.theirs}) {sign} re({y.theirs})")
        if self.random.random() < 0.3:
            z = self.of(self._broadcasting(one)[1], 0)
            word, bit = self.random.choice([("and", "&"), ("or", "|")])
            ours = f"not ({condition.ours}) {word} {z.ours} < 1"
            condition = Part(ours, f"~({condition.theirs}) {bit} (re({z.theirs}) < 1)")
        a, b = self.of(two, depth), self.of(self._broadcasting(shape)[0], depth)
        ours = f"where({condition.ours}, {a.ours}, {b.ours})"
        return Part(ours, f"where_({condition.theirs}, {a.theirs}, {b.theirs})")

    def _called(self, shape: Shape, depth: int) -> Part:
        """A definition that is called twice, of which the body is of the shape of its argument."""
        name = f"f{self.defined}"
        self.defined += 1
        body = self.random.choice(["p*p + 1", "tanh(p) * 2", "relu(p) - p", "p", "3*p"])
        self.lines.append(f"{name}(p) = {body}")
        self.statements.append((name, f"lambda p: {body.replace('tanh', 'tanh_').replace('relu', 'relu_')}"))
        x = self.of(shape, depth)
        y = self.of(shape, 0)
        return Part(f"{name}({x.ours}) + {name}({y.ours})", f"({name}({x.theirs}) + {name}({y.theirs}))")

    def _two(self, shape: Shape, _: int) -> Part:
        """The same array twice, in two views."""
        x = self._leaf(shape)
        turned = f"{x.ours}.T.T" if shape else x.ours
        return Part(f"{x.ours} * {turned}", f"({x.theirs} * {x.theirs})")

    def _literal(self, shape: Shape, depth: int) -> Part:
        parts = [self.of(shape[1:], depth if n == 0 else min(depth, 1)) for n in range(shape[0])]
        return Part(f"[{', '.join(x.ours for x in parts)}]", f"stack_([{', '.join(x.theirs for x in parts)}])")

    def _scalar(self, _: Shape, depth: int) -> Part:
        return self.random.choice(
            [
                self._leaf(()),
                self._trace(depth),
            ]
        )

    def _trace(self, depth: int) -> Part:
        k = self.random.randint(1, 3)
        x = self.of((k, k), depth)
        return Part(f"trace({x.ours})", f"np.trace({x.theirs})")

    def _softmax(self, shape: Shape, depth: int) -> Part:
        x = self.of(shape, depth)
        return Part(f"softmax({x.ours})", f"softmax_({x.theirs})")

    def _transposed(self, shape: Shape, depth: int) -> Part:
        x = self._wrapped(self.of(shape[::-1], depth))
        return Part(f"{x.ours}.T", f"{x.theirs}.T")

    def _outer(self, shape: Shape, depth: int) -> Part:
        x, y = self.of(shape[:1], depth), self.of(shape[1:], depth)
        return Part(f"outer({x.ours}, {y.ours})", f"outer_({x.theirs}, {y.theirs})")

    def _view(self, shape: Shape, depth: int) -> Part:
        if shape[1] == 1:
            x = self.of(shape[:1], depth)
            return Part(f"column({x.ours})", f"({x.theirs})[:, None]")
        if shape[0] == 1:
            x = self.of(shape[1:], depth)
            return Part(f"row({x.ours})", f"({x.theirs})[None, :]")
        return self._transposed(shape, depth)


def _joined(x: Part, sign: str, y: Part) -> Part:
    return Part(f"({x.ours}) {sign} ({y.ours})", f"(({x.theirs}) {sign} ({y.theirs}))")
