"""What `--help` prints: examples first, and all texts from the catalogue, in the reader's language.

The help of an option is its code; that of a command has its name: `help.eval`, in the list of all commands
`help.short.eval`.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TextIO

import click

from gradcli.choices import LANGUAGES

if TYPE_CHECKING:
    _Base = click.Command
else:
    _Base = object  # it goes before click's own classes, of which it takes what it does not say itself


def language_of(given: Mapping[str, str]) -> str:
    """The language that the options given ask for, or else the environment; words in ASCII are English words."""
    language = given.get("--lang", os.environ.get("GRADCLI_LANG", ""))
    return LANGUAGES[0] if "--ascii" in given or language not in LANGUAGES else language


def writable(language: str, stream: TextIO | None) -> str:
    """The language, or English where the stream's encoding has not the letters of Japanese."""
    from gradcli.text import encodable
    from gradcli.words.catalogue import say

    encoding = getattr(stream, "encoding", None) or "utf-8"
    return language if language == "en" or encodable(say("label.node", language), encoding) else "en"


def said(code: str, **facts: Any) -> str:
    """What the catalogue says, in the language of the command line."""
    from gradcli.words.catalogue import say

    context = click.get_current_context(silent=True)
    language = language_of((context.obj if context else None) or {})
    return say(code, writable(language, sys.stdout), **facts)


class Helped(_Base):
    """A command with examples whose help comes from the catalogue."""

    examples: Sequence[str]

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002
        """What stands in the list of commands."""
        return said(f"help.short.{self.name}")

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples first."""
        with formatter.section(said("help.examples")):
            for example in self.examples:
                formatter.write(f"{'':>{formatter.current_indent}}{example}\n")
        formatter.write_paragraph()
        super().format_help(ctx, formatter)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line that says how it is called."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, f"{said('help.usage')}: ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """What the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(said(f"help.{self.name}"))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, and of a group its commands."""
        own = self.get_help_option(ctx)
        rows = [
            _row(ctx, option, "help.help" if option is own else option.help or "")
            for option in self.get_params(ctx)
            if isinstance(option, click.Option)
        ]
        with formatter.section(said("help.options")):
            formatter.write_dl(rows)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands of a group, each with a line."""
        assert isinstance(self, click.Group)
        commands = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        with formatter.section(said("help.commands")):
            formatter.write_dl([(name, command.get_short_help_str()) for name, command in commands if command])


def _row(context: click.Context, option: click.Option, code: str) -> tuple[str, str]:
    """An option and what it is for; behind that its range, or that it must be given."""
    names, text = option.get_help_record(context) or ("", "")
    behind = f"  [{said('help.required')}]" if option.required else text.removeprefix(option.help or "")
    default = option.default if isinstance(option.default, (int, float)) else None
    return names, said(code, default=default) + behind
