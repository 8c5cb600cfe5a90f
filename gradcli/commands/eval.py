"""`gradcli eval`: value and gradient at a point, with the tables of both passes on request."""

from typing import TYPE_CHECKING, Any

import click

from gradcli.choices import CHAINS
from gradcli.commands.arguments import SHORT, TYPED
from gradcli.commands.common import (
    expression_command,
    finish,
    is_quiet,
    number_options,
    output_options,
    print_report,
    refuse_with,
)
from gradcli.commands.question import Question
from gradcli.frozen import Frozen
from gradcli.report.output import Output

if TYPE_CHECKING:
    from gradcli.trace.arrays.tracing import ArrayTrace
    from gradcli.trace.tracing import Trace


@expression_command(
    "eval",
    examples=(
        'gradcli eval "a*x + b*y" --at a=2,x=3,b=4,y=5 --trace',
        'gradcli eval "relu(a*x)" --at a=-2,x=3 --wrt a --json',
        "gradcli eval @model.txt --at @parameters.json",
    ),
)
@click.option("--trace", "with_trace", is_flag=True, help="help.trace")
@click.option(
    "--chain",
    type=click.Choice(CHAINS),
    default="auto",
    help="help.chain",
)
@click.option("--explain", is_flag=True, help="help.explain")
@click.option("--paths", is_flag=True, help="help.paths")
@click.option("--open", "opened", metavar="NAME", multiple=True, help="help.open")
@click.option("--digits", type=int, metavar="N", help="help.eval.digits")
@click.option("--fractions", is_flag=True, help="help.eval.fractions")
@number_options
@output_options
def command(
    question: Question,
    with_trace: bool,
    chain: str,
    explain: bool,
    paths: bool,
    opened: tuple[str, ...],
    digits: int | None,
    fractions: bool,
    kink: str,
    strict: bool,
    allow_nonfinite: bool,
    output: Output,
) -> None:
    """Evaluate EXPRESSION and its gradient at a point."""
    opened = tuple(name.strip() for text in opened for name in text.split(","))
    form = _TraceForm(chain, explain, paths, opened) if with_trace or explain or paths or opened else None
    if fractions:
        refuse_with("fractions", {"--digits": digits is not None, "--allow-nonfinite": allow_nonfinite})
    if digits is not None:
        refuse_with("digits", {"--kink": kink != "branch", "--allow-nonfinite": allow_nonfinite})
        _with_digits(question, digits, form, strict, output)
        return
    from gradcli.engine.answer import Answer
    from gradcli.errors import MathError

    graph = question.graph()
    is_meant = question.expression not in SHORT  # where `-h` may be the option
    if form and not question.at and graph.variables and is_meant:
        _without_point(question, graph, form, output)
        return
    if fractions:
        _with_fractions(question, graph, kink, form, strict, output)
        return
    point = question.point(graph)
    try:
        result = Answer.of(graph, point, question.targets(), kink, allow_nonfinite)
    except MathError as error:
        from gradcli.engine.certified.correct import with_value

        raise with_value(error, graph, point) from None
    known, trace = None, form.trace(result.evaluation) if form else None
    if uncertainties := question.uncertainties(graph):
        from gradcli.engine.uncertainty import spread

        known = spread(result, uncertainties)

    def facts(language: str) -> dict[str, Any]:
        found = result.as_dict(language)
        if known is not None:
            notes = [*found.pop("notes"), *(note.as_dict(language) for note in known.notes)]
            found |= known.as_dict() | {"notes": notes}
        return found | ({} if trace is None else _trace_facts(trace, language))

    noted = result.notes + (known.notes if known else ())
    notes = () if is_quiet() else noted
    is_for_people = print_report(output, facts, "result", result, trace, notes, known)
    are_shown = trace is not None and is_for_people
    succeeded = result.is_finite or allow_nonfinite
    finish(noted, succeeded=succeeded, strict=strict, are_shown=are_shown, output=output)


class _TraceForm(Frozen):
    """How a trace is asked for."""

    chain: str
    explain: bool
    paths: bool
    opened: tuple[str, ...]

    def trace(self, here: Any) -> "Trace | ArrayTrace":
        """The trace of both passes."""
        if here.graph.arrays is not None:
            from gradcli.trace.arrays.tracing import ArrayTrace

            return ArrayTrace(here, self.chain, self.explain, self.paths, self.opened)
        from gradcli.trace.tracing import Trace

        return Trace(here, self.chain, self.explain, self.paths, self.opened)


def _trace_facts(trace: "Trace | ArrayTrace", language: str) -> dict[str, Any]:
    """What JSON has of a trace."""
    from gradcli.report.explained import plain

    return {"trace": trace.as_dict(plain(language))}


def _without_point(question: Question, graph: Any, form: _TraceForm, output: Output) -> None:
    """Both tables without numbers, and nothing else on standard output."""
    from gradcli.commands.usage import with_values
    from gradcli.engine.binding import targets_of
    from gradcli.engine.notes import Note, information
    from gradcli.language.names import output_name
    from gradcli.trace.passes import WithoutPoint

    trace = form.trace(WithoutPoint(graph, targets_of(graph, question.targets()).values()))
    notes = information(graph)
    if without := trace.without_gradient():
        notes.append(Note("no-gradient", {"names": without}))
    context = click.get_current_context()
    command = with_values(context, context.meta[TYPED], list(graph.variables), graph.text)
    notes.append(Note("no-point", {}, {"command": command}))

    def facts(language: str) -> dict[str, Any]:
        return {
            "expression": graph.text,
            "output": output_name(graph),
            "notes": [note.as_dict(language) for note in notes],
            **_trace_facts(trace, language),
        }

    print_report(output, facts, trace.view, trace)
    finish(notes, succeeded=True, output=output)


def _with_digits(question: Question, digits: int, form: _TraceForm | None, strict: bool, output: Output) -> None:
    """The same with so many correct digits; a trace has them too."""
    graph = question.graph()
    point, targets, trace = question.exact_point(graph), question.targets(), None
    if question.uncertainties(graph):
        refuse_with("digits", {"±": True})
    if form is None:
        from gradcli.engine.certified.correct import with_digits

        result = with_digits(graph, point, digits, targets)
    else:
        from gradcli.engine.certified.traced import traced

        result, here = traced(graph, point, digits, targets)
        trace = form.trace(here)

    _print_certified(result, trace, strict, output)


def _with_fractions(
    question: Question, graph: Any, kink: str, form: "_TraceForm | None", strict: bool, output: Output
) -> None:
    """The same in fractions; with a `form` those of the trace too."""
    from gradcli.engine.certified.fractions import with_fractions

    point, targets = question.exact_point(graph), question.targets()
    if question.uncertainties(graph):
        refuse_with("fractions", {"±": True})
    result = with_fractions(graph, point, targets, kink)
    _print_certified(result, form.trace(result.passes) if form else None, strict, output)


def _print_certified(result: Any, trace: Any, strict: bool, output: Output) -> None:
    """An answer in digits or fractions."""

    def facts(language: str) -> dict[str, Any]:
        found: dict[str, Any] = result.as_dict(language)
        return found | ({} if trace is None else _trace_facts(trace, language))

    notes = () if is_quiet() else result.notes
    is_for_people = print_report(output, facts, "certified", result, trace, notes)
    are_shown = trace is not None and is_for_people
    finish(result.notes, succeeded=result.is_settled, strict=strict, are_shown=are_shown, output=output)
