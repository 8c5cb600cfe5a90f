"""Every form of output to the character, and what all of them have in common."""

import csv
import io
import json
import re
from collections import Counter
from typing import Any

import pytest
from rich.cells import cell_len

from tests.helpers.golden import CASES, EXAMPLES, FOLDER, path

NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e-?\d+)?")


@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", CASES)
def test_what_is_printed(name: str) -> None:
    """The output is the one on record."""
    assert path(name).read_text(encoding="utf-8") == CASES[name].run().out


def test_nothing_else_is_on_record() -> None:
    """Each file belongs to a command."""
    assert {path(name) for name in CASES} == set(FOLDER.glob("*.txt"))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.columns])
def test_a_narrow_terminal_cuts_nothing(name: str) -> None:
    """No line is wider than the terminal, and every character of the wide table's cells is there."""
    case = CASES[name]
    narrow, wide = case.run().out, case._replace(columns=0).run().out
    assert max(map(cell_len, narrow.splitlines())) <= case.columns
    assert not Counter(_characters(wide)) - Counter(_characters(narrow))


def _characters(text: str) -> str:
    """All but frames, spaces and headers, which a very narrow terminal does without."""
    text = re.sub(r"^│ (Node|ノード|Variable|変数) .*$", "", text, flags=re.MULTILINE)
    return re.sub(r"[│─╭╮╰╯├┤┬┴┼\s]", "", text)


@pytest.mark.parametrize("name", [name for name in CASES if name.endswith(".ascii")])
def test_ascii_is_ascii(name: str) -> None:
    """No character outside ASCII but the names that the user chose."""
    text = CASES[name].run().out
    assert all(character.isascii() or character in "りんごθ" for character in text)


@pytest.mark.parametrize("name", EXAMPLES)
def test_all_forms_show_the_same_numbers(name: str) -> None:
    """Table, Markdown and LaTeX say the same; JSON and CSV have all digits of it."""
    table, markdown, latex = (CASES[f"{name}.{form}.en"].run().out for form in ("table", "markdown", "latex"))
    plain = [_digits(text) for text in (table, markdown)]
    assert plain[0] == plain[1]
    facts = json.loads(CASES[f"{name}.json"].run().out)
    rows = list(csv.DictReader(io.StringIO(CASES[f"{name}.csv"].run().out)))
    products = [
        product for row in facts["trace"]["backward"] for side in ("inputs", "outputs") for product in row[side]
    ]
    assert [product["chain"] for product in products] == [row["chain"] for row in rows if row["pass"] == "backward"]
    values = [float(row["value"]) if row["value"] else None for row in rows if row["pass"] == "backward"]
    assert [product["value"] for product in products] == values
    begins, ends = (re.findall(rf"\\{word}\{{(tabular|longtable)\}}", latex) for word in ("begin", "end"))
    assert len(begins) == 3
    assert begins == ends


def _digits(text: str) -> list[str]:
    """The numbers of the tables' cells, by row and column as far as they stand on one line."""
    return sorted(NUMBER.findall(re.sub(r"[│|─\\]", " ", text)))


@pytest.mark.parametrize("name", [name for name in CASES if ".latex" in name])
def test_latex_is_balanced(name: str) -> None:
    """Braces, dollars and `left`/`right` come in pairs; every row has its cells; special characters are escaped."""
    text = CASES[name].run().out
    plain = text.replace(r"\{", "").replace(r"\}", "")
    assert plain.count("{") == plain.count("}")
    assert text.count(r"\left") == text.count(r"\right")
    without_arrays = re.sub(r"\\begin{array}.*?\\end{array}", "", text)
    *rows, _ = re.split(r" (?:\\\\|\\tabularnewline)\n", without_arrays)
    assert {row.count("&") for row in rows} == {2}
    for line in text.splitlines():
        assert len(re.findall(r"(?<!\\)\$", line)) % 2 == 0
        assert not re.search(r"(?<!\\)[#%]", line)
        outside = re.sub(r"\$[^$]*\$", "", line)
        assert not re.search(r"(?<!\\)[_^]", outside)


@pytest.mark.parametrize("name", [name for name in CASES if ".markdown" in name])
def test_markdown_rows_have_their_cells(name: str) -> None:
    """Each table has as many cells in every row as in its header."""
    width = 0
    for line in CASES[name].run().out.splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line))
        if not line.startswith("|"):
            width = 0
            continue
        assert width in (0, cells)
        width = cells


@pytest.mark.parametrize("name", [name for name in CASES if name.endswith(".json")])
def test_json_is_one_line(name: str) -> None:
    """One object on one line; no escapes where the stream is UTF-8."""

    def refuse(constant: str) -> Any:
        raise AssertionError(constant)

    text = CASES[name].run().out
    assert text.count("\n") == 1
    assert text.endswith("}\n")
    assert "\\u" not in text
    json.loads(text, parse_constant=refuse)
