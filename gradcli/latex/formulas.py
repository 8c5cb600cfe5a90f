r"""Expressions in LaTeX's mathematics: fractions, powers, roots, cases. They need no package."""

import re
from collections.abc import Container, Mapping, Sequence
from string import Formatter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from gradcli.graph import Builder, Graph, reachable
from gradcli.language.format import LEVELS
from gradcli.language.parser import parse_rule
from gradcli.latex.symbols import PLAIN, Symbols, latex_number
from gradcli.latex.words import worded
from gradcli.operators.exceptional import not_a_number
from gradcli.operators.records import AND, ATOM, COMPARISON, NOT, OR, POWER, PRODUCT, SIGN, SUM, Operator
from gradcli.operators.table import CONSTANT, DIV, IDENTITY, MUL, POW, VARIABLE, WHERE
from gradcli.text import format_number

if TYPE_CHECKING:
    from gradcli.graph.arrays import Shape

# How an operator is written, and the precedence of the result; `{0:SUM}` has parentheses if its own is below that of a
# sum.
_FORMS = {
    "add": ("{0:SUM} + {1:PRODUCT}", SUM), "sub": ("{0:SUM} - {1:PRODUCT}", SUM),
    "mul": (r"{0:PRODUCT} \cdot {1:SIGN}", PRODUCT), "div": (r"\frac{{{0:ANY}}}{{{1:ANY}}}", POWER),
    "pow": ("{0:ATOM}^{{{1:ANY}}}", POWER), "neg": ("-{0:SIGN}", SIGN),
    "lt": ("{0:SUM} < {1:SUM}", COMPARISON), "le": (r"{0:SUM} \le {1:SUM}", COMPARISON),
    "gt": ("{0:SUM} > {1:SUM}", COMPARISON), "ge": (r"{0:SUM} \ge {1:SUM}", COMPARISON),
    "eq": ("{0:SUM} = {1:SUM}", COMPARISON), "ne": (r"{0:SUM} \ne {1:SUM}", COMPARISON),
    "and": (r"{0:AND} \wedge {1:NOT}", AND), "or": (r"{0:OR} \vee {1:AND}", OR), "not": (r"\neg {0:SUM}", NOT),
    "exp": (r"\mathrm{{e}}^{{{0:ANY}}}", POWER), "sqrt": (r"\sqrt{{{0:ANY}}}", ATOM),
    "cbrt": (r"\sqrt[3]{{{0:ANY}}}", ATOM),
    "abs": (r"\left|{0:ANY}\right|", ATOM), "floor": (r"\left\lfloor {0:ANY} \right\rfloor", ATOM),
    "ceil": (r"\left\lceil {0:ANY} \right\rceil", ATOM),
    "log_base": (r"\log_{{{1:ANY}}}\left({0:ANY}\right)", ATOM),
    "product_of_elements": (r"{0:PRODUCT} \odot {1:SIGN}", PRODUCT),
    "power_of_elements": (r"{0:ATOM}^{{\odot {1:ANY}}}", POWER),
    "matmul": (r"{0:SIGN} \, {1:POWER}", SIGN), "transpose": (r"{0:ATOM}^{{\top}}", POWER),
    "polygamma": (r"\psi^{{\left({0:ANY}\right)}}\left({1:ANY}\right)", ATOM),
}  # fmt: skip
_FORMS_OF_NUMBERS = _FORMS | {"mul": (r"{0:PRODUCT} \times {1:SIGN}", PRODUCT)}
_NAMES = {"log": r"\ln", "log2": r"\log_{2}", "log10": r"\log_{10}", "asin": r"\arcsin", "acos": r"\arccos",
          "atan": r"\arctan", "erfinv": r"\mathrm{erf}^{-1}", "lgamma": r"\ln\Gamma", "gamma": r"\Gamma",
          "digamma": r"\psi"}  # fmt: skip
_OWN = frozenset(("sin", "cos", "tan", "sec", "csc", "cot", "sinh", "cosh", "tanh", "coth", "min", "max"))


# Of arrays, element by element.
_PRODUCT_OF_ELEMENTS = Operator("product_of_elements", MUL.parameters, not_a_number)
_POWER_OF_ELEMENTS = Operator("power_of_elements", POW.parameters, not_a_number)
_ARRAY = r"\left(\begin{array}"


_NUMBER = re.compile(r"-?(?:\d[\d.]*(?:e-?\d+)?|inf|nan)")


class Formula(NamedTuple):
    """A formula in pieces, which are texts and formulas, with the precedence of the whole."""

    pieces: tuple["str | Formula", ...]
    precedence: int

    def __str__(self) -> str:
        """The text; with a stack, for formulas of any depth."""
        texts: list[str] = []
        pending: list[str | Formula] = [self]
        while pending:
            piece = pending.pop()
            if isinstance(piece, str):
                texts.append(piece)
            else:
                pending.extend(reversed(piece.pieces))
        return "".join(texts)

    @property
    def first(self) -> str:
        """What the text begins with."""
        first: str | Formula = self
        while not isinstance(first, str):
            first = first.pieces[0]
        return first

    @property
    def is_negative(self) -> bool:
        """Whether the text begins with a sign."""
        return self.first.startswith("-")


def formulas(graph: Graph, roots: Sequence[int], names: Mapping[int, str], symbols: Symbols = PLAIN) -> list[Formula]:
    """The roots as LaTeX; a node in `names` is written by its name, except where it is a root itself.

    Names and words, as the "otherwise" of cases, are those of the symbols.
    """
    texts: dict[int, Formula] = {}
    written: dict[int, Formula] = {}  # the definitions of the nodes that have names
    for node in reachable(graph.inputs, roots):
        text = _formula(graph, node, [texts[x] for x in graph.inputs[node]], symbols)
        written[node] = text
        texts[node] = Formula((symbols.name(names[node]),), ATOM) if node in names and graph.inputs[node] else text
    return [written[root] for root in roots]


def expression(
    text: str,
    conditions: Container[str] = (),
    symbols: Symbols = PLAIN,
    arrays: "Mapping[str, Shape]" = MappingProxyType({}),
) -> str:
    r"""An expression, an equation, or several of them with commas between, as gradcli writes them: `x = 1/3, y = 2`.

    An ellipsis may be one of them. The names in `conditions` stand for conditions, and those in `arrays` for arrays of
    these shapes: the product of two, element by element, has a sign of its own. The time is linear in the length of the
    text.
    """
    return ", ".join(
        " = ".join(_side(side, conditions, symbols, arrays) for side in equation.split(" = "))
        for equation in _listed(text)
    )


def _listed(text: str) -> list[str]:
    """The parts between the commas that stand in no parentheses or brackets."""
    depth, start = 0, 0
    parts: list[str] = []
    for match in re.finditer(r"[][()]|, ", text):
        if match.group() == ", " and not depth:
            parts.append(text[start : match.start()])
            start = match.end()
        else:
            depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(match.group(), 0)
    return [*parts, text[start:]]


def _side(text: str, conditions: Container[str], symbols: Symbols, arrays: "Mapping[str, Shape]") -> str:
    if text == "…":
        return r"\dots"
    if _NUMBER.fullmatch(text):
        return latex_number(text)
    graph = parse_rule(text, conditions)
    graph = _over_arrays(graph, arrays) if arrays else graph
    return str(formulas(graph, [graph.output], {}, symbols)[0])


def _over_arrays(graph: Graph, arrays: "Mapping[str, Shape]") -> Graph:
    """The graph with an operator of their own for products of arrays, element by element, and with numbers in front of
    matrix products.
    """
    from gradcli.arrays.results import shapes_in

    shapes = shapes_in(graph, arrays)
    builder, images = Builder(), list[int]()
    numbers: dict[int, tuple[int, int]] = {}  # of a number times an array both
    for node, inputs in enumerate(graph.inputs):
        operator, made = graph.operators[node], tuple(images[x] for x in inputs)
        if not inputs:
            images.append(builder.leaf(graph, node))
        elif operator.symbol == "@" and inputs[0] in numbers:
            number, array = numbers[inputs[0]]
            numbers[node] = number, builder.append(operator, (array, made[1]))
            images.append(builder.append(MUL, numbers[node]))
        else:
            operator = _among_elements(operator, [shapes[x] for x in inputs])
            images.append(builder.append(operator, made))
            if operator is MUL and shapes[node] and not shapes[inputs[0]]:
                numbers[node] = (made[0], made[1])
    return builder.graph(images[graph.output])


def _among_elements(operator: Operator, shapes: "Sequence[Shape]") -> Operator:
    """An operator, or the one by which it is told from the same of whole arrays: a product, a power of a matrix."""
    if operator is MUL and all(shapes):
        return _PRODUCT_OF_ELEMENTS
    return _POWER_OF_ELEMENTS if operator is POW and len(shapes[0]) > 1 else operator


def operation(operator: Operator, operands: Sequence[str], are_numbers: bool = False, symbols: Symbols = PLAIN) -> str:
    """An operator applied to names, words and numbers that are written already; with a cross where all are numbers."""
    forms = _FORMS_OF_NUMBERS if are_numbers else _FORMS
    return str(_written(operator, list(map(atom, operands)), symbols, forms))


def definitions(graph: Graph, names: Sequence[str], symbols: Symbols = PLAIN) -> dict[int, str]:
    """Each operation by the names of its operands; conditions, which have no names, are written out in it."""
    found: dict[int, str] = {}
    operands: list[Formula] = []
    for node, (operator, inputs) in enumerate(zip(graph.operators, graph.inputs, strict=True)):
        made = atom(name_or_number(names[node], symbols))
        if inputs:
            whole = _written(operator, [operands[x] for x in inputs], symbols)
            if operator.condition:
                made = whole
            else:
                found[node] = str(whole)
        operands.append(made)
    return found


def factor(formula: Formula) -> str:
    """A formula as the right factor of a product."""
    is_product = formula.precedence >= PRODUCT and not formula.is_negative and r"\times" not in formula.first
    return str(formula) if is_product else f"\\left({formula}\\right)"


def name_or_number(text: str, symbols: Symbols = PLAIN) -> str:
    """What a node is called: constants are called by their numbers."""
    return latex_number(text) if _NUMBER.fullmatch(text) else symbols.name(text)


def _formula(graph: Graph, node: int, operands: Sequence[Formula], symbols: Symbols) -> Formula:
    operator = graph.operators[node]
    name = graph.names.get(node, "")
    if operator is VARIABLE or (operator is CONSTANT and name):
        return Formula((r"\mathrm{e}" if operator is CONSTANT and name == "e" else symbols.name(name),), ATOM)
    if operator is CONSTANT:
        return atom(latex_number(format_number(graph.values[node])))
    return _written(operator, operands, symbols)


def atom(text: str) -> Formula:
    """A name or a number: one with a power of ten is a product, one with a sign and a fraction are no atoms either.

    An array that is written out has its own parentheses.
    """
    if text.startswith(_ARRAY):
        return Formula((text,), ATOM)
    if text.startswith(r"\frac"):
        return Formula((text,), POWER)
    return Formula((text,), PRODUCT if r"\times" in text else SIGN if text.startswith("-") else ATOM)


def _written(
    operator: Operator,
    operands: Sequence[Formula],
    symbols: Symbols = PLAIN,
    forms: Mapping[str, tuple[str, int]] = _FORMS,
) -> Formula:
    if operator is IDENTITY:
        return operands[0]
    if operator is WHERE:
        return _cases(operands, symbols)
    if operator is DIV and operands[0].is_negative and isinstance(operands[0].pieces[0], str):
        pieces = (operands[0].pieces[0][1:], *operands[0].pieces[1:])
        return Formula(("-", _written(operator, [Formula(pieces, operands[0].precedence), operands[1]])), SIGN)
    if operator.name in forms:
        return _filled(*forms[operator.name], operands)
    if operator.opening:
        return _matrix(operands)
    if operator.is_part:
        return _part(operator, operands[0])
    escaped = operator.name.replace("_", r"\_")
    name = f"\\{operator.name}" if operator.name in _OWN else f"\\mathrm{{{escaped}}}"
    between = [piece for operand in operands for piece in (", ", operand)][1:]
    name = symbols.name(operator.letter) if operator.letter else _NAMES.get(operator.name, name)
    axis = getattr(operator, "axis", None)
    between += [] if axis is None else [rf", \mathrm{{axis}} = {axis}"]
    return Formula((name, "\\left(", *between, "\\right)"), ATOM)


def _matrix(operands: Sequence[Formula]) -> Formula:
    """An array between parentheses: a vector as one row, vectors that are written out below each other."""
    firsts = [operand.pieces[0] for operand in operands]
    are_rows = all(isinstance(first, str) and first.startswith(_ARRAY) for first in firsts)
    joined = tuple(piece for operand in operands for piece in (" & ", operand))[1:]
    rows = [operand.pieces[1:-1] for operand in operands] if are_rows else [joined]
    body = [piece for row in rows for piece in (r" \\ ", *row)][1:]
    columns = (len(rows[0]) + 1) // 2
    return Formula((f"{_ARRAY}{{{'c' * columns}}} ", *body, r" \end{array}\right)"), ATOM)


def _part(operator: Operator, operand: Formula) -> Formula:
    """An array with indices below it."""
    inner = ("{", operand, "}") if operand.precedence >= ATOM else ("\\left(", operand, "\\right)")
    return Formula((*inner, f"_{{{operator.suffix[1:-1]}}}"), ATOM)


def _cases(operands: Sequence[Formula], symbols: Symbols) -> Formula:
    """One of two values, each behind a brace with the condition for it."""
    condition, holds, fails = operands
    given = worded("case.given", symbols.language, {"condition": condition})
    otherwise = worded("case.otherwise", symbols.language, {})
    begin, end = r"\left\{\begin{array}{ll} ", r" \end{array}\right."
    return Formula((begin, holds, " & ", *given, r" \\ ", fails, " & ", *otherwise, end), 0)


def _filled(form: str, precedence: int, operands: Sequence[Formula]) -> Formula:
    """A form with its operands: `{0:SUM}` has parentheses if the precedence of operand 0 is below that of a sum.

    So has an operand with a sign behind an operator of calculation.
    """
    pieces: list[str | Formula] = []
    for text, index, level, _ in Formatter().parse(form):
        if text:
            pieces.append(text)
        if index is not None:
            operand, least = operands[int(index)], LEVELS[level or ""]
            is_behind = bool(pieces) and SUM <= least and precedence >= SUM
            is_free = operand.precedence >= least and not (is_behind and operand.is_negative)
            pieces += [operand] if is_free else ["\\left(", operand, "\\right)"]
    return Formula(tuple(pieces), precedence)
