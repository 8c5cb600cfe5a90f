"""How far it has come, on a terminal: rows, rows a second, time left."""

import sys
from time import monotonic
from types import TracebackType
from typing import Any, Self

_QUIET = 0.5  # seconds in which nothing is said
_BETWEEN = 0.1


class Progress:
    """A line on standard error that changes, if that is a terminal and what takes long; quiet in a pipe."""

    def __init__(self, language: str, is_shown: bool) -> None:
        self.language = language
        self.is_shown = is_shown and sys.stderr is not None and sys.stderr.isatty()
        self.begun = self.last = monotonic()
        self.line: Any = None

    def __enter__(self) -> Self:
        """From here on."""
        if self.is_shown:
            from gradcli.interrupts import raise_when_interrupted

            raise_when_interrupted()  # a terminal gets its cursor back
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the line away."""
        if self.line is not None:
            self.line.stop()

    def show(self, rows: int, part: float | None) -> None:
        """So many rows are done, and if it is known which part of all."""
        now = monotonic()
        if not self.is_shown or now - self.begun < _QUIET or now - self.last < _BETWEEN:
            return
        self.last = now
        from rich.progress import BarColumn, TextColumn
        from rich.progress import Progress as Line

        from gradcli.commands.languages import writable
        from gradcli.words.catalogue import say

        passed = now - self.begun
        left = round(passed * (1 - part) / part) if part else None
        time = None if left is None else f"{left // 60}:{left % 60:02}"
        text = say(
            "label.progress", writable(self.language, sys.stderr), rows=rows, speed=int(rows / passed), time=time
        )
        if self.line is None:
            from rich.console import Console

            columns = (*([BarColumn()] if part else []), TextColumn("{task.description}", markup=False))
            self.line = Line(*columns, console=Console(file=sys.stderr), transient=True, auto_refresh=False)
            self.line.add_task("", total=1.0)
            self.line.start()
        self.line.update(self.line.task_ids[0], completed=part or 0.0, description=text, refresh=True)
