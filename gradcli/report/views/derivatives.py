"""Derivatives as expressions, written in any form for people."""

from math import isfinite
from typing import TextIO

from gradcli.report.forms.notation import ASCII
from gradcli.report.forms.writer import cell, writer
from gradcli.symbolic.formulary import Formulary
from gradcli.text import encodable, format_number
from gradcli.words.catalogue import word


def write_formulary(formulary: Formulary, form: str, language: str, ascii_only: bool, stream: TextIO) -> None:
    """Write the derivatives of the highest order, after the steps that they share."""
    if form == "latex":
        from gradcli.latex.derivatives import aligned, derivative, equations

        if not formulary.keys:
            return
        lines = equations(formulary.derivatives, formulary.output, formulary.inline)
        numbers = {derivative(formulary.output, key): number for key, number in formulary.numbers.items()}
        stream.write(aligned([(left, _equal(right, numbers.get(left), language)) for left, right in lines]))
        return
    report = writer(form, stream, language, ascii_only)
    signs = "⁰¹²³⁴⁵⁶⁷⁸⁹" if formulary.derivatives.order > 1 else ""
    partial = "d" if report.notation is ASCII or not encodable(signs, stream.encoding or "utf-8") else "∂"
    if form == "table":
        for key, name, expression in formulary.statements(partial):
            number = formulary.numbers.get(key) if key else None
            report.equation(name, _equal(report.notation.expression(expression), number, language))
        return
    if form == "csv":
        rows = [
            (formulary.label(key, partial), formulary.text(key), formulary.numbers.get(key)) for key in formulary.keys
        ]
    else:
        rows = [
            (name, expression, formulary.numbers.get(key) if key else None)
            for key, name, expression in formulary.statements(partial)
        ]
    headers = ["derivative", "expression", "value"] if form == "csv" else [word("derivative", language), "", ""]
    if form != "csv":
        headers[1], headers[2] = _WORDS[language == "ja"], word("value", language)
    count = 2 if formulary.at is None else 3
    table = [
        [
            cell(report.notation.encoded(name)),
            cell(report.notation.expression(expression)),
            cell("" if number is None else _text(number, language)),
        ][:count]
        for name, expression, number in rows
    ]
    report.table(headers[:count], lambda: table, right=(2,))


_WORDS = ("Expression", "式")


def _equal(expression: str, number: float | None, language: str) -> str:
    """`x = 3`, or the expression alone where it is that number or there is none."""
    text = expression if number is None else _text(number, language)
    return expression if expression == text else f"{expression} = {text}"


def _text(value: float, language: str) -> str:
    return format_number(value) if isfinite(value) else word("not finite", language)
