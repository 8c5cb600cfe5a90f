"""Encodings of text that is read: all of it is to be UTF-8, and what is not is told which it may be."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE, getincrementaldecoder
from contextlib import suppress
from typing import Any

from gradcli.errors import GradcliError

_LOOKED_AT = 64  # bytes, for the encoding of a text that has no mark
_JAPANESE = {"EUC-JP": "EUC-JP", "Shift_JIS": "CP932"}  # and what Windows writes under that name


def other_encoding(data: bytes) -> str | None:
    """The encoding of a text of which the first bytes show that it is not UTF-8: by its mark, or its zeros."""
    if data.startswith((BOM_UTF32_LE, BOM_UTF32_BE)):
        return "UTF-32"
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "UTF-16"
    first = data[:_LOOKED_AT]
    zeros = [not any(first[place::4]) for place in range(4)] if len(first) >= 4 else []
    return {3: "UTF-32", 2: "UTF-16"}.get(sum(zeros))


def not_utf8(error: UnicodeDecodeError, begin: int, file: str | None) -> GradcliError:
    """The error of a byte that is not UTF-8, where what was decoded begins at `begin` in the file."""
    data = error.object
    facts: dict[str, Any] = {"file": file, "byte": f"\\x{data[error.start]:02x}", "offset": begin + error.start}
    if found := _japanese_encoding(data[error.start :]):
        import shlex

        facts["guess"] = found
        facts["command"] = file and shlex.join(["iconv", "-f", _JAPANESE[found], "-t", "UTF-8", file])
    return GradcliError("not-utf8", facts, source="file")


def _japanese_encoding(data: bytes) -> str | None:
    """The older encoding in which data is Japanese, if it is: kana and common kanji begin with other bytes in each."""
    for name, first in (("EUC-JP", rb"[\xa1-\xf4]"), ("Shift_JIS", rb"[\x81-\x9f]")):
        with suppress(UnicodeDecodeError):
            getincrementaldecoder(_JAPANESE[name])().decode(data)
            if re.match(first, data):
                return name
    return None
