"""What `--help` prints: examples first, and all texts from the catalogue, in the reader's language.

The help of an option is its code; that of a command has its name: `help.eval`, in the list of all commands
`help.short.eval`.
"""

import re
import sys
from collections.abc import Sequence
from typing import Any

import click

from gradcli.commands.languages import spoken, writable

SPACING, LEAST_ROOM = 2, 10  # cells of the columns
NARROW, LEAST = 60, 30  # cells of a terminal that leaves little beside the names; of lines in a narrower one
WIDEST_NAME = {False: 30, True: 10}  # cells of the names, and where the terminal is narrow
_GOES_ON = " \\"  # at the end of a line, a shell's sign that the command has another one
_AS_IT_IS = "\b"  # on a line of its own, click's sign that a paragraph is not to be folded


def said(code: str, **facts: Any) -> str:
    """What the catalogue says, in the language of the command line."""
    from gradcli.words.catalogue import say

    return say(code, _language(), **facts)


def _language() -> str:
    return writable(spoken(click.get_current_context(silent=True)), sys.stdout)


def write_help(command: click.Command, context: click.Context, formatter: click.HelpFormatter) -> None:
    """All of a command's help, of which `examples` are the beginning."""
    from shutil import get_terminal_size

    from gradcli.text import cell_width

    formatter.width = min(formatter.width, max(LEAST, get_terminal_size().columns))  # click's have at least 50 cells
    with formatter.section(said("help.examples")):
        for example in getattr(command, "examples", ()):
            written = _broken(example, formatter, " --", _GOES_ON)
            formatter.write(f"{'':>{formatter.current_indent}}{written}\n")
    formatter.write_paragraph()
    pieces, usage = " ".join(command.collect_usage_pieces(context)), f"{said('help.usage')}: "
    wider = cell_width(usage) - len(usage)  # click takes all letters for narrow ones
    formatter.width -= wider
    formatter.write_usage(context.command_path, pieces, usage)
    formatter.width += wider
    with formatter.indentation():
        for paragraph in said(f"help.{command.name}").split("\n\n"):
            formatter.write_paragraph()
            formatter.write_text(_folded(paragraph, formatter.width - formatter.current_indent))
    options = [option for option in command.get_params(context) if isinstance(option, click.Option)]
    own = command.get_help_option(context)
    with formatter.section(said("help.options")):
        rows = [_row(context, option, "help.help" if option is own else option.help or "") for option in options]
        _write_rows(formatter, rows)
    if isinstance(command, click.Group):
        with formatter.section(said("help.commands")):
            _write_rows(formatter, [(name, short(name)) for name in command.list_commands(context)])
    elif getattr(command, "takes_expression", False):
        formatter.write_paragraph()
        formatter.write_text(_folded(said("help.letters"), formatter.width))


def _write_rows(formatter: click.HelpFormatter, rows: Sequence[tuple[str, str]]) -> None:
    """Names and what they are for, in two columns."""
    widest = WIDEST_NAME[formatter.width < NARROW]
    first = min(widest, max(len(name) for name, _ in rows)) + SPACING
    room = max(LEAST_ROOM, formatter.width - formatter.current_indent - first)
    formatter.write_dl([(_broken(name, formatter, "|"), _folded(text, room)) for name, text in rows], widest, SPACING)


def _folded(text: str, width: int) -> str:
    """A paragraph with wide letters in lines of this width, which click leaves as they are; it breaks at spaces alone,
    and takes all letters for narrow ones.
    """
    from gradcli.text import cells, folded

    if all(cells(character) == 1 for character in text):
        return text
    return "\n".join([_AS_IT_IS, *folded(text, width)])


def short(command: str) -> str:
    """What stands in the list of commands."""
    return said(f"help.short.{command}")


def _row(context: click.Context, option: click.Option, code: str) -> tuple[str, str]:
    """An option and what it is for; behind that its range, or that it must be given."""
    from gradcli.words.catalogue import interval

    names, text = option.get_help_record(context) or ("", "")
    behind = f"  [{said('help.required')}]" if option.required else text.removeprefix(option.help or "")
    behind = re.sub(r"(?<=\[)[^][]*x[<>][^][]*(?=\])", lambda found: interval(found[0], _language()), behind)
    default = option.default if isinstance(option.default, (int, float)) else None
    return names, said(code, default=default) + behind


def _broken(text: str, formatter: click.HelpFormatter, before: str, end: str = "") -> str:
    """A text that is too wide broken at some places; what ends its lines tells a shell that it goes on."""
    room = formatter.width - formatter.current_indent - len(end)
    if len(text) <= room + len(end):
        return text
    lines = [""]
    for piece in re.split(f"(?={re.escape(before)})", text):
        if lines[-1] and len(lines[-1] + piece) > room:
            lines.append(f"  {piece.lstrip()}")
        else:
            lines[-1] += piece
    return f"{end}\n{' ' * formatter.current_indent}".join(lines)
