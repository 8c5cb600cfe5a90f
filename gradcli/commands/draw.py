"""`gradcli draw`: the computational graph as a picture, in the terminal or in a file."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TextIO

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
    refuse_with,
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
@click.option("--elements", is_flag=True, help="help.draw.elements")
@click.option("--binary", is_flag=True, help="help.binary")
@click.option("--step", type=click.IntRange(min=0), metavar="N", help="help.step")
@click.option("--quiz", is_flag=True, help="help.quiz")
@click.option("--fractions", is_flag=True, help="help.draw.fractions")
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
    elements: bool,
    binary: bool,
    step: int | None,
    quiz: bool,
    fractions: bool,
    scale: float,
    max_nodes: int | None,
    kink: str,
    strict: bool,
    allow_nonfinite: bool,
    lang: str,
    ascii_only: bool,
) -> None:
    """Draw EXPRESSION as a computational graph: values forward, gradients backward."""
    from gradcli.draw.scene import MAX_NODES, check_size
    from gradcli.engine.binding import targets_of

    chosen = form or form_of(output, ENDINGS)
    _check_form(chosen, quiz)
    graph = question.graph()
    drawn = graph if elements or graph.arrays is None else graph.arrays.program
    given = bool(question.at) or not graph.variables
    if fractions:
        refuse_with("fractions", {"--allow-nonfinite": allow_nonfinite}, given or quiz)
    _check_terminal(chosen, output)
    names = question.targets()
    targets_of(graph, names)
    point: Any = question.exact_point(graph) if fractions else question.point(graph)
    if chosen not in UNLIMITED:
        check_size(drawn, max_nodes or MAX_NODES)
    asked = [] if forward_only else names  # without a way back nothing is to be said of the gradient
    result = _answer(graph, point, asked, kink, allow_nonfinite, fractions) if given else None
    scene = _scene(
        graph,
        None if quiz else result,
        names,
        is_of_arrays=drawn is not graph,
        title=title,
        language=lang,
        repeat={"terminal": True, "dot": False, "mermaid": False}.get(chosen),
        numbers=True if chosen == "html" else None,
        forward_only=forward_only,
        binary=binary,
        direction=direction,
    )
    questions = _quiz(graph, names, result.point if result else {}, scene) if quiz else None
    if step is not None:
        _go_to(scene, step, chosen)
    if chosen == "terminal":
        _write_terminal(scene, output, ascii_only)
    else:
        picture = _Picture(scene, theme, scale, graph, kink, names, questions, fractions)
        write_bytes(_chunks(chosen, picture, ascii_only), output)
    succeeded = result is None or result.is_finite or allow_nonfinite
    notes = [*_notes(chosen, scene), *(result.notes if result else ())]
    finish(notes, succeeded=succeeded, strict=strict, language=lang)


def _scene(graph: Any, result: Any, names: Any, *, is_of_arrays: bool, numbers: bool | None, **asked: Any) -> Any:
    """The scene of a graph of numbers, or of the operations on its arrays."""
    if is_of_arrays:
        from gradcli.draw.arrays import array_scene

        return array_scene(graph, result, names, numbers=numbers, **asked)
    from gradcli.draw.scene import make_scene

    return make_scene(graph, result, names, numbers=numbers, **asked)


def _go_to(scene: Any, step: int, form: str) -> None:
    """Show the scene as it is after so many steps; a page begins there, and goes on."""
    from gradcli.draw.steps import check_step, show_step

    check_step(scene, step)
    scene.step = step
    if form != "html":
        show_step(scene)


def _check_form(form: str, quiz: bool) -> None:
    """Refuse a quiz that is no page."""
    from gradcli.errors import GradcliError

    if quiz and form != "html":
        raise GradcliError("quiz-needs-page", source="option")


def _check_terminal(form: str, output: str | None) -> None:
    """Refuse to write the bytes of a PNG into a terminal."""
    from gradcli.errors import GradcliError

    if form == "png" and output in (None, "-") and sys.stdout is not None and sys.stdout.isatty():
        raise GradcliError("png-in-terminal", source="option")


def _answer(graph: Any, point: Any, wrt: list[str] | None, kink: str, allow_nonfinite: bool, fractions: bool) -> Any:
    """Value and gradient in doubles or fractions."""
    if fractions:
        from gradcli.engine.certified.fractions import with_fractions

        return with_fractions(graph, point, wrt, kink)
    from gradcli.engine.answer import Answer

    return Answer.of(graph, point, wrt, kink, allow_nonfinite)


class _Picture(NamedTuple):
    """What is written into a file, and how; the last five are asked by a page alone."""

    scene: Any
    theme: str
    scale: float
    graph: Any
    kink: str
    wrt: list[str] | None
    quiz: Any
    fractions: bool


def _quiz(graph: Any, names: list[str] | None, point: Mapping[str, float], scene: Any) -> Any:
    """The quiz over numbers or arrays, at the point and others."""
    from gradcli.draw.forms.quiz import Quiz, points_for
    from gradcli.engine.binding import targets_of

    of = Quiz
    if scene.arrays is not None:
        from gradcli.draw.forms.array_page import check_asked
        from gradcli.draw.forms.array_quiz import ArrayQuiz

        check_asked(graph, scene)
        of = ArrayQuiz
    return of(points_for(graph, list(targets_of(graph, names).values()), point))


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


def _chunks(form: str, picture: _Picture, ascii_only: bool) -> Iterable[bytes]:
    """The bytes of a picture's file, in parts."""
    if form == "png":
        from gradcli.draw.forms.png import png

        return [png(picture.scene, picture.theme, picture.scale)]
    lines = _lines(form, picture)
    return (line.encode() for line in lines) if not ascii_only else (_in_ascii(form, line) for line in lines)


def _lines(form: str, picture: _Picture) -> Iterable[str]:
    """A picture that is written as text, in parts."""
    scene, theme = picture.scene, picture.theme
    if form == "svg":
        from gradcli.draw.forms.svg import svg

        return [svg(scene, theme)]
    if form == "html" and scene.arrays is not None:
        from gradcli.draw.forms.array_page import array_page

        return [array_page(scene, picture.graph, theme, picture.wrt, picture.kink, picture.fractions, picture.quiz)]
    if form == "html":
        from gradcli.draw.forms.page import page

        return [page(scene, picture.kink, theme, picture.wrt, picture.quiz, picture.fractions)]
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

    def drawn(columns: int | None, characters: Any, language: str) -> Any:
        scene.language = language
        return picture(scene, columns, characters)

    def write_coloured(lines: Any, stream: TextIO) -> None:
        from gradcli.draw.forms.colours import write_coloured  # with Rich

        write_coloured(lines, stream)

    write_text(drawn, plain, write_coloured, scene.language, ascii_only, output)
