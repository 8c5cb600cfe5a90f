"""A lowered graph as a list of calls on few buffers, for one choice of the variables that are columns.

What depends on no column is one number for all rows. A buffer is free for another node as soon as the last call that
reads it is done, that call itself included.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from gradcli.batch.tape.lowering import TapeGraph
from gradcli.batch.tape.schedule import ScheduledCall, scheduled
from gradcli.batch.tape.spelling import Call, answer, call, mask, other_mask, sine, sine_is_product
from gradcli.graph import reachable
from gradcli.operators.table import MUL, OPERATORS, POW, VARIABLE

_SIN, _COS, _TAN = (OPERATORS[name] for name in ("sin", "cos", "tan"))
PRODUCTS = 4  # powers up to this one are products: two roundings at most


class TapeProgram:
    """The calls for a lowered graph. Each buffer is a number, first those that are not written to. In a frame each is
    there twice, as it is and as integers; the operands of `steps` are indices of a frame.

    `columns` has the variable's name for each buffer that is a column, `uniform` the node for each that is one number,
    or two nodes whose bits it tells apart;
    `numbers` and `conditions` are the buffers that calls write to, with doubles or masks, and with conditions.
    `outputs` are the buffers of value and slopes, which nothing else is written to. Indices in a frame are those of the
    conditions that a row `holds` and `bends`, and by slope, its place among the outputs, that it is `finite`. `moving`
    has the steps, with their places, that read or write where each block has another array, `used` all indices of them.
    """

    def __init__(self, lowered: TapeGraph, columns: frozenset[str]) -> None:
        self.graph = graph = lowered.graph
        self.inner = lowered.inner
        names = {name: node for name, node in graph.variables.items() if name in columns}
        self.varies = graph.dependents(names.values())
        self.values: dict[Any, int] = {}  # a node, or part of its computation, and its number
        self.kinds: list[type] = []  # of each: float, bool, or int for masks
        self.calls: list[ScheduledCall] = []  # with numbers of values in the place of indices
        self.columns = {self._new(node, float): name for name, node in names.items()}
        self.uniform: dict[int, int | tuple[int, int]] = {}
        *asked, holds, bends = self._computed([lowered.value, *lowered.slopes.values(), lowered.holds, lowered.bends])
        self.outputs = [self._call(("answer", place), float, answer, value) for place, value in enumerate(asked)]
        # A variable is finite in a row that holds, and so is the value.
        slopes = zip(self.outputs[1:], lowered.slopes.values(), strict=True)
        unsure = [value for value, node in slopes if graph.operators[node] is not VARIABLE]
        finite = {value: self._call(("finite", value), bool, np.isfinite, value) for value in unsure}
        kept = [holds, bends, *finite.values()]
        self.calls = scheduled(self.calls, set(kept))
        places = self._placed(kept)
        self.finite = {self.outputs.index(value): 2 * places[found] for value, found in finite.items()}
        self.outputs = [places[value] for value in self.outputs]
        self.holds, self.bends = 2 * places[holds], 2 * places[bends]
        self.steps = [_at(step, places) for step in self.calls]
        self.used = {x for step in self.steps for x in (step.out, *step.operands)}
        moving = {2 * x + kind for x in (*self.columns, *self.outputs) for kind in (0, 1)}
        self.moving = [(n, x) for n, x in enumerate(self.steps) if not moving.isdisjoint((x.out, *x.operands))]

    def _computed(self, roots: Sequence[int]) -> list[int]:
        """The numbers of the values of nodes, with the calls for all that they are made of."""
        inputs = self.graph.inputs
        nodes = [node for node in reachable(inputs, roots) if self.varies[node] and inputs[node]]
        self.cosines = {inputs[node]: node for node in nodes if self.graph.operators[node] is _COS}
        for node in nodes:
            if node not in self.values:
                self._compute(node)
        return [self._operand(node) for node in roots]

    def _new(self, key: Any, kind: type) -> int:
        self.values[key] = len(self.kinds)
        self.kinds.append(kind)
        return self.values[key]

    def _operand(self, node: int) -> int:
        """The number of a node's value."""
        if node not in self.values:
            kind = bool if self.graph.operators[node].condition else float
            self.uniform[self._new(node, kind)] = node
        return self.values[node]

    def _call(self, key: Any, kind: type, function: Call, *operands: int) -> int:
        """One more call; the number of what it computes."""
        self.calls.append(ScheduledCall(function, operands, self._new(key, kind)))
        return self.values[key]

    def _compute(self, node: int) -> None:
        """The calls for a node."""
        operator, inputs = self.graph.operators[node], self.graph.inputs[node]
        if operator.chooses and not operator.condition:
            self._choose(node, *inputs)
        elif operator is POW and self.graph.values.get(inputs[1]) in range(2, PRODUCTS + 1):
            self._multiply(node, self._operand(inputs[0]), int(self.graph.values[inputs[1]]))
        elif operator is _SIN and inputs in self.cosines and node not in self.inner and sine_is_product():
            cosine = self.cosines[inputs]
            if cosine not in self.values:
                self._compute(cosine)
            tangent = self._call((node, "tangent"), float, call(_TAN), self._operand(inputs[0]))
            self._call(node, float, sine, tangent, self._operand(cosine))
        else:
            kind = bool if operator.condition else float
            self._call(node, kind, call(operator), *(self._operand(x) for x in inputs))

    def _multiply(self, node: int, x: int, exponent: int) -> None:
        """A power as a square, its square, or it times x."""
        square = self._call(node if exponent == 2 else (node, 2), float, np.square, x)
        if exponent > 2:
            self._call(node, float, call(MUL), square, x if exponent == 3 else square)

    def _choose(self, node: int, condition: int, a: int, b: int) -> None:
        """Choose by bits: one call with 0 on one side, two between numbers, else three."""
        zeros = [x for x in (a, b) if repr(self.graph.values.get(x)) == "0.0"]
        if zeros:
            taken = a if b in zeros else b
            self._call(node, float, np.bitwise_and, self._operand(taken), self._mask(condition, taken is a))
            return
        other = self._operand(b)
        if self.varies[a] or self.varies[b]:
            different = self._call((node, "different"), float, np.bitwise_xor, self._operand(a), other)
        else:
            different = self._new((node, "different"), float)
            self.uniform[different] = a, b
        kept = self._call((node, "kept"), float, np.bitwise_and, different, self._mask(condition, True))
        self._call(node, float, np.bitwise_xor, kept, other)

    def _mask(self, condition: int, holds: bool) -> int:
        """The mask of where a condition holds, or does not."""
        key = condition, holds
        if key not in self.values:
            self._call(key, int, mask if holds else other_mask, self._operand(condition))
        return self.values[key]

    def _placed(self, kept: Sequence[int]) -> list[int]:
        """The buffer of each value; `kept` are those that are asked for."""
        places = [-1] * len(self.kinds)
        fixed = [*self.columns, *self.uniform, *self.outputs]
        for buffer, value in enumerate(fixed):
            places[value] = buffer
        last = {x: index for index, step in enumerate(self.calls) for x in step.operands}
        last |= dict.fromkeys([*fixed, *kept], len(self.calls))
        self.numbers: list[int] = []
        self.conditions: list[int] = []
        free: dict[bool, list[int]] = {True: [], False: []}
        for index, step in enumerate(self.calls):
            for x in dict.fromkeys(step.operands):
                if last[x] == index:
                    free[self.kinds[x] is bool].append(places[x])
            if places[step.out] >= 0:
                continue
            is_condition = self.kinds[step.out] is bool
            if not free[is_condition]:
                buffers = self.conditions if is_condition else self.numbers
                buffers.append(len(fixed) + len(self.numbers) + len(self.conditions))
                free[is_condition].append(buffers[-1])
            places[step.out] = free[is_condition].pop()
        self.columns = {places[value]: name for value, name in self.columns.items()}
        self.uniform = {places[value]: node for value, node in self.uniform.items()}
        return places


_BITS = (np.bitwise_and, np.bitwise_xor)


def _at(step: ScheduledCall, places: Sequence[int]) -> ScheduledCall:
    """A call with indices of a frame."""
    on_bits = step.call in _BITS
    operands = tuple(2 * places[x] + on_bits for x in step.operands)
    return ScheduledCall(step.call, operands, 2 * places[step.out] + (on_bits or step.call in (mask, other_mask)))
