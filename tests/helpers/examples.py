"""Worked examples with known answers, and random expressions beside them."""

import json

from gradcli.api import Result
from tests.helpers.random_expressions import COUNT, Example, examples
from tests.helpers.running import ROOT

EXAMPLES = json.loads((ROOT / "tests" / "data" / "examples.json").read_text(encoding="utf-8"))


def mixed(count: int = COUNT) -> dict[str, Example]:
    """The worked ones, and so many random ones."""
    worked = {example["id"]: Example(example["expression"], example["at"]) for example in EXAMPLES}
    return worked | {f"random-{number}": example for number, example in enumerate(examples(count))}


FEW = mixed(60)


def size(result: Result) -> float:
    """How large the numbers are that a gradient is added up from: what rounding is measured against."""
    here = result.evaluation
    return max([abs(a * v) for a, v in zip(here.adjoints, here.values, strict=True) if isinstance(v, float)] + [1])
