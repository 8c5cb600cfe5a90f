"""What a trace does, in words: a sentence for each product that leaves a node, one for each fork and each input that
gets nothing. A sentence is a code of the catalogue by the kind of the rule, and its facts; `report` writes them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from math import isclose, nan
from typing import TYPE_CHECKING, Any

from gradcli.engine.doubles.rules import ieee
from gradcli.graph import Builder
from gradcli.operators import passing_rules, rationals
from gradcli.operators.passing_rules import DIVISOR, FLAT, GENERAL, OTHER, OWN, PASSES, SIGN
from gradcli.operators.records import PRODUCT, Operator
from gradcli.operators.table import CONSTANT, DIV, MUL, NEG, WHERE
from gradcli.text import Ratio, Settled, format_number
from gradcli.trace import local_formulas, printed
from gradcli.trace.rows import Choice, Product, Row
from gradcli.trace.sentences import (
    Amount,
    Cases,
    Explanation,
    Fact,
    KinkRelation,
    Local,
    LocalDerivative,
    Node,
    NodeName,
    Outcome,
    Sum,
    WrittenFormula,
)

if TYPE_CHECKING:
    from gradcli.trace.tracing import Trace

# A form of a derivative is shown where it gives the derivative that was used up to this: less than six digits show.
NEAR = 1e-7


def kind_of_end(operator: Operator) -> str:
    """Why no gradient can go to what an operator makes: `constant`, `held`, or "" where one can."""
    return "constant" if operator is CONSTANT else "held" if operator.held else ""


class Explainer:
    """Says what the rows of a trace's backward pass do."""

    def __init__(self, trace: "Trace") -> None:
        self.trace = trace
        self.graph = trace.graph
        self.here = trace.here
        self._used, self._reached = self.graph.used(), self.graph.reached(self.here.required)
        self.nodes = {name: node for node, name in enumerate(trace.names) if self.graph.operators[node] is not CONSTANT}

    def explained(self, row: Row) -> Row:
        """A row with its sentences."""
        outputs = [
            replace(product, explanation=said) for product, said in zip(row.outputs, self._outgoing(row), strict=True)
        ]
        if row.kind == "end":
            return replace(row, outputs=outputs)
        on_outputs = list(self._ending(self.nodes[row.name]))
        return replace(row, outputs=outputs, on_inputs=list(self._arriving(row)), on_outputs=on_outputs)

    def _outgoing(self, row: Row) -> list[Explanation]:
        """A sentence for each product that leaves a node."""
        if row.kind == "end":
            return [Explanation("begins", {"node": Node(None)})]
        node = self.nodes[row.name]
        says = self._passing if self.trace.has_numbers else self._deriving
        return [
            says(row, node, index, product) for index, product in zip(self.trace.edges(node), row.outputs, strict=False)
        ]

    def _arriving(self, row: Row) -> Iterator[Explanation]:
        """What is said of a node at which gradients add up, and of a variable that no gradient reaches."""
        if not row.inputs:
            yield Explanation(self._why_none(self.nodes[row.name]), {"name": NodeName(row.name)})
        if len(row.inputs) > 1:
            facts: dict[str, Fact] = {"name": NodeName(row.name), "count": len(row.inputs)}
            if self.trace.has_numbers:
                facts["sum"] = Sum([product.shown for product in row.inputs], row.gradient)
            yield Explanation("fork", facts, self.trace.has_numbers)

    def _why_none(self, node: int) -> str:
        """Why no gradient comes to a node."""
        return "not-taken" if self._reached[node] else "no-way" if self._used[node] else "unused"

    def _ending(self, node: int) -> Iterator[Explanation]:
        """What is said of the inputs to which no gradient can go, though they are numbers."""
        graph = self.graph
        for index, x in enumerate(graph.inputs[node]):
            if not graph.passes_back(node, index):
                continue
            if kind := kind_of_end(graph.operators[x]):
                yield Explanation(kind, {"to": self._named(x)})

    def _named(self, node: int) -> NodeName:
        return NodeName(self.trace.names[node], self.trace.quantity(node).is_literal)

    # At a point

    def _passing(self, row: Row, node: int, index: int, product: Product) -> Explanation:
        """What is said of a product that leaves a node."""
        incoming = Amount(product.upstream)
        facts: dict[str, Fact] = {"node": Node(row.operator), "to": NodeName(product.end), "incoming": incoming}
        if _number(product.upstream) == 0:
            return Explanation("stopped", facts)
        found = self._chosen(row, node, index, product) or self._by_rule(row, node, index, product)
        return Explanation(found.kind, {**facts, **found.facts})

    def _chosen(self, row: Row, node: int, index: int, product: Product) -> Explanation | None:
        """What is said where a node takes one of its arguments; None where it does not, or shares with others."""
        operator = self.graph.operators[node]
        alternatives = self.here.alternatives(node)
        if operator.branches or not alternatives:
            return None
        (first,) = alternatives
        facts: dict[str, Fact] = {"taken": self._named(self.graph.inputs[node][first])}
        is_shared = any(choice.gate == "shared" for choice in row.choices)
        if not is_shared and row.mark != "tie":
            return Explanation("taken" if index == first else "left", facts)
        arguments = self.here.arguments(node)
        if arguments[index] != arguments[first]:
            return Explanation("untied", {})
        if is_shared:
            return Explanation("shared", self._times(product))
        return Explanation("tie" if index == first else "tied", facts)

    def _times(self, product: Product) -> dict[str, Fact]:
        """A local derivative as a number, and what the product is."""
        result = _outcome(MUL, (product.upstream, product.local), product.value)
        return {"local": Amount(product.local), "result": result}

    def _by_rule(self, row: Row, node: int, index: int, product: Product) -> Explanation:
        """What is said by the kind of the rule in the operator table."""
        operator, inputs = self.graph.operators[node], self.graph.inputs[node]
        (branch,) = self.here.alternatives(node) if operator.branches else (None,)
        if row.choices and row.choices[0].gate == "chosen":
            return Explanation("chosen", {"where": WrittenFormula(row.choices[0].where), **self._times(product)})
        if row.mark == "jump" or (operator.cone and row.mark == "kink"):
            return Explanation("cone" if operator.cone else "jump", self._times(product))
        kind, by = passing_rules.rule_of(operator, index, branch)
        upstream, local, value = product.upstream, product.local, product.value
        if kind in (OTHER, DIVISOR):
            other = self.trace.quantity(inputs[by])
            result = _outcome(MUL if kind == OTHER else DIV, (upstream, other.value), value)
            return Explanation(kind, {"other": other, "result": result})
        if kind == SIGN:
            return Explanation(kind, {"result": _outcome(NEG, (upstream,), value)})
        if kind == OWN:
            own = self.trace.quantity(node)
            return Explanation(kind, {"own": own, "result": _outcome(MUL, (upstream, own.value), value)})
        if kind == GENERAL:
            form = self._form(row, node, index, local, branch)
            return Explanation(kind, {"local": form, "result": _outcome(MUL, (upstream, local), value)})
        if branch is None:
            return Explanation(kind, {})
        (choice,) = row.choices
        is_kink = row.mark == "kink"
        if choice.gate:
            return Explanation(
                choice.gate, {"where": KinkRelation(choice.where) if is_kink else WrittenFormula(choice.where)}
            )
        taken, left = ("kink-taken", "kink-left") if is_kink else ("taken", "left")
        facts = {"where": WrittenFormula(choice.where), "taken": WrittenFormula(choice.what)}
        return Explanation(taken if kind == PASSES else left, facts)

    def _form(self, row: Row, node: int, index: int, local: Any, branch: int | None) -> LocalDerivative:
        """The first formula of a local derivative that gives the number that was used."""
        factor = (row.name, row.arguments[index])
        for text in passing_rules.forms(self.graph.operators[node], index, branch):
            builder, root = self._built(node, index, text)
            values = self._values(node, builder)
            while builder.operators[root] is WHERE:
                root = builder.inputs[root][1 if values[builder.inputs[root][0]] else 2]
            if isclose(values[root], _number(local), rel_tol=NEAR):
                if isinstance(local, Ratio):
                    values = self._ratios(node, builder)
                return _shown(LocalDerivative(factor, local_formulas.text(builder, root), local), builder, root, values)
        return LocalDerivative(factor, "", local)

    def _values(self, node: int, builder: Builder) -> list[Any]:
        """The values of a formula's nodes, in doubles."""
        named = {self.trace.names[x]: _number(self.here.values[x]) for x in (*self.graph.inputs[node], node)}
        values: list[Any] = []
        for x, operator in enumerate(builder.operators):
            if builder.inputs[x]:
                values.append(ieee(operator)(*[values[y] for y in builder.inputs[x]]))
            else:
                values.append(builder.values[x] if operator is CONSTANT else named[builder.names[x]])
        return values

    def _ratios(self, node: int, builder: Builder) -> list[Any]:
        """The same in fractions; those of what is no fraction are not known, nor is what is made of it."""
        named = {self.trace.names[x]: self.here.values[x] for x in (*self.graph.inputs[node], node)}
        unknown = Ratio("", None, is_known=False)
        values: list[Any] = []
        for x, operator in enumerate(builder.operators):
            operands = [values[y] for y in builder.inputs[x]]
            if not operands:
                is_number = operator is CONSTANT and x not in builder.names
                values.append(
                    Ratio.of(Fraction(format_number(builder.values[x])))
                    if is_number
                    else named.get(builder.names[x], unknown)
                )
                continue
            try:
                values.append(Ratio.of(rationals.apply(operator, [Fraction(operand.text) for operand in operands])))
            except (ArithmeticError, ValueError):
                values.append(unknown)
        return values

    # Without a point

    def _deriving(self, row: Row, node: int, index: int, _: Product) -> Explanation:
        """What is said of a local derivative as a formula."""
        operator, facts = self.graph.operators[node], {"node": Node(row.operator)}
        factor = (row.name, row.arguments[index])
        alternatives = self.here.alternatives(node)
        if len(alternatives) > 1:
            texts = [self._on(node, index, alternative) for alternative in alternatives]
            cases = Cases(factor, list(zip(row.choices, texts, strict=True)))
            return Explanation("cases", {**facts, "local": cases}, has_numbers=False)
        if operator.ties:
            kind, text = (PASSES, "1") if index in alternatives else (FLAT, "0")
        else:
            kind = passing_rules.rule_of(operator, index).kind
            builder, root = self._defined(node, index)
            if only := local_formulas.only_case(builder, root):
                where, text = (local_formulas.text(builder, x) for x in only)
                cases = Cases(factor, [(Choice(where), text)])
                return Explanation("cases", {**facts, "local": cases}, has_numbers=False)
            text = local_formulas.text(builder, root)
        return Explanation(kind, {**facts, "local": LocalDerivative(factor, text)}, has_numbers=False)

    def factor(self, node: int, index: int) -> Local:
        """The local derivative as a factor of a product."""
        operator = self.graph.operators[node]
        if not operator.branches and (alternatives := self.here.alternatives(node)):
            if index not in alternatives or len(alternatives) == 1:
                return Local("1" if index in alternatives else "0")
            choice = self.trace.choices(node)[alternatives.index(index)]
            return Local(f"where({choice.condition}, {'0, 1' if choice.holds is False else '1, 0'})")
        builder, root = self._defined(node, index)
        text = local_formulas.text(builder, root)
        return Local(text, builder.operators[root].precedence < PRODUCT or text.startswith("-"))

    def _defined(self, node: int, index: int) -> tuple[Builder, int]:
        """The first formula of a local derivative that has a value somewhere: of 0^b none has that takes log(0)."""
        built = [self._built(node, index, text) for text in passing_rules.forms(self.graph.operators[node], index)]
        return next((found for found in built if not local_formulas.is_nowhere(*found)), built[0])

    def _on(self, node: int, index: int, alternative: int) -> str:
        """The formula of a local derivative on one of the alternatives."""
        operator = self.graph.operators[node]
        if not operator.branches:
            return "1" if index == alternative else "0"
        return self._formula(node, index, operator.branches[alternative].partials[index])

    def _formula(self, node: int, index: int, text: str) -> str:
        return local_formulas.text(*self._built(node, index, text))

    def _built(self, node: int, index: int, text: str) -> tuple[Builder, int]:
        return local_formulas.built(self.graph, self.trace.names, node, index, text)[:2]


def _shown(form: LocalDerivative, builder: Builder, root: int, values: Sequence[Any]) -> LocalDerivative:
    """The form with its last operation."""
    last, is_negated = local_formulas.last_operation(builder, root)
    operands = [values[x] for x in builder.inputs[last]]
    has_digits = isinstance(form.value, Settled) and not isinstance(form.value, Ratio)  # which formulas would lose
    if not operands or has_digits or any(isinstance(x, Ratio) and not x.is_known for x in operands):
        return form
    return form._replace(operator=builder.operators[last], operands=operands, is_negated=is_negated)


def _outcome(operator: Operator, arguments: Sequence[Any], value: Any) -> Outcome:
    return Outcome(printed.result(operator, arguments, value), printed.is_result(operator, arguments, value))


def _number(value: Any) -> float:
    """A number as a double; NaN where it is not known."""
    number = value.number if isinstance(value, Settled) else value
    return nan if number is None else number
