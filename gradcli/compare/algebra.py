"""The algebraic way, in a process of its own, where `derivation` does the work.

The process gets the graph as data, never as text, and is ended when its time is over. It answers with counts,
seconds and numbers, in one line for each part of the work, so that what was done in time is not lost.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from gradcli.compare.formulas import readable
from gradcli.errors import GradcliError, cannot_be_written
from gradcli.graph import Graph
from gradcli.language.missing import unwritten
from gradcli.operators.records import Operator
from gradcli.operators.table import joined
from gradcli.symbolic.simplify import parsed_rule

_START = "import sys; sys.path[:] = sys.argv[1:]; from gradcli.compare.derivation import main; main()"


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
        return _joined(stopped.stdout or b"", targets) | {"failed": "time"}
    answer = _joined(done.stdout, targets)
    if "unknown" in answer:
        raise unwritten(cannot_be_written(answer["unknown"], "SymPy"), graph)
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
        text = "" if row.variadic else row.textbook or _by_branches(row) or row.definition
        if text and row.name not in found:
            formula = parsed_rule(text)
            found[row.name] = _as_data(formula) | {"parameters": row.parameters}
            pending.update(formula.operators)
    return found


def _by_branches(row: Operator) -> str:
    """What a function of two branches is on them, in the order of the table, as textbooks have it."""
    return joined(row.branches, [branch.takes for branch in row.branches]) if len(row.branches) == 2 else ""


def _joined(lines: bytes, targets: Mapping[str, int]) -> dict[str, Any]:
    """The parts of the answer that are complete, as one; the formulas as the language writes them."""
    answer: dict[str, Any] = {"seconds": {}}
    for line in lines.splitlines(keepends=True):
        if line.endswith(b"\n"):
            part = json.loads(line)
            answer["seconds"].update(part.pop("seconds", {}))
            answer.update(part)
    if "formulas" in answer:
        answer["formulas"] = readable(answer["formulas"], targets)
    return answer
