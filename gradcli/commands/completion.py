"""What a shell completes besides commands and options: files behind @, names of functions and of the expression."""

import os
import re
from collections.abc import Iterable

import click
from click.shell_completion import BashComplete, CompletionItem, FishComplete, ZshComplete, add_completion_class

from gradcli.commands.help import said
from gradcli.commands.question import Question, is_file
from gradcli.errors import GradcliError


def expression(context: click.Context, parameter: click.Parameter, typed: str) -> list[str]:  # noqa: ARG001
    """A file behind @, or the functions that begin with the last word."""
    from gradcli.operators.arrays import ARRAY_FUNCTIONS
    from gradcli.operators.table import FUNCTIONS

    word = re.search(r"[^\W\d]\w*$", typed)
    if typed.startswith("@") or not word:
        return _files(typed)
    return [f"{typed[: word.start()]}{name}(" for name in {**FUNCTIONS, **ARRAY_FUNCTIONS} if name.startswith(word[0])]


def point(context: click.Context, parameter: click.Parameter, typed: str) -> list[str]:  # noqa: ARG001
    """A file behind @, or the variables that have no value yet."""
    if typed.startswith("@"):
        return _files(typed)
    before = typed.rpartition(",")[0]
    given = {pair.partition("=")[0].strip() for pair in before.split(",")}
    return [f"{name}=" for name in _after(typed, _names(context, with_steps=False), given)]


def names(context: click.Context, parameter: click.Parameter, typed: str) -> list[str]:  # noqa: ARG001
    """The variables and steps that are not named yet."""
    return _after(typed, _names(context, with_steps=True), set(typed.rpartition(",")[0].split(",")))


def claim(context: click.Context, parameter: click.Parameter, typed: str) -> list[str]:
    """The variables and steps of which a derivative can be claimed, and behind `=` functions."""
    if "=" in typed:
        return expression(context, parameter, typed)
    return [f"{name}=" for name in _names(context, with_steps=True) if name.startswith(typed)]


def files(context: click.Context, parameter: click.Parameter, typed: str) -> list[str]:  # noqa: ARG001
    """A file behind @."""
    return _files(typed)


def _after(typed: str, known: Iterable[str], given: set[str]) -> list[str]:
    """What is typed with its last part completed."""
    before, comma, last = typed.rpartition(",")
    return [f"{before}{comma}{name}" for name in known if name.startswith(last) and name not in given]


def _names(context: click.Context, with_steps: bool) -> list[str]:
    text = context.params.get("expression")
    if not isinstance(text, str) or text == "-":
        return []
    if text.startswith("@") and not is_file(text[1:]):
        return []  # a pipe would be waited for, and what stands in it lost
    try:
        graph = Question(text, None, (), ()).graph()
    except GradcliError:
        return []
    return [*graph.variables, *(graph.steps if with_steps else ())]


def _files(typed: str) -> list[str]:
    """The files and folders that begin with what stands behind @; what is in a folder that is the only one."""
    if not typed.startswith("@"):
        return []
    begin = typed[1:].rpartition("/")[2]
    where = typed[: len(typed) - len(begin)]
    try:
        entries = sorted(os.scandir(where[1:] or "."), key=lambda entry: entry.name)
    except OSError:
        return []
    found = [entry for entry in entries if entry.name.startswith(begin) and (begin or not entry.name.startswith("."))]
    if len(found) == 1 and found[0].is_dir(follow_symlinks=False):  # a link may lead back here
        return _files(f"{where}{found[0].name}/") or [f"{where}{found[0].name}/"]
    return [f"{where}{entry.name}{'/' * _is_folder(entry)}" for entry in found]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether this is a folder, or leads to one; a loop of links does not."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def functions(context: click.Context, parameter: click.Parameter, typed: str) -> list[str]:  # noqa: ARG001
    """The functions that begin with what is typed."""
    from gradcli.operators.arrays import ARRAY_FUNCTIONS
    from gradcli.operators.table import FUNCTIONS

    return [name for name in {**FUNCTIONS, **ARRAY_FUNCTIONS} if name.startswith(typed)]


def pages(context: click.Context, parameter: click.Parameter, typed: str) -> list[str]:  # noqa: ARG001
    """The pages of the manual."""
    from gradcli.guide.pages import PAGES

    return [name for name in PAGES if name.startswith(typed)]


def any_file(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:  # noqa: ARG001
    """Whatever file the shell finds."""
    return [CompletionItem(typed, type="file")]


# What ends like this goes on: no space follows it.
_GOES_ON = r"*[=\(/]"


@add_completion_class
class Bash(BashComplete):
    """Bash takes `=` and `@` for words of their own, and wants just what follows `=`."""

    source_template = BashComplete.source_template.replace(
        "COMPREPLY+=($value)",
        f"COMPREPLY+=($value)\n            [[ $value == {_GOES_ON} ]] && compopt -o nospace 2>/dev/null",
    )
    hidden = 0  # characters of the completed word that bash has already

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words as they were typed, and the last one, which is to be completed."""
        args, last = super().get_completion_args()
        words: list[str] = []
        for word in [*args, last]:
            is_next = words and (words[-1].endswith("=") or words[-1] == "@" or words[-1].endswith("=@"))
            if words and (word in ("=", "=@") or is_next):
                words[-1] += word
            else:
                words.append(word)
        whole = words.pop()
        value = whole.partition("=")[2] if whole.startswith("--") else whole
        replaced = "" if last == "=" else last.removeprefix("=@")
        begin = len(value) - len(replaced)
        # An @ before the word is replaced with it, though it is a word of its own in COMP_WORDS.
        self.hidden = max(0, begin - (begin > 0 and value[begin - 1] == "@"))
        return words, whole

    def format_completion(self, item: CompletionItem) -> str:
        """What is missing."""
        return f"{item.type},{item.value[self.hidden :]}"


def _described(item: CompletionItem, typed: str) -> CompletionItem:
    """What completes a whole word, `--at=` before a value included; with its help in words."""
    option, sign, _ = typed.partition("=")
    is_value = sign and option.startswith("--") and item.type == "plain" and not item.value.startswith("--")
    text = item.help if item.help is None or not item.help.startswith("help.") else said(item.help)
    return CompletionItem(f"{option}={item.value}" if is_value else item.value, item.type, text)


@add_completion_class
class Zsh(ZshComplete):
    """Zsh has words as they were typed, and replaces the last one."""

    source_template = ZshComplete.source_template.replace(
        "compadd -U -V unsorted -a completions",
        f"local -a open=(${{(M)completions:#{_GOES_ON}}}) closed=(${{completions:#{_GOES_ON}}})\n"
        "        compadd -U -V unsorted -S '' -a open\n"
        "        compadd -U -V unsorted -a closed",
    )

    def format_completion(self, item: CompletionItem) -> str:
        """The whole word."""
        return super().format_completion(_described(item, self.get_completion_args()[1]))


@add_completion_class
class Fish(FishComplete):
    """Fish replaces the last word; values and texts may have commas."""

    source_template = FishComplete.source_template.replace('string split ","', 'string split --max 1 ","')

    def format_completion(self, item: CompletionItem) -> str:
        """The whole word."""
        return super().format_completion(_described(item, self.get_completion_args()[1]))
