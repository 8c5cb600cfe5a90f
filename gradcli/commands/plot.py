"""`gradcli plot`: a function and its derivative over a range, or its contours and the field of its gradients."""

import sys
from functools import partial
from typing import TYPE_CHECKING

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
    write_bytes,
)
from gradcli.commands.files import form_of
from gradcli.commands.question import Question

if TYPE_CHECKING:
    from gradcli.plot.plotted import Range

ENDINGS = {"txt": "terminal", "svg": "svg", "png": "png", "pdf": "pdf"}
FEWEST, MOST, MOST_OF_TWO = 10, 10_000, 400  # samples, of one range or two


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
@click.option("--scale", type=InRange(0.1, 20), metavar="NUMBER", default=2.0, help="help.scale")
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
    from gradcli.plot.plotted import answer_at, plotted
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
    answer = answer_at(graph, point, across, by)
    figure = plotted(graph, point, across, by, samples, answer, printable(title))
    if figure is None:
        from gradcli.errors import MathError

        raise MathError("no-value-in-range", {}, text, 0, len(text), "over")
    unknown = ""
    if chosen == "terminal":
        from gradcli.commands.texts import write_text
        from gradcli.plot.forms import terminal

        draw = partial(terminal.picture, figure)
        write_text(draw, terminal.plain, terminal.write_coloured, lang, ascii_only, output)
    else:
        from gradcli.plot.forms.files import picture

        data, unknown = picture(figure, chosen, theme, scale, lang)
        if ascii_only and chosen == "svg":
            data = data.decode().encode("ascii", "xmlcharrefreplace")
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
