"""The comparison of the two ways, written in any form for people."""

from typing import TextIO

from gradcli.compare.comparison import Comparison
from gradcli.report.forms.writer import cell, writer
from gradcli.text import format_number, rounded
from gradcli.words.catalogue import word

_WORDS = {
    "way": ("Work", "計算"),
    "operations": ("Operations", "演算数"),
    "seconds": ("Seconds", "秒"),
    "function": ("function", "関数"),
    "function_written_out": ("function, written out", "関数 (展開形)"),
    "derivative": ("algebra: derivative as derived", "代数: 導いた導関数"),
    "derivative_shared": ("algebra: common subexpressions taken out", "代数: 共通部分式をまとめた形"),
    "forward_backward": ("graph: forward and backward pass", "計算グラフ: 順伝搬と逆伝搬"),
    "algebra": ("Algebra", "代数"),
    "graph": ("Graph", "計算グラフ"),
    "agree": ("Agree", "一致"),
    "stopped": ("stopped", "打ち切り"),
    "failed": ("failed", "失敗"),
    "yes": ("yes", "はい"),
    "no": ("no", "いいえ"),
    "time": ("the algebra was stopped after {} s", "代数の計算は {} 秒で打ち切られた"),
    "memory": ("the algebra ran out of memory", "代数の計算はメモリ不足で終わった"),
    "depth": (
        "the algebra failed: the expression is nested too deeply for SymPy",
        "代数の計算は入れ子が深すぎて失敗した",
    ),
    "error": ("the algebra failed", "代数の計算は失敗した"),
}


def write_comparison(
    found: Comparison, seconds: bool, form: str, language: str, ascii_only: bool, stream: TextIO
) -> None:
    """A table of the work and, with a point, one of the results."""
    report = writer(form, stream, language, ascii_only)

    def say(key: str) -> str:
        return key if form == "csv" else _WORDS[key][language == "ja"]

    facts = found.as_dict()
    times = {
        "derivative": facts["seconds"].get("derive"),
        "derivative_shared": facts["seconds"].get("share"),
        "forward_backward": facts["seconds"].get("graph"),
    }
    if times["derivative"] is not None:  # putting the numbers in belongs to the formula
        times["derivative"] += facts["seconds"].get("evaluate", 0.0)
    lost = "-" if not found.failed else say("stopped" if found.failed == "time" else "failed")
    rows = [
        [
            cell(say(key)),
            cell(lost if count is None else str(count)),
            *([cell("-" if times.get(key) is None else rounded(times[key], 2)[0])] if seconds else []),
        ]
        for key, count in facts["operations"].items()
    ]
    headers = [say("way"), say("operations"), *([say("seconds")] if seconds else [])]
    algebra = facts.get("algebra") or {}
    results = [
        [
            cell(report.notation.inline(name)),
            cell(_number(algebra[name], language) if name in algebra else lost),
            cell(_number(facts["graph"][name], language)),
            cell({True: say("yes"), False: say("no"), None: "-"}[found.agrees(name)]),
        ]
        for name in (found.names if found.numbers is not None else ())
    ]
    result_headers = [word("variable", language), say("algebra"), say("graph"), say("agree")]
    if form == "csv" and found.numbers is not None:  # one table: in each row the columns of the other part are empty
        result_headers[0] = "variable"
        rows = [[*row, *[cell("")] * len(result_headers)] for row in rows]
        rows += [[*[cell("")] * len(headers), *result] for result in results]
        headers += result_headers
    report.table(headers, lambda: rows, right=(1, 2))
    if found.failed:
        report.line(_WORDS[found.failed][language == "ja"].format(format_number(found.limit)))
    if found.numbers is not None and form != "csv":
        report.table(result_headers, lambda: results, right=(1, 2))


def _number(value: float | None, language: str) -> str:
    return word("not finite", language) if value is None else format_number(value)
