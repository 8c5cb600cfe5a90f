"""`gradcli draw`: the computational graph as a picture, in the terminal or in a file."""

import sys
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

import click

from gradcli.choices import DIRECTIONS, PICTURES, THEMES
from gradcli.commands.common import (
    InRange,
    ascii_option,
    expression_command,
    finish,
    lang_option,
    number_options,
    output_option,
    write_bytes,
)
from gradcli.commands.files import form_of
from gradcli.commands.question import Question

ENDINGS = {
    "txt": "terminal", "svg": "svg", "png": "png", "html": "html", "htm": "html",
    "dot": "dot", "gv": "dot", "mmd": "mermaid", "mermaid": "mermaid", "tikz": "tikz", "tex": "tikz",
}  # fmt: skip
UNLIMITED = ("dot", "mermaid")  # these have no limit on the size


@expression_command(
    "draw",
    examples=(
        'gradcli draw "a*x + b*y" --at a=2,x=3,b=4,y=5',
        'gradcli draw "relu(a*x)" --at a=-2,x=3 --output relu.svg',
        "gradcli draw @model.txt --at @parameters.json --wrt w,b --output model.html",
    ),
)
@output_option
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(PICTURES),
    help="help.draw.format",
)
@click.option("--title", metavar="TEXT", default="", help="help.title")
@click.option(
    "--theme",
    type=click.Choice(THEMES),
    default="auto",
    help="help.theme",
)
@click.option("--direction", type=click.Choice(DIRECTIONS), default=DIRECTIONS[0], help="help.direction")
@click.option("--forward-only", is_flag=True, help="help.forward-only")
@click.option("--binary", is_flag=True, help="help.binary")
@click.option("--step", type=click.IntRange(min=0), metavar="N", help="help.step")
@click.option("--quiz", is_flag=True, help="help.quiz")
@click.option("--scale", type=InRange(0.1, 20), metavar="NUMBER", default=2.0, help="help.scale")
@click.option("--max-nodes", type=click.IntRange(min=1), metavar="N", help="help.max-nodes")
@number_options
@lang_option
@ascii_option
def command(
    question: Question,
    output: str | None,
    form: str | None,
    title: str,
    theme: str,
    direction: str,
    forward_only: bool,
    binary: bool,
    step: int | None,
    quiz: bool,
    scale: float,
    max_nodes: int | None,
    kink: str,
    strict: bool,
    allow_nonfinite: bool,
    lang: str,
    ascii_only: bool,
) -> None:
    """Draw EXPRESSION as a computational graph: values forward, gradients backward."""
    from gradcli.draw.scene import MAX_NODES, check_size, make_scene
    from gradcli.draw.steps import check_step, show_step
    from gradcli.engine.answer import Answer
    from gradcli.engine.binding import targets_of
    from gradcli.errors import GradcliError

    chosen = form or form_of(output, ENDINGS)
    if quiz and chosen != "html":
        raise GradcliError("quiz-needs-page", source="option")
    graph = question.graph()
    if chosen == "png" and output in (None, "-") and sys.stdout is not None and sys.stdout.isatty():
        raise GradcliError("png-in-terminal", source="option")
    names = question.targets()
    targets_of(graph, names)
    point = question.point(graph)
    if chosen not in UNLIMITED:
        check_size(graph, max_nodes or MAX_NODES)
    given = bool(question.at) or not graph.variables
    asked = [] if forward_only else names  # without a way back nothing is to be said of the gradient
    result = Answer.of(graph, point, asked, kink, allow_nonfinite) if given else None
    questions = _quiz(graph, names, point) if quiz else None
    scene = make_scene(
        graph,
        None if quiz else result,
        names,
        title=title,
        language=lang,
        repeat={"terminal": True, "dot": False, "mermaid": False}.get(chosen),
        numbers=True if chosen == "html" else None,
        forward_only=forward_only,
        binary=binary,
        direction=direction,
    )
    if step is not None:
        check_step(scene, step)
        scene.step = step
        if chosen != "html":  # a page begins at the step, and goes on
            show_step(scene)
    if chosen == "terminal":
        _write_terminal(scene, output, ascii_only)
    else:
        write_bytes(_chunks(chosen, scene, kink, names, theme, scale, ascii_only, questions), output)
    succeeded = result is None or result.is_finite or allow_nonfinite
    notes = [*_notes(chosen, scene), *(result.notes if result else ())]
    finish(notes, succeeded=succeeded, strict=strict, language=lang)


def _quiz(graph: Any, names: list[str] | None, point: dict[str, float]) -> Any:
    from gradcli.draw.forms.quiz import Quiz, points_for
    from gradcli.engine.binding import targets_of

    return Quiz(points_for(graph, list(targets_of(graph, names).values()), point))


def _notes(form: str, scene: Any) -> Iterator[Any]:
    """What is said of the picture itself."""
    from gradcli.engine.notes import Note

    if form == "terminal" and scene.direction != DIRECTIONS[0]:
        yield Note("direction", {"direction": scene.direction})
    if form == "mermaid":
        from gradcli.draw.forms.mermaid import MAX_EDGES

        if len(scene.edges) > MAX_EDGES:
            yield Note("many-edges", {"edges": len(scene.edges), "most": MAX_EDGES})
    if scene.left_out:
        yield Note("not-drawn", {"names": scene.left_out})


def _chunks(
    form: str,
    scene: Any,
    kink: str,
    wrt: list[str] | None,
    theme: str,
    scale: float,
    ascii_only: bool,
    quiz: Any,
) -> Iterable[bytes]:
    """The bytes of a picture's file, in parts."""
    if form == "png":
        from gradcli.draw.forms.png import png

        return [png(scene, theme, scale)]
    lines = _lines(form, scene, kink, wrt, theme, quiz)
    return (line.encode() for line in lines) if not ascii_only else (_in_ascii(form, line) for line in lines)


def _lines(form: str, scene: Any, kink: str, wrt: list[str] | None, theme: str, quiz: Any) -> Iterable[str]:
    """A picture that is written as text, in parts."""
    if form == "svg":
        from gradcli.draw.forms.svg import svg

        return [svg(scene, theme)]
    if form == "html":
        from gradcli.draw.forms.page import page

        return [page(scene, kink, theme, wrt, quiz)]
    if form == "tikz":
        from gradcli.draw.forms.tikz import tikz

        lines = tikz(scene, theme)
    elif form == "dot":
        from gradcli.draw.forms.dot import dot

        lines = dot(scene)
    else:
        from gradcli.draw.forms.mermaid import mermaid

        lines = mermaid(scene)
    return (f"{line}\n" for line in lines)


def _in_ascii(form: str, line: str) -> bytes:
    """A part without characters outside of ASCII: as references, or as TeX writes them."""
    if form == "tikz":
        from gradcli.latex.words import in_ascii

        return in_ascii(line).encode()
    if form == "html":
        from gradcli.draw.forms.scripts import script_in_ascii

        line = script_in_ascii(line)
    # XML, HTML and DOT all read &#8722; as a character; Mermaid reads #8722; as one.
    references = line.encode("ascii", "xmlcharrefreplace")
    return references.replace(b"&#", b"#") if form == "mermaid" else references


def _write_terminal(scene: Any, output: str | None, ascii_only: bool) -> None:
    from gradcli.commands.texts import write_text
    from gradcli.draw.forms.signs import plain
    from gradcli.draw.forms.terminal import picture

    def drawn(columns: int | None, in_ascii: str | None, language: str) -> Any:
        scene.language = language
        return picture(scene, columns, in_ascii)

    def write_coloured(lines: Any, stream: TextIO) -> None:
        from gradcli.draw.forms.colours import write_coloured  # with Rich

        write_coloured(lines, stream)

    write_text(drawn, plain, write_coloured, scene.language, ascii_only, output)
