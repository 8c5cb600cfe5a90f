"""What click finds wrong with a command line, as errors with codes and facts of our own."""

import re
import shlex
from collections.abc import Collection, Sequence
from typing import Any
from unicodedata import normalize

import click

from gradcli.commands.question import is_file
from gradcli.errors import MOST, GradcliError
from gradcli.language.characters import plain
from gradcli.text import pieces

LONGEST_NAME = 3  # letters of a word that may well be an expression

# What people call a command who have not read its name.
MEANT = {
    word: command
    for command, words in {
        "eval": ("calc", "calculate", "compute", "evaluate", "forward", "run", "solve", "trace", "value"),
        "draw": (
            "display", "dot", "graph", "image", "picture", "render", "show", "svg",
            "visualize", "visualise"
        ),
        "plot": ("chart", "curve", "tangent"),
        "diff": (
            "backward", "derivative", "derivatives", "derive", "differentiate", "grad", "gradient",
            "hessian", "jacobian"
        ),
        "check": ("gradcheck", "test", "verify"),
        "export": (
            "c", "code", "compile", "convert", "generate", "javascript", "jax", "latex", "numpy",
            "python", "torch"
        ),
        "guide": ("doc", "docs", "documentation", "man", "manual", "tutorial"),
        "functions": ("list", "operators", "ops"),
    }.items()
    for word in words
}  # fmt: skip

PAGES = {"completion": "scripts", "completions": "scripts"}  # of the guide, for words that are no commands

# What people call a language of code or a form.
OTHER_NAMES = {
    "pytorch": "torch", "cpp": "c", "c++": "c", "js": "javascript", "node": "javascript", "py": "python", "np": "numpy",
    "tex": "latex", "md": "markdown", "text": "table", "txt": "table", "htm": "html", "mmd": "mermaid", "gv": "dot",
    "graphviz": "dot",
}  # fmt: skip


def usage_error(error: click.ClickException) -> GradcliError:
    """The error that stands for one of click's."""
    if isinstance(error, click.NoSuchOption):
        return unknown_option(error.option_name, error.ctx.command.params if error.ctx else ())
    if isinstance(error, click.MissingParameter) and isinstance(error.param, click.Argument):
        examples = getattr(error.ctx.command if error.ctx else None, "examples", ())
        return _error("no-expression", {"example": examples[0]} if examples else {})
    if isinstance(error, click.MissingParameter) and isinstance(error.param, click.Option):
        facts = {"option": error.param.opts[0], "choices": list(getattr(error.param.type, "choices", ()))}
        return _error("missing-option", facts)
    if isinstance(error, click.BadOptionUsage):
        return _error("option-with-value", {"option": error.option_name})
    reason = " ".join(error.format_message().split()).rstrip(".")
    return _error("usage", {"reason": reason[:1].lower() + reason[1:]})


def explained(error: GradcliError, context: click.Context, words: Sequence[str], is_letter: bool) -> GradcliError:
    """An error of a command's own, with the hint that depends on the words behind the command.

    With `is_letter` the expression is one such as `-f`.
    """
    expression = context.params.get("expression", "")
    if is_letter:
        return error.hinted("one-letter", word=expression, letter=expression[1:])
    if error.source == "wrt" and error.text is None:
        return _in_names(error, context.params["wrt"])
    if error.code == "no-range" and not is_file(expression):
        more = _ranges_of(error.facts["names"], bool(context.params["at"]))
        return _with_command(error, _command(context, words, more))
    has_point = context.params.get("at") and "over" not in context.params
    if error.code not in ("no-value", "no-shape") or "meaning" in error.facts or has_point:
        return error
    if error.code == "no-value" and is_file(expression):
        return error.hinted("read-file", file=expression)
    if error.code == "no-shape" or context.params.get("shape"):
        is_at_a_point = "at" in context.params and not {"rows", "over"} & context.params.keys()
        return _with_command(error, _with_arrays(context, words, error.text or "")) if is_at_a_point else error
    return _with_command(error, with_values(context, words, error.facts["names"], error.text or ""))


def _with_command(error: GradcliError, command: str) -> GradcliError:
    """The error with the command to copy that was meant, if it can be shown."""
    return error.hinted("give-values", command=command) if command else error


def with_values(context: click.Context, words: Sequence[str], names: Sequence[str], text: str) -> str:
    """The command with values for all variables of the expression, to be copied; `words` are what was typed behind it.

    "" where no values are found, or it cannot be shown.
    """
    from gradcli.commands.examples import numbers_for

    point = numbers_for(names, text)
    at = ",".join(f"{name}={value:g}" for name, value in point.items())
    return _command(context, words, ["--at", at]) if point else ""


def _with_arrays(context: click.Context, words: Sequence[str], text: str) -> str:
    """The same for an expression over arrays, of which some may have shapes already."""
    from gradcli.commands.arrays import shapes_asked
    from gradcli.commands.examples import arrays_for

    at = arrays_for(text, shapes_asked(context.params["shape"]))
    return _command(context, words, ["--at", at]) if at else ""


def _command(context: click.Context, words: Sequence[str], more: Sequence[str]) -> str:
    """The command with more options, to be copied; "" where it is too long."""
    end = words.index("--") if "--" in words else len(words)
    command = " ".join(map(_typed, ["gradcli", context.command.name or "", *words[:end], *more, *words[end:]]))
    return command if len(command) <= MOST and command.isprintable() else ""


def _ranges_of(names: Sequence[str], has_point: bool) -> list[str]:
    """Options for a plot: x moves if there is one, the others have values."""
    over = next(iter(sorted(names, key=lambda name: name != "x")), "x")
    at = ",".join(f"{name}={place}" for place, name in enumerate((name for name in names if name != over), 1))
    return ["--over", f"{over}=-3:3", *(["--at", at] if at and not has_point else [])]


def _in_names(error: GradcliError, texts: Sequence[str]) -> GradcliError:
    """An error of --wrt with its place there: that of the name, or of a name that is missing."""
    for text in texts:
        read = plain(text, is_list=True)
        for start, end in pieces(read, 0, len(read)):
            part = read[start:end]
            if text and "".join(part.split()) == error.facts.get("name", ""):
                first = start + len(part) - len(part.lstrip())
                return error.placed(text, first, first + max(1, len(part.strip())))
    return error


def _typed(word: str) -> str:
    """A word as a shell reads it."""
    if re.fullmatch(r"[\w@%+=:,./-]+", word):
        return word
    return shlex.quote(word) if re.search(r"[\"$`\\!]", word) else f'"{word}"'


def unknown_option(option: str, taken: Sequence[click.Parameter]) -> GradcliError:
    """An option that the command, which takes others, has not; with the one that may be meant."""
    facts = {"option": option}
    parameters = {name: parameter for parameter in taken for name in parameter.opts}
    forms = getattr(parameters["--format"].type, "choices", ()) if "--format" in parameters else ()
    known = [name.removeprefix("--") for name in parameters if name.startswith("--")]
    near = _meant(option.lstrip("-"), known)
    if (option == "--output" or re.match("-o(?!-)", option)) and "--output" not in parameters:
        return _error("unknown-option", facts | {"hint": "redirect"})
    if option.removeprefix("--") in forms:
        facts["suggestion"] = f"--format {option[2:]}"
    elif near:
        facts["suggestion"] = f"--{near}"
    elif "--at" in parameters and re.fullmatch(r"--[^\W\d_]", option):
        facts["suggestion"] = f"--at {option[2:]}=..."
    return _error("unknown-option", facts)


def _meant(word: str, known: Sequence[str]) -> str | None:
    """The option that begins with the word, if that is one alone; or of which it is a slip of the pen."""
    from gradcli.language.spelling import nearest

    begun = [name for name in known if name.startswith(word.lower())]
    swapped = [name for name in known if name == word[::-1].lower()]  # `ta`, too short for a slip of any other kind
    return begun[0] if len(begun) == 1 else nearest(word, known) or next(iter(swapped), None)


def unknown_command(
    name: str, commands: Sequence[str], options: Collection[str], is_help: bool = False
) -> GradcliError:
    """A word that is no command; it may be misspelt, an option of the program, an expression, or both in one.

    With `is_help` its help is asked for.
    """
    from gradcli.language.spelling import nearest

    word = normalize("NFKC", name).lower()
    command, _, expression = name.partition(" ")
    facts: dict[str, Any] = {"name": name}
    if f"--{word.lstrip('-')}" in options:
        facts["suggestion"] = f"--{word.lstrip('-')}"
    elif command in commands and expression.strip():
        facts |= {"hint": "apart", "command": f"gradcli {command} {_typed(expression.strip())}"}
    elif word.isalpha() and (close := MEANT.get(word) or nearest(word, list(commands))):
        facts["suggestion"] = close
    elif word in PAGES:
        facts["suggestion"] = f"guide {PAGES[word]}"
    else:
        is_word = word.isascii() and word.isalpha() and len(word) > LONGEST_NAME
        facts["hint"] = "all-commands" if is_word or is_help else "evaluate"
    return _error("unknown-command", facts)


def bad_value(context: click.Context, parameter: click.Parameter, arguments: Sequence[str]) -> GradcliError:
    """A value that the parameter does not take."""
    given, _, _ = context.command.make_parser(context).parse_args(list(arguments))
    value, _ = parameter.consume_value(context, given)
    kind: Any = parameter.type
    facts = {"option": parameter.opts[0], "value": value}
    if isinstance(kind, click.Choice):
        from gradcli.language.spelling import nearest

        word = value.lower().lstrip(".")
        meant = OTHER_NAMES.get(word) or nearest(word, list(kind.choices))
        suggestion = {"suggestion": meant} if meant in kind.choices else {}
        return _error("unknown-choice", facts | {"choices": list(kind.choices)} | suggestion)
    number = float if isinstance(kind, click.FloatRange) else int
    try:
        facts["value"] = number(value)
    except ValueError:
        return _error("not-a-number" if number is float else "not-an-integer", facts)
    left = "" if kind.min is None else f"{kind.min}{'<' if kind.min_open else '<='}"
    right = "" if kind.max is None else f"{'<' if kind.max_open else '<='}{kind.max}"
    return _error("out-of-range", facts | {"range": f"{left}x{right}" if right else f"x>={kind.min}"})


def _error(code: str, facts: dict[str, Any]) -> GradcliError:
    return GradcliError(code, facts, source="option")
