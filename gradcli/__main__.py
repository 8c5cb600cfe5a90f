"""The program `gradcli`: finds the command, and turns every failure into one message and an exit code."""

import errno
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

import click

from gradcli import __version__
from gradcli.choices import FORMS
from gradcli.commands.common import to_stderr, write_examples

if TYPE_CHECKING:
    from gradcli.errors import GradcliError

# In the order of the help. Each is a module of gradcli.commands, imported when it is needed.
COMMANDS = ("eval", "draw", "diff", "compare", "check", "export", "guide", "functions")


MESSAGE_LENGTH = 200  # characters of a message that quotes what the user typed


class Commands(click.Group):
    """The group of all commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """In the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command's module."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"gradcli.commands.{cmd_name}").command
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """An expression that begins with a minus is no option."""
        name = args[0] if args else ""
        if name.startswith("-") and not name.startswith("--") and len(name) > len("-h") and not ctx.resilient_parsing:
            raise _no_command(args[0])
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """A name that is no command gets a suggestion; an expression is told that `eval` is missing."""
        if args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise _no_command(args[0])
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples first."""
        write_examples(formatter, self.examples)
        super().format_help(ctx, formatter)

    examples = (
        'gradcli eval "a*x + b*y" --at a=2,x=3,b=4,y=5 --trace',
        'gradcli eval "relu(a*x)" --at a=2,x=3 --json',
        "gradcli functions",
    )


def _no_command(name: str) -> click.UsageError:
    from gradcli.language.suggestions import nearest
    from gradcli.text import quote

    if name == "help":
        return click.UsageError("'help' is no command; for help: gradcli --help, or gradcli eval --help")
    close = nearest(name, list(COMMANDS)) if name.isalpha() else ""
    hint = f"did you mean {quote(close)}?" if close else f"to evaluate it: gradcli eval {quote(name)}"
    return click.UsageError(f"{quote(name)} is no command; {hint}")


@click.group("gradcli", cls=Commands)
@click.version_option(__version__, message="gradcli %(version)s")
def gradcli() -> None:
    """Gradients by computational graph, shown step by step."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program and exit: 0 done, 1 the mathematics or output failed, 2 the input is wrong, 130 interrupted."""
    gc.disable()  # one command, then the process ends
    if "_GRADCLI_COMPLETE" in os.environ:
        gradcli.main(prog_name="gradcli")
    code = _run(_typed() if arguments is None else list(arguments))
    code = _flush() or code
    # Nothing is left to do; what the interpreter would still flush has been flushed, or cannot be.
    sys.stdout = sys.stderr = None
    sys.exit(code)


def _typed() -> list[str]:
    """The arguments of the process as UTF-8 text, whatever encoding the locale has."""
    return [os.fsencode(argument).decode("utf-8", "surrogateescape") for argument in sys.argv[1:]]


def _run(arguments: list[str]) -> int:
    from gradcli.errors import GradcliError

    try:
        with gradcli.make_context("gradcli", arguments or ["--help"]) as context:
            gradcli.invoke(context)
    except click.exceptions.Exit as exit_:
        if exit_.exit_code == 0 and sys.stdout is None:  # click drops a help text without a word
            return _output_failed(OSError("standard output is closed"))
        return exit_.exit_code
    except click.ClickException as error:
        return _complain(GradcliError(_usage(error)))
    except GradcliError as error:
        return _complain(error)
    except KeyboardInterrupt:
        return 130
    except MemoryError:
        to_stderr("gradcli: there is not enough memory for this")
        return 1
    except OSError as error:
        return _output_failed(error)
    return 0


def _complain(error: "GradcliError") -> int:
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    to_stderr(f"gradcli: {error.render(encoding)}")
    return error.exit_code


def _usage(error: click.ClickException) -> str:
    """Click's message in our form: one line, lower case, with a suggestion."""
    from gradcli.language.suggestions import nearest
    from gradcli.text import quote

    if isinstance(error, click.NoSuchOption):
        if error.option_name in ("-h", "-help"):
            return f"no such option {error.option_name}; did you mean --help?"
        options = [name for parameter in error.ctx.command.params for name in parameter.opts] if error.ctx else []
        if error.option_name.removeprefix("--") in FORMS and "--format" in options:
            return f"no such option {error.option_name}; did you mean --format {error.option_name[2:]}?"
        near = nearest(error.option_name.lstrip("-"), [option.lstrip("-") for option in options])
        hint = f"; did you mean --{near}?" if near else ""
        return f"no such option {quote(error.option_name)[1:-1]}{hint}"
    if isinstance(error, click.MissingParameter) and error.param is not None and error.param.name == "expression":
        examples = getattr(error.ctx.command if error.ctx else None, "examples", ())
        return f"no expression is given; for example: {examples[0]}" if examples else "no expression is given"
    message = " ".join(error.format_message().split()).rstrip(".").removesuffix(" range")
    if "GRADCLI_LANG" in os.environ and "--lang" not in sys.argv:
        message = message.replace("'--lang'", "the environment variable GRADCLI_LANG")
    if len(message) > MESSAGE_LENGTH:
        message = f"{message[:MESSAGE_LENGTH]}…"
    return message[:1].lower() + message[1:]


def _flush() -> int:
    """Write out what is buffered, as long as a failure can still be reported."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        return _output_failed(error)
    except KeyboardInterrupt:
        return 130
    return 0


def _output_failed(error: OSError) -> int:
    """A closed pipe ends quietly; anything else that cannot be written is one line."""
    discard()
    if error.errno == errno.EPIPE:
        return 0
    to_stderr(f"gradcli: cannot write the output: {error.strerror or error}")
    return 1


def discard() -> None:
    """Point standard output nowhere, so that what is still buffered raises nothing at exit."""
    if sys.stdout is not None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())


if __name__ == "__main__":
    main()
