"""What the algebra's process does: SymPy derives a formula, then the numbers are put in, and operations are counted."""

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from time import perf_counter
from typing import Any

from gradcli.compare.formulas import operations_of, writer
from gradcli.compare.spelling import STEPS, by_formula, is_known, spelling_of, value_of
from gradcli.errors import GradcliError
from gradcli.operators.table import OPERATORS, VARIABLE

MEMORY = 4 << 30  # bytes that the process may take
STACK = 1 << 29  # bytes: SymPy recurses into its formulas
PATIENCE = 0.2  # seconds between two looks whether the parent is there
DEEPEST = 50_000  # calls within calls
MOST_WRITTEN = 20_000  # operations of formulas that are written down
_NOT_IN_MATH = ("erfinv", "gamma", "polygamma")  # what Python's math lacks or has with fewer digits


def main() -> None:
    """Read the task from standard input and write each part of the answer as a line to standard output."""
    from threading import Thread, stack_size

    _limit_memory()
    task = json.load(sys.stdin)
    sys.setrecursionlimit(DEEPEST)
    stack_size(STACK)
    thread = Thread(target=_answer, args=(task,), daemon=True)
    thread.start()
    while thread.is_alive() and _is_waited_for(task["parent"]):
        thread.join(PATIENCE)


def _is_waited_for(parent: int) -> bool:
    """Whether the process that asked is there; Windows does not say."""
    return os.name == "nt" or os.getppid() == parent


def _answer(task: Mapping[str, Any]) -> None:
    try:
        for part in _parts(task):
            print(json.dumps(part), flush=True)
    except RecursionError:
        print(json.dumps({"failed": "depth"}))
    except MemoryError:
        print(json.dumps({"failed": "memory"}))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
    with suppress(OSError, ValueError):  # not everywhere may a process limit itself
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))


def _parts(task: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The answer, piece by piece."""
    sympy: Any = import_module("sympy")

    spelling = spelling_of(sympy)
    for name, formula in task["formulas"].items():
        spelling.setdefault(name, partial(by_formula, sympy, spelling, formula))
    names = task["graph"]["operators"]
    unknown = next((name for name in names if not is_known(name, spelling, task["formulas"])), None)
    if unknown is not None:
        yield {"unknown": unknown}
        return
    symbols: dict[str, Any] = {}
    function = _function(sympy, spelling, symbols, task)
    yield {"written_out": _operations(sympy, symbols, [function])[0]}
    begun = perf_counter()
    derivatives = []
    for name, node in task["targets"].items():
        of = _function(sympy, spelling, symbols, task, name) if task["graph"]["inputs"][node] else function
        derivatives.append(sympy.diff(of, symbols[name]))
    seconds = perf_counter() - begun
    count, texts = _operations(sympy, symbols, derivatives)
    yield {"derivative": count, "seconds": {"derive": seconds}}
    if texts:
        yield {"formulas": dict(zip(task["targets"], texts, strict=True))}
    if task["at"] is not None:
        begun = perf_counter()
        numbers = _numbers(sympy, symbols, derivatives, task)
        yield {"gradient": numbers, "seconds": {"evaluate": perf_counter() - begun}}
    begun = perf_counter()
    steps, shared = sympy.cse(derivatives)
    seconds = perf_counter() - begun
    count, _ = _operations(sympy, symbols, _steps_of_numbers(sympy, steps, shared))
    yield {"shared": count, "seconds": {"share": seconds}}


def _operations(sympy: Any, symbols: Mapping[str, Any], found: Sequence[Any]) -> tuple[int, list[str]]:
    """How many operations formulas have, and their texts: counted are the nodes of their graphs, as on the other way.

    Of formulas that are too long to be written, or that the language cannot say, SymPy's own count, and no texts.
    """
    count = int(sum(map(sympy.count_ops, found)))
    if count <= MOST_WRITTEN:
        write = writer({symbol.name: name for name, symbol in symbols.items()})
        with suppress(GradcliError):
            texts = [write(formula) for formula in found]
            return sum(operations_of(text, symbols) for text in texts), texts
    return count + sum(_left_out(sympy, formula) for formula in found), []


def _steps_of_numbers(sympy: Any, steps: Sequence[tuple[Any, Any]], shared: Sequence[Any]) -> list[Any]:
    """Steps and formulas in which conditions stand where they are used: in the language they are no steps."""
    conditions: dict[Any, Any] = {}
    kept = []
    for symbol, whole in steps:
        step = whole.xreplace(conditions)
        if isinstance(step, (sympy.core.relational.Relational, sympy.logic.boolalg.BooleanFunction)):
            conditions[symbol] = step
        else:
            kept.append(step)
    return kept + [formula.xreplace(conditions) for formula in shared]


def _left_out(sympy: Any, formula: Any) -> int:
    """What SymPy does not count of branches: comparisons, and of several branches more than one choice."""
    parts = list(sympy.preorder_traversal(formula))
    comparisons = sum(isinstance(part, sympy.core.relational.Relational) for part in parts)
    return comparisons + sum(len(part.args) - 2 for part in parts if isinstance(part, sympy.Piecewise))


def _function(
    sympy: Any, spelling: Mapping[str, Any], symbols: dict[str, Any], task: Mapping[str, Any], free: str = ""
) -> Any:
    """The output as a formula of the variables, and of the step `free` if there is one."""
    cut = task["targets"].get(free)

    def leaf(node: int, name: str, label: str) -> Any:
        if name == VARIABLE.name or node == cut:
            return symbols.setdefault(label, sympy.Symbol(f"v{len(symbols)}", real=True))
        return None

    return value_of(sympy, spelling, task["graph"], leaf)


def _numbers(
    sympy: Any, symbols: Mapping[str, Any], derivatives: Sequence[Any], task: Mapping[str, Any]
) -> dict[str, float | None]:
    """The point put into the formulas."""
    own = {f"step_{name}": OPERATORS[name].forward for name in STEPS}
    own |= {"loggamma": OPERATORS["lgamma"].forward} | {name: OPERATORS[name].forward for name in _NOT_IN_MATH}
    names = list(symbols)
    found: dict[str, float | None] = {}
    for name, derivative in zip(task["targets"], derivatives, strict=True):
        code = partial(sympy.lambdify, [symbols[x] for x in names], derivative, modules=[own, "math"])
        try:
            evaluate = code()
        except (RecursionError, SyntaxError, MemoryError):  # nested deeper than Python reads it
            evaluate = code(cse=True)
        try:
            number = float(evaluate(*[task["at"][x] for x in names]))
        except (ValueError, ZeroDivisionError, OverflowError, TypeError):
            number = float("nan")
        found[name] = number if abs(number) < float("inf") else None
    return found
