"""Value and gradient over all rows: exact sums, or means, rounded once."""

from collections.abc import Callable, Mapping, Sequence
from math import isfinite, isinf, nan
from typing import Any

from gradcli.batch.block import Computed
from gradcli.batch.engine import Column
from gradcli.batch.forms.files import Reading
from gradcli.batch.run.job import Job, Tally
from gradcli.batch.sums import ExactSum
from gradcli.engine.notes import Note
from gradcli.language.names import output_name
from gradcli.text import finite_or_none


class Total:
    """The sum or the mean over all rows that have numbers; there is none where one has not, but if it is skipped."""

    def __init__(self, job: Job, tally: Tally, is_mean: bool, skips: bool) -> None:
        self.graph = job.graph
        self.at = dict(job.fixed)
        self.output = output_name(job.graph)
        self.tally = tally
        self.is_mean = is_mean
        self.skips = skips
        self.sums = [ExactSum() for _ in (None, *job.targets)]
        self.names = list(job.targets)

    def add(self, found: Computed) -> None:
        """Add the rows of a block."""
        for total, column in zip(self.sums, (found.value, *found.gradient.values()), strict=True):
            total.add(_without(column, found.bad) if found.bad else column)

    def read(self, job: Job, reading: Reading, seen: Callable[[int, float | None], None]) -> None:
        """Add all rows of the files; `seen` is told how many there were so far, and which part of all."""
        for reader, file in reading:
            job.check(reader, file)
            for found in job.computed(reader, self.tally):
                self.add(found)
                seen(self.tally.rows, reading.part)

    def merge(self, sums: Sequence[ExactSum]) -> None:
        """Add what others have of other rows."""
        for total, found in zip(self.sums, sums, strict=True):
            total.merge(found)

    @property
    def rows(self) -> int:
        """The rows over which it is."""
        return self.tally.rows - self.tally.bad * self.skips

    @property
    def kind(self) -> str:
        """What it is."""
        return "mean" if self.is_mean else "sum"

    @property
    def numbers(self) -> list[float]:
        """The value and each slope; NaN where there is none."""
        if (self.tally.bad and not self.skips) or (self.is_mean and not self.rows):
            return [nan] * len(self.sums)
        return [total.over(self.rows if self.is_mean else 1) for total in self.sums]

    @property
    def value(self) -> float:
        """The value."""
        return self.numbers[0]

    @property
    def gradient(self) -> Mapping[str, float]:
        """Its derivative by each target."""
        return dict(zip(self.names, self.numbers[1:], strict=True))

    @property
    def is_finite(self) -> bool:
        """Whether all of them are numbers."""
        return all(map(isfinite, self.numbers))

    def notes(self) -> list[Note]:
        """What is to be said: rows without numbers, and of numbers beyond doubles which they are."""
        found = notes_on(self.tally, "bad-rows-skipped" if self.skips else "bad-rows-summed")
        if self.is_mean and not self.rows:
            found.append(Note("no-rows", {}))
        names = (self.output, *self.names)
        infinite = [name for name, number in zip(names, self.numbers, strict=True) if isinf(number)]
        return [*found, *([Note("sum-too-large", {"names": infinite})] if infinite else [])]

    def _nested(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Arrays as lists."""
        return values if self.graph.arrays is None else self.graph.arrays.nested(values)

    def as_dict(self, language: str, notes: list[Note]) -> dict[str, Any]:
        """For JSON: a number that is not finite is None."""
        skipped = {"skipped": self.tally.bad} if self.skips else {}
        return {
            "expression": self.graph.text,
            "output": self.output,
            "over": self.kind,
            "rows": self.rows,
            **skipped,
            "at": self._nested(self.at),
            "value": finite_or_none(self.value),
            "gradient": self._nested({name: finite_or_none(slope) for name, slope in self.gradient.items()}),
            "notes": [note.as_dict(language) for note in notes],
        }


def notes_on(tally: Tally, variant: str = "bad-rows") -> list[Note]:
    """What is to be said of all rows: how many have no numbers, why the first of them, and what was noted."""
    notes = [Note("noted-rows", {"noted": code, "count": count}) for code, count in tally.noted.items()]
    if tally.bad:
        notes.append(Note("bad-rows", {"bad": tally.bad, "rows": tally.rows}, variant=variant))
        notes += [Note("bad-row", _given(facts)) for facts in tally.first]
    return notes


def _given(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Those that there are: standard input is no file."""
    return {name: fact for name, fact in facts.items() if fact is not None}


def _without(column: Column, places: Any) -> Column:
    """The column without some of its rows."""
    if isinstance(column, list):
        left = set(places)
        return [number for place, number in enumerate(column) if place not in left]
    import numpy

    return numpy.delete(numpy.asarray(column), places)
