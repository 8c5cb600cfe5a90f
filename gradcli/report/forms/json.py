"""JSON for scripts: the facts of a report as one value on one line, strict, what is long piece by piece."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from gradcli.report.output import Output, Report

_LONG = 10_000  # names of an object in one piece
_PLAIN = {float, str, type(None)}  # what long objects have, which are looked through at once


class Writer:
    """Writes facts. Raises `ValueError` for a number that is not finite: JSON has none."""

    is_for_people = False

    def __init__(self, output: Output) -> None:
        self.stream = output.stream
        is_ascii = output.ascii_only or output.encoding.lower().replace("-", "") != "utf8"
        self.encoded = json.JSONEncoder(ensure_ascii=is_ascii, allow_nan=False, separators=(",", ":")).encode

    def write(self, report: Report) -> None:
        """One line."""
        for piece in self._pieces(report.facts()):
            self.stream.write(piece)
        self.stream.write("\n")

    def _pieces(self, value: Any) -> Iterator[str]:
        """The text of a value; an iterator's items are made one at a time, in objects of any depth."""
        if isinstance(value, Iterator):
            yield "["
            for place, item in enumerate(value):
                yield f",{self.encoded(item)}" if place else self.encoded(item)
            yield "]"
        elif isinstance(value, dict) and len(value) > _LONG and _is_plain(value):
            rest, before = iter(value.items()), "{"
            while some := dict(islice(rest, _LONG)):
                yield before + self.encoded(some)[1:-1]
                before = ","
            yield "}"
        elif _is_long(value):
            yield "{"
            for place, (key, part) in enumerate(value.items()):
                yield f"{',' if place else ''}{self.encoded(key)}:"
                yield from self._pieces(part)
            yield "}"
        else:
            yield self.encoded(value)


def _is_long(value: Any) -> bool:
    """Whether a value is written in pieces: an iterator, a long object, or an object with such parts."""
    if not isinstance(value, dict):
        return isinstance(value, Iterator)
    return len(value) > _LONG or (not _is_plain(value) and any(map(_is_long, value.values())))


def _is_plain(value: dict[str, Any]) -> bool:
    return _PLAIN.issuperset(map(type, value.values()))
