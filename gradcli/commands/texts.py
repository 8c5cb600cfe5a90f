"""Pictures in text: in a terminal as wide as it is and with its colours, in a pipe or file without."""

from collections.abc import Callable
from typing import TextIO, TypeVar

from gradcli.commands.common import stdout, width_of, write_bytes
from gradcli.commands.languages import encoding_of_ascii, writable
from gradcli.text import encodable

Picture = TypeVar("Picture")


def write_text(
    draw: Callable[[int | None, str | None, str], Picture],
    plain: Callable[[Picture], str],
    write_coloured: Callable[[Picture, TextIO], None],
    language: str,
    ascii_only: bool,
    output: str | None,
) -> None:
    """Write a picture to a file, or to standard output.

    `draw` makes it at most so many cells wide (None: there is no terminal), if there is an encoding with signs of ASCII
    and words in that encoding, and in a language; `plain` is its text without colours.
    """
    if output not in (None, "-"):
        in_ascii = encoding_of_ascii(language, "utf-8") if ascii_only else None
        write_bytes([plain(draw(None, in_ascii, language)).encode()], output)
        return
    stream = stdout()
    encoding = stream.encoding or "utf-8"
    language = writable(language, stream)
    room = width_of(stream)
    picture = draw(room, encoding_of_ascii(language, encoding) if ascii_only else None, language)
    if not encodable(plain(picture), encoding):
        picture = draw(room, encoding, language)
    if stream.isatty():
        write_coloured(picture, stream)
    else:
        stream.write(plain(picture))
