"""The parse tables: what is taken from Lark keeps its shape, and a wheel's tables are those of the grammar."""

import re

from gradcli.language import arrays
from gradcli.language.meaning import Meaning
from gradcli.language.tables import Tables, compute, grammar, load, module
from gradcli.operators.table import OPERATORS


def test_the_tables_of_the_grammar() -> None:
    """Every state acts on terminals and goes on to states; every rule is reached."""
    tables = compute(grammar())
    assert re.compile(tables.pattern).groups == len(tables.kinds) - 1
    numbers = range(len(tables.states))
    actions = [action for state in tables.states for action in state.values()]
    assert all(action in numbers if action >= 0 else ~action in range(len(tables.rules)) for action in actions)
    assert {~action for action in actions if action < 0} >= {
        number for number, (_, _, alias) in enumerate(tables.rules) if alias
    }
    assert tables.accept in numbers
    terminals = {
        symbol for state in tables.states for symbol in state if symbol.strip("_").isupper() or symbol == "$END"
    }
    assert {*tables.words.values(), *filter(None, tables.kinds)} == terminals


def test_tokens_are_those_of_the_grammar() -> None:
    """Each word is found where others begin alike, behind what is ignored; what begins no token stands alone."""
    tables = compute(grammar())
    pattern = re.compile(tables.pattern)
    words = [word for word in tables.words if word]
    text = " \t".join([*words, "x1", "1.5e-3", "# and so on\n", "?"])
    found = [match[match.lastindex or 0] for match in pattern.finditer(text)]
    assert found == [*words, "x1", "1.5e-3", "\n", "?", ""]
    together = re.sub(r"\s|[a-z]", "", "".join(words))
    assert "".join(match[match.lastindex or 0] for match in pattern.finditer(together)) == together


def test_every_alias_has_a_meaning() -> None:
    """An alias is an operator of the table or a method of its meaning, of arrays a function."""
    aliases = {alias for _, _, alias in compute(grammar()).rules if alias}
    assert all(alias in OPERATORS or hasattr(Meaning, alias) or hasattr(arrays, alias) for alias in aliases)
    assert {row.name for row in OPERATORS.values() if row.symbol} == aliases & set(OPERATORS)


def test_tables_go_through_a_module() -> None:
    """What a wheel carries is what the grammar gives, the same text at every build."""
    tables = compute(grammar())
    scope: dict[str, tuple[object, ...]] = {}
    exec(module(tables), scope)
    assert Tables(*scope["TABLES"]) == tables  # type: ignore[arg-type]
    assert module(tables) == module(compute(grammar()))
    assert load() == tables


def test_the_grammar_has_a_comment_for_each_rule() -> None:
    """Above each rule, or each group of them, stands what it means."""
    blocks = grammar().split("\n\n")
    rules = [block for block in blocks if re.search(r"^_?[a-z]+:", block, re.MULTILINE)]
    assert len(rules) >= 5
    assert all(block.startswith("//") for block in rules)
