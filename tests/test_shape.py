"""Tests have the shape of the product, and share by tests/helpers."""

import re

from tests.helpers.floors import PACKAGE
from tests.helpers.running import ROOT

TESTS = ROOT / "tests"
BESIDES = {"benchmarks", "data", "errors", "fuzz", "helpers", "mutation", "slow", "sweeps"}


def test_every_folder_of_the_product_has_one_of_tests() -> None:
    """Of the same name; what else there is has another purpose."""
    product, tests = (
        {path.parent.name for path in folder.glob("*/*") if path.suffix in (".py", ".txt", ".json")}
        for folder in (PACKAGE, TESTS)
    )
    assert tests == product | BESIDES


def test_what_tests_share_is_in_the_helpers() -> None:
    """Only a sweep takes something from a module of tests, that which it does with a sample."""
    wrong = [
        f"{path.relative_to(TESTS)} imports from {name}"
        for path in TESTS.rglob("*.py")
        if path.parent.name != "sweeps"
        for name in re.findall(r"^from (tests\.\S*\btest_\w+) import", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert not wrong, "\n".join(wrong)
