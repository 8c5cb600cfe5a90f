"""What the commands share: how the expression and the point are given, how output is chosen, how messages look."""

import os
import re
import sys
from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple, TextIO, TypeVar

import click

from gradcli.choices import FORMS, KINK_RULES, LANGUAGES, MOST_NOTES

F = TypeVar("F", bound=Callable[..., Any])


class ExpressionCommand(click.Command):
    """A command whose help begins with examples, and whose arguments may begin with a minus (`-x^2`).

    There are no one-letter options, so a single `-` never begins one.
    """

    def __init__(self, *args: Any, examples: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.sort(key=lambda parameter: parameter.name == "max_length")  # of the least use, so last in the help
        self.examples = examples

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Move the arguments behind `--`, so that click takes none for an option."""
        takes_value = {
            name
            for parameter in self.params
            if isinstance(parameter, click.Option) and not parameter.is_flag
            for name in parameter.opts
        }
        options: list[str] = []
        arguments: list[str] = []
        rest = iter(args)
        for argument in rest:
            if argument == "--":
                arguments.extend(rest)
            elif argument.startswith("--"):
                options.append(argument)
                if argument in takes_value:
                    value = next(rest, None)
                    if value is not None:
                        options.append(value)
                    elif ctx.resilient_parsing:  # a shell asks how to complete the value
                        options.pop()
                    else:
                        raise click.UsageError(f"option {argument} needs a value", ctx)
            else:
                arguments.append(argument)
        known = {name for parameter in self.get_params(ctx) for name in parameter.opts}
        takes_one = any(isinstance(parameter, click.Argument) and parameter.nargs == 1 for parameter in self.params)
        misspelt = any(option.startswith("--") and option.partition("=")[0] not in known for option in options)
        if takes_one and len(arguments) > 1 and not misspelt and not ctx.resilient_parsing:
            raise click.UsageError(_extra_argument(arguments, takes_value), ctx)
        return super().parse_args(ctx, [*options, "--", *arguments])

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples first."""
        write_examples(formatter, self.examples)
        super().format_help(ctx, formatter)


def _extra_argument(arguments: Sequence[str], options: Collection[str]) -> str:
    """What is wrong with several expressions: an option with one minus, a point in two words, missing quotes."""
    from gradcli.errors import quote

    for argument in arguments:
        if argument.startswith("-") and f"-{argument}" in options:
            return f"no such option {argument}; did you mean -{argument}?"
    extra = arguments[1]
    hint = "the expression is one argument, so put it in quotes"
    if re.fullmatch(r"\w+=.*", extra):
        hint = "the values of a point are one argument, as --at a=2,x=3"
    return f"got unexpected extra argument {quote(extra)}; {hint}"


def write_examples(formatter: click.HelpFormatter, examples: Sequence[str]) -> None:
    """The section with which every help begins."""
    with formatter.section("Examples"):
        for example in examples:
            formatter.write(f"{'':>{formatter.current_indent}}{example}\n")
    formatter.write_paragraph()


def expression_argument(function: F) -> F:
    """EXPRESSION, and the limit on its length."""
    function = click.option(
        "--max-length", type=click.IntRange(min=1), metavar="N", help="Refuse a longer expression [2000000 characters]."
    )(function)
    return click.argument("expression", metavar="EXPRESSION")(function)


def point_options(function: F) -> F:
    """--at and --wrt."""
    function = click.option(
        "--wrt", multiple=True, metavar="NAMES", help="What requires a gradient, as a,b [all variables]."
    )(function)
    return click.option(
        "--at",
        multiple=True,
        metavar="VALUES",
        help="The point, as a=2,x=pi/4; @FILE or - reads a JSON object of numbers. May be repeated.",
    )(function)


def number_options(function: F) -> F:
    """--kink, --strict and --allow-nonfinite."""
    for option in (
        click.option("--allow-nonfinite", is_flag=True, help="Go on with infinities and NaN (IEEE 754)."),
        click.option("--strict", is_flag=True, help="Exit with 1 if there is any note, at a kink for example."),
        click.option(
            "--kink",
            type=click.Choice(KINK_RULES),
            default="branch",
            help="The slope at a kink: of the branch taken, or the subgradient of smallest norm [branch].",
        ),
    ):
        function = option(function)
    return function


def output_options(function: F) -> F:
    """--format, --json, --lang and --ascii."""
    for option in (
        click.option("--ascii", "ascii_only", is_flag=True, help="Write no character outside ASCII."),
        click.option(
            "--lang",
            type=click.Choice(LANGUAGES),
            default="en",
            envvar="GRADCLI_LANG",
            help="The language of words [en].",
        ),
        click.option("--json", "as_json", is_flag=True, help="Short for --format json."),
        click.option("--format", "form", type=click.Choice(FORMS), help="The form of the output [table]."),
    ):
        function = option(function)
    return function


class Output(NamedTuple):
    """How and where a command prints."""

    form: str
    language: str
    ascii_only: bool
    stream: TextIO

    @property
    def ascii_json(self) -> bool:
        """Whether JSON has to escape what is not ASCII."""
        return self.ascii_only or (self.stream.encoding or "").lower().replace("-", "") != "utf8"


def output_of(form: str | None, as_json: bool, lang: str, ascii_only: bool) -> Output:
    """The choice that the output options make."""
    if as_json and form not in (None, "json"):
        raise click.UsageError(f"--json and --format {form} cannot go together")
    from gradcli.errors import encodable
    from gradcli.words import word

    chosen, stream = "json" if as_json else form or "table", stdout()
    # Words in ASCII, or in an encoding without Japanese, are English words.
    in_english = ascii_only or not encodable(word("node", "ja"), stream.encoding or "utf-8")
    return Output(chosen, "en" if in_english else lang, ascii_only, stream)


def stdout() -> TextIO:
    """Standard output, which may be closed; characters that its encoding has not are escaped."""
    if sys.stdout is None:
        raise OSError("standard output is closed")
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    return sys.stdout


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


def read_expression(expression: str, max_length: int | None) -> Any:
    """The graph of the expression: the text itself, `-` for standard input, `@FILE` for a file."""
    from gradcli.errors import GradcliError
    from gradcli.parser import MAX_LENGTH, parse

    typed = expression
    if expression == "-":
        expression = _read_stdin("the expression")
    elif expression.startswith("@"):
        expression = _read_file(expression[1:])
    try:
        return parse(expression, max_length or MAX_LENGTH)
    except GradcliError as error:
        if _is_file(typed):
            error.message += f"; to read the file write @{typed}"
        raise


def read_point(graph: Any, at: Sequence[str], expression: str) -> dict[str, float]:
    """The point of all --at options; names that do not occur in the expression are passed over in JSON alone."""
    from gradcli.errors import GradcliError
    from gradcli.point import Point

    point = Point(graph)
    for text in at:
        if text == "-":
            if expression == "-" or list(at).count("-") > 1:
                raise GradcliError("standard input can be read once: for the expression or for one --at")
            point.add_json(_read_stdin("--at"))
        elif text.startswith("@"):
            point.add_json(_read_file(text[1:]))
        elif _is_file(text) or text.lstrip().startswith("{"):
            what = "the file write --at" if _is_file(text) else "JSON write --at - or --at"
            raise GradcliError(f"--at takes name=value pairs; to read {what} @{text if _is_file(text) else 'FILE'}")
        else:
            point.add_text(text)
    return point.finish()


def read_wrt(wrt: Sequence[str]) -> list[str] | None:
    """The names of all --wrt options, or None if there is none."""
    from gradcli.errors import GradcliError

    if not wrt:
        return None
    names = [name.strip() for text in wrt for name in text.split(",")]
    if not all(names):
        raise GradcliError("--wrt takes names separated by commas, as a,b")
    return names


def note_no_variable() -> None:
    """Say why there is no result."""
    to_stderr("note: the expression has no variable, so there is nothing to derive for")


def _is_file(text: str) -> bool:
    """Whether what was typed is the name of a file, whose `@` may have been forgotten."""
    try:
        return os.path.isfile(text)
    except ValueError:  # a null character
        return False


def _read_stdin(what: str) -> str:
    from gradcli.errors import GradcliError

    if sys.stdin is None:
        raise GradcliError(f"standard input is closed; {what} cannot be read from it")
    return _decoded(sys.stdin.buffer.read(), "standard input")


def _read_file(path: str) -> str:
    from gradcli.errors import GradcliError, quote

    try:
        with open(path.encode("utf-8", "surrogateescape"), "rb") as file:
            return _decoded(file.read(), quote(path))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such name is possible"
        raise GradcliError(f"cannot read {quote(path)}: {reason}") from None


def _decoded(data: bytes, where: str) -> str:
    from gradcli.errors import GradcliError

    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = error.start
        raise GradcliError(f"{where} is not UTF-8 text: byte \\x{data[place]:02x} at offset {place}") from None


def finish(ctx: click.Context, notes: Sequence[Any], strict: bool, finite: bool, are_shown: bool = False) -> None:
    """Write the notes to standard error, and set the exit code.

    A reader who has the notes on the screen already (`are_shown`, on the terminal) does not get them twice.
    """
    if sys.stdout is not None:
        sys.stdout.flush()  # first the result, then what there is to say of it
    twice = are_shown and all(stream is not None and stream.isatty() for stream in (sys.stdout, sys.stderr))
    for note in () if twice else notes[:MOST_NOTES]:
        to_stderr(f"note: {note.message}")
    if len(notes) > MOST_NOTES and not twice:
        to_stderr(f"note: and {len(notes) - MOST_NOTES} more; --json has them all")
    if not finite or (strict and notes):
        ctx.exit(1)
