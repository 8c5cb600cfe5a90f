"""The export for PyTorch: a script that makes the tensors, runs the forward and the backward pass and prints."""

from gradcli.engine.answer import Answer
from gradcli.export.backends import tensors
from gradcli.export.comments import comment
from gradcli.export.identifiers import Letters, function_name
from gradcli.graph import Graph
from gradcli.language.names import output_name
from gradcli.operators.records import Operator
from gradcli.operators.table import IDENTITY

_TORCH = (
    "exp expm1 log log2 log10 log1p sqrt sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh hypot "
    "erf erfc sign floor ceil round sigmoid exp2 trunc xlogy lgamma erfinv"
)

LANGUAGE = tensors.language(
    "PyTorch",
    "torch",
    "stop",
    {name: f"torch.{name}" for name in _TORCH.split()}
    | {"mod": "torch.remainder", "degrees": "torch.rad2deg", "radians": "torch.deg2rad"}
    | {"detach": "stop"}
    | {"silu": "torch.nn.functional.silu", "logsigmoid": "torch.nn.functional.logsigmoid"},
    {
        "stop": f"def stop(x):  # {comment('stop')}\n    return torch.as_tensor(x).detach()",
        "cbrt": "def cbrt(x):\n    return x ** (1.0 / 3.0) if x >= 0 else -((-x) ** (1.0 / 3.0))",
        "softplus": "def softplus(x):\n    return torch.logaddexp(x, torch.zeros_like(x))",
        "gamma": """def gamma(x):
    sign = -1.0 if x < 0 and math.floor(x) % 2 else 1.0
    return sign * torch.exp(torch.lgamma(x))""",
        "polygamma_above_0": f"""def polygamma_above_0(n, x):  # {comment("zeta")}
    return torch.special.zeta(2.0, x) if n == 1 else torch.polygamma(n, x)""",
    },
    "torch.tensor({})",
)


def source(graph: Graph, wrt: list[str] | None, result: Answer | None, name: str | None, letters: Letters) -> str:
    """A script; `name` is what the output is called in it.

    Only the variables in `wrt` are made with `requires_grad=True`; a named step in `wrt` keeps its gradient. With a
    point, the script asserts that PyTorch's gradients are gradcli's.
    """
    reserved = LANGUAGE.reserved
    own = function_name(name, output_name(graph), reserved) if name or graph.output not in graph.names else ""
    function = tensors.function(graph, wrt, LANGUAGE, result, own, letters)
    names, targets = function.names, function.targets
    made = [f"# {comment('no-point')}"] if result is None and function.graph.variables else []
    for x, node in function.graph.variables.items():
        needs = ", requires_grad=True" if x in targets else ""
        made.append(f"{names[node]} = torch.tensor({function.at[x]!r}{needs})")
    operators = function.graph.operators
    steps = {names[node]: operators[node] for node in targets.values() if not function.graph.is_leaf(node)}
    computed = []
    for line in function.code.lines:
        computed.append(line)
        step, _, _ = line.partition(" = ")
        if step in steps:
            if may_be_its_operand(steps[step]):
                computed.append(f"{step} = {step}.clone()  # {comment('own-gradient')}")
            computed.append(f"{step}.requires_grad_().retain_grad()")
    value = function.code.roots[0]
    output = own or value
    if value != output:
        computed.append(f"{output} = {value}")
    gradients = [
        (x, f"0.0 if {names[node]}.grad is None else {names[node]}.grad.item()") for x, node in targets.items()
    ]
    ran = [
        f"if {output}.requires_grad:  # {comment('no-gradient')}",
        f"    {output}.backward()",
    ]
    printed = [f'print("value", {output}.item())', *tensors.table("gradients", gradients), *tensors.checks(result)]
    parts = [["torch.set_default_dtype(torch.float64)"], made, computed, ran, printed]
    return tensors.script(function, ["import torch"], parts)


def may_be_its_operand(operator: Operator) -> bool:
    """Whether the result may be the very tensor that one of the operands is."""
    return operator is IDENTITY or bool(operator.branches or operator.ties or operator.chooses)
