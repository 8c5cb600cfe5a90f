"""The export for JAX of a function of arrays: a script with the function, which `jax.value_and_grad` differentiates."""

from gradcli.engine.answer import Answer
from gradcli.export.arrays import tensors
from gradcli.export.arrays.programs import rows
from gradcli.export.backends.jax import LANGUAGE as NUMBERS
from gradcli.export.backends.jax import differentiated, shifted, shifts
from gradcli.export.backends.tensors import script, table
from gradcli.export.comments import comment
from gradcli.export.identifiers import Letters, function_name
from gradcli.graph import Graph
from gradcli.graph.arrays import shaped, size_of

_ARRAY = "jnp.array({})"
_REDUCED = {name: (f"jnp.{name}({{0}})", f"jnp.{name}({{0}}, axis=AXIS)") for name in ("sum", "mean")}
_REDUCED |= {
    name: (f"{own}({{0}})", f"{own}({{0}}, AXIS)")
    for name, own in (
        ("max", "largest_of"),
        ("min", "smallest_of"),
        ("norm", "norm"),
        ("logsumexp", "jax.scipy.special.logsumexp"),
    )
}

_EXTREME = """def OWN(x, axis=None):  # {of}
    x, axis = (x, axis) if axis is not None else (jnp.ravel(x), 0)
    places = jnp.expand_dims(jnp.ARG(x, axis=axis), axis)
    return jnp.squeeze(jnp.take_along_axis(x, places, axis), axis)""".replace("{of}", comment("first-extreme"))

LANGUAGE = tensors.language(
    NUMBERS,
    "jnp",
    "jax.lax.stop_gradient",
    {
        "largest_of": _EXTREME.replace("OWN", "largest_of").replace("ARG", "argmax"),
        "smallest_of": _EXTREME.replace("OWN", "smallest_of").replace("ARG", "argmin"),
        "norm": f"""def norm(x, axis=None):  # {comment("norm-at-zero")}
    squares = jnp.sum(x * x, axis=axis)
    return jnp.where(squares > 0.0, jnp.sqrt(jnp.where(squares > 0.0, squares, 1.0)), 0.0)""",
        "logsumexp": """def logsumexp(*arguments):
    return jax.scipy.special.logsumexp(jnp.stack(jnp.broadcast_arrays(*arguments)), axis=0)""",
    },
    _REDUCED,
    {"softmax": "jax.nn.softmax({0})"},
)


def source(graph: Graph, wrt: list[str] | None, result: Answer | None, name: str | None, letters: Letters) -> str:
    """A script, as for a function of numbers; arrays have their shapes, and so have gradients."""
    own = function_name(name, "function", LANGUAGE.reserved)
    function = tensors.function(graph, wrt, LANGUAGE, _ARRAY, result, own, letters)
    names, targets, number = function.names, function.targets, LANGUAGE.number
    variables = function.graph.variables
    asked = {target.node: target for target in targets.values()}
    steps = shifts([names[node] for node in asked if not function.graph.is_leaf(node)], {*names.values(), own})
    lines = shifted(function.code.lines, steps)
    parameters = [*(names[node] for node in variables.values()), *steps.values()]
    body = [f"def {own}({', '.join(parameters)}):", *(f"    {line}".replace("\n", "\n    ") for line in lines)]
    body.append(f"    return {function.code.roots[0]}")
    values = [rows(function.at[x], number, after=",") for x in variables]
    zeros = [shaped([0.0] * size_of(one.shape), one.shape) for one in asked.values() if names[one.node] in steps]
    values += [rows(zero, number, after=",") for zero in zeros]
    ran = [f"# {comment('no-point')}"] if result is None and variables else []
    ran += ["point = (", *(f"    {value}".replace("\n", "\n    ") for value in values), ")"]
    place = {parameter: index for index, parameter in enumerate(parameters)}
    places = {node: place[steps.get(names[node], names[node])] for node in asked}
    ran.append(differentiated(own, list(places.values())))
    order = {node: index for index, node in enumerate(places)}
    found = [(x, f"slopes[{order[target.node]}]{tensors.subscript(target)}") for x, target in targets.items()]
    ran += ['print("value", float(value))', *table("gradients", found)]
    ran += ["for name, slope in gradients.items():", "    print(name, slope.tolist())"]
    entries = tensors.expected(result, number) if result is not None else []
    if entries:
        ran += ["", *table("expected", entries), *tensors.checks("jnp", _ARRAY, entries)]
    parts = [['jax.config.update("jax_enable_x64", True)'], [*body, ""], ran]
    return script(function, ["import jax", "import jax.numpy as jnp"], parts)
