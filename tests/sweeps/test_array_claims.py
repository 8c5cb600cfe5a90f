"""Claims that people make about layers, losses and norms: right ones in many forms, wrong ones with their mistake."""

import json
from pathlib import Path

import pytest

from tests.helpers.running import run

DATA = json.loads((Path(__file__).parent.parent / "data" / "array_claims.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", DATA["functions"])
def test_claims(name: str) -> None:
    """A right claim is never called wrong; of a wrong one it is said first what it is known to be consistent with."""
    function = DATA["functions"][name]
    for claim, code in [(claim, None) for one, claim in DATA["right"] if one == name] + [
        (claim, code) for one, claim, code in DATA["wrong"] if one == name
    ]:
        outcome = run("check", function["text"], "--at", function["at"], "--claim", claim, "--json")
        verdict = json.loads(outcome.out)["claims"][0]
        if code is None:
            assert (claim, outcome.code, verdict["verdict"][:5]) == (claim, 0, "right")
        else:
            told = [one["code"] for one in verdict["consistent_with"]]
            assert (claim, outcome.code, verdict["verdict"], told[:1]) == (claim, 1, "wrong", [code] if code else [])
