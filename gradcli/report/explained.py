"""The sentences of a trace, written: the catalogue's words, with the facts in the signs of a notation."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from gradcli.frozen import with_other
from gradcli.operators.records import Operator
from gradcli.report.notation import UNICODE, Notation
from gradcli.text import Ratio, rounded
from gradcli.trace import printed
from gradcli.trace.rows import Choice, Quantity
from gradcli.trace.sentences import (
    Amount,
    Cases,
    Explanation,
    Fact,
    KinkRelation,
    LocalDerivative,
    Node,
    NodeName,
    Outcome,
    Pieces,
    Sum,
    WrittenFormula,
)
from gradcli.words.catalogue import say


def sentence(explanation: Explanation, notation: Notation) -> str:
    """`Mul node: the incoming 1 times z = 4, the value from the other input, is 4`."""
    facts = {name: written(fact, notation) for name, fact in explanation.facts.items()}
    return say(explanation.code, notation.language, **facts)


def plain(language: str) -> Callable[[Explanation], str]:
    """What writes sentences for JSON."""
    notation = with_other(UNICODE, language=language)
    return lambda explanation: sentence(explanation, notation)


def written(fact: Fact, notation: Notation) -> str:
    """A fact of a sentence."""
    match fact:
        case int():
            return str(fact)
        case Node(operator):
            return node(operator, notation)
        case NodeName(name, is_literal):
            return notation.math(notation.numeral(name) if is_literal else notation.name(name))
        case WrittenFormula(text):
            return notation.formula(text)
        case Pieces(formula):
            return notation.math(notation.over_arrays(formula))
        case KinkRelation(where):
            return say("rule.kink", notation.language, where=notation.formula(where))
        case Quantity():
            return quantity(fact, notation)
        case Amount(value):
            return notation.math(notation.number(value)[0])
        case Outcome((text, _), is_exact):
            number = notation.numeral(text)
            return notation.math(number if is_exact else f"{notation.approximately} {number}")
        case Sum(terms, total):
            return notation.math(_summed(terms, total, notation))
        case LocalDerivative():
            return notation.math(_derived(fact, notation))
        case Cases(factor, cases):
            left = notation.math(f"{notation.derivative(factor[0], (factor[1],))} =")
            return f"{left} {', '.join(_case(choice, text, notation) for choice, text in cases)}"


def node(operator: Operator | None, notation: Notation) -> str:
    """`Mul node`; without an operator the end point."""
    if operator is None:
        return notation.words("label.end")
    return say("node", notation.language, label=operator.label(notation.language))


def quantity(fact: Quantity, notation: Notation) -> str:
    """`s = 6`; a constant is its value. Without a point `s`."""
    if fact.value is None:
        return notation.math(notation.numeral(fact.name) if fact.is_literal else notation.name(fact.name))
    if isinstance(fact.value, bool):
        return f"{notation.math(f'{notation.name(fact.name)} =')} {notation.truth(fact.value)}"
    text, exact = notation.number(fact.value)
    if fact.is_literal:
        return notation.math(text)
    return notation.math(f"{notation.name(fact.name)} {equals(exact, notation)} {text}")


def sum_of(numbers: Sequence[printed.Printed], notation: Notation) -> str:
    """`7`, `3 + (-4)`."""
    texts = [notation.numeral(text) for text, _ in numbers]
    return " + ".join(notation.term(text) if place else text for place, text in enumerate(texts))


def equals(exact: bool, notation: Notation) -> str:
    """The sign before a number."""
    return "=" if exact else notation.approximately


def _summed(terms: Sequence[printed.Printed], total: Any, notation: Notation) -> str:
    sign = equals(printed.is_sum(terms, total), notation)
    return f"{sum_of(terms, notation)} {sign} {notation.number(total)[0]}"


def _case(choice: Choice, text: str, notation: Notation) -> str:
    value = notation.math(notation.local(text))
    if not choice.where:
        return say("formula.otherwise", notation.language, value=value)
    condition = notation.formula(choice.where)
    if choice.holds is False:
        return say("formula.fails", notation.language, value=value, condition=condition)
    return say("formula.given", notation.language, value=value, condition=condition)


def _derived(form: LocalDerivative, notation: Notation) -> str:
    """`h·(1 - h) ≈ 0.622459 × 0.377541 ≈ 0.235004`; where no formula gives the number, `∂h/∂x ≈ 0.235004`.

    Without a point `∂h/∂x = h·(1 - h)`.
    """
    left = notation.derivative(form.factor[0], (form.factor[1],))
    if form.value is None:
        return f"{left} = {notation.local(form.text)}"
    number, exact = notation.number(form.value)
    head = notation.local(form.text) if form.text and form.text != number else left
    operation = "" if form.operator is None else notation.operation(form.operator, form.operands)
    operation = f"-{operation}" if form.is_negated else operation
    if form.operator is None or operation == number:
        return f"{head} {equals(exact, notation)} {number}"
    first = equals(all(rounded(value)[1] for value in form.operands), notation)
    second = equals(printed.is_result(form.operator, form.operands, _negated(form)), notation)
    return f"{head} {first} {operation} {second} {number}"


def _negated(form: LocalDerivative) -> Any:
    """The number of a form without its sign."""
    value = form.value
    if isinstance(value, Ratio):
        return Ratio.of(-Fraction(value.text)) if form.is_negated else value
    return -value if form.is_negated else value
