"""Worked examples with known answers, and random expressions beside them."""

import json
from typing import Any

from gradcli.api import gradient
from tests.helpers.random_expressions import Example, examples
from tests.helpers.running import ROOT

EXAMPLES = json.loads((ROOT / "tests" / "data" / "examples.json").read_text(encoding="utf-8"))

ALL = {example["id"]: Example(example["expression"], example["at"]) for example in EXAMPLES}
ALL |= {f"random-{number}": example for number, example in enumerate(examples())}


def size(text: str, at: Any) -> float:
    """How large the numbers are that a gradient is added up from: what rounding is measured against."""
    here = gradient(text, at).evaluation
    return max([abs(a * v) for a, v in zip(here.adjoints, here.values, strict=True) if isinstance(v, float)] + [1])
