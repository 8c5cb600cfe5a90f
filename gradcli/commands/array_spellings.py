"""Arrays in a point's text as other systems write them: `[1 2; 3 4]`, `(1,2)`, `{1,2}`, `np.array([1,2])`, `1 2 3`."""

import re

from gradcli.errors import GradcliError
from gradcli.language.characters import plain

# Patterns are compiled when they are needed: each takes half a millisecond of a start.
_CALL = r"(?s)(?:[^\W\d]\w*\.)*(?:array|asarray|tensor|[mM]atrix|[vV]ector|c)\s*\((.*)\)"
_BRACKETS = str.maketrans("(){}【】〔〕", "[][][][]")
_NUMBER = r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
_ROW = rf"{_NUMBER}(?:(?:\s*,\s*|\s+){_NUMBER})*"
_ODD = r";|\]\s*\[|[\w.]\s+[-+\w.]"  # in an array that begins with a bracket
_LONGEST = 200  # characters that are looked at


def check_spelling(text: str, typed: str, name: str, start: int, end: int) -> None:
    """Raise `GradcliError` for an array in brackets without its commas, where what to write is known."""
    if end - start <= _LONGEST and re.search(_ODD, text[start:end]):
        _check(text, typed, name, start, end)


def check_value(typed: str, name: str, source: str = "at") -> None:
    """Raise `GradcliError` where a text gives a name an array that has not gradcli's brackets."""
    text = plain(typed, is_list=True)
    value = re.search(rf"(?<!\w){re.escape(name)}\s*=\s*(.*?)\s*(?=,\s*[^\W\d]\w*\s*=|,?\s*$)", text, re.DOTALL)
    if value and len(value[1]) <= _LONGEST:
        _check(text, typed, name, *value.span(1), source)


def _check(text: str, typed: str, name: str, start: int, end: int, source: str = "at") -> None:
    if array := _array(text[start:end]):
        raise GradcliError("array-spelling", {"write": f"{name}={array}"}, typed, start, end, source)


def _array(typed: str) -> str:
    """The array with gradcli's brackets and commas; "" for what is none."""
    call = re.fullmatch(_CALL, typed.strip())
    text = re.sub(r"\s*([\[\]])\s*", r"\1", (call[1] if call else typed).translate(_BRACKETS))
    lines = re.sub(r"\],?\[", ";", text).strip("[];").split(";")
    rows = [re.split(r"\s*,\s*|\s+", line.strip()) for line in lines if re.fullmatch(_ROW, line.strip())]
    if len(rows) < len(lines) or len({*map(len, rows)}) != 1 or len(lines) == len(rows[0]) == 1:
        return ""
    if len(rows[0]) == 1:  # a column is a vector
        rows = [[row[0] for row in rows]]
    written = ",".join(f"[{','.join(row)}]" for row in rows)
    return written if len(rows) == 1 else f"[{written}]"
