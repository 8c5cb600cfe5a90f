"""How and where a command prints."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TextIO

if TYPE_CHECKING:
    from gradcli.engine.notes import Note


class Output(NamedTuple):
    """A form of output, its language, the stream, and what to call with a note on the output itself."""

    form: str
    language: str
    ascii_only: bool
    stream: TextIO
    note: Callable[["Note"], None]

    @property
    def encoding(self) -> str:
        """That of the stream."""
        return self.stream.encoding or "utf-8"
