"""The gradient of each variable as one formula over arrays: what comes to it, with what comes before put in.

∂L/∂W = Xᵀ·∂L/∂s and ∂L/∂s = ∂L/∂Y = G ⊙ ∂t/∂Y are together Xᵀ·(G ⊙ ∂t/∂Y).
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gradcli.operators.arrays import TRANSPOSE
from gradcli.trace.arrays.rows import DOT, TRANSPOSED, ArrayValues, Derivative, Formula, Passed, Symbol
from gradcli.trace.arrays.tracing import ArrayTrace

# Pieces of a formula into which others are put; behind so many it begins with the gradient of a step.
MOST = 32


class ArrayLine(NamedTuple):
    """A variable or step, and what comes to it: formulas whose sum its gradient is, None where parts of it are
    gathered; and the numbers, without a point None.
    """

    name: str
    terms: Sequence[Formula] | None
    gradient: ArrayValues | None


def lines(trace: ArrayTrace) -> Iterator[ArrayLine]:
    """A line for each array that is asked for and that a gradient reaches."""
    records, whole = trace.records, _Whole(trace)
    asked = set(trace.here.targets)
    for node, name in trace.program.names.items():
        if not asked.isdisjoint(records.elements[node]) and records.reached[node] and node != records.output:
            gradient = ArrayValues(records.adjoints(node) or (), records.shapes[node]) if trace.has_numbers else None
            yield ArrayLine(name, whole.terms(node), gradient)


class _Whole:
    """Formulas of what comes to nodes, from the output on."""

    def __init__(self, trace: ArrayTrace) -> None:
        self.trace = trace
        self.nodes = {trace.names[node]: node for node in trace.nodes}
        self.known: dict[int, Formula] = {}
        for node in reversed(trace.nodes):
            terms = self.terms(node) if len(trace.senders(node)) == 1 else None
            self.known[node] = terms[0] if terms and len(terms[0]) <= MOST else (trace.records.incoming(node),)

    def terms(self, node: int) -> Sequence[Formula] | None:
        """What comes to a node from each operation that reads it."""
        found = [self._term(node, *edge) for edge in self.trace.senders(node)]
        return [term for term in found if term] if all(found) else None

    def _term(self, node: int, sender: int, index: int) -> Formula | None:
        """What comes along one edge; None of what is gathered from a part."""
        trace, x = self.trace, self.trace.program.inputs[sender][index]
        is_transposed = trace.program.operators[x] is TRANSPOSE and len(trace.records.shapes[x]) > 1
        of = trace.program.inputs[x][0] if is_transposed else x
        if trace.records.start_of(of) != node or trace.records.is_part(sender):
            return None
        one = trace.passed(sender, index)
        formula = one.formula if isinstance(one, Passed) else _product(one.chain)
        put = self._put(formula, node)
        return _transposed(put) if is_transposed else put

    def _put(self, formula: Formula, own: int) -> Formula:
        """A formula with what is known in the place of gradients of steps, but for that of the node that it comes to:
        this is the last operation's local derivative.
        """
        found: list[Symbol | Derivative | str] = []
        for place, piece in enumerate(formula):
            node = self.nodes.get(_of_gradient(piece, self.trace.output))
            if node is None or node == own:
                found.append(piece)
                continue
            known = self.known[node]
            around = (*formula[max(0, place - 1) : place], *formula[place + 1 : place + 2])
            found += known if _may_stand(known, formula, around) else ("(", *known, ")")
        return tuple(found)


def _of_gradient(piece: Symbol | Derivative | str, output: str) -> str:
    """Whose gradient a piece is, but for the 1 of the output; "" of another piece."""
    is_gradient = isinstance(piece, Derivative) and piece.of == output != piece.by and not piece.is_transposed
    return piece.by if isinstance(piece, Derivative) and is_gradient else ""


def _transposed(formula: Formula) -> Formula:
    first = formula[0]
    if len(formula) > 1 or isinstance(first, str):
        return ("(", *formula, ")" + TRANSPOSED)
    return (first._replace(is_transposed=not first.is_transposed),)


def _product(chain: Sequence[tuple[str, str]]) -> Formula:
    factors = [Derivative(*factor) for factor in chain]
    return (factors[0], *(piece for factor in factors[1:] for piece in (DOT, factor)))


def _may_stand(known: Formula, formula: Formula, around: Sequence[object]) -> bool:
    """Whether a formula may stand in another one without parentheses: alone, as an argument, in a chain of products of
    matrices, or where it is a call itself.
    """
    if len(known) == 1 or len(formula) == 1 or _is_call(known):
        return True
    before, after = (around[0], around[-1]) if len(around) == 2 else (None, None)
    if isinstance(before, str) and before.endswith("(") and isinstance(after, str) and after[0] in "),":
        return True
    signs = {piece for piece in (*known, *around) if isinstance(piece, str)}
    return signs == {DOT}


def _is_call(formula: Formula) -> bool:
    """Whether a formula is one call, `sum(…, axis=0)`."""
    if not isinstance(formula[0], str) or "(" not in formula[0]:
        return False
    depth, pieces = 0, [piece for piece in formula if isinstance(piece, str)]
    for piece in pieces:
        depth += piece.count("(") - piece.count(")")
        if depth <= 0:
            return piece is pieces[-1] is formula[-1] and piece.endswith(")") and formula[0][0].isalpha()
    return False
