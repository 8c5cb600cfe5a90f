"""The export for PyTorch of a function of arrays: a script of tensors, whose gradients it prints."""

from collections.abc import Collection

from gradcli.engine.answer import Answer
from gradcli.export.arrays import tensors
from gradcli.export.arrays.programs import Behind, rows
from gradcli.export.backends.tensors import script, table
from gradcli.export.backends.torch import LANGUAGE as NUMBERS
from gradcli.export.backends.torch import may_be_its_operand
from gradcli.export.comments import comment
from gradcli.export.identifiers import Letters, function_name
from gradcli.graph import Graph
from gradcli.language.names import output_name

_ARRAY = "torch.tensor({})"
_REDUCED = {
    "sum": ("torch.sum({0})", "torch.sum({0}, AXIS)"),
    "mean": ("torch.mean({0})", "torch.mean({0}, AXIS)"),
    # of equal elements the first, as gradcli has it
    "max": ("torch.max(torch.flatten({0}), 0).values", "torch.max({0}, AXIS).values"),
    "min": ("torch.min(torch.flatten({0}), 0).values", "torch.min({0}, AXIS).values"),
    "logsumexp": ("torch.logsumexp(torch.flatten({0}), 0)", "torch.logsumexp({0}, AXIS)"),
    "norm": ("torch.linalg.vector_norm({0})", "torch.linalg.vector_norm({0}, dim=AXIS)"),
}

_GRADIENT_OF = """def gradient_of(x):
    return torch.zeros_like(x) if x.grad is None else x.grad"""

LANGUAGE = tensors.language(
    NUMBERS,
    "torch",
    "stop",
    {
        "cbrt": "def cbrt(x):\n    return torch.sign(x) * torch.abs(x) ** (1.0 / 3.0)",
        "gamma": """def gamma(x):
    is_negative = torch.logical_and(x < 0.0, torch.floor(x) % 2.0 != 0.0)
    return torch.where(is_negative, -1.0, 1.0) * torch.exp(torch.lgamma(x))""",
        "logsumexp": """def logsumexp(*arguments):
    return torch.logsumexp(torch.stack(torch.broadcast_tensors(*arguments)), 0)""",
    },
    _REDUCED,
    {"softmax": "torch.softmax({0}, -1)", "softplus": "softplus"},
)


def source(graph: Graph, wrt: list[str] | None, result: Answer | None, name: str | None, letters: Letters) -> str:
    """A script, as for a function of numbers; tensors have the shapes of arrays, and so have gradients."""
    reserved = LANGUAGE.reserved
    assert graph.arrays is not None, "a graph of arrays"
    program = graph.arrays.program
    is_free = name or program.output not in program.names
    own = function_name(name, output_name(program), reserved) if is_free else ""
    function = tensors.function(graph, wrt, LANGUAGE, _ARRAY, result, own, letters)
    names, targets, number = function.names, function.targets, LANGUAGE.number
    required = {target.node for target in targets.values()}
    made = [f"# {comment('no-point')}"] if result is None and function.graph.variables else []
    for x, node in function.graph.variables.items():
        needs = ", requires_grad=True" if node in required else ""
        made.append(rows(function.at[x], number, f"{names[node]} = torch.tensor(", f"{needs})"))
    computed = _computed(function, required)
    value = function.code.roots[0]
    output = own or value
    if value != output:
        computed.append(f"{output} = {value}")
    ran = [f"if {output}.requires_grad:  # {comment('no-gradient')}", f"    {output}.backward()"]
    gradients = []
    for x, target in targets.items():
        of = names[target.node]
        gradients.append((x, f"gradient_of({of}){tensors.subscript(target)}"))
    helpers = [*function.code.helpers, *([_GRADIENT_OF] if gradients else ())]
    function = function._replace(code=function.code._replace(helpers=helpers))
    printed = [f'print("value", {output}.item())', *table("gradients", gradients)]
    printed += ["for name, slope in gradients.items():", "    print(name, slope.tolist())"]
    entries = tensors.expected(result, number) if result is not None else []
    if entries:
        printed += ["", *table("expected", entries), *tensors.checks("torch", _ARRAY, entries)]
    parts = [["torch.set_default_dtype(torch.float64)"], made, computed, ran, printed]
    return script(function, ["import torch"], parts)


def _computed(function: tensors.ArrayFunction, required: Collection[int]) -> list[str]:
    """The lines of the forward pass; a step among those required keeps its gradient."""
    graph, names = function.graph, function.names
    steps = {names[node]: graph.operators[node] for node in required if not graph.is_leaf(node)}
    computed = []
    for line in function.code.lines:
        computed.append(line)
        step, _, _ = line.partition(" = ")
        if step in steps:
            if may_be_its_operand(steps[step]) or isinstance(steps[step], Behind):
                computed.append(f"{step} = {step}.clone()  # {comment('own-gradient')}")
            computed.append(f"{step}.requires_grad_().retain_grad()")
    return computed
