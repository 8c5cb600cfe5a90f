"""What a user can get wrong: one message, with a caret under the place it speaks of.

Every error that the tool raises on purpose is a `GradcliError`; nothing else may escape from user input.
This module knows how a message looks, not what is wrong: the texts stand where the errors are raised.
"""

from gradcli.text import excerpt, printable


class GradcliError(Exception):
    """Something is wrong with the input, at `source[start:end]` where a source is given.

    `start` and `end` count code points; `start == len(source)` puts the caret behind the last character.
    """

    exit_code = 2

    def __init__(self, message: str, source: str | None = None, start: int = 0, end: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.source = source
        self.start = start
        self.end = start + 1 if end is None else end

    def __str__(self) -> str:
        return self.render()

    def render(self, encoding: str = "utf-8") -> str:
        """The message, the source line and the caret: three lines at most, free of control characters."""
        if self.source is None:
            return printable(self.message, encoding)
        before = self.source[: self.start]
        line_start = max(before.rfind("\n"), before.rfind("\r")) + 1
        number = before.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
        line = self.source[line_start:].replace("\r", "\n").split("\n", 1)[0]
        several = "\n" in self.source.strip() or "\r" in self.source.strip()
        message = f"line {number}: {self.message}" if several else self.message
        start = self.start - line_start
        shown, caret = excerpt(line, start, max(start + 1, self.end - line_start), encoding)
        return f"{printable(message, encoding)}\n  {shown}\n  {caret}"


class MathError(GradcliError):
    """The input is well formed, but there is no real finite number here."""

    exit_code = 1


def cannot_be_written(function: str, target: str) -> GradcliError:
    """A function that what is written for does not have: nothing else may stand in its place."""
    return GradcliError(f"the function {function} cannot be written in {target}")
