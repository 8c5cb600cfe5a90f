"""CSV for spreadsheets and scripts (RFC 4180, but lines end with a newline alone): numbers with all digits."""

import csv

from gradcli.report.blocks import Table
from gradcli.report.output import Output
from gradcli.report.writer import Writer as BlockWriter


class Writer(BlockWriter):
    """Writes the table that is for programs; all other blocks are for people."""

    is_for_people = False

    def __init__(self, output: Output) -> None:
        super().__init__(output)
        self.rows = csv.writer(output.stream, lineterminator="\n")

    def table(self, block: Table) -> None:
        """The keys of the columns, and the rows."""
        self.rows.writerow(column.key for column in block.columns)
        for row in block.rows():
            self.rows.writerow(cell.datum(self.notation) for cell in row)
