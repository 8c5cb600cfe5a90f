"""What the writers of blocks have in common."""

from collections.abc import Callable

from gradcli.report.blocks import Audience, Column, Equations, Part, Sentence, Table, Title, Value
from gradcli.report.cells import Text
from gradcli.report.notation import Notation, notation_in
from gradcli.report.output import Output, Report


class Writer:
    """Writes the blocks of a report one after the other. A form has a method for each kind of block."""

    is_for_people = True

    def __init__(self, output: Output) -> None:
        self.stream = output.stream
        self.notation = self.notation_for(output)

    def notation_for(self, output: Output) -> Notation:
        """The signs of the form."""
        return notation_in(output.characters, output.language)

    def write(self, report: Report) -> None:
        """Write what is for the form's readers."""
        skipped = Audience.PROGRAMS if self.is_for_people else Audience.PEOPLE
        for block in report.blocks():
            if block.audience is not skipped:
                block.put(self)

    def part(self, block: Part) -> None:
        """The heading of a part of the report."""
        raise NotImplementedError

    def titled(self, block: Part, text: str, escaped: Callable[[str], str] = str) -> str:
        """The text of a part's heading behind its title, which may hold any signs."""
        return f"{escaped(self.notation.encoded(block.title))}: {text}" if block.title else text

    def title(self, block: Title) -> None:
        """A heading above a table."""
        raise NotImplementedError

    def sentence(self, block: Sentence) -> None:
        """A line of text."""
        raise NotImplementedError

    def value(self, block: Value) -> None:
        """A line `name = number`."""
        raise NotImplementedError

    def table(self, block: Table) -> None:
        """A table."""
        raise NotImplementedError

    def equations(self, block: Equations) -> None:
        """Equations below each other, as a table."""
        columns = block.columns if block.have_numbers else block.columns[:2]
        rows = [(left, right, number or Text("")) for left, right, number in block.equations]
        self.table(Table(columns, lambda: [row[: len(columns)] for row in rows]))

    def heading(self, column: Column) -> str:
        """What people call a column."""
        return self.notation.words(column.heading)
