"""A plot in text, drawn by plotext (the extra `gradcli[plot]`): braille lines, or characters of ASCII."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from math import atan2, pi
from typing import Any, TextIO

from gradcli.draw.numbers import number
from gradcli.errors import GradcliError
from gradcli.frozen import Frozen, with_other
from gradcli.plot.field import Field, FieldVector, along, contour
from gradcli.plot.figure import Figure, Panel
from gradcli.plot.ticks import ticks
from gradcli.plot.window import Place, Window
from gradcli.text import ALL, Characters, folded
from gradcli.words.catalogue import say

COLOURS = {"value": 6, "gradient": 208}  # of 256: cyan and dark orange, as in other pictures
ROWS = (15, 11)  # of the function and its derivative, frames included
FIELD_ROWS = 24
COLUMNS = 78  # cells where there is no terminal
NARROWEST = 24  # cells: in less there is no room for a curve
TICK = 10  # cells for each number below, and so many rows for one beside
TICK_ROWS = 3
DIGITS = 3


class PlotSigns(Frozen):
    """The characters of a plot."""

    line: str = "braille"
    dot: str = "●"
    ring: str = "○"
    kink: str = "◇"
    point: str = "◆"
    bound: str = "┊"
    zero: str = "┈"
    still: str = "·"
    arrows: str = "→↗↑↖←↙↓↘"
    frame: str = "┌┐└┘│─┤├┬┴┼"  # as plotext draws it
    characters: Characters = ALL  # of texts

    def text(self, text: str) -> str:
        """A text in these characters."""
        return self.characters.written(text)


UNICODE = PlotSigns()
ASCII = PlotSigns("*", "@", "o", "^", "#", ":", ".", ".", ">/^\\</v\\", "++++|-|||++")
_DRAWN = "⠁⣿" + "".join(getattr(UNICODE, name) for name in UNICODE._fields[1:-1])
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def picture(
    figure: Figure | Field,
    columns: int | None = None,
    characters: Characters = ALL,
    language: str = "en",
) -> str:
    """The plot in text with a terminal's colours, no line wider than `columns`, and what is said of it below.

    Without `columns`, as in a pipe or file, it is 78 cells wide. Its characters are those that can be written; lines,
    points and arrows are of one kind.

    Raises `GradcliError` if plotext is not installed.
    """
    signs = with_other(UNICODE if characters.has(_DRAWN) else ASCII, characters=characters)
    room, columns = columns, columns or COLUMNS
    blocks = _field(figure, columns, signs) if isinstance(figure, Field) else _curves(figure, columns, signs)
    texts = [figure.title, *(say(code, language, **facts) for code, facts in figure.captions)]
    title, *captions = ["\n".join(folded(signs.text(text), room) if room else [signs.text(text)]) for text in texts]
    return "\n".join([title, *blocks, *captions]) + "\n"


def plain(text: str) -> str:
    """The text without colours."""
    return _COLOUR.sub("", text)


def write_coloured(text: str, stream: TextIO) -> None:
    """Write the text to a terminal, with colours unless NO_COLOR or TERM=dumb says that it wants none."""
    has_none = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    stream.write(plain(text) if has_none else text)


def _curves(figure: Figure, columns: int, signs: PlotSigns) -> list[str]:
    beside = [_numbers(panel.window, rows // TICK_ROWS, signs) for panel, rows in zip(figure.panels, ROWS, strict=True)]
    wide = max(len(text) for texts in beside for text in texts.values())
    blocks = []
    for panel, rows, texts in zip(figure.panels, ROWS, beside, strict=True):
        canvas = PlotCanvas((figure.low, figure.high), panel.window, columns, rows, signs)
        canvas.numbers("y", {place: text.rjust(wide) for place, text in texts.items()})
        _draw(canvas, panel, signs)
        blocks.append(f"{signs.text(panel.name)}\n{canvas.text()}")
    return blocks


def _field(shown: Field, columns: int, signs: PlotSigns) -> list[str]:
    across, up = shown.windows
    canvas = PlotCanvas(across, up, columns, FIELD_ROWS, signs)
    canvas.numbers("y", _numbers(up, FIELD_ROWS // TICK_ROWS, signs))
    for level in shown.levels:
        canvas.lines(contour(shown, level), "value")
    for arrow in shown.arrows:
        canvas.signs([arrow.place], _arrow_sign(arrow, shown, columns, signs), "gradient")
    if shown.point:
        canvas.signs([shown.point.place], signs.point, "gradient")
    return [canvas.text()]


def _arrow_sign(arrow: FieldVector, shown: Field, columns: int, signs: PlotSigns) -> str:
    """The arrow of eight that points most as a gradient does, where a cell is twice as high as wide."""
    if not arrow.length:
        return signs.still
    x, y = along(arrow, shown, columns, 2.0 * FIELD_ROWS)
    (left, right), (low, high) = shown.windows
    turn = atan2(y / (high - low) * 2 * FIELD_ROWS, x / (right - left) * columns)
    return signs.arrows[round(turn / (pi / 4)) % 8]


def _numbers(window: Window, most: int, signs: PlotSigns) -> dict[float, str]:
    """Round numbers of a window, as they are written."""
    return {place: signs.text(number(place, DIGITS)) for place in ticks(*window, most)}


def _draw(canvas: "PlotCanvas", panel: Panel, signs: PlotSigns) -> None:
    for x in panel.bounds:
        canvas.column(x, signs.bound)
    if panel.window[0] < 0 < panel.window[1]:
        canvas.row(0.0, signs.zero)
    if panel.tangent:
        canvas.lines([panel.tangent], "gradient")
    canvas.lines(panel.lines, panel.role)
    for places, sign in ((panel.dots, signs.dot), (panel.rings, signs.ring), (panel.kinks, signs.kink)):
        canvas.signs(places, sign, panel.role)
    canvas.signs([panel.point] if panel.point else [], signs.point, "gradient")


class PlotCanvas:
    """A panel of plotext."""

    def __init__(self, across: Window, up: Window, columns: int, rows: int, signs: PlotSigns) -> None:
        try:
            self._plotext: Any = import_module("plotext")
        except ImportError:
            raise GradcliError("plot-needs-plotext", source=None) from None
        self._size = max(columns, NARROWEST), rows
        self._across, self._up, self._signs = across, up, signs
        self._plot = self._plotext.figure
        self._plotext.terminal.limit(False, False)
        self._plot.clear()
        self._plot.theme("colorless")
        self._plot.plot_size(*self._size)
        self._plot.ruler("x").lim(*across)
        self._plot.ruler("y").lim(*up)
        self.numbers("x", _numbers(across, self._size[0] // TICK, signs))

    def numbers(self, axis: str, texts: Mapping[float, str]) -> None:
        """What is written along an axis."""
        self._plot.ruler(axis).ticks(list(texts), list(texts.values()))

    def lines(self, lines: Iterable[Sequence[Place]], role: str) -> None:
        """Lines of one colour."""
        places = [place for line in lines for place in line]
        if not places:
            return
        signal = self._signal(places, self._signs.line, role)
        start = 0
        for line in lines:
            for index in range(start + 1, start + len(line)):
                signal.line(index, True)
            start += len(line)
        self._plot.draw(signal)

    def signs(self, places: Sequence[Place], sign: str, role: str) -> None:
        """A character at each place."""
        if places:
            self._plot.draw(self._signal(places, sign, role))

    def column(self, x: float, sign: str) -> None:
        """A character in each row at a place."""
        low, high = self._up
        rows = self._size[1]
        self.signs([(x, low + (high - low) * (row + 0.5) / rows) for row in range(rows)], sign, "")

    def row(self, y: float, sign: str) -> None:
        """A character in each column at a height."""
        low, high = self._across
        columns = self._size[0]
        self.signs([(low + (high - low) * column / columns, y) for column in range(columns + 1)], sign, "")

    def _signal(self, places: Sequence[Place], sign: str, role: str) -> Any:
        pixel = COLOURS.get(role)
        marker = self._plotext.marker(sign, pixel=pixel) if pixel else self._plotext.marker(sign)
        return self._plot.signal([x for x, _ in places], [y for _, y in places], marker=marker)

    def text(self) -> str:
        """The rows, with colours."""
        text = str(self._plot.build().string()).rstrip("\n")
        return text.translate(str.maketrans(UNICODE.frame, self._signs.frame))
