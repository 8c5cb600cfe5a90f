"""`gradcli plot`: a function and its derivative over a range, or its contours and the field of its gradients."""

import sys
from typing import TYPE_CHECKING, Any

import click

from gradcli.choices import PLOTS, THEMES
from gradcli.commands.common import (
    InRange,
    ascii_option,
    completed,
    expression_command,
    finish,
    lang_option,
    output_option,
    stdout,
    write_bytes,
)
from gradcli.commands.files import form_of
from gradcli.commands.languages import encoding_of_ascii, writable
from gradcli.commands.question import Question

if TYPE_CHECKING:
    from gradcli.commands.ranges import Range
    from gradcli.engine.answer import Answer
    from gradcli.plot.field import Field
    from gradcli.plot.figure import Figure

ENDINGS = {"txt": "terminal", "svg": "svg", "png": "png", "pdf": "pdf"}
COLUMNS = 78  # of a plot in a pipe or file
FEWEST, MOST, MOST_OF_TWO = 10, 10_000, 400  # samples, of one range or two
LONGEST = 60  # characters of an expression as a title


@expression_command(
    "plot",
    examples=(
        'gradcli plot "x^3 - x" --over x=-2:2 --at x=1',
        'gradcli plot "relu(a*x)" --over x=-3:3 --at a=2 --output relu.svg',
        'gradcli plot "x^2 + 3*y^2" --over x=-2:2,y=-1:1 --at x=1,y=0.5',
    ),
)
@click.option("--over", multiple=True, metavar="RANGES", help="help.over", shell_complete=completed("point"))
@output_option
@click.option("--format", "-f", "form", type=click.Choice(PLOTS), help="help.draw.format")
@click.option("--title", metavar="TEXT", default="", help="help.title")
@click.option("--theme", type=click.Choice(THEMES), default="auto", help="help.plot.theme")
@click.option("--scale", type=InRange(0.1, 20), default=2.0, help="help.scale")
@click.option("--samples", type=click.IntRange(FEWEST, MOST), metavar="N", help="help.samples")
@lang_option
@ascii_option
def command(
    question: Question,
    over: tuple[str, ...],
    output: str | None,
    form: str | None,
    title: str,
    theme: str,
    scale: float,
    samples: int | None,
    lang: str,
    ascii_only: bool,
) -> None:
    """Draw EXPRESSION over a range of a variable, with its derivative; or over ranges of two, with its gradients."""
    from gradcli.commands.ranges import names_in_ranges, ranges
    from gradcli.errors import GradcliError
    from gradcli.text import printable

    chosen = form or form_of(output, ENDINGS)
    text = ",".join(over)
    graph = question.graph(names_in_ranges(text))
    if not text.strip():
        raise GradcliError("no-range", {"names": list(graph.variables)}, source="option")
    if chosen in ("png", "pdf") and output in (None, "-") and sys.stdout is not None and sys.stdout.isatty():
        raise GradcliError("picture-in-terminal", {"form": chosen}, source="option")
    across = ranges(text, graph)
    if samples and len(across) > 1 and samples > MOST_OF_TWO:
        facts = {"option": "--samples", "value": samples, "range": f"{FEWEST}<=x<={MOST_OF_TWO}"}
        raise GradcliError("out-of-range", facts, source="option")
    point = question.point(graph)
    by = _targets(question, across)
    answer = _answer(graph, point, across, by)
    figure = _figure(graph, printable(title) or _title(graph, point, across), across, point, by, samples, answer)
    if figure is None:
        from gradcli.errors import MathError

        raise MathError("no-value-in-range", {}, text, 0, len(text), "over")
    unknown = ""
    if chosen == "terminal":
        _write_terminal(figure, output, ascii_only, lang)
    else:
        from gradcli.plot.forms.files import picture

        data, unknown = picture(figure, chosen, theme, scale, lang)
        write_bytes([data], output)
    from gradcli.engine.notes import Note

    notes = [Note("no-font", {"letters": unknown})] if unknown else []
    finish([*notes, *(answer.notes if answer else ())], succeeded=answer is None or answer.is_finite, language=lang)


def _targets(question: Question, across: "list[Range]") -> list[str]:
    """The names by which the function is derived: that of --wrt or of the range, or those of both ranges."""
    from gradcli.errors import GradcliError

    names, moving = question.targets(), [one.name for one in across]
    if names is None:
        return moving
    if len(moving) > 1:
        raise GradcliError("wrt-with-two-ranges", {}, question.wrt[0], 0, len(question.wrt[0]), "wrt")
    if len(names) > 1:
        raise GradcliError("wrt-one", {}, question.wrt[0], 0, len(question.wrt[0]), "wrt")
    return names


def _answer(graph: Any, point: dict[str, float], across: "list[Range]", by: list[str]) -> "Answer | None":
    """The function at the point, if there is one: where the variables that move have values too.

    Raises `GradcliError` where another variable has none, and for a point that is not within the ranges.
    """
    from gradcli.engine.answer import Answer
    from gradcli.engine.binding import targets_of
    from gradcli.errors import GradcliError
    from gradcli.language.missing import missing_values

    targets_of(graph, by)
    moving = [one.name for one in across]
    has_point = any(name in point for name in moving)
    missing = [name for name in graph.variables if name not in point and (has_point or name not in moving)]
    if missing:
        raise missing_values(graph, missing, point)
    if not has_point:
        return None
    for one in across:
        if not one.low <= point[one.name] <= one.high:
            facts = {"name": one.name, "value": point[one.name], "low": one.low, "high": one.high}
            raise GradcliError("point-outside", facts, source="option")
    return Answer.of(graph, point, by)


def _figure(
    graph: Any,
    title: str,
    across: "list[Range]",
    point: dict[str, float],
    by: list[str],
    samples: int | None,
    answer: "Answer | None",
) -> "Figure | Field | None":
    """What is drawn; None where the function has no value."""
    from gradcli.plot import field as two
    from gradcli.plot import figure as one
    from gradcli.plot.points import Points

    moving = [moved.name for moved in across]
    points = Points(graph, point, moving, [(graph.variables | graph.steps)[name] for name in by])
    known = answer if answer and answer.is_finite else None
    if len(across) == 1:
        touch = one.Touch(point[moving[0]], known.value, known.gradient[by[0]]) if known else None
        return one.figure(graph, title, across[0], points, by[0], samples or one.SAMPLES, touch)
    x, y = moving
    arrow = ((point[x], point[y]), known.value, (known.gradient[x], known.gradient[y])) if known else None
    return two.field(graph, title, across[0], across[1], points, samples or two.SAMPLES, arrow)


def _title(graph: Any, point: dict[str, float], across: "list[Range]") -> str:
    """The expression on one line, and the values of what does not move."""
    from gradcli.language.format import lines_of
    from gradcli.text import format_number

    text = "; ".join(lines_of(graph))
    text = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    moving = {one.name for one in across}
    values = [f"{name} = {format_number(value)}" for name, value in point.items() if name not in moving]
    return f"{text}  ({', '.join(values)})" if values else text


def _write_terminal(figure: "Figure | Field", output: str | None, ascii_only: bool, language: str) -> None:
    """The plot as text: with colours where the terminal wants them, as wide as it is."""
    import os
    import re
    from shutil import get_terminal_size

    from gradcli.plot.forms.terminal import picture
    from gradcli.text import encodable

    def plain(text: str) -> str:
        return re.sub(r"\x1b\[[0-9;]*m", "", text)

    if output not in (None, "-"):
        in_ascii = encoding_of_ascii(language, "utf-8") if ascii_only else None
        write_bytes([plain(picture(figure, COLUMNS, in_ascii, language)).encode()], output)
        return
    stream = stdout()
    columns = get_terminal_size().columns if stream.isatty() else COLUMNS
    encoding = stream.encoding or "utf-8"
    language = writable(language, stream)
    text = picture(figure, columns, encoding_of_ascii(language, encoding) if ascii_only else None, language)
    if not encodable(plain(text), encoding):
        text = picture(figure, columns, encoding, language)
    if not stream.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        text = plain(text)
    stream.write("\n".join(line for line in text.splitlines()) + "\n")
