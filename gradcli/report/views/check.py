"""The verdicts of `gradcli check`, written in any form for people."""

from collections.abc import Sequence
from math import isfinite
from typing import TextIO

from gradcli.check.agreements import Agreement
from gradcli.check.phrases import FIRST, HEADERS, VERDICTS, phrase
from gradcli.check.verdicts import Verdict
from gradcli.report.forms.notation import ASCII
from gradcli.report.forms.writer import Writer, cell, writer
from gradcli.report.views.cells import Cell, Line
from gradcli.text import format_number, rounded
from gradcli.words.catalogue import word


def write_verdicts(
    verdicts: Sequence[Verdict], first: Sequence[str], form: str, language: str, ascii_only: bool, stream: TextIO
) -> None:
    """A table of the claims; what there is to say of them stands below it, and in other forms in its last column.

    `first` has the names of the claims that break first.
    """
    report = writer(form, stream, language, ascii_only)
    words = _headers(form, language)
    beside = form != "table"
    headers = [words["claim"], words["verdict"], words["right value"], *([words["remark"]] if beside else [])]
    rows = [
        [
            cell(report.notation.formula(_claim(verdict))),
            cell(phrase(VERDICTS[verdict.verdict], "en" if form == "csv" else language)),
            cell(report.notation.formula(_right(verdict))),
            *([_lines(_said(verdict, report, language))] if beside else []),
        ]
        for verdict in verdicts
    ]
    report.table(headers, lambda: rows)
    if not beside:
        for verdict in verdicts:
            for text in _said(verdict, report, language):
                report.line(f"{report.notation.encoded(_claim(verdict))}: {text}")
    if first:
        names = ", ".join(map(report.notation.inline, first))
        report.line(report.notation.encoded(phrase(FIRST, language).format(name=names)))


def write_agreements(
    agreements: Sequence[Agreement], form: str, language: str, ascii_only: bool, stream: TextIO
) -> None:
    """A table of the three ways."""
    report = writer(form, stream, language, ascii_only)
    words = _headers(form, language)
    headers = ["variable" if form == "csv" else word("variable", language)]
    headers += [words[key] for key in ("reverse", "forward", "taylor", "verdict", "remark")]
    rows = [
        [
            cell(report.notation.inline(found.name)),
            *(cell(_number(number, language)) for number in (found.reverse, found.forward)),
            cell(_number(found.taylor if form == "csv" else _shortened(found.taylor), language)),
            cell(phrase(VERDICTS[found.verdict], "en" if form == "csv" else language)),
            _lines(_said(found, report, language)),
        ]
        for found in agreements
    ]
    report.table(headers, lambda: rows, right=(1, 2, 3))


def _headers(form: str, language: str) -> dict[str, str]:
    return {key: key.replace(" ", "_") if form == "csv" else phrase(pair, language) for key, pair in HEADERS.items()}


def _claim(verdict: Verdict) -> str:
    return f"{verdict.claim.name} = {verdict.claim.text}"


def _right(verdict: Verdict) -> str:
    if verdict.right is None:
        return "-"
    number = format_number(verdict.right)
    return f"{verdict.formula} = {number}" if verdict.formula and verdict.formula != number else number


def _said(found: Verdict | Agreement, report: Writer, language: str) -> list[str]:
    """What there is to say, with the expressions in it written as formulas."""
    said = found.phrases(language, report.notation.formula)
    if report.notation.partial == ASCII.partial:
        said = [text.replace("∂", "d") for text in said]
    return [report.notation.encoded(text) for text in said]


def _lines(texts: Sequence[str]) -> Cell:
    return [Line(text) for text in texts] or [Line("")]


def _shortened(value: float | None) -> float | None:
    """The digits of a difference quotient that count."""
    return None if value is None else float(rounded(value)[0])


def _number(value: float | None, language: str) -> str:
    if value is None:
        return "-"
    return format_number(value) if isfinite(value) else word("not finite", language)
