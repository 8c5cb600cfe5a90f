"""What a command about an expression is asked: the expression, the point and the names, read from where they are."""

import os
import sys
from codecs import getincrementaldecoder
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from gradcli.commands.point import Point

LENGTHS_OF_POINT = 10  # times the limit of an expression: a point may be all that eval --json prints of one
_PIECE = 1 << 20  # bytes that are read at a time


class Question:
    """What every command about an expression is given: the expression, the point, and what to derive for."""

    def __init__(
        self,
        expression: str,
        max_length: int | None,
        at: tuple[str, ...],
        wrt: tuple[str, ...],
        shape: tuple[str, ...] = (),
        max_scalars: int | None = None,
    ) -> None:
        self.expression = expression
        self.shape = shape
        self.max_scalars = max_scalars
        self.max_length = max_length
        self.at = at
        self.wrt = wrt
        self._read: dict[str, str] = {}  # what a stream gave, which gives it once
        self._point: Point | None = None

    @property
    def _limit(self) -> int:
        """How many characters are read."""
        from gradcli.language.parser import MAX_LENGTH

        return self.max_length or MAX_LENGTH

    def graph(self, claimed: Iterable[str] = (), columns: "Mapping[str, tuple[int, ...]] | None" = None) -> Any:
        """The graph of the expression: the text itself, `-` for standard input, `@FILE` for a file.

        A constant that is given a value, named in --wrt or `claimed` is a variable, where its name can be one.
        `columns` has the shapes of arrays that are given elsewhere.
        """
        from gradcli.errors import GradcliError
        from gradcli.language.parser import parse

        expression, limit = self.expression, self._limit
        if expression == "-":
            if expression not in self._read:
                self._read[expression] = _read_stdin("expression", limit)
            expression = self._read[expression]
        elif expression.startswith("@"):
            expression = _read_file(expression[1:], "expression", limit)
        try:
            graph = parse(expression, limit)
            graph = parse(expression, limit, free) if (free := self._free(graph, claimed)) else graph
            return self._lowered(graph, columns or {})
        except GradcliError as error:
            if is_file(self.expression):
                raise error.hinted("read-file", file=self.expression) from None
            raise

    def _lowered(self, graph: Any, columns: "Mapping[str, tuple[int, ...]]") -> Any:
        """The graph of numbers, where the point or --shape has shapes, or an operation is one on arrays."""
        given = [text for text in self.at if text != "-" or self.expression != "-"]
        read = [(self._json(x), True) if x == "-" or x.startswith("@") else (x, False) for x in given]
        columns = {name: shape for name, shape in columns.items() if name in graph.variables}
        is_given = bool(columns or self.shape) or any("[" in text or "［" in text for text, _ in read)
        if not is_given and not graph.has_arrays:
            return graph
        from gradcli.commands.arrays import graph_of_numbers

        return graph_of_numbers(graph, self.shape, read, columns, self.max_scalars)

    def _free(self, graph: Any, claimed: Iterable[str]) -> set[str]:
        """The constants of the graph that are variables here."""
        from gradcli.commands.point import names_in
        from gradcli.language.characters import plain
        from gradcli.operators.table import CONSTANT, FREE

        used = {name for node, name in graph.names.items() if name in FREE and graph.operators[node] is CONSTANT}
        if not used:
            return used
        given = {*claimed, *(name for text in self.wrt for name in names_listed(plain(text, is_list=True)))}
        for text in self.at:
            if text != "-" or self.expression != "-":
                given |= names_in(self._json(text) if text == "-" or text.startswith("@") else text)
        return used & given

    def _json(self, text: str) -> str:
        """The text of an --at that names where it is read."""
        if text not in self._read:
            limit = LENGTHS_OF_POINT * self._limit
            self._read[text] = _read_stdin("at", limit) if text == "-" else _read_file(text[1:], "at", limit)
        return self._read[text]

    def point(self, graph: Any) -> dict[str, float]:
        """The point of all --at options; names that do not occur in the expression are passed over in JSON alone."""
        return self._read_point(graph).values

    def exact_point(self, graph: Any) -> dict[str, str]:
        """The same with each value as it is written, which may be beyond doubles."""
        return self._read_point(graph, is_exact=True).texts

    def uncertainties(self, graph: Any) -> dict[str, float]:
        """Those of the values that have one."""
        return self._read_point(graph).uncertainties

    def _read_point(self, graph: Any, is_exact: bool = False) -> "Point":
        """The point, read once."""
        if self._point is None or is_exact > self._point.is_exact:
            self._point = self._new_point(graph, is_exact)
        return self._point

    def _new_point(self, graph: Any, is_exact: bool) -> "Point":
        from gradcli.commands.objects import json_object
        from gradcli.commands.point import Point
        from gradcli.errors import GradcliError

        point = Point(graph, is_exact)
        for text in self.at:
            if text == "-":
                if self.expression == "-" or self.at.count("-") > 1:
                    raise GradcliError("stdin-twice", source="at")
                point.add_json(self._json(text))
            elif text.startswith("@"):
                point.add_json(self._json(text))
                del self._read[text]  # which can be read again
            elif is_file(text):
                raise GradcliError("file-as-pairs", {"file": text}, text, 0, len(text), "at")
            elif text.lstrip().startswith("{"):
                raise GradcliError("json-as-pairs", {}, text, len(text) - len(text.lstrip()), source="at")
            else:
                point.add_text(text)
        point.finish()
        json_object.cache_clear()
        return point

    def claims(self, file: str | None) -> str:
        """The text of a file of claims, named as `@FILE`; "" without one."""
        from gradcli.errors import GradcliError

        if file is None:
            return ""
        if not file.startswith("@"):
            raise GradcliError("claims-no-file", {"file": file}, source="option")
        text = _read_file(file[1:], "claim", self._limit)
        if not any(line.partition("#")[0].strip() for line in text.splitlines()):
            raise GradcliError("no-claims", {"file": file[1:]}, source="file")
        return text

    def targets(self) -> list[str] | None:
        """The names of all --wrt options, or None if there is none."""
        from gradcli.errors import GradcliError
        from gradcli.language.characters import plain

        if not self.wrt:
            return None
        names = [name for text in self.wrt for name in names_listed(plain(text, is_list=True))]
        if not all(names):
            raise GradcliError("wrt-names", source="wrt")
        return names


def names_listed(text: str) -> list[str]:
    """The names between commas; those in brackets part none: `W[0,1],b`."""
    if "[" not in text:
        return [name.strip() for name in text.split(",")]
    from gradcli.text import pieces

    return ["".join(text[start:end].split()) for start, end in pieces(text, 0, len(text))]


def is_file(text: str) -> bool:
    """Whether what was typed is the name of a file, whose `@` may have been forgotten."""
    try:
        return os.path.isfile(text)
    except ValueError:  # a null character
        return False


def _read_stdin(reader: str, limit: int) -> str:
    from gradcli.errors import GradcliError

    if sys.stdin is None:
        raise GradcliError("stdin-closed", {"input": reader}, source=reader)
    return _read(sys.stdin.buffer, reader, limit, None)


def _read_file(path: str, reader: str, limit: int) -> str:
    from gradcli.errors import GradcliError, reason_of

    if not path:
        raise GradcliError("no-file-name", {}, "@", 1, source="file")
    try:
        with open(path.encode("utf-8", "surrogateescape"), "rb") as file:
            return _read(file, reader, limit, path)
    except (OSError, ValueError) as error:
        facts = {"file": path, **reason_of(error)}
        raise GradcliError("unreadable-file", facts, source="file") from None


def _read(stream: BinaryIO, reader: str, limit: int, file: str | None) -> str:
    """All of a stream; as soon as there are more than `limit` characters, an error instead."""
    from gradcli.errors import GradcliError
    from gradcli.language.encodings import not_utf8, other_encoding

    decoder = getincrementaldecoder("utf-8")()
    pieces: list[str] = []
    room, offset = limit + 1, 0  # the first character may be a byte order mark, which is none of the text
    while True:
        data = stream.read(_PIECE)
        if not offset and (encoding := other_encoding(data)):
            raise GradcliError("not-utf8", {"file": file, "encoding": encoding}, source="file")
        begin = offset - len(decoder.getstate()[0])
        try:
            piece = decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            raise not_utf8(error, begin, file) from None
        if not data:
            return "".join(pieces).removeprefix("\ufeff")
        pieces.append(piece)
        offset += len(data)
        room -= len(piece)
        if room < 0:
            facts = {"input": reader, "file": file, "limit": limit}
            raise GradcliError("too-long-input", facts, source=reader)
