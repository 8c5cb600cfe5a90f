"""Text in pieces of whole lines, so that no file need be in memory."""

import zlib
from codecs import BOM_UTF8
from collections.abc import Iterator
from itertools import chain
from os import fstat
from typing import Any, BinaryIO, NamedTuple

from gradcli.errors import GradcliError, reason_of
from gradcli.language.encodings import not_utf8, other_encoding

_SIZE = 1 << 20  # bytes that are read at a time
_MOST = 1 << 26  # bytes of one line
_GZIP = b"\x1f\x8b"
_WITH_HEADER = 31  # zlib's word for gzip


class Piece(NamedTuple):
    """Some whole lines of a file: their bytes, the number of the first line, and how many bytes are before it."""

    data: bytes
    line: int
    offset: int
    file: str | None

    def text(self) -> str:
        """The lines; raises `GradcliError` where they are not UTF-8."""
        try:
            return self.data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise not_utf8(error, self.offset, self.file) from None


def pieces(stream: BinaryIO, file: str | None, quotes: bool = False) -> Iterator[Piece]:
    """The lines of a stream; with `quotes` a line does not end between two of them.

    What gzip has packed is unpacked. Raises `GradcliError` for what cannot be read, is in another encoding than UTF-8,
    or has no line's end.
    """
    rest, line, offset, ends = b"", 1, 0, b"\n"
    for found in _unpacked(_read(stream, file), file):
        data = found
        if not offset and not rest:
            if encoding := other_encoding(data):
                raise GradcliError("not-utf8", {"file": file, "encoding": encoding}, source="file")
            offset = len(BOM_UTF8) * data.startswith(BOM_UTF8)
            data = data[offset:]
            ends = b"\r" if b"\r" in data and b"\n" not in data else ends
        rest += data.replace(b"\r", b"\n") if ends == b"\r" else data
        end = _last_end(rest, quotes)
        if end:
            yield Piece(rest[:end], line, offset, file)
            line += rest.count(b"\n", 0, end)
            offset += end
            rest = rest[end:]
        elif len(rest) > _MOST:
            raise GradcliError("row-too-long", {"file": file, "line": line}, source="rows")
    if rest:
        yield Piece(rest, line, offset, file)


def _read(stream: BinaryIO, file: str | None) -> Iterator[bytes]:
    """All that there is: of a pipe what has come."""
    read: Any = getattr(stream, "read1", stream.read)
    try:
        while data := read(_SIZE):
            yield bytes(data)
    except OSError as error:
        raise GradcliError("unreadable-file", {"file": file, **reason_of(error)}, source="file") from None


def _unpacked(data: Iterator[bytes], file: str | None) -> Iterator[bytes]:
    """The data, or what gzip has packed in them."""
    first = next(data, b"")
    whole = chain([first], data) if first else data
    if not first.startswith(_GZIP):
        return whole
    return _members(whole, file)


def _members(data: Iterator[bytes], file: str | None) -> Iterator[bytes]:
    """What is packed in the members of a file of gzip, behind which may be zeros (RFC 1952)."""
    member = zlib.decompressobj(wbits=_WITH_HEADER)
    try:
        for part in data:
            packed = part
            while packed:
                if member.eof:
                    member = zlib.decompressobj(wbits=_WITH_HEADER)
                if found := member.decompress(packed, _SIZE):
                    yield found
                packed = member.unconsumed_tail or member.unused_data.lstrip(b"\0")
        if found := member.flush():
            yield found
    except zlib.error:
        member = zlib.decompressobj()
    if not member.eof:
        raise GradcliError("rows-no-table", {"file": file, "form": "gzip"}, source="rows")


def _last_end(data: bytes, quotes: bool) -> int:
    """Where the last whole line ends; 0 without one."""
    end = data.rfind(b"\n") + 1
    if not quotes or b'"' not in data:
        return end
    before = data.count(b'"', 0, end)
    while end and before % 2:
        last = data.rfind(b"\n", 0, end - 1) + 1
        before -= data.count(b'"', last, end)
        end = last
    return end


def first_end(data: bytes) -> int:
    """Where the first line ends that is not in the midst of a quotation."""
    end = before = 0
    while end < len(data):
        last = data.find(b"\n", end) + 1 or len(data)
        before += data.count(b'"', end, last)
        end = last
        if before % 2 == 0:
            break
    return end


def part_of(stream: Any) -> float | None:
    """Which part of a stream has been read; None where its size is not known."""
    try:
        size = stream.size() if hasattr(stream, "size") else fstat(stream.fileno()).st_size
        return float(stream.tell() / size) if size else None
    except (OSError, ValueError, AttributeError):
        return None
