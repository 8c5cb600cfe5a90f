"""All forms of made expressions, with all functions: each has points to practise at."""

import pytest

from gradcli.language.parser import parse
from gradcli.worksheet.expressions import FORMS, FUNCTIONS, NAMES
from gradcli.worksheet.points import good_points

TEXTS = [
    form.replace("{f}", function).replace("{m}", "5")
    for level, forms in FORMS.items()
    for form in forms
    for function in (FUNCTIONS.get(level, ("",)) if "{f}" in form else ("",))
]


@pytest.mark.parametrize("text", sorted(set(TEXTS)))
def test_every_form_has_points(text: str) -> None:
    """Two for each, whatever the variables are called."""
    for letter, name in zip("XYZW", NAMES[0], strict=True):
        text = text.replace(letter, name)
    assert len(good_points(parse(text), 2, 0)) == 2
