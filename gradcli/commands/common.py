"""What the commands share: their options, how output is chosen, how messages look."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from math import isnan
from typing import Any, TextIO, TypeVar

import click

from gradcli.choices import FORMS, KINK_RULES
from gradcli.commands import languages
from gradcli.commands.arguments import ExpressionCommand
from gradcli.commands.question import Question
from gradcli.report.output import Output, Report

F = TypeVar("F", bound=Callable[..., Any])


class InRange(click.FloatRange):
    """A number of a range, in which there is no NaN."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number; fails outside of the range."""
        number = super().convert(value, param, ctx)
        if isnan(number):
            self.fail(str(number), param, ctx)
        return number


def completed(kind: str) -> Callable[[click.Context, click.Parameter, str], list[Any]]:
    """What completes a value, by a function of `completion`, which is loaded when a shell asks."""

    def complete(context: click.Context, parameter: click.Parameter, typed: str) -> list[Any]:
        from gradcli.commands import completion

        found: list[Any] = getattr(completion, kind)(context, parameter, typed)
        return found

    return complete


def expression_command(
    name: str, *, examples: Sequence[str], is_optional: bool = False
) -> Callable[[Callable[..., None]], click.Command]:
    """A command about EXPRESSION: its function gets that, --at, --wrt and --max-length as a `Question`.

    It has --quiet besides, which only what writes notes looks at. Where EXPRESSION `is_optional`, the question without
    one is None.
    """

    def decorate(function: Callable[..., None]) -> click.Command:
        @wraps(function)
        def command(
            expression: str | None,
            max_length: int | None,
            at: tuple[str, ...],
            wrt: tuple[str, ...],
            shape: tuple[str, ...],
            max_scalars: int | None,
            quiet: bool,  # noqa: ARG001
            **options: Any,
        ) -> None:
            asked = Question(expression, max_length, at, wrt, shape, max_scalars) if expression is not None else None
            function(asked, **options)

        for parameter in (
            click.option(
                "--max-length",
                type=click.IntRange(min=1),
                metavar="N",
                help="help.max-length",
            ),
            click.option("--max-scalars", type=click.IntRange(min=1), metavar="N", help="help.max-scalars"),
            click.option("--shape", multiple=True, metavar="SHAPES", help="help.shape"),
            click.option("--quiet", "-q", is_flag=True, help="help.quiet"),
            click.option(
                "--wrt",
                multiple=True,
                metavar="NAMES",
                help="help.wrt",
                shell_complete=completed("names"),
            ),
            click.option(
                "--at",
                multiple=True,
                metavar="VALUES",
                help="help.at",
                shell_complete=completed("point"),
            ),
            click.argument(
                "expression",
                metavar="[EXPRESSION]" if is_optional else "EXPRESSION",
                required=not is_optional,
                shell_complete=completed("expression"),
            ),
        ):
            command = parameter(command)
        return click.command(name, cls=ExpressionCommand, examples=examples)(command)

    return decorate


def not_empty(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:  # noqa: ARG001
    """The name of a file; raises `GradcliError` for an empty one."""
    if value == "":
        from gradcli.errors import GradcliError

        raise GradcliError("option-without-value", {"option": parameter.opts[0]}, source="option")
    return value


output_option = click.option(
    "--output", "-o", metavar="FILE", callback=not_empty, shell_complete=completed("any_file"), help="help.output"
)
json_option = click.option("--json", "as_json", is_flag=True, help="help.json")
ascii_option = click.option("--ascii", "ascii_only", is_flag=True, help="help.ascii")
lang_option = languages.option(callback=lambda context, _parameter, _value: languages.spoken(context))


strict_option = click.option("--strict", is_flag=True, help="help.strict")
kink_option = click.option("--kink", type=click.Choice(KINK_RULES), default="branch", help="help.kink")


def number_options(function: F) -> F:
    """--kink, --strict and --allow-nonfinite."""
    for option in (
        click.option("--allow-nonfinite", is_flag=True, help="help.allow-nonfinite"),
        strict_option,
        kink_option,
    ):
        function = option(function)
    return function


def refuse_with(kind: str, others: Mapping[str, bool], has_point: bool = True) -> None:
    """Raise `GradcliError` for --digits or --fractions (`kind`) beside an option that is given and has no meaning then,
    or without a point.
    """
    from gradcli.errors import GradcliError

    for option, is_given in others.items():
        if is_given:
            facts = {"option": option}
            raise GradcliError(
                "digits-with-option" if kind == "digits" else "fractions-with-option", facts, source="option"
            )
    if not has_point:
        raise GradcliError("digits-without-point" if kind == "digits" else "fractions-without-point", source="option")


def output_options(function: Callable[..., None]) -> Callable[..., None]:
    """--format, --json, --lang and --ascii, which the command's function gets as one `output`."""

    @wraps(function)
    def command(*arguments: Any, form: str | None, as_json: bool, lang: str, ascii_only: bool, **options: Any) -> None:
        function(*arguments, output=output_of(form, as_json, lang, ascii_only), **options)

    for option in (
        ascii_option,
        lang_option,
        json_option,
        click.option("--format", "-f", "form", type=click.Choice(FORMS), help="help.format"),
    ):
        command = option(command)
    return command


def form_asked(form: str | None, as_json: bool) -> str | None:
    """What --format and --json ask for, if they do."""
    if as_json and form not in (None, "json"):
        from gradcli.errors import GradcliError

        raise GradcliError("json-and-format", {"form": form}, source="option")
    return "json" if as_json else form


def output_of(form: str | None, as_json: bool, lang: str, ascii_only: bool) -> Output:
    """What --format, --json, --lang and --ascii ask for, to standard output."""
    chosen, stream = form_asked(form, as_json) or "table", stdout()
    language = languages.writable(lang, stream)
    return Output(chosen, language, ascii_only, stream, lambda note: tell(note, language))


def stdout() -> TextIO:
    """Standard output, which may be closed; characters that its encoding has not are escaped."""
    if sys.stdout is None:
        raise OSError  # without a reason: the message says that it is closed
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    return sys.stdout


def write_bytes(chunks: Iterable[bytes], file: str | None = None) -> None:
    """Write to a file, or to standard output: what has an encoding of its own, whatever the stream's is."""
    if file is not None and file != "-":
        from gradcli.commands.files import write_file

        write_file(file, chunks)
        return
    stream = stdout()
    stream.flush()
    for chunk in chunks:
        stream.buffer.write(chunk)
        stream.buffer.flush()  # where rows come by a pipe, somebody waits for them


def width_of(stream: TextIO | None) -> int | None:
    """How many cells a line of a terminal has; None for what is no terminal."""
    if stream is None or not stream.isatty():
        return None
    from shutil import get_terminal_size

    return get_terminal_size().columns


def say_to_stderr(text: str, room: int | None) -> None:
    """A message in words on standard error: its first line is folded to so many cells, others are a source line."""
    if room is not None:
        from gradcli.text import LEAST_CELLS, folded

        message, *source = text.split("\n")
        text = "\n".join(["\n  ".join(folded(message, max(LEAST_CELLS, room - 2))), *source])
    to_stderr(text)


def to_stderr(text: str) -> None:
    """A message on standard error, if there is one."""
    stream = sys.stderr
    if stream is None:
        return
    try:
        encoded = text.encode(stream.encoding or "utf-8", "backslashreplace").decode(stream.encoding or "utf-8")
        stream.write(encoded + "\n")
        stream.flush()
    except OSError:
        pass  # nowhere to complain to


def print_report(
    output: Output, facts: Callable[[str], Any], view: str, *subject: Any, has_variable: bool = True
) -> bool:
    """Write what a view shows of its subject; in JSON the facts, made for the language of their messages.

    Where there is no variable a note says so: in JSON among the facts, otherwise on standard error. Say whether the
    form is one for people.
    """
    from gradcli.engine.notes import Note
    from gradcli.report.factory import blocks_of, write

    report = Report(blocks_of(view, *subject), lambda: facts(output.language))
    if has_variable:
        return write(report, output)
    note = Note("no-variable", {})
    is_for_people = write(report.noted(note.as_dict(output.language)), output)
    if not output.holds_notes:
        tell(note, output.language)
    return is_for_people


def is_quiet() -> bool:
    """Whether notes are not to be written."""
    return bool(click.get_current_context().params.get("quiet"))


def tell(note: Any, language: str = "en") -> None:
    """Write a note to standard error, unless it is not to be written."""
    if is_quiet():
        return
    from gradcli.text import Characters
    from gradcli.words.catalogue import say

    given = click.get_current_context()
    # Without a --kink of its own, a command names the one that has it.
    has_kink = any(parameter.name == "kink" for parameter in given.command.params)
    language = languages.writable(language, sys.stderr)
    message = note.text(language, "--kink" if has_kink else "gradcli eval --kink")
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    characters = Characters.of(encoding, bool(given.params.get("ascii_only")), language)
    say_to_stderr(characters.written(say("noted", language, message=message)), width_of(sys.stderr))


def finish(
    notes: Sequence[Any],
    *,
    succeeded: bool,
    strict: bool = False,
    are_shown: bool = False,
    output: Output | None = None,
    language: str = "en",
) -> None:
    """Write the notes to standard error, and exit with 1 if the command has not succeeded, or with `strict` on a note.

    They are in the output's language, or without an `output` in `language`. JSON has the notes itself. A reader who
    has them on the screen already (`are_shown`, on the terminal) does not get them twice.
    """
    if sys.stdout is not None:
        sys.stdout.flush()  # first the result, then what there is to say of it
    twice = are_shown and all(stream is not None and stream.isatty() for stream in (sys.stdout, sys.stderr))
    if notes and not twice and not (output and output.holds_notes):
        from gradcli.engine.notes import first_notes

        for note in first_notes(notes):
            tell(note, output.language if output else language)
    if not succeeded or (strict and not all(note.is_information for note in notes)):
        raise click.exceptions.Exit(1)
