"""The parse tables: what Lark computes from the grammar file, in a form that `parser.py` walks.

A wheel carries them ready-made as `gradcli.language._tables` (grammar/build.py writes it), so that an installed
gradcli starts without importing Lark. A checkout or an editable install has Lark compute them from the grammar.
"""

import re
from collections.abc import Iterable
from importlib import import_module
from typing import NamedTuple

# A production: the nonterminal it makes, how many symbols it takes, and the alias behind its `->`.
Rule = tuple[str, int, str]


class Tables(NamedTuple):
    """LALR(1) tables. `states[s]` maps a terminal to a state to shift to, or to ~r to reduce by rule r; and a
    nonterminal to the state to go to.

    `pattern` passes over what is ignored, and the one group that matches holds a token: group i one of the terminal
    `kinds[i]`, where that is "" one of `words`, which has the terminal of each spelling. The end of the text is the
    empty word, and a character that begins no token is a word that is not there.
    """

    pattern: str
    kinds: tuple[str, ...]
    words: dict[str, str]
    rules: tuple[Rule, ...]
    states: tuple[dict[str, int], ...]
    accept: int  # the state in which the text may end; the first state is 0


def load() -> Tables:
    """The tables of the packaged module if there is one, else computed from the grammar."""
    try:
        packaged = import_module("gradcli.language._tables")
    except ModuleNotFoundError:
        return compute(grammar())
    return Tables(*packaged.TABLES)


def grammar() -> str:
    """The text of the grammar file: packaged beside this module, or in a checkout's folder `grammar/`."""
    from importlib.resources import files
    from pathlib import Path

    packaged = files("gradcli.language") / "expression.lark"
    if packaged.is_file():
        return packaged.read_text(encoding="utf-8")
    return (Path(__file__).parent.parent.parent / "grammar" / "expression.lark").read_text(encoding="utf-8")


def compute(text: str) -> Tables:
    """Have Lark compute the LALR tables of a grammar whose start symbol is `program`."""
    from lark import Lark

    lark = Lark(text, parser="lalr", lexer="basic", start="program", maybe_placeholders=False)
    words, others, ignored = {"": "$END"}, {}, []
    for terminal in lark.terminals:
        pattern = terminal.pattern.to_regexp()
        spellings = _spellings(pattern)
        if terminal.name in lark.ignore_tokens:
            ignored.append(pattern)
        elif spellings:
            words |= dict.fromkeys(spellings, terminal.name)
        else:
            others[terminal.name] = pattern

    # Lark keeps its table behind private-looking attributes; tests/language/test_tables.py holds their shape.
    table = lark.parser.parser._parse_table
    rules = {rule: number for number, rule in enumerate(lark.rules)}
    start = table.start_states["program"]
    numbers = {start: 0}  # Lark's own numbers differ from run to run; these make a wheel reproducible
    queue = [start]
    for state in queue:
        for _, (action, argument) in sorted(table.states[state].items()):
            if action.name == "Shift" and argument not in numbers:
                numbers[argument] = len(queue)
                queue.append(argument)
    return Tables(
        pattern=_pattern(ignored, others.values(), words),
        kinds=("", "", *others, "", ""),
        words=words,
        rules=tuple((str(rule.origin.name), len(rule.expansion), str(rule.alias or "")) for rule in lark.rules),
        states=tuple(
            {
                str(symbol): numbers[argument] if action.name == "Shift" else ~rules[argument]
                for symbol, (action, argument) in sorted(table.states[state].items())
            }
            for state in queue
        ),
        accept=numbers[table.end_states["program"]],
    )


def _spellings(pattern: str) -> list[str]:
    """The words that a terminal stands for; none where it is a pattern that others match too."""
    pieces = pattern.removeprefix("(?:").removesuffix(")").split("|") if pattern.startswith("(?:") else [pattern]
    words = [re.sub(r"\\(\W)", r"\1", piece) for piece in pieces]
    return words if list(map(re.escape, words)) == pieces else []


def _pattern(ignored: Iterable[str], others: Iterable[str], words: Iterable[str]) -> str:
    """What matches the next token, in as few alternatives as there can be, since most of the time of parsing went into
    trying them: words of one character that begin no longer one are a set. Words of letters are found as names.
    """
    signs = sorted((word for word in words if word and not word[0].isalpha()), key=len, reverse=True)
    alone = [sign for sign in signs if not any(other.startswith(sign) for other in signs if other != sign)]
    short = "".join(re.escape(sign) for sign in alone if len(sign) == 1)
    rest = "|".join(re.escape(sign) for sign in signs if len(sign) > 1 or sign not in alone)
    groups = [f"[{short}]", *others, rf"{rest}|\Z", r"[\s\S]"]
    return rf"(?:{'|'.join(ignored)})*+(?:{'|'.join(f'({group})' for group in groups)})"


def module(tables: Tables) -> str:
    """The source of the module `gradcli.language._tables`."""
    return f"# Made from grammar/expression.lark when the wheel was built.\nTABLES = {tuple(tables)!r}\n"
