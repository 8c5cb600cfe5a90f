"""How the words of a command line are read: which are options, and which are arguments that may begin with a minus."""

from collections import deque
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import click

TYPED = "gradcli.typed"  # the key of the context's words
SHORT = ("-h", "-o", "-f", "-q")  # the only options of one letter


class ExpressionCommand(click.Command):
    """A command whose arguments may begin with a minus (`-x^2`).

    A single `-` begins an option in the words of `SHORT` alone, behind the expression: until there is one, `-f` is an
    expression itself. `-h` is an option too where it is the only word.
    """

    def __init__(self, *args: Any, examples: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.sort(key=lambda parameter: parameter.name == "max_length")  # of the least use, so last in the help
        self.examples = examples

    @property
    def takes_expression(self) -> bool:
        """Whether there is an argument that may be `-f`, minus f."""
        return any(isinstance(parameter, click.Argument) and parameter.nargs == 1 for parameter in self.params)

    @property
    def needs_expression(self) -> bool:
        """Whether it has no meaning without that argument; else `-f` is an option from the beginning."""
        return self.takes_expression and any(parameter.required for parameter in self.params)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Move the arguments behind `--`, so that click takes none for an option."""
        names = {
            name: parameter.opts[0]
            for parameter in self.get_params(ctx)
            if isinstance(parameter, click.Option)
            for name in parameter.opts
        }
        takes_value = {
            name
            for parameter in self.params
            if isinstance(parameter, click.Option) and not parameter.is_flag
            for name in parameter.opts
        }
        ctx.meta[TYPED] = args
        given: dict[str, str] = {} if ctx.obj is None else ctx.obj  # for what is said of an error
        given.clear()
        if ctx.parent and ctx.parent.params.get("lang"):
            given["--lang"] = ctx.parent.params["lang"]
        is_behind = args == ["-h"] or not self.needs_expression
        options, arguments = _parted(args, names, takes_value, given, is_behind, ctx.resilient_parsing)
        misspelt = any(
            (option.startswith("--") or option in SHORT) and option.partition("=")[0] not in names for option in options
        )
        if len(arguments) > 1 and self.takes_expression and not misspelt and not ctx.resilient_parsing:
            from gradcli.commands.extra import extra_argument

            raise extra_argument(arguments, self.params, arguments[0] in SHORT)
        words = [*options, "--", *arguments]
        try:
            return super().parse_args(ctx, list(words))
        except click.MissingParameter:
            raise
        except click.BadParameter as error:
            if error.param is None:
                raise
            from gradcli.commands.usage import bad_value

            raise bad_value(ctx, error.param, words) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; of an error its hint may depend on all that was typed."""
        from gradcli.errors import GradcliError

        try:
            return super().invoke(ctx)
        except GradcliError as error:
            from gradcli.commands.usage import explained

            raise explained(error, ctx, ctx.meta[TYPED], ctx.params.get("expression") in SHORT) from None

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002
        """What a shell says when it completes the name."""
        from gradcli.commands.help import short

        return short(self.name or "")

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """In the reader's language."""
        from gradcli.commands.help import write_help

        write_help(self, ctx, formatter)


def _parted(
    args: Sequence[str],
    names: Mapping[str, str],
    takes_value: Collection[str],
    given: dict[str, str],
    is_behind: bool,
    is_completing: bool,
) -> tuple[list[str], list[str]]:
    """The options with their values, and the other arguments. `given` gets the value of each option, "" for a flag.

    `names` has the first name of every option. With `is_behind` the words of `SHORT` are options from the beginning.
    Where a shell asks how to complete the last option's value, that option is left out.
    """
    options: list[str] = []
    arguments: list[str] = []
    without: list[str] = []  # options without their values: what stands behind them is another one
    rest = deque(args)
    while rest:
        argument = rest.popleft()
        if argument == "--":
            arguments.extend(rest)
            break
        if not (argument.startswith("--") or (argument in SHORT and (is_behind or arguments))):
            arguments.append(argument)
        elif argument in takes_value:
            if _is_value(rest, names):
                value = rest.popleft()
                options += [argument, value]
                given[names[argument]] = value
            else:
                without.append(argument)
        else:
            options.append(argument)
            name, equals, value = argument.partition("=")
            given |= {name: value} if equals and name in takes_value else {names.get(argument, argument): ""}
    if without and not is_completing:
        raise _error("option-without-value", {"option": without[0]})
    return options, arguments


def _is_value(rest: Sequence[str], names: Collection[str]) -> bool:
    """Whether an option's value follows, and not another option."""
    return bool(rest) and not (rest[0].startswith("--") and rest[0] in names)


def _error(code: str, facts: dict[str, Any]) -> Exception:
    from gradcli.errors import GradcliError

    return GradcliError(code, facts, source="option")
