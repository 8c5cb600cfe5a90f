"""How the words of a command line are read: which are options, and which are arguments that may begin with a minus."""

import re
from collections.abc import Collection, Sequence
from typing import Any

import click


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
        given: dict[str, str] = {} if ctx.obj is None else ctx.obj  # for what is said of an error
        given.clear()
        options, arguments = _parted(args, takes_value, given, ctx.resilient_parsing)
        if len(arguments) > 1 and self._takes_one(ctx, options) and not ctx.resilient_parsing:
            raise _extra_argument(arguments, takes_value)
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

    def _takes_one(self, ctx: click.Context, options: Sequence[str]) -> bool:
        """Whether a second argument is wrong, and no misspelt option, which is said first."""
        known = {name for parameter in self.get_params(ctx) for name in parameter.opts}
        misspelt = any(option.startswith("--") and option.partition("=")[0] not in known for option in options)
        takes_one = any(isinstance(parameter, click.Argument) and parameter.nargs == 1 for parameter in self.params)
        return takes_one and not misspelt

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples first."""
        write_examples(formatter, self.examples)
        super().format_help(ctx, formatter)


def _parted(
    args: Sequence[str], takes_value: Collection[str], given: dict[str, str], is_completing: bool
) -> tuple[list[str], list[str]]:
    """The options with their values, and the other arguments. `given` gets the value of each option, "" for a flag.

    Where a shell asks how to complete the last option's value, that option is left out.
    """
    options: list[str] = []
    arguments: list[str] = []
    rest = iter(args)
    for argument in rest:
        if argument == "--":
            arguments.extend(rest)
        elif not argument.startswith("--"):
            arguments.append(argument)
        elif argument in takes_value:
            value = next(rest, None)
            if value is not None:
                options += [argument, value]
                given[argument] = value
            elif not is_completing:
                raise _error("option-without-value", {"option": argument})
        else:
            options.append(argument)
            name, equals, value = argument.partition("=")
            given |= {name: value} if equals and name in takes_value else {argument: ""}
    return options, arguments


def _error(code: str, facts: dict[str, Any]) -> Exception:
    from gradcli.errors import GradcliError

    return GradcliError(code, facts, source="option")


def _extra_argument(arguments: Sequence[str], options: Collection[str]) -> Exception:
    """What is wrong with several expressions: an option with one minus, a point in two words, missing quotes."""
    for argument in arguments:
        if argument.startswith("-") and f"-{argument}" in options:
            return _error("unknown-option", {"option": argument, "suggestion": f"-{argument}"})
    extra = arguments[1]
    hint = "quote-point" if re.fullmatch(r"\w+=.*", extra) else "quote-expression"
    return _error("extra-argument", {"argument": extra, "hint": hint})


def write_examples(formatter: click.HelpFormatter, examples: Sequence[str]) -> None:
    """The section with which every help begins."""
    with formatter.section("Examples"):
        for example in examples:
            formatter.write(f"{'':>{formatter.current_indent}}{example}\n")
    formatter.write_paragraph()
