r"""The export for LaTeX of a function of arrays: the steps, what each passes back, the gradient. Needs amsmath."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from gradcli.arrays.backward import passing_of
from gradcli.engine.answer import Answer, nested
from gradcli.engine.binding import targets_of
from gradcli.errors import GradcliError
from gradcli.export.arrays.programs import targets
from gradcli.export.backends.latex import needs_font
from gradcli.export.comments import comment, lost, summary
from gradcli.export.identifiers import Letters
from gradcli.graph import Graph
from gradcli.graph.arrays import flattened, shape_of
from gradcli.language.names import output_name
from gradcli.latex.derivatives import aligned, derivative, equations, fresh_names, room_beside
from gradcli.latex.formulas import formulas
from gradcli.latex.matrices import equal
from gradcli.latex.symbols import Symbols, latex_number
from gradcli.operators.arrays import TRANSPOSE, ArrayOperator
from gradcli.symbolic.arrays.derive import derive_arrays
from gradcli.symbolic.derive import derive
from gradcli.text import format_number
from gradcli.trace.arrays.records import Records
from gradcli.trace.arrays.rows import Derivative, Formula, Symbol
from gradcli.trace.arrays.rules import Rules
from gradcli.trace.passes import WithoutPoint

Lines = list[tuple[str, str]]
_SIGNS = {"·": r" \cdot ", "⊙": r"\odot"}
_WORD = re.compile("[a-z]{2,}")


def source(graph: Graph, wrt: list[str] | None, result: Answer | None, name: str | None, letters: Letters) -> str:
    """Three (with a point, four) blocks of equations. Raises `GradcliError` for a `name`: there is no function."""
    if name is not None:
        raise GradcliError("name-in-latex", source="option")
    symbols, nodes = Symbols(letters.language), targets_of(graph, wrt)
    backward = _Backward(Records(WithoutPoint(graph, nodes.values())), symbols)
    parts = [aligned(backward.steps())]
    lines = backward.lines()
    parts += [aligned(lines)] if lines else []
    gradient, ties = _gradient(graph, list(nodes), backward.records.names, symbols)
    parts += [aligned(gradient)] if gradient else []
    if result is not None:
        parts.append(aligned(_numbers(result, symbols)))
    needs = [comment("amsmath")]
    if backward.has_parts:
        needs.append(comment("placed"))
    needs += [comment("first-extreme")] if ties else []
    if any(map(needs_font, set().union(*parts))):
        needs.append(comment("letters"))
    return "".join([f"% {line}\n" for line in [*summary(graph, None, {}), *lost(result), *needs]] + parts)


class _Backward:
    """The operations of a program, and what each passes back to its inputs."""

    def __init__(self, records: Records, symbols: Symbols) -> None:
        self.records = records
        self.symbols = symbols
        self.program = records.program
        self.rules = Rules(records)
        program = records.program
        made = (node for node in range(len(program)) if records.is_record(node))
        self.nodes = [node for node in made if not program.operators[node].condition]
        self.named = {node: records.names[node] for node in (*self.nodes, *program.variables.values())}
        self.texts = self._texts()
        self.has_parts = False

    def _texts(self) -> dict[str, str]:
        """How each array is written, by its name: a view as a formula."""
        names, name = self.records.names, self.symbols.name
        roots = list(range(len(self.program)))
        found = formulas(self.program, roots, self.named, self.symbols)
        return {names[x]: name(self.named[x]) if x in self.named else str(found[x]) for x in roots}

    def steps(self) -> Lines:
        """Each operation that makes an array or a number."""
        found = formulas(self.program, self.nodes, self.named, self.symbols)
        return [(self.symbols.name(self.named[x]), str(text)) for x, text in zip(self.nodes, found, strict=True)]

    def lines(self) -> Lines:
        """For each array that a gradient comes to, the sum of what is passed back to it."""
        records, program = self.records, self.program
        terms: dict[int, list[str]] = {}
        lines: Lines = []
        for node in range(records.output, -1, -1):
            own = self.derivative(node)
            if node in terms:
                lines.append((own, " + ".join(terms[node]).replace("+ -", "- ")))
            for index in records.edges(node) if records.reached[node] else ():
                x = records.start_of(program.inputs[node][index])
                terms.setdefault(x, []).append(self.passed(node, index, own))
        return lines

    def passed(self, node: int, index: int, own: str) -> str:
        """What an operation passes back to one of its inputs; `own` is the derivative by its result."""
        operator = self.program.operators[node]
        if not (isinstance(operator, ArrayOperator) and operator.view):
            return self.formula(self.rules.of(node, index)[0])
        if operator.is_part:
            self.has_parts = True
            return rf"\left[{own}\right]_{{{operator.suffix[1:-1]}}}"
        if operator is TRANSPOSE:
            return rf"\left({own}\right)^{{\top}}" if len(self.records.shapes[node]) > 1 else own
        formula = passing_of(self.records.arrays, node, index).formula
        return rf"\left({own}\right)_{{{formula.operators[formula.output].suffix[1:-1]}}}"

    def derivative(self, by: int) -> str:
        """That of the output by a node."""
        return self.quotient(self.records.names[self.records.output], self.records.names[by])

    def quotient(self, of: str, by: str) -> str:
        """∂of/∂by."""
        return rf"\frac{{\partial {self.texts[of]}}}{{\partial {self.texts[by]}}}"

    def formula(self, formula: Formula) -> str:
        """A rule."""
        return "".join(map(self.piece, formula))

    def piece(self, piece: Symbol | Derivative | str) -> str:
        """An array, a derivative, or what stands between them, in which words are upright."""
        if isinstance(piece, str):
            text = _WORD.sub(r"\\mathrm{\g<0>}", piece)
            return "".join(_SIGNS.get(c, c) for c in text)
        is_name = isinstance(piece, Symbol)
        text = self.texts[piece.name] if isinstance(piece, Symbol) else self.quotient(piece.of, piece.by)
        if not piece.is_transposed:
            return text
        return rf"{text}^{{\top}}" if is_name else rf"\left({text}\right)^{{\top}}"


def _gradient(graph: Graph, names: list[str], taken: Sequence[str], symbols: Symbols) -> tuple[Lines, bool]:
    """The formulas of the gradient, of arrays where there are such, and whether they take one of equal elements."""
    arrays = graph.arrays
    assert arrays is not None, "a graph of arrays"
    known = arrays.program.variables | arrays.program.steps
    asked = targets(arrays, names)
    whole = [name for name, (of, place) in asked.items() if not place and of in known]
    found = derive_arrays(arrays, whole)
    output = output_name(arrays.program)
    fresh = fresh_names(taken)
    lines = equations(found.derivatives, output, fresh=fresh, symbols=symbols) if found.derivatives.targets else []
    inside = set(arrays.elements_of(found.derivatives.targets))
    single = [name for name in names if name not in inside]
    if single:
        lines += equations(derive(graph, single), output, fresh=fresh, symbols=symbols)
    return lines, bool(found.ties)


def _numbers(result: Answer, symbols: Symbols) -> Lines:
    """The point, the value and the gradient: numbers with all their digits, matrices as they fit the line."""
    slopes: Mapping[str, Any] = nested(result.graph, result.evaluation.gradient)
    sides = [
        *((symbols.name(name), value) for name, value in result.at.items()),
        (symbols.name(result.output), result.evaluation.value),
        *((derivative(result.output, [name], symbols), slope) for name, slope in slopes.items()),
    ]
    room = room_beside(left for left, _ in sides)
    return [(left, _number(value, room)) for left, value in sides]


def _number(value: Any, room: float) -> str:
    """A number, or nested lists as a matrix behind its sign."""
    if not isinstance(value, list):
        return latex_number(format_number(value))
    return equal([float(number) for number in flattened(value)], shape_of(value), room)
