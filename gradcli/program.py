"""The program `gradcli`: finds the command, and turns every failure into one message and an exit code."""

import errno
import gc
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

import click

from gradcli import __version__
from gradcli.commands import languages
from gradcli.commands.common import say_to_stderr, stdout, to_stderr, width_of
from gradcli.interrupts import INTERRUPTED, ignore_interrupts

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from gradcli.errors import GradcliError

_HELP = "gradcli.help"  # the key of the context that says that `help` stands first

# In the order of the help. Each is a module of gradcli.commands, imported when it is needed.
COMMANDS = (
    "eval", "draw", "plot", "diff", "compare", "check", "export", "batch", "worksheet", "guide", "functions"
)  # fmt: skip


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
        """An expression that begins with a minus is no option; `help COMMAND` is `COMMAND --help`."""
        asked, args = ([], args) if ctx.resilient_parsing else _parted(args)
        args = args or (["--help"] if asked else [])
        name = args[0] if args else ""
        if name == "help":
            args = args[1:] if ctx.resilient_parsing else [*args[1:], "--help"]
            ctx.meta[_HELP] = True
        if name.startswith("-") and not name.startswith("--") and len(name) > len("-h") and not ctx.resilient_parsing:
            raise _unknown_command(args[0])
        return super().parse_args(ctx, [*asked, *args])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """The commands, and at first `help`, which stands before the name of one."""
        from click.shell_completion import CompletionItem

        from gradcli.commands.help import said

        found = super().shell_complete(ctx, incomplete)
        is_asked = "help".startswith(incomplete) and not ctx.meta.get(_HELP)
        return [*found, CompletionItem("help", help=said("help.help"))] if is_asked else found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """A name that is no command gets a suggestion; an expression is told that `eval` is missing."""
        if args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise _unknown_command(args[0], is_help=_HELP in ctx.meta)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """In the reader's language."""
        from gradcli.commands.help import write_help

        write_help(self, ctx, formatter)

    examples = (
        'gradcli eval "a*x + b*y" --at a=2,x=3,b=4,y=5 --trace',
        'gradcli eval "relu(a*x)" --at a=2,x=3 --json',
        "gradcli functions",
    )


def _parted(args: list[str]) -> tuple[list[str], list[str]]:
    """The language that is asked for before a command is named, and the other words."""
    size = 0
    while size < len(args) and args[size].partition("=")[0] == "--lang":
        size += 1 if "=" in args[size] else 2
    if size > len(args):
        from gradcli.errors import GradcliError

        raise GradcliError("option-without-value", {"option": "--lang"}, source="option")
    return args[:size], args[size:]


def _unknown_command(name: str, is_help: bool = False) -> Exception:
    from gradcli.commands.usage import unknown_command

    options = [option for parameter in gradcli.params for option in parameter.opts]
    return unknown_command(name, COMMANDS, [] if is_help else [*options, "--help"], is_help)


@click.group("gradcli", cls=Commands, context_settings={"help_option_names": ["--help", "-h"]})
@click.version_option(__version__, message="gradcli %(version)s", help="help.version")
@languages.option()
def gradcli(lang: str | None) -> None:
    """Gradients by computational graph, shown step by step."""


def run() -> None:
    """Run the program with the arguments of the process, and exit."""
    gc.disable()  # one command, then the process ends
    if "_GRADCLI_COMPLETE" in os.environ:
        import_module("gradcli.commands.completion")  # which knows bash's words
        gradcli.main(prog_name="gradcli")
    code = _run(_typed())
    ignore_interrupts()
    # Nothing is left to do; what the interpreter would still flush has been flushed, or cannot be.
    sys.stdout = sys.stderr = None
    sys.exit(code)


def _typed() -> list[str]:
    """The arguments of the process as UTF-8 text, whatever encoding the locale has."""
    return [os.fsencode(argument).decode("utf-8", "surrogateescape") for argument in sys.argv[1:]]


def _run(arguments: list[str]) -> int:
    # The options as the command reads them; as long as there is none, what follows each word may be its value.
    given = dict(zip(arguments, [*arguments[1:], ""], strict=False))
    given |= dict(word.split("=", 1) for word in arguments if word.startswith("--lang="))
    code = _run_command(arguments, given)
    return _flush(given) or code


def _run_command(arguments: list[str], given: dict[str, str]) -> int:
    from gradcli.errors import GradcliError

    try:
        if sys.stdout is not None:
            stdout()  # what click writes, a help text, may have characters that its encoding has not
        with gradcli.make_context("gradcli", arguments or ["--help"], obj=given) as context:
            gradcli.invoke(context)
    except click.exceptions.Exit as exit_:
        if exit_.exit_code == 0 and sys.stdout is None:  # click drops a help text without a word
            return _output_failed(OSError(), given)
        return exit_.exit_code
    except click.ClickException as error:
        from gradcli.commands.usage import usage_error

        return _complain(usage_error(error), given)
    except GradcliError as error:
        return _complain(error, given)
    except KeyboardInterrupt:
        return INTERRUPTED
    except MemoryError:
        _complain(GradcliError("no-memory", source=None), given)
        return 1
    except OSError as error:
        return _output_failed(error, given)
    return 0


def _complain(error: "GradcliError", given: Mapping[str, str]) -> int:
    """Say what is wrong: as text or, where JSON is asked for, as JSON."""
    from gradcli.commands.languages import language_of, writable
    from gradcli.text import Characters

    language = writable(language_of(given), sys.stderr)
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    if "--json" in given or given.get("--format") == "json":
        to_stderr(error.as_json("ascii" if "--ascii" in given else encoding, language))
        return error.exit_code
    encoding = Characters.of(encoding, "--ascii" in given, language).letters
    room = width_of(sys.stderr)
    text = error.render(encoding, language) if room is None else error.render(encoding, language, room)
    say_to_stderr(f"gradcli: {text}", room)
    return error.exit_code


def _flush(given: Mapping[str, str]) -> int:
    """Write out what is buffered, as long as a failure can still be reported."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        return _output_failed(error, given)
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _output_failed(error: OSError, given: Mapping[str, str]) -> int:
    """A closed pipe ends quietly; anything else that cannot be written is one line."""
    from gradcli.errors import GradcliError, reason_of

    discard()
    if error.errno == errno.EPIPE:
        return 0
    facts = {"file": error.filename, **reason_of(error)}
    _complain(GradcliError("unwritable-output", facts, source="output"), given)
    return 1


def discard() -> None:
    """Point standard output nowhere, so that what is still buffered raises nothing at exit."""
    if sys.stdout is not None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
