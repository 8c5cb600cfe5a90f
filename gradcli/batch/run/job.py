"""Value and gradient of all rows of a file, block by block; the rows that have none are told, and lose nothing."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from math import isfinite, nan
from typing import Any

from gradcli.batch.block import Block, Computed, Reason
from gradcli.batch.engine import Column, Engine
from gradcli.batch.forms.files import Reader
from gradcli.batch.forms.lists import element_of
from gradcli.batch.forms.names import column_of
from gradcli.batch.needs import MOST_WITHOUT, has_arrays, need_arrays
from gradcli.batch.scalar import Scalar, points
from gradcli.engine.answer import Answer
from gradcli.errors import GradcliError, MathError
from gradcli.frozen import Frozen
from gradcli.graph import Graph
from gradcli.language.spelling import nearest

_SLOW, _FAST = 1 << 8, 1 << 17  # rows of a block, after which there is something to see
MOST_TOLD = 5  # rows that are told of those that have no numbers


class Job(Frozen):
    """What is asked of each row: value and gradient of `graph` by the `targets`, by an engine.

    `fixed` are the variables that have the same value in all rows; the others are columns. With `keep` all columns are
    passed on. With `notes` each row goes also through what `eval` does, which takes long, for the codes of its notes;
    the numbers stay those of the engine. With `fail_fast` the first row without a finite number is an error.
    """

    graph: Graph
    targets: Mapping[str, int]
    fixed: Mapping[str, float]
    engine: Engine
    kink: str = "branch"
    keep: bool = False
    notes: bool = False
    fail_fast: bool = False

    @property
    def needed(self) -> list[str]:
        """The variables that are columns."""
        return [name for name in self.graph.variables if name not in self.fixed]

    def check(self, reader: Reader, file: str | None) -> None:
        """Raise `GradcliError` for a column that is missing, or has a value besides."""
        names = reader.names
        for name in self.fixed:
            element = element_of(name)
            column = column_of(name, names) or (element[0] if element and element[0] in reader.lists else None)
            if column:
                raise GradcliError("column-given", {"name": column, "file": file}, source="rows")
        missing = [name for name in self.needed if column_of(name, names) is None]
        missing = [name for name in missing if not ((of := element_of(name)) and of[0] in reader.lists)]
        if missing:
            facts = {"file": file, "missing": missing, "names": list(filter(None, names))}
            facts |= {"suggestion": nearest(missing[0], names), **reader.hint()}
            raise GradcliError("column-missing", facts, source="rows")

    def computed(self, reader: Reader, tally: "Tally") -> Iterator[Computed]:
        """All rows of a file, with value and gradient; what is to be said of them is told to the tally."""
        is_slow = self.notes or isinstance(self.engine, Scalar)
        columns = [column_of(name, reader.names) or name for name in self.needed]
        for whole in reader.blocks(columns, self.keep):
            for block in whole.parts(_SLOW if is_slow else _FAST):
                yield self._computed(block, tally)

    def _computed(self, block: Block, tally: "Tally") -> Computed:
        if tally.rows + block.size > MOST_WITHOUT:
            need_arrays(MOST_WITHOUT)
        found = self._of_engine(block)
        if self.notes:
            found = found._replace(notes=list(map(self._noted, points(self._given(block), block.size))))
        for index in found.bad if self.fail_fast else ():
            raise MathError("bad-row", {**block.place(index), "reason": self._reason(block, index)}, source="rows")
        tally.add(found, lambda index: self._reason(block, index))
        return found

    def _columns(self, block: Block) -> dict[str, Column]:
        """The numbers of the variables that are columns."""
        return {name: block.columns[column_of(name, block.columns) or name] for name in self.needed}

    def _given(self, block: Block) -> "dict[str, Column | float]":
        """The variables' numbers."""
        return {**self._columns(block), **self.fixed}

    def _of_engine(self, block: Block) -> Computed:
        value, gradient = self.engine(self._given(block), block.size) if block.size else _nothing(self)
        if has_arrays():
            return _gaps_in_arrays(block, value, gradient)
        return _gaps_in_lists(block, value, gradient)

    def _noted(self, at: Mapping[str, float]) -> str:
        """The codes of what `eval` says of a row."""
        try:
            found = Answer.of(self.graph, at, list(self.targets), self.kink)
        except GradcliError:
            return ""
        return " ".join(dict.fromkeys(note.code for note in found.notes if not note.is_information))

    def _reason(self, block: Block, index: int) -> Reason:
        """Why a row has no finite value, or a slope of it is not finite."""
        if problem := block.problem(index):
            return problem
        at = {name: float(column[index]) for name, column in self._columns(block).items()} | dict(self.fixed)
        try:
            found = Answer.of(self.graph, at, list(self.targets), self.kink)
        except GradcliError as error:
            return {"code": error.code, "facts": dict(error.facts)}
        names = [name for name, slope in found.gradient.items() if not isfinite(slope)]
        return {"code": "row.slope", "facts": {"names": names}} if names else {"code": "row.value", "facts": {}}


def _nothing(job: Job) -> tuple[Column, Mapping[str, Column]]:
    return [], {name: [] for name in job.targets}


def _gaps_in_arrays(block: Block, value: Any, gradient: Mapping[str, Any]) -> Computed:
    """The rows in which something is not finite, which have NaN there; where a cell is no number, everywhere."""
    import numpy

    columns = [numpy.asarray(column, numpy.float64) for column in (value, *gradient.values())]
    broken = _not_finite([numpy.asarray(column) for column in block.columns.values()])
    wrong = _not_finite(columns)
    if broken is not None:
        columns = [numpy.where(broken, nan, column) for column in columns]
        wrong = broken if wrong is None else wrong | broken
    bad = [] if wrong is None else numpy.flatnonzero(wrong).tolist()
    return Computed(block, columns[0], dict(zip(gradient, columns[1:], strict=True)), bad)


def _not_finite(columns: list[Any]) -> Any:
    """Marks the rows in which one of the columns is not finite; None where there is none."""
    import numpy

    marks = None
    for column in columns:
        finite = numpy.isfinite(column)
        if not finite.all():
            marks = ~finite if marks is None else marks | ~finite
    return marks


def _gaps_in_lists(block: Block, value: Any, gradient: Mapping[str, Any]) -> Computed:
    """The same without NumPy."""
    columns = [list(column) for column in (value, *gradient.values())]
    bad = []
    cells = zip(*block.columns.values(), strict=True) if block.columns else [()] * block.size
    for index, row in enumerate(cells):
        if not all(map(isfinite, row)):
            for column in columns:
                column[index] = nan
        if not all(isfinite(column[index]) for column in columns):
            bad.append(index)
            for column in columns:
                column[index] = column[index] if isfinite(column[index]) else nan
    return Computed(block, columns[0], dict(zip(gradient, columns[1:], strict=True)), bad)


class Tally:
    """What there is to say of all rows so far: how many, how many have no numbers, the first of them, and the notes."""

    def __init__(self) -> None:
        self.rows = 0
        self.bad = 0
        self.noted: Counter[str] = Counter()
        self.first: list[dict[str, Any]] = []

    def add(self, found: Computed, reason: Callable[[int], Reason]) -> None:
        """Count a block; of the first rows without numbers the reason is asked for."""
        self.rows += found.block.size
        self.bad += len(found.bad)
        for index in found.bad[: MOST_TOLD - len(self.first)]:
            self.first.append({**found.block.place(index), "reason": reason(index)})
        for codes in found.notes or ():
            self.noted.update(codes.split())

    def merge(self, other: "Tally") -> None:
        """Count what another one has of the rows that follow."""
        self.rows += other.rows
        self.bad += other.bad
        self.noted.update(other.noted)
        self.first += other.first[: MOST_TOLD - len(self.first)]
