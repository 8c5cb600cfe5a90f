"""The parse tables: what Lark computes from the grammar file, in a form that `parser.py` walks.

A wheel carries them ready-made as `gradcli.language._tables` (grammar/build.py writes it), so that an installed
gradcli starts without importing Lark. A checkout or an editable install has Lark compute them from the grammar.
"""

import re
from importlib import import_module
from typing import NamedTuple

# A production: the nonterminal it makes, how many symbols it takes, and the alias behind its `->`.
Rule = tuple[str, int, str]


class Tables(NamedTuple):
    """LALR(1) tables. `states[s]` maps a terminal to a state to shift to, or to ~r to reduce by rule r; and a
    nonterminal to the state to go to. Group i of `pattern` matches the terminal `kinds[i]`.
    """

    pattern: str
    kinds: tuple[str, ...]
    keywords: dict[str, str]
    ignored: tuple[str, ...]
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
    from lark.lexer import PatternStr

    lark = Lark(text, parser="lalr", lexer="basic", start="program", maybe_placeholders=False)
    name = next(terminal.pattern.to_regexp() for terminal in lark.terminals if terminal.name == "NAME")
    keywords, kinds, patterns = {}, [""], []
    for terminal in lark.terminals:  # in the order of the grammar file: LESS_EQUAL before LESS
        pattern = terminal.pattern
        if isinstance(pattern, PatternStr) and re.fullmatch(name, pattern.value):
            keywords[pattern.value] = terminal.name
        else:
            kinds.append(terminal.name)
            patterns.append(f"({pattern.to_regexp()})")

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
        pattern="|".join(patterns),
        kinds=tuple(kinds),
        keywords=keywords,
        ignored=tuple(lark.ignore_tokens),
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


def module(tables: Tables) -> str:
    """The source of the module `gradcli.language._tables`."""
    return f"# Made from grammar/expression.lark when the wheel was built.\nTABLES = {tuple(tables)!r}\n"
