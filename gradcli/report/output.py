"""What a command prints, and how and where."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TextIO

from gradcli.frozen import Frozen

if TYPE_CHECKING:
    from gradcli.engine.notes import Note
    from gradcli.report.blocks import Block
    from gradcli.text import Characters


class Report(Frozen):
    """What a command has to say: as blocks, and as the facts that JSON has. Each is made when it is asked for.

    In the facts an iterator stands for a list whose items are made one at a time. With a `title` it is to be a
    document of its own in LaTeX too, where else it is a part of one.
    """

    blocks: "Callable[[], Iterable[Block]]"
    facts: Callable[[], Any]
    title: str = ""

    def noted(self, note: dict[str, Any]) -> "Report":
        """The same with one more note among the facts."""

        def facts() -> Any:
            found = self.facts()
            return found | {"notes": [*found.get("notes", []), note]}

        return Report(self.blocks, facts)


class Output(Frozen):
    """A form of output, its language, the stream, and what to call with a note on the output itself."""

    form: str
    language: str
    ascii_only: bool
    stream: TextIO
    note: "Callable[[Note], None]"

    @property
    def holds_notes(self) -> bool:
        """Whether the notes are among what is written, for programs, so that they need not be told beside it."""
        return self.form == "json"

    @property
    def encoding(self) -> str:
        """That of the stream."""
        return self.stream.encoding or "utf-8"

    @property
    def characters(self) -> "Characters":
        """What can be written."""
        from gradcli.text import Characters

        return Characters.of(self.encoding, self.ascii_only, self.language)
