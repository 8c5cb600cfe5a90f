"""Count the verdicts of `gradcli check` on claims of which it is known what they are: `python -m tests.verdicts`.

Right claims are derivatives in the forms in which people write them, those that `gradcli diff` gives, and exact
numbers; wrong ones are the same with a term that vanishes at the point, wrong where a condition holds that no random
point meets, or with another last digit. Claims with branches about functions with branches are of both kinds. Of
formulas that cancel, gradcli's own gradient is tested without claims: none may be called right whose relative error is
above 1e-3, and half of the others must be. The exit code is 1 if a right claim is called anything less, or a wrong one
not wrong.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from random import Random
from typing import NamedTuple

from mpmath import mp  # type: ignore[import-untyped]

from gradcli.api import gradient
from gradcli.check.agreements import agreements
from gradcli.check.judge import judge
from gradcli.check.trials.claims import read_claims
from gradcli.errors import GradcliError
from gradcli.language.parser import parse
from tests.helpers import branching
from tests.helpers.claims import FORMS, POINT

SEEDS = 4
DIGITS = range(3, 15)
MOST_ERROR = 1e-3
IN_ONE_BRANCH = "in one branch"
LEAST_RIGHT = 0.5  # of the gradients that cancel and are right: how many must be called so

# Conditions that no random point meets, in which a claim is spoiled.
BRANCHES = {
    "beyond an edge": ("{0} > 4.5", "{0} > 37", "{0} >= 1234.5", "{0} < -5", "{0} < -40"),
    "between two": ("{0} > 6 and {0} < 6.25", "{0} > 40 and {0} < 40.001", "not ({0} < 7 or {0} > 7)"),
    "on a step": ("floor({0}) == 12", "round({0}) == 5", "floor({0}/10) == 3", "ceil({0}) > 1000"),
    "at a number": ("{0} == 7", "{0} == 0.1", "{0} >= 9 and {0} <= 9", "sign({0} - 8) == 0"),
    "of two": ("where({0} > 5, 1, 0)*where({0} < 6, 1, 0) == 1", "where({0} > 20, where({0} < 21, 1, 0), 0) > 0.5"),
}

# Formulas that cancel near 0, with what they are: the derivative in mpmath, with 80 digits.
CANCELLING = {
    "(x - sin(x))/x^3": lambda x: (x - mp.sin(x)) / x**3,
    "1/tanh(x) - 1/x": lambda x: 1 / mp.tanh(x) - 1 / x,
    "(1 - cos(x))/x^2": lambda x: (1 - mp.cos(x)) / x**2,
    "(exp(x) - 1)/x": lambda x: (mp.exp(x) - 1) / x,
    "(exp(x) - 1 - x)/x^2": lambda x: (mp.exp(x) - 1 - x) / x**2,
    "log(1 + x)/x": lambda x: mp.log(1 + x) / x,
    "sqrt(1 + x) - sqrt(1 - x)": lambda x: mp.sqrt(1 + x) - mp.sqrt(1 - x),
    "(tan(x) - x)/x^3": lambda x: (mp.tan(x) - x) / x**3,
    "1/x - 1/sin(x)": lambda x: 1 / x - 1 / mp.sin(x),
    "exp(x) - exp(-x) - 2*x": lambda x: mp.exp(x) - mp.exp(-x) - 2 * x,
}


class Case(NamedTuple):
    """A claim, and whether it is right."""

    text: str
    at: Mapping[str, float]
    claim: str
    is_right: bool
    kind: str
    seed: int = 0


def formulas(seeds: int) -> Iterator[Case]:
    """Each form at several points, as it is, spoiled in all of the domain, and beyond an edge far away."""
    for text, claim in FORMS:
        name = claim.partition("=")[0].strip()
        for seed in range(seeds):
            random = Random(f"{text} {claim} {seed}")
            at = {key: POINT[key] * random.uniform(0.8, 1.2) for key in parse(text).variables}
            yield Case(text, at, claim, True, "forms", seed)
            if name not in at:
                continue
            right = claim.partition("=")[2]
            yield Case(
                text, at, f"{name}={right} + ({name} - {at[name]!r})/1000", False, "right at the point alone", seed
            )
            for kind, conditions in BRANCHES.items():
                condition = random.choice(conditions).format(name)
                spoiled = f"{name}=where({condition}, 0.75 + 2*({right}), {right})"
                yield Case(text, at, spoiled, False, f"{IN_ONE_BRANCH}, {kind}", seed)


def branches(seeds: int) -> Iterator[Case]:
    """Claims with branches about functions with branches: right in all, or wrong where two of them meet."""
    for claims, is_right in ((branching.RIGHT, True), (branching.WRONG, False)):
        kind = "with branches" if is_right else "where two branches meet"
        for text, claim in claims:
            at = {name: branching.POINT[name] for name in parse(text).variables}
            for seed in range(seeds):
                yield Case(text, at, claim, is_right, kind, seed)


def numbers(seeds: int) -> Iterator[Case]:
    """The right number to some digits, and the same with another last digit."""
    for text, claim in FORMS:
        name = claim.partition("=")[0].strip()
        for seed in range(seeds):
            random = Random(f"{text} {seed}")
            at = {key: round(POINT[key] * random.uniform(0.8, 1.2), 3) for key in parse(text).variables}
            try:
                number = gradient(text, at, [name]).gradient[name]
            except GradcliError:
                continue
            if not number or name not in at:
                continue
            digits = random.choice(DIGITS)
            written = Decimal(f"{number:.{digits - 1}e}")
            yield Case(text, at, f"{name}={written:e}", True, "numbers", seed)
            unit = Decimal(1).scaleb(written.adjusted() - digits + 1)
            if abs(written - Decimal(number)) > Decimal("0.4") * unit:
                continue  # the double's last digit may decide which way it is rounded
            other = written + random.choice((-1, 1)) * random.choice((1, 1, 2)) * unit
            yield Case(text, at, f"{name}={other:e}", False, "another last digit", seed)


def verdict_of(case: Case) -> str:
    """What is said of a claim; "no value" where the function has none."""
    graph = parse(case.text)
    try:
        gradient(case.text, case.at)
    except GradcliError:
        return "no value"
    return judge(graph, dict(case.at), read_claims(graph, [case.claim]), case.seed)[0].verdict


def is_failure(case: Case, verdict: str) -> bool:
    """Whether a verdict is false, or none. A branch that no point takes, since the domain ends before, may be named
    instead.
    """
    if verdict == "no value":
        return False
    if case.is_right:
        return verdict != "right"
    is_named = verdict == "right-where-tried" and case.kind.startswith(IN_ONE_BRANCH)
    return verdict != "wrong" and not is_named


def cancelling(points: int) -> Iterator[tuple[str, float, str, float]]:
    """A formula, a point, the verdict on its gradient, and the relative error of that."""
    random = Random(0)
    for text, function in CANCELLING.items():
        for _ in range(points):
            x = 10 ** random.uniform(-9, -0.5)
            found = agreements(parse(text), {"x": x}, ["x"])[0]
            with mp.workdps(80):
                right = mp.diff(function, mp.mpf(x))
                error = float(abs((found.reverse - right) / right))
            yield text, x, found.verdict, error


def main(arguments: list[str] | None = None) -> int:
    """Print the table; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS, help="points for each form")
    parser.add_argument("--points", type=int, default=10, help="points for each formula that cancels")
    options = parser.parse_args(arguments)
    table: dict[str, Counter[str]] = {}
    failures = []
    for case in (*formulas(options.seeds), *branches(options.seeds), *numbers(options.seeds)):
        verdict = verdict_of(case)
        table.setdefault(f"{'right' if case.is_right else 'wrong'}: {case.kind}", Counter())[verdict] += 1
        if is_failure(case, verdict):
            failures.append(f"{verdict}: {case}")
    for text, x, verdict, error in cancelling(options.points):
        kind = "above" if error > MOST_ERROR else "below"
        table.setdefault(f"cancelling, error {kind} {MOST_ERROR}", Counter())[verdict] += 1
        if verdict == "wrong" or (verdict == "right" and error > MOST_ERROR):
            failures.append(f"{verdict}: {text} at {x!r}, relative error {error:.1e}")
    counts = table[f"cancelling, error below {MOST_ERROR}"]
    if counts["right"] < LEAST_RIGHT * counts.total():
        failures.append(f"of gradients that cancel and are right {counts['right']} of {counts.total()} are called so")
    verdicts = ("right", "right-where-tried", "wrong", "inconclusive")
    print(f"{'claims':40}{'':2}" + "".join(f"{verdict:>19}" for verdict in verdicts))
    for kind, counts in table.items():
        print(f"{kind:42}" + "".join(f"{counts[verdict]:>19}" for verdict in verdicts))
    print(*failures, sep="\n")
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
