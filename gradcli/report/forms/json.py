"""JSON for scripts: the facts of a report as one value on one line, strict, long lists item by item."""

import json
from collections.abc import Iterator
from typing import Any

from gradcli.report.output import Output, Report

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
        elif _has_iterator(value):
            yield "{"
            for place, (key, part) in enumerate(value.items()):
                yield f"{',' if place else ''}{self.encoded(key)}:"
                yield from self._pieces(part)
            yield "}"
        else:
            yield self.encoded(value)


def _has_iterator(value: Any) -> bool:
    if not isinstance(value, dict) or _PLAIN.issuperset(map(type, value.values())):
        return False
    return any(isinstance(part, Iterator) or _has_iterator(part) for part in value.values())
