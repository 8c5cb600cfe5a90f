"""`gradcli guide`: the manual, page by page."""

import click

from gradcli.commands.arguments import ExpressionCommand
from gradcli.commands.common import ascii_option, completed, lang_option, stdout
from gradcli.interrupts import raise_when_interrupted


@click.command(
    "guide",
    cls=ExpressionCommand,
    examples=(
        "gradcli guide",
        "gradcli guide language",
        "gradcli guide numbers | less",
        "gradcli guide lesson --lang ja",
    ),
)
@click.argument("names", nargs=-1, metavar="[PAGE]...", shell_complete=completed("pages"))
@lang_option
@ascii_option
def command(names: tuple[str, ...], lang: str, ascii_only: bool) -> None:
    """Show a PAGE of the manual, or the list of its pages."""
    from gradcli.commands.languages import writable
    from gradcli.guide import pages
    from gradcli.text import Characters

    stream = stdout()
    language = writable(lang, stream)
    text = "\n".join(pages.page(name, language) for name in names) or pages.contents(language)
    text = pages.written_in(Characters.of(stream.encoding or "utf-8", ascii_only, language), text)
    if names and stream.isatty():
        raise_when_interrupted()  # the pager has the keyboard
        click.echo_via_pager(pages.rendered(text, stream))
    else:
        stream.write(text)
