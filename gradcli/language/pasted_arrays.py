"""Lines over arrays pasted from NumPy, PyTorch, JAX or TensorFlow, read with Python's own parser.

What gradcli's language has is written in it. What it has not, or would compute otherwise (softmax along the first axis,
torch.max along an axis, which is a pair), is not.
"""

import ast
import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gradcli.language import einsum
from gradcli.language.names import is_of_matrix
from gradcli.operators.table import FUNCTIONS

_MODULES = {
    "np", "numpy", "jnp", "cupy", "cp", "xp", "torch", "F", "nn", "functional", "jax", "lax", "tf", "keras", "K",
    "math", "linalg", "scipy", "special", "sp",
}  # fmt: skip
_SAME = {
    "exp", "expm1", "log", "log1p", "log2", "log10", "sin", "cos", "tan", "sinh", "cosh", "tanh", "sqrt", "abs", "sign",
    "relu", "sigmoid", "silu", "softplus", "erf",
}  # fmt: skip
_ELSEWHERE = {
    "matmul": "({0}) @ ({1})", "mm": "({0}) @ ({1})", "mv": "({0}) @ ({1})", "dot": "({0}) @ ({1})",
    "inner": "dot({0}, {1})", "vdot": "dot({0}, {1})", "outer": "outer({0}, {1})", "ger": "outer({0}, {1})",
    "trace": "trace({0})", "transpose": "({0}).T", "t": "({0}).T", "T": "({0}).T", "detach": "detach({0})",
    "array": "{0}", "asarray": "{0}", "tensor": "{0}", "as_tensor": "{0}", "constant": "{0}", "item": "{0}",
    "maximum": "max({0}, {1})", "minimum": "min({0}, {1})", "where": "where({0}, {1}, {2})",
    "clip": "clip({0}, {1}, {2})", "clamp": "clip({0}, {1}, {2})", "square": "({0})^2",
    "power": "({0})^({1})", "pow": "({0})^({1})", "negative": "-({0})", "neg": "-({0})",
    "add": "({0}) + ({1})", "subtract": "({0}) - ({1})", "multiply": "({0})*({1})", "mul": "({0})*({1})",
    "divide": "({0})/({1})", "arctan": "atan({0})", "arcsinh": "asinh({0})", "absolute": "abs({0})",
    "expit": "sigmoid({0})", "colSums": "sum({0}, axis=0)", "rowSums": "sum({0}, axis=1)",
    "colMeans": "mean({0}, axis=0)", "rowMeans": "mean({0}, axis=1)",
}  # fmt: skip
_MADE = {"zeros": "0", "ones": "1", "eye": "1", "identity": "1"}  # and the element of each
_MOST_MADE = 4  # rows and columns that are written out
_INFINITE = ("inf", "Inf", "np.inf", "numpy.inf", "torch.inf", "math.inf", "jnp.inf", "float('inf')")
_ORDERS = {"1": "sum(abs({0}))", "2": "norm({0})", "'fro'": "norm({0})"} | dict.fromkeys(_INFINITE, "max(abs({0}))")
_REDUCTIONS = {"amax": "max", "amin": "min", "reduce_sum": "sum", "reduce_mean": "mean", "reduce_max": "max"}
_REDUCTIONS |= {name: name for name in ("sum", "mean", "max", "min", "logsumexp", "norm")}
_KEPT = {0: "row({0})", 1: "column({0})", -1: "column({0})"}  # keepdims
_CASTS = ("astype", "type", "type_as", "to", "float", "double")  # which make numbers of conditions
_OF_CONDITIONS = (ast.Mult, ast.BitAnd, ast.BitOr, ast.Invert)  # the others are of bits between two of them
_OPERATORS: Mapping[type[ast.AST], str] = {
    ast.Add: "({0}) + ({1})", ast.Sub: "({0}) - ({1})", ast.Mult: "({0})*({1})", ast.Div: "({0})/({1})",
    ast.Pow: "({0})^({1})", ast.MatMult: "({0}) @ ({1})", ast.USub: "-({0})", ast.UAdd: "({0})",
    ast.Lt: "({0}) < ({1})", ast.LtE: "({0}) <= ({1})", ast.Gt: "({0}) > ({1})", ast.GtE: "({0}) >= ({1})",
    ast.Eq: "({0}) == ({1})", ast.NotEq: "({0}) != ({1})", ast.BitAnd: "({0}) and ({1})", ast.BitOr: "({0}) or ({1})",
    ast.Invert: "not ({0})",
}  # fmt: skip


class _OtherError(Exception):
    """What has no counterpart."""


def unknown_call(line: str) -> tuple[int, int] | None:
    """Where the first function of a module, or method, stands that has no counterpart."""
    known = _SAME | _ELSEWHERE.keys() | _REDUCTIONS.keys() | _MADE.keys() | {"softmax", "einsum", *_CASTS}
    for call in re.finditer(r"[^\W\d]\w*(?:\.[^\W\d]\w*)+(?=\()", line):
        if call[0].rpartition(".")[2] not in known:
            return call.span()
    return None


def of_python(line: str) -> str:
    """The line in gradcli's language, or "" where it has something that this has not. Linear in its length."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(line.strip())
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return ""
    texts: dict[ast.AST, str] = {}
    for node in reversed([*ast.walk(tree)]):  # operands before what they are operands of
        write = _WRITERS.get(type(node))
        try:
            texts[node] = write(node, texts) if write else ""
        except (_OtherError, IndexError):
            texts[node] = ""
    statements = [texts[node] for node in tree.body]
    return "; ".join(statements) if all(statements) else ""


def _text(node: ast.AST, texts: Mapping[ast.AST, str]) -> str:
    if not texts[node]:
        raise _OtherError
    return texts[node]


def _filled(form: str, nodes: Sequence[ast.AST], texts: Mapping[ast.AST, str]) -> str:
    if f"{{{len(nodes) - 1}}}" not in form or f"{{{len(nodes)}}}" in form:  # too many, or too few
        raise _OtherError
    return form.format(*(_text(node, texts) for node in nodes))


def _constant(node: ast.Constant, _: Mapping[ast.AST, str]) -> str:
    if isinstance(node.value, bool) or not isinstance(node.value, (int, float)):
        raise _OtherError
    return repr(node.value)


def _assigned(node: ast.Assign, texts: Mapping[ast.AST, str]) -> str:
    if len(node.targets) != 1 or not isinstance(node.targets[0], ast.Name):
        raise _OtherError
    return f"{node.targets[0].id} = {_text(node.value, texts)}"


def _compared(node: ast.Compare, texts: Mapping[ast.AST, str]) -> str:
    if len(node.ops) != 1 or type(node.ops[0]) not in _OPERATORS:
        raise _OtherError
    return _filled(_OPERATORS[type(node.ops[0])], [node.left, *node.comparators], texts)


def _operated(node: ast.BinOp | ast.UnaryOp, texts: Mapping[ast.AST, str]) -> str:
    if type(node.op) not in _OPERATORS:
        raise _OtherError
    operands = [node.left, node.right] if isinstance(node, ast.BinOp) else [node.operand]
    if all(isinstance(one, ast.Compare) for one in operands) and not isinstance(node.op, _OF_CONDITIONS):
        raise _OtherError
    if isinstance(node.op, ast.MatMult) and (made := _of_ones(operands[0], operands[1], texts)):
        return made
    return _filled(_OPERATORS[type(node.op)], operands, texts)


def _of_ones(left: ast.AST, right: ast.AST, texts: Mapping[ast.AST, str]) -> str:
    """The product of a matrix with a vector of ones, or a matrix of which that is the one row or column, on one side:
    a sum along an axis.
    """
    for side, other, axis in ((left, right, 0), (right, left, 1)):
        ones = side.value if isinstance(side, ast.Attribute) and side.attr == "T" else side
        if isinstance(ones, ast.Call) and ones.args and ast.unparse(ones.func).rpartition(".")[2] == "ones":
            lengths = ones.args[0].elts if isinstance(ones.args[0], ast.Tuple) else ones.args
            form = _KEPT[axis] if len(lengths) == 2 else "{0}"
            if len(lengths) == 1 or _number(lengths[axis if ones is side else 1 - axis]) == 1:
                return form.format(f"sum({_text(other, texts)}, axis={axis})")
    return ""


def _attribute(node: ast.Attribute, texts: Mapping[ast.AST, str]) -> str:
    if node.attr not in ("T", "mT", "t"):
        raise _OtherError
    return f"({_text(node.value, texts)}).T"


def _part(node: ast.Subscript, texts: Mapping[ast.AST, str]) -> str:
    """`W[0,1]`; a vector with a new axis is a column or a row."""
    places = [*node.slice.elts] if isinstance(node.slice, ast.Tuple) else [node.slice]
    whole = _text(node.value, texts)
    written = ["new" if _is_new(place) else ast.unparse(place) for place in places]
    if "new" in written:
        return {":,new": f"column({whole})", "new,:": f"row({whole})"}.get(",".join(written), "")
    return f"({whole})[{','.join(written)}]"


def _is_new(node: ast.AST) -> bool:
    return (isinstance(node, ast.Constant) and node.value is None) or getattr(node, "attr", "") == "newaxis"


def _listed(node: ast.List, texts: Mapping[ast.AST, str]) -> str:
    return f"[{', '.join(_text(one, texts) for one in node.elts)}]"


def _called(node: ast.Call, texts: Mapping[ast.AST, str]) -> str:
    """A function of a library, or a method of an array."""
    function, arguments, system = node.func, [*node.args], ""
    if isinstance(function, ast.Attribute):
        name, owner = function.attr, function.value
        path = _path(owner)
        if path and path[0] in _MODULES:
            system = ".".join(path)
        else:
            arguments = [owner, *arguments]
            system = "method"
    elif isinstance(function, ast.Name):
        name = function.id
    else:
        raise _OtherError
    keywords = {word.arg or "": word.value for word in node.keywords}
    if system == "method" and name in _CASTS:
        return _cast(name, arguments[0], arguments[1:], texts)
    return _of(name, system, arguments, keywords, texts)


def _cast(name: str, node: ast.expr, types: Sequence[ast.AST], texts: Mapping[ast.AST, str]) -> str:
    """What is cast to numbers with fractions, or a condition to any: 1 where it holds, else 0."""
    is_condition = isinstance(node, ast.Compare) or isinstance(getattr(node, "op", None), _OF_CONDITIONS[1:])
    if not is_condition and name not in ("float", "double") and not any("float" in ast.unparse(one) for one in types):
        raise _OtherError
    return _text(node, texts)


def _path(node: ast.AST) -> list[str]:
    """The names of `torch.nn.functional`; none of what is no module."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return [node.id, *names[::-1]] if isinstance(node, ast.Name) else []


def _of(
    name: str,
    system: str,
    arguments: list[ast.expr],
    keywords: dict[str, ast.expr],
    texts: Mapping[ast.AST, str],
) -> str:
    if name in _REDUCTIONS and not _is_of_two(name, system, arguments):
        return _reduced(name, system, arguments, keywords, texts)
    if name == "softmax":
        return _softmax(system, arguments, keywords, texts)
    if name == "einsum" and arguments and not keywords:
        letters = arguments[0].value if isinstance(arguments[0], ast.Constant) else ""
        return _filled(einsum.formula(str(letters)), arguments[1:], texts)
    if name in _MADE and len(arguments) == 1 and not keywords:
        return _made(name, arguments[0])
    if keywords:
        raise _OtherError
    if name == "transpose" and [_number(one) for one in arguments[1:]] in ([0, 1], [1, 0], [-1, -2], [-2, -1]):
        arguments = arguments[:1]
    if name in _SAME and name in FUNCTIONS:
        return _filled(f"{name}({{0}})", arguments, texts)
    if name in ("max", "min"):
        return _filled(f"{name}({{0}}, {{1}})", arguments, texts)
    return _filled(_ELSEWHERE.get(name, ""), arguments, texts)


def _is_of_two(name: str, system: str, arguments: Sequence[ast.AST]) -> bool:
    """`torch.max(a, b)`."""
    is_a_place = len(arguments) == 2 and _number(arguments[1]) is not None
    return name in ("max", "min") and len(arguments) == 2 and system in ("torch", "") and not is_a_place


def _reduced(
    name: str,
    system: str,
    arguments: list[ast.expr],
    keywords: dict[str, ast.expr],
    texts: Mapping[ast.AST, str],
) -> str:
    is_a_pair = name in ("max", "min") and (
        "dim" in keywords or (len(arguments) > 1 and system not in ("np", "numpy", "jnp"))
    )
    if is_a_pair:
        raise _OtherError
    if name == "norm" and (len(arguments) > 1 or keywords.keys() & {"ord", "p"}):
        return _of_order(arguments, keywords, texts)
    axis, is_kept = _axis(arguments, keywords)
    if axis is None and is_kept:
        raise _OtherError
    if axis is None:
        return _filled(f"{_REDUCTIONS[name]}({{0}})", arguments[:1], texts)
    reduced = _filled(f"{_REDUCTIONS[name]}({{0}}, axis={axis})", arguments[:1], texts)
    if not is_kept:
        return reduced
    if axis not in _KEPT:
        raise _OtherError
    return _KEPT[axis].format(reduced)


def _softmax(
    system: str, arguments: list[ast.expr], keywords: dict[str, ast.expr], texts: Mapping[ast.AST, str]
) -> str:
    """That along the last axis: SciPy's is over all elements if none is named, PyTorch's asks for one."""
    axis, _ = _axis(arguments, keywords)
    if axis is None and system not in ("", "jax.nn", "tf.nn"):
        raise _OtherError
    return _filled("softmax(({0}).T).T" if axis in (0, -2) else "softmax({0})", arguments[:1], texts)


def _of_order(arguments: Sequence[ast.AST], keywords: Mapping[str, ast.expr], texts: Mapping[ast.AST, str]) -> str:
    """The norm of a vector, by its order; of a matrix, which has a capital, it may be another one."""
    orders = [*arguments[1:], *keywords.values()]
    has_capital = any(isinstance(one, ast.Name) and is_of_matrix(one.id) for one in ast.walk(arguments[0]))
    order = ast.unparse(orders[0])
    if len(orders) > 1 or (has_capital and order != "'fro'"):
        raise _OtherError
    return _filled(_ORDERS.get(order, ""), arguments[:1], texts)


def _made(name: str, node: ast.expr) -> str:
    """An array of zeros or ones, or the unit matrix, written out."""
    lengths = [_number(one) for one in (node.elts if isinstance(node, ast.Tuple) else [node])]
    lengths = lengths * 2 if name in ("eye", "identity") else lengths
    if not 0 < len(lengths) <= 2 or not all(one is not None and 0 < one <= _MOST_MADE for one in lengths):
        raise _OtherError
    rows, columns = ([1, *lengths] if len(lengths) == 1 else lengths)[:2]
    is_unit = name in ("eye", "identity")
    made = [
        f"[{', '.join(_MADE[name] if not is_unit or row == column else '0' for column in range(columns or 0))}]"
        for row in range(rows or 0)
    ]
    return made[0] if len(lengths) == 1 else f"[{', '.join(made)}]"


def _axis(arguments: Sequence[ast.AST], keywords: Mapping[str, ast.expr]) -> tuple[int | None, bool]:
    """The axis that is named, and whether it is kept with the length 1."""
    if not keywords.keys() <= {"axis", "dim", "keepdims", "keepdim"} or len(arguments) > 2:
        raise _OtherError
    named = [*arguments[1:], *(keywords[word] for word in ("axis", "dim") if word in keywords)]
    kept = [ast.unparse(keywords[word]) for word in ("keepdims", "keepdim") if word in keywords]
    if len(named) > 1 or (kept and kept[0] not in ("True", "False")):
        raise _OtherError
    if not named or _is_new(named[0]):
        return None, kept == ["True"]
    axis = _number(named[0])
    if axis is None:
        raise _OtherError
    return axis, kept == ["True"]


def _number(node: ast.AST) -> int | None:
    """A whole number as it is written."""
    is_negative = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)
    inner = node.operand if isinstance(node, ast.UnaryOp) and is_negative else node
    if not isinstance(inner, ast.Constant) or not isinstance(inner.value, int) or isinstance(inner.value, bool):
        return None
    return -inner.value if is_negative else inner.value


_WRITERS: Mapping[type[ast.AST], Callable[[Any, Mapping[ast.AST, str]], str]] = {
    ast.Expr: lambda node, texts: texts[node.value],
    ast.Assign: _assigned,
    ast.Name: lambda node, _: node.id,
    ast.Constant: _constant,
    ast.BinOp: _operated,
    ast.UnaryOp: _operated,
    ast.Compare: _compared,
    ast.Attribute: _attribute,
    ast.Subscript: _part,
    ast.List: _listed,
    ast.Call: _called,
}
