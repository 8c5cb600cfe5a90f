"""The tables of the page `batch` are in the form in which the benchmarks print them."""

import re
from pathlib import Path

import pytest

from gradcli.choices import LANGUAGES
from tests.benchmarks import files
from tests.benchmarks.batch import GOALS, TEXTS
from tests.benchmarks.tables import markdown

CONTESTANTS = ("tape", "exported NumPy, whole arrays", "jax", "torch", "polars", "duckdb", "columns")
WHOLE = ("tape", "columns", "polars, snappy", "polars, zstd", "duckdb")


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_of_the_guide_are_those_of_the_benchmarks(language: str) -> None:
    """But for the numbers: heads, contestants and goals."""
    rows = {name: dict.fromkeys(CONTESTANTS, 1.0) for name in TEXTS}
    processes = {name: dict.fromkeys(WHOLE, 1.0) for name in files.NAMES}
    made = markdown(rows, processes, (*GOALS, *files.GOALS), language).split("\n\n")
    text = Path("gradcli", "guide", language, "batch.md").read_text(encoding="utf-8")
    found = [part for part in text.split("\n\n") if "| Baydin |" in part]
    assert [_form(table) for table in found] == [_form(table) for table in made]


def _form(table: str) -> str:
    """Without what is measured."""
    return re.sub(r"\| [0-9.]+(?= [|/])", "| ", table)
