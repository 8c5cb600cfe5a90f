"""Forms by name: each word has its file, and a new form is one file and its word."""

import io
import json as python
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from gradcli.api import gradient
from gradcli.choices import FORMS
from gradcli.guide.pages import page
from gradcli.report import forms
from gradcli.report.blocks import Sentence, Table, Title, Value
from gradcli.report.forms import json
from gradcli.report.output import Output, Report
from gradcli.report.writer import Writer as BlockWriter
from tests.helpers.reports import print_result


def test_each_form_has_its_file() -> None:
    """And there are no others."""
    files = Path(forms.__file__).parent.glob("*.py")
    assert set(FORMS) == {file.stem for file in files} - {"__init__"}


def test_the_guide_lists_the_forms() -> None:
    """In the order of the choice."""
    assert f"`--format {'|'.join(FORMS)}`" in page("formats")


@pytest.mark.parametrize(
    "facts", [{"a": {"x": 1.5, "y": None, "z": "é"}, "b": [1]}, {"x": 0.5, "y": 1.0, "z": [2]}, {}]
)
def test_long_objects_are_written_in_pieces(facts: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """As what they are on the whole."""
    whole, pieces = io.StringIO(), io.StringIO()
    for most, stream in ((10, whole), (1, pieces)):
        monkeypatch.setattr(json, "_LONG", most)
        output = Output("json", "en", ascii_only=False, stream=stream, note=lambda _: None)
        json.Writer(output).write(Report(tuple, lambda: facts))
    assert pieces.getvalue() == whole.getvalue()
    assert python.loads(pieces.getvalue()) == facts


class Writer(BlockWriter):
    """A form that names the kinds of blocks, and says each fact on a line."""

    def title(self, block: Title) -> None:
        """The words."""
        self.stream.write(f"title {self.notation.words(block.code)}\n")

    def sentence(self, block: Sentence) -> None:
        """The fact."""
        self.stream.write(f"sentence {block.fact.written(self.notation)}\n")

    def value(self, block: Value) -> None:
        """Both sides."""
        self.stream.write(f"value {block.equation.sides(self.notation)}\n")

    def table(self, block: Table) -> None:
        """Headings and cells."""
        self.stream.write(f"table {' '.join(map(self.heading, block.columns))}\n")
        for row in block.rows():
            self.stream.write(f"row {' | '.join(cell.written(self.notation) for cell in row)}\n")


def test_a_new_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """A module with a writer writes all that any other form does."""
    module = ModuleType("gradcli.report.forms.told")
    module.Writer = Writer  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    stream = io.StringIO()
    result = gradient("a*x", {"a": 2, "x": 3}, ["a"])
    print_result(result, result.trace(), "told", stream)
    assert """\
title Forward pass
table Node Input Output
row Start point | - | a = 2, x = 3
row Mul node  y = a*x | a = 2, x = 3 | y = 2 × 3 = 6
row End point | y = 6 | -
title Backward pass
table Node Input Output
row End point y | - | ∂y/∂y (=1)
row Mul node  y = a*x | ∂y/∂y (=1) | ∂y/∂y·∂y/∂a (=∂y/∂a) = 1 × 3 = 3
row Start point a | ∂y/∂y·∂y/∂a (=∂y/∂a) = 3 | -
sentence no gradient is required for: x
title Value and gradient
value ('y', '6')
table Variable Value Gradient
row a | 2 | 3
row x | 3 | -
""" == stream.getvalue()
