"""What a report is made of: blocks, whose cells hold facts.

A view makes blocks and does not know in which form they are written. A block says for whom it is, where people and
programs are not told the same thing in the same way.
"""

from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from typing import NamedTuple, Protocol

from gradcli.frozen import Frozen
from gradcli.report.cells import Cell, Mathematics
from gradcli.report.notation import Notation


class Audience(Enum):
    """For whom a block is."""

    ALL = "all"
    PEOPLE = "people"
    PROGRAMS = "programs"


class Form(Protocol):
    """A form of output, as blocks see it: what they are put into."""

    def part(self, block: "Part") -> None:
        """The heading of a part of the report."""

    def title(self, block: "Title") -> None:
        """A heading above a table."""

    def sentence(self, block: "Sentence") -> None:
        """A line of text."""

    def value(self, block: "Value") -> None:
        """A line `name = number`."""

    def equations(self, block: "Equations") -> None:
        """Equations below each other."""

    def table(self, block: "Table") -> None:
        """A table."""


class Part(Frozen):
    """The heading of a part of the report, behind a title of somebody's own; on paper the part may begin a page
    (`begins_page`).
    """

    fact: Cell
    begins_page: bool = False
    title: str = ""
    audience: Audience = Audience.PEOPLE

    def put(self, form: Form) -> None:
        """Have it written."""
        form.part(self)


class Title(Frozen):
    """A heading: what the catalogue says for a code."""

    code: str
    audience: Audience = Audience.PEOPLE

    def put(self, form: Form) -> None:
        """Have it written."""
        form.title(self)


class Sentence(Frozen):
    """A line of text."""

    fact: Cell
    audience: Audience = Audience.PEOPLE

    def put(self, form: Form) -> None:
        """Have it written."""
        form.sentence(self)


class Value(Frozen):
    """A value: an equation on a line of its own."""

    equation: "Equation"
    audience: Audience = Audience.PEOPLE

    def put(self, form: Form) -> None:
        """Have it written."""
        form.value(self)


class Equation(NamedTuple):
    """`left = right`, and what the right side is at a point."""

    left: Mathematics
    right: Mathematics
    number: Mathematics | None = None

    def sides(self, notation: Notation) -> tuple[str, str]:
        """Both sides, the number behind the right one where it is not that number itself."""
        right = self.right.inside(notation)
        written = right if self.number is None else self.number.after(right, notation)
        is_number = self.number is not None and self.number.inside(notation) == right
        return self.left.inside(notation), right if is_number else written


class Equations(Frozen):
    """Equations below each other; with `have_numbers` there is a point.

    A form that has no better way writes them as a table of these columns, without the last one where there is none.
    """

    columns: Sequence["Column"]
    equations: Sequence[Equation]
    have_numbers: bool
    audience: Audience = Audience.PEOPLE

    def put(self, form: Form) -> None:
        """Have it written."""
        form.equations(self)


class Column(NamedTuple):
    """A column: the code of its heading, its key for programs (without one: the code's last part).

    Numbers stand at the right. A column that is `below` holds sentences: where a table's width is short they stand
    below the table, behind what the row's first cell holds. `part` is the part of the width that a column has on paper,
    where cells are broken; where parts come to more than 1 all are that much smaller. In a column with `room` a reader
    is to write: it is at least so many letters wide.
    """

    heading: str
    own_key: str = ""
    right: bool = False
    below: bool = False
    part: float = 0.0
    room: int = 0

    @property
    def key(self) -> str:
        """What programs call it."""
        return self.own_key or self.heading.rpartition(".")[2].replace("-", "_")


Rows = Callable[[], Iterable[Sequence[Cell]]]


class Table(Frozen):
    """A table. `rows` makes the rows anew at each call: a form may measure them before it writes them."""

    columns: Sequence[Column]
    rows: Rows
    audience: Audience = Audience.ALL

    def put(self, form: Form) -> None:
        """Have it written."""
        form.table(self)


Block = Part | Title | Sentence | Value | Equations | Table
