"""`gradcli guide`: the manual, page by page."""

import click

from gradcli.commands.arguments import ExpressionCommand
from gradcli.commands.common import completed, stdout
from gradcli.interrupts import raise_when_interrupted


@click.command(
    "guide",
    cls=ExpressionCommand,
    examples=("gradcli guide", "gradcli guide language", "gradcli guide numbers | less"),
)
@click.argument("names", nargs=-1, metavar="[PAGE]...", shell_complete=completed("pages"))
def command(names: tuple[str, ...]) -> None:
    """Show a PAGE of the manual, or the list of its pages."""
    from gradcli.guide import pages

    text = "\n".join(map(pages.page, names)) or pages.contents()
    stream = stdout()
    if names and stream.isatty():
        raise_when_interrupted()  # the pager has the keyboard
        click.echo_via_pager(pages.rendered(text, stream))
    else:
        stream.write(text)
