"""SymPy's formulas in gradcli's own language."""

from collections.abc import Callable, Container, Mapping
from importlib import import_module
from typing import Any

from gradcli.errors import GradcliError
from gradcli.language.format import format_graph
from gradcli.language.parser import parse

_NAMES = {"loggamma": "lgamma", "Abs": "abs"}  # what SymPy calls otherwise
_STEP = "step_"  # begins the name of a function that has jumps and no slope


def writer(names: Mapping[str, str]) -> Callable[[Any], str]:
    """What writes SymPy's formulas; `names` has the names that symbols stand for, of those that stand for one."""
    base: Any = import_module("sympy.printing.str").StrPrinter

    def called(self: Any, found: Any) -> str:
        name = found.func.__name__.removeprefix(_STEP)
        return f"{_NAMES.get(name, name)}({self.stringify(found.args, ', ')})"

    def compared(self: Any, found: Any) -> str:
        return f"({self._print(found.lhs)}) {found.rel_op} ({self._print(found.rhs)})"

    def joined(word: str) -> Callable[[Any, Any], str]:
        return lambda self, found: word.join(f"({self._print(part)})" for part in found.args)

    def chosen(self: Any, found: Any) -> str:
        *others, (last, _) = found.args
        written = str(self._print(last))
        for value, condition in reversed(others):
            written = f"where({self._print(condition)}, {self._print(value)}, {written})"
        return written

    methods = {
        "Symbol": lambda _, found: names.get(found.name, found.name),
        "Exp1": lambda *_: "exp(1)",
        "Function": called,
        "Relational": compared,
        "And": joined(" and "),
        "Or": joined(" or "),
        "Not": lambda self, found: f"not ({self._print(found.args[0])})",
        "ITE": lambda self, found: self._print(found.to_nnf()),
        "Piecewise": chosen,
    }
    printer = type("Printer", (base,), {f"_print_{kind}": method for kind, method in methods.items()})()
    return lambda found: str(printer.doprint(found)).replace("**", "^")


def operations_of(formula: str, variables: Container[str]) -> int:
    """How many operations a formula has: as many as its graph. Raises `GradcliError` if the language cannot say it."""
    return sum(map(bool, parse(formula, free=variables).inputs))


def readable(formulas: Mapping[str, str], variables: Mapping[str, int]) -> dict[str, str]:
    """The formulas as the language writes them; none if it cannot say one of them, as an infinity."""
    found = {}
    for name, text in formulas.items():
        try:
            found[name] = format_graph(parse(text, free=set(variables)))
        except GradcliError:
            return {}
    return found
