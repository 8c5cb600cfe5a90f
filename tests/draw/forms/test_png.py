"""Tests of PNG where its extra is missing; `tests/slow` has those of the pictures."""

import sys

import pytest

from gradcli.draw.forms.png import png
from gradcli.errors import GradcliError
from tests.helpers.pictures import EXAMPLES


def test_without_the_extra_the_message_names_the_command_and_svg(monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install, and what needs nothing."""
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(GradcliError) as error:
        png(EXAMPLES["article"].scene())
    assert str(error.value) == (
        "PNG needs resvg-py: pip install 'gradcli[png]'; SVG needs nothing (--output graph.svg)"
    )
