"""The export for JAX: a script with the function, which `jax.value_and_grad` differentiates; prints the gradients."""

from gradcli.export import tensors
from gradcli.export.lowering import Language
from gradcli.export.naming import function_name
from gradcli.gradient import Result
from gradcli.graph import Graph

HELPERS = {
    **tensors.HELPERS,
    "sinc": "def sinc(x):\n    return jnp.sin(x)/x if x != 0 else 1.0 + 0.0*x",
    "elu": "def elu(x):\n    return x if x >= 0 else jnp.expm1(x)",
    "softplus": "def softplus(x):\n    return jnp.logaddexp(x, 0.0)",
    "gelu": "def gelu(x):\n    return jax.nn.gelu(x, approximate=False)",
    "logsumexp": "def logsumexp(*arguments):\n    return jax.scipy.special.logsumexp(jnp.stack(arguments))",
}

_JAX = (
    "exp expm1 log log2 log10 log1p sqrt cbrt sin cos tan sinh cosh tanh hypot sign floor ceil round "
    "arcsin arccos arctan arctan2 arcsinh arccosh arctanh mod"
)

CALLS = {
    **{name.replace("arc", "a"): f"jnp.{name}" for name in _JAX.split()},
    **{name: name for name in HELPERS},
    **tensors.CALLS,
    "erf": "jax.scipy.special.erf", "erfc": "jax.scipy.special.erfc", "sigmoid": "jax.nn.sigmoid",
    "silu": "jax.nn.silu",
}  # fmt: skip

RESERVED = tensors.RESERVED | {*HELPERS}

LANGUAGE = Language(
    CALLS,
    HELPERS,
    repr,
    {"pi": "math.pi", "tau": "math.tau", "e": "math.e"},
    RESERVED,
    "{name} = {text}",
    lazy=True,
    wrap="jnp.array({})",
)


def source(graph: Graph, wrt: list[str] | None, result: Result | None, name: str | None) -> str:
    """A script; `name` is what the function is called.

    A named step in `wrt` gets a parameter of its own, 0, that is added to it: the slope for that is the step's. With
    a point, the script asserts that JAX's gradients are gradcli's.
    """
    own = function_name(name, "function", RESERVED)
    function = tensors.function(graph, wrt, LANGUAGE, result, own)
    names, targets = function.names, function.targets
    variables = function.graph.variables
    steps = {names[node]: f"shift_{names[node]}" for x, node in targets.items() if x not in variables}
    lines = []
    for line in function.code.lines:
        lines.append(line)
        step, _, _ = line.strip().partition(" = ")
        if step in steps:
            indent = line[: len(line) - len(line.lstrip())]
            lines.append(f"{indent}{step} = {step} + {steps[step]}")
    parameters = [*(names[node] for node in variables.values()), *steps.values()]
    places = [parameters.index(steps.get(names[node], names[node])) for node in targets.values()]
    body = [f"def {own}({', '.join(parameters)}):", *(f"    {line}" for line in lines)]
    body.append(f"    return {function.code.roots[0]}")
    values = [*(repr(function.at[x]) for x in variables), *("0.0" for _ in steps)]
    note = ["# No point was given: put in your numbers."] if result is None and variables else []
    numbers = "".join(f"{value}, " for value in values).rstrip(" ") if len(values) == 1 else ", ".join(values)
    ran = [*note, f"point = ({numbers})"]
    chosen = f"({', '.join(map(str, places))}{',' if len(places) == 1 else ''})"
    if targets:
        ran.append(f"value, slopes = jax.value_and_grad({own}, argnums={chosen})(*point)")
    else:
        ran.append(f"value, slopes = {own}(*point), ()")
    ran += [
        'print("value", float(value))',
        f"gradients = dict(zip({list(targets)!r}, map(float, slopes)))",
        *tensors.checks(result),
    ]
    parts = [['jax.config.update("jax_enable_x64", True)'], ["", *body], ["", *ran]]
    return tensors.script(function, ["import jax", "import jax.numpy as jnp"], parts)
