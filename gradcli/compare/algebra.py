"""The algebraic way, in a process of its own: SymPy derives a formula, then the numbers are put in.

The process gets the graph as data, never as text, and is ended when its time is over. It answers with counts,
seconds and numbers, in one line for each part of the work, so that what was done in time is not lost. A function that
SymPy has not is written as textbooks have it, or by its definition in the operator table; branches are a `Piecewise`.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from time import perf_counter
from typing import Any

from gradcli.compare.formulas import readable, writer
from gradcli.errors import GradcliError, cannot_be_written
from gradcli.graph import Graph
from gradcli.language.missing import unwritten
from gradcli.operators.records import Operator
from gradcli.operators.table import CONSTANT, OPERATORS, VARIABLE, joined
from gradcli.symbolic.simplify import parsed_rule

MEMORY = 4 << 30  # bytes that the process may take
STACK = 1 << 29  # bytes: SymPy recurses into its formulas
PATIENCE = 0.2  # seconds between two looks whether the parent is there
DEEPEST = 50_000  # calls within calls
MOST_WRITTEN = 20_000  # operations of formulas that are written down
_START = "import sys; sys.path[:] = sys.argv[1:]; from gradcli.compare.algebra import main; main()"


def derive_by_algebra(
    graph: Graph, targets: Mapping[str, int], at: Mapping[str, float | None] | None, limit: float
) -> dict[str, Any]:
    """What SymPy finds for the derivatives by the `targets`, nodes by name; a step is taken for a variable.

    Keys: `written_out`, `derivative`, `shared` (operations of the function written out, of its derivatives, and of
    these with common subexpressions taken out), `formulas` (the derivatives in the language), `seconds` (for "derive",
    "share", "evaluate") and `gradient`. What could not be found is missing, and `failed` says why: "time", "memory",
    "depth" or "error". `at` has the values of the variables and of the steps in `targets`. Raises `GradcliError` if
    SymPy is not installed, or for a function that is not spelled for it. `limit` is in seconds and holds for all of it.
    """
    if find_spec("sympy") is None:
        raise GradcliError("compare-needs-sympy", source=None)
    task = {
        "parent": os.getpid(),
        "graph": _as_data(graph),
        "formulas": _formulas(graph),
        "targets": dict(targets),
        "at": None if at is None else dict(at),
    }
    command = [sys.executable, "-c", _START, *sys.path]
    try:
        done = subprocess.run(command, input=json.dumps(task).encode(), capture_output=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired as stopped:
        return _joined(stopped.stdout or b"") | {"failed": "time"}
    answer = _joined(done.stdout)
    if "unknown" in answer:
        raise unwritten(cannot_be_written(answer["unknown"], "SymPy"), graph)
    if "formulas" in answer:
        answer["formulas"] = readable(answer["formulas"], targets)
    if done.returncode or not done.stdout:
        answer.setdefault("failed", "memory" if b"MemoryError" in done.stderr else "error")
    return answer


def _as_data(graph: Graph) -> dict[str, Any]:
    return {
        "operators": [operator.name for operator in graph.operators],
        "inputs": list(graph.inputs),
        "values": {str(node): value for node, value in graph.values.items()},
        "names": {str(node): name for node, name in graph.names.items()},
        "output": graph.output,
    }


def _formulas(graph: Graph) -> dict[str, Any]:
    """The functions of the graph that are made of others, and of these those that are, as graphs; by name."""
    found: dict[str, Any] = {}
    pending = set(graph.operators)
    while pending:
        row = pending.pop()
        text = row.textbook or _by_branches(row) or row.definition
        if text and row.name not in found:
            formula = parsed_rule(text)
            found[row.name] = _as_data(formula) | {"parameters": row.parameters}
            pending.update(formula.operators)
    return found


def _by_branches(row: Operator) -> str:
    """What a function of two branches is on them, in the order of the table, as textbooks have it."""
    return joined(row.branches, [branch.takes for branch in row.branches]) if len(row.branches) == 2 else ""


def _joined(lines: bytes) -> dict[str, Any]:
    """The parts of the answer that are complete, as one."""
    answer: dict[str, Any] = {"seconds": {}}
    for line in lines.splitlines(keepends=True):
        if line.endswith(b"\n"):
            part = json.loads(line)
            answer["seconds"].update(part.pop("seconds", {}))
            answer.update(part)
    return answer


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

    spelling = _spelling(sympy)
    for name, formula in task["formulas"].items():
        spelling.setdefault(name, partial(_by_formula, sympy, spelling, formula))
    unknown = next((name for name in task["graph"]["operators"] if not _is_known(name, spelling, task)), None)
    if unknown is not None:
        yield {"unknown": unknown}
        return
    symbols: dict[str, Any] = {}
    function = _function(sympy, spelling, symbols, task)
    yield {"written_out": int(sympy.count_ops(function))}
    begun = perf_counter()
    derivatives = []
    for name, node in task["targets"].items():
        of = _function(sympy, spelling, symbols, task, name) if task["graph"]["inputs"][node] else function
        derivatives.append(sympy.diff(of, symbols[name]))
    seconds = perf_counter() - begun
    count = int(sum(map(sympy.count_ops, derivatives)))
    yield {"derivative": count, "seconds": {"derive": seconds}}
    if count <= MOST_WRITTEN:
        write = writer({symbol.name: label for label, symbol in symbols.items()})
        yield {"formulas": {name: write(found) for name, found in zip(task["targets"], derivatives, strict=True)}}
    if task["at"] is not None:
        begun = perf_counter()
        numbers = _numbers(sympy, symbols, derivatives, task)
        yield {"gradient": numbers, "seconds": {"evaluate": perf_counter() - begun}}
    begun = perf_counter()
    steps, shared = sympy.cse(derivatives)
    seconds = perf_counter() - begun
    count = int(sum(sympy.count_ops(x) for _, x in steps) + sum(map(sympy.count_ops, shared)))
    yield {"shared": count, "seconds": {"share": seconds}}


def _function(
    sympy: Any, spelling: Mapping[str, Any], symbols: dict[str, Any], task: Mapping[str, Any], free: str = ""
) -> Any:
    """The output as a formula of the variables, and of the step `free` if there is one."""
    cut = task["targets"].get(free)

    def leaf(node: int, name: str, label: str) -> Any:
        if name == VARIABLE.name or node == cut:
            return symbols.setdefault(label, sympy.Symbol(f"v{len(symbols)}", real=True))
        return None

    return _value(sympy, spelling, task["graph"], leaf)


def _by_formula(sympy: Any, spelling: Mapping[str, Any], formula: Mapping[str, Any], *arguments: Any) -> Any:
    """A function that is made of others."""
    letters = dict(zip(formula["parameters"], arguments, strict=True))
    return _value(sympy, spelling, formula, lambda _, name, label: letters[label] if name == VARIABLE.name else None)


def _value(
    sympy: Any, spelling: Mapping[str, Any], graph: Mapping[str, Any], leaf: Callable[[int, str, str], Any]
) -> Any:
    """The output of a graph; `leaf` gives what stands for a node by its index, operator and label, if anything does."""
    nodes: list[Any] = []
    for node, (name, inputs) in enumerate(zip(graph["operators"], graph["inputs"], strict=True)):
        label = graph["names"].get(str(node), "")
        found = leaf(node, name, label)
        if found is None and name == CONSTANT.name:
            found = _constant(sympy, graph["values"][str(node)], label)
        nodes.append(spelling[name](*[nodes[x] for x in inputs]) if found is None else found)
    return nodes[graph["output"]]


def _is_known(name: str, spelling: Mapping[str, Any], task: Mapping[str, Any]) -> bool:
    """Whether SymPy has a function, or all of which it is made."""
    pending = [name]
    while pending:
        one = pending.pop()
        if one in (VARIABLE.name, CONSTANT.name):
            continue
        if one not in spelling:
            return False
        if isinstance(spelling[one], partial):
            pending += task["formulas"][one]["operators"]
    return True


def _constant(sympy: Any, value: float, label: str) -> Any:
    named = {"pi": sympy.pi, "e": sympy.E}.get(label)
    return (
        named
        if named is not None
        else sympy.Rational(repr(value))
        if "e" not in repr(value)
        else sympy.Float(value, 17)
    )


def _numbers(
    sympy: Any, symbols: Mapping[str, Any], derivatives: Sequence[Any], task: Mapping[str, Any]
) -> dict[str, float | None]:
    """The point put into the formulas."""
    own = {f"step_{name}": OPERATORS[name].forward for name in _STEPS}
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


_NOT_IN_MATH = ("erfinv", "gamma", "polygamma")  # what Python's math lacks or has with fewer digits
# Functions that are constant but for jumps, and not made of others, or held at their value: their derivative is 0.
_STEPS = [name for name, row in OPERATORS.items() if (row.function or row.held) and row.is_flat]


def _no_slope(*_: Any) -> int:
    """The derivative of a step function."""
    return 0


def _spelling(sympy: Any) -> dict[str, Callable[..., Any]]:
    """How SymPy writes the operators of the table that are not made of others."""
    piecewise, exp, log = sympy.Piecewise, sympy.exp, sympy.log
    step = {name: type(f"step_{name}", (sympy.Function,), {"fdiff": _no_slope}) for name in _STEPS}

    def largest(*arguments: Any) -> Any:
        found = arguments[0]
        for x in arguments[1:]:
            found = piecewise((x, x > found), (found, True))
        return found

    def smallest(*arguments: Any) -> Any:
        found = arguments[0]
        for x in arguments[1:]:
            found = piecewise((x, x < found), (found, True))
        return found

    plain = "exp sqrt sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh erf erfc log "
    plain += "erfinv gamma digamma polygamma"
    return {
        **{name: getattr(sympy, name) for name in plain.split()},
        **step,
        "lgamma": sympy.loggamma,
        "identity": lambda x: x,
        "add": lambda x, y: x + y, "sub": lambda x, y: x - y, "mul": lambda x, y: x * y, "div": lambda x, y: x / y,
        "pow": lambda x, y: x**y, "neg": lambda x: -x,
        "lt": sympy.Lt, "le": sympy.Le, "gt": sympy.Gt, "ge": sympy.Ge, "eq": sympy.Eq, "ne": sympy.Ne,
        "and": sympy.And, "or": sympy.Or, "not": sympy.Not,
        "cbrt": lambda x: piecewise((sympy.cbrt(x), x >= 0), (-sympy.cbrt(-x), True)),
        "min": smallest, "max": largest,
        "where": lambda condition, a, b: piecewise((a, condition), (b, True)),
        "logsumexp": lambda *arguments: log(sympy.Add(*map(exp, arguments))),
    }  # fmt: skip
