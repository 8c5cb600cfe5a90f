"""Pictures in text: in a terminal as wide as it is and with its colours, in a pipe or file without."""

from collections.abc import Callable
from typing import TextIO, TypeVar

from gradcli.commands.common import stdout, width_of, write_bytes
from gradcli.commands.languages import writable
from gradcli.text import Characters

Picture = TypeVar("Picture")


def write_text(
    draw: Callable[[int | None, Characters, str], Picture],
    plain: Callable[[Picture], str],
    write_coloured: Callable[[Picture, TextIO], None],
    language: str,
    ascii_only: bool,
    output: str | None,
) -> None:
    """Write a picture to a file, or to standard output.

    `draw` makes it at most so many cells wide (None: there is no terminal), with the characters that can be written,
    and in a language; `plain` is its text without colours.
    """
    if output not in (None, "-"):
        write_bytes([plain(draw(None, Characters.of("utf-8", ascii_only, language), language)).encode()], output)
        return
    stream = stdout()
    language = writable(language, stream)
    characters = Characters.of(stream.encoding or "utf-8", ascii_only, language)
    picture = draw(width_of(stream), characters, language)
    if stream.isatty():
        write_coloured(picture, stream)
    else:
        stream.write(plain(picture))
