"""Mutants of precedence and associativity: of the grammar's rules, of the table's precedences, of the formatter."""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from types import CodeType, FunctionType
from typing import NamedTuple

from gradcli.language import driver, tables
from gradcli.language import format as formatter
from gradcli.operators.table import INFIX, PREFIX
from tests.mutation.rules import Mutant, changes

# The grammar's levels, loosest first.
LEVELS = ("disjunction", "conjunction", "negation", "comparison", "sum", "product", "sign", "power", "atom")
FORMATTING = ("operation_pieces", "_precedence", "operation_text", "format_node")


class GrammarMutant(NamedTuple):
    """The grammar with one rule changed; Lark may find it ambiguous, which is as good as a failing test."""

    before: str
    after: str
    grammar: str

    def __str__(self) -> str:
        return f"grammar: {self.before} -> {self.after}"

    def __enter__(self) -> None:
        found = tables.compute(self.grammar)
        _walk(lambda: found)

    def __exit__(self, *_: object) -> None:
        _walk(LOADED)


LOADED = cache(tables.load)


def _walk(load: Callable[[], tables.Tables]) -> None:
    driver.load = load
    driver._driver.cache_clear()


def of_grammar() -> Iterator[GrammarMutant]:
    """For each rule of an operator: its operands exchanged, each operand one level looser or tighter."""
    text = tables.grammar()
    for rule in re.finditer(r"^(\w+): .*(?:\n[ ]+\|.*)*", text, re.MULTILINE):
        for line in re.finditer(r"[:|] ((?:[a-z]+ )?[A-Z_]+ [a-z]+)(?= +->)", rule.group()):
            before = line[1]
            for after in _changed_rules(before):
                start = rule.start() + line.start(1)
                yield GrammarMutant(before, after, text[:start] + after + text[start + len(before) :])


def _changed_rules(rule: str) -> Iterator[str]:
    *left, token, right = rule.split()
    if not {*left, right} <= set(LEVELS):
        return
    if left and left[0] != right:
        yield f"{right} {token} {left[0]}"
    for place, operand in enumerate((*left, right)):
        number = LEVELS.index(operand)
        for other in (number - 1, number + 1):
            if 0 <= other < len(LEVELS):
                operands = [*left, right]
                operands[place] = LEVELS[other]
                yield " ".join((*operands[:-1], token, operands[-1]))


def of_table() -> Iterator[Mutant]:
    """Each operator one level looser or tighter, and the other side."""
    for row in (*INFIX, *PREFIX):
        for precedence in (row.precedence - 1, row.precedence + 1):
            yield Mutant(row, "precedence", precedence, f"precedence {row.precedence} -> {precedence}")
        if row in INFIX:
            yield Mutant(row, "right", not row.right, f"associates to the {'left' if row.right else 'right'}")


class CodeMutant(NamedTuple):
    """A function of the formatter with one operation changed, wherever it has been imported."""

    function: FunctionType
    line: str
    code: CodeType

    def __str__(self) -> str:
        return f"formatter.{self.function.__name__}: {self.line}"

    def __enter__(self) -> None:
        self.function.__code__ = self.code

    def __exit__(self, *_: object) -> None:
        self.function.__code__ = ORIGINAL[self.function]


ORIGINAL: dict[FunctionType, CodeType] = {
    function: function.__code__ for function in (getattr(formatter, name) for name in FORMATTING)
}


def of_formatter() -> Iterator[CodeMutant]:
    """Each number, comparison and sum in the functions that set parentheses."""
    for function in ORIGINAL:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
        source = ast.unparse(tree).splitlines()
        for change, undo in changes(tree, ()):
            change()
            changed = ast.unparse(tree)
            undo()
            if ".5" in changed:  # levels are whole numbers
                continue
            space = vars(formatter).copy()
            exec(compile(changed, formatter.__file__, "exec"), space)
            lines = (new.strip() for old, new in zip(source, changed.splitlines(), strict=True) if old != new)
            yield CodeMutant(function, next(lines, ""), space[function.__name__].__code__)
