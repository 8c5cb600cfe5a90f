"""Chooses among the suspects what a wrong claim is consistent with: one sentence a mistake, the simplest first."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial
from math import isclose, isfinite

from gradcli.check.claims import LEAST_DIGITS, Claim
from gradcli.check.naming import Names, in_own_names
from gradcli.check.phrases import Told
from gradcli.check.suspects import suspects
from gradcli.check.sweeps import Sweep
from gradcli.check.trials import TOLERANCE, Trial, evaluated
from gradcli.check.ways import Suspect


def fitting(names: Names, claim: Claim, trials: Sequence[Trial], wrong: Sequence[Claim]) -> Iterator[Told]:
    """What the claim is consistent with, in codes and facts: one for each kind of mistake, the simplest first."""
    clear = [trial for trial in trials if trial.outcome in ("same", "differs")]
    kinds: set[str] = set()
    multiple = _multiple(clear)
    if multiple is not None and not claim.is_number:
        yield multiple
    for suspect in (*_carried(claim, wrong), *suspects(names.graph, claim.node)) if clear else ():
        kind = _KINDS.get(suspect.code, suspect.code)
        if kind in kinds or (kinds and kind in _WEAK) or not _leads(suspect, claim, clear):
            continue
        code = suspect.code
        if code in ("open", "closed"):
            number = suspect.leads_to(trials[0].sweep)
            if number is None or abs(number - trials[0].right) <= TOLERANCE * abs(number):
                code = "branch"  # it is the one taken here
        kinds.add(kind)
        rules = in_own_names(names, suspect.node, suspect.rules) if suspect.rules else {}
        yield code, suspect.facts(names) | rules
        if kind in _ALONE:
            return
    if multiple is not None and claim.is_number and not kinds:
        yield multiple


# Mistakes that are one and the same, seen from two sides.
_KINDS = {
    **dict.fromkeys(("sign", "edge sign", "subtracted"), "sign"),
    **dict.fromkeys(("path", "only path", "multiplied"), "path"),
    **dict.fromkeys(("open", "closed", "branch", "loser", "shared"), "branch"),
    **dict.fromkeys(("factor", "stops early", "starts late"), "factor"),
    **dict.fromkeys(("inside", "rule", "other gradient", "value", "inverse", "place", "other argument"), "weak"),
}
_WEAK = frozenset(("factor", "weak"))  # said only if nothing else fits
_ALONE = frozenset(("branch", "claim"))  # nothing else is said then
_MULTIPLES = {Fraction(p, q) for p in range(1, 5) for q in range(1, 5) if p != q}


def _multiple(clear: Sequence[Trial]) -> Told | None:
    """The claim as a simple multiple of the right value, the same one at all points."""
    for factor in sorted(_MULTIPLES, key=lambda f: (f.numerator + f.denominator, f)):
        if clear and all(
            trial.right
            and trial.claimed is not None
            and isclose(trial.claimed / trial.right, factor, rel_tol=TOLERANCE)
            for trial in clear
        ):
            return ("half", {}) if factor == Fraction(1, 2) else ("multiple", {"factor": str(factor)})
    return None


def _leads(suspect: Suspect, claim: Claim, clear: Sequence[Trial]) -> bool:
    """Whether a mistake leads to the claim at all points."""
    for trial in clear:
        number = suspect.leads_to(trial.sweep)
        if number is None or not isfinite(number) or not _fits(claim, trial, number):
            return False
    return True


def _fits(claim: Claim, trial: Trial, number: float) -> bool:
    claimed = trial.claimed
    assert claimed is not None, "a clear trial has a number"
    if abs(claimed - number) <= TOLERANCE * max(abs(claimed), abs(number)):
        return True
    # A number of two digits is near too much to tell one mistake from another.
    return claim.digits > LEAST_DIGITS and abs(claimed - number) <= claim.half_unit


def _carried(claim: Claim, wrong: Sequence[Claim]) -> Iterator[Suspect]:
    """Another wrong claim between the output and this one, from which the chain goes on correctly."""
    for other in sorted(wrong, key=lambda c: -c.node):
        if other.node > claim.node:
            yield Suspect("claim", partial(_carried_on, other), partial(_name, other.name))


def _name(name: str, _names: Names) -> dict[str, str]:
    return {"name": name}


def _carried_on(other: Claim, sweep: Sweep) -> float | None:
    claimed, _ = evaluated(other, sweep.sample)
    if claimed is None:
        return None
    return sweep.derivative + (claimed - sweep.sample.adjoints[other.node]) * sweep.tangents[other.node]
