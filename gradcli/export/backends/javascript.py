"""The export for JavaScript: an ES module; and the straight-line JavaScript that other pages are made of.

`source` writes the module. `passes` gives, for a page that lets its reader move the variables, the code of the
forward pass and of each local derivative. Both use one language (`PAGE` is `LANGUAGE` without its title): how each
operator is spelled, and the sources of the helper functions that JavaScript's `Math` lacks, of which only those that
are used are written out.

The helpers are accurate to a few units in the last place: logsumexp and gelu never overflow, `erf` sums the series
e^(−x²)·2/√π·Σ 2ⁿx^(2n+1)/(1·3·…·(2n+1)), whose terms are all of one sign, and `erfc` from 0.7 on is the continued
fraction e^(−x²)/√π/(x + ½/(x + 1/(x + 3⁄2/(x + …)))), both from Abramowitz and Stegun, chapter 7.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from gradcli.engine.answer import Answer
from gradcli.export.code_language import ARITHMETIC, COMPARISONS, CodeLanguage
from gradcli.export.comments import comment, summary
from gradcli.export.identifiers import Letters, function_name, names_for
from gradcli.export.lowering import lower
from gradcli.graph import Graph
from gradcli.operators.records import Operator
from gradcli.symbolic.derive import derive
from gradcli.symbolic.simplify import Simplifier
from gradcli.symbolic.slopes import plain_slopes, weights_of
from gradcli.text import format_number

HELPERS = {
    "roundHalfEven": """function roundHalfEven(x) {
  const low = Math.floor(x), rest = x - low;
  return rest < 0.5 || (rest === 0.5 && low % 2 === 0) ? low : low + 1;
}""",
    "mod": """function mod(x, y) {
  const rest = x % y;
  return rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest;
}""",
    "gelu": f"""function gelu(x) {{ // {comment("gelu")}
  if (x < -40) return 0;
  const z = -x * Math.SQRT1_2;
  if (x > 0) return x * erfc(z) / 2;
  const a = Math.fround(z), b = Math.fround(x), c = z - a, d = x - b; // {comment("exact-squares")}
  return x * erfc(z) / 2 * Math.exp((a * a - b * b / 2) + (2 * a * c - b * d) + (c * c - d * d / 2));
}}""",
    "logsumexp": """function logsumexp(...all) {
  const [largest, ...rest] = [...all].sort((x, y) => y - x);
  return largest + Math.log1p(rest.reduce((sum, x) => sum + Math.exp(x - largest), 0));
}""",
    "sumOf": f"""function sumOf(...all) {{
  let whole = all[0], lost = 0;
  for (let i = 1; i < all.length; i += 1) {{ // {comment("two-sum")}
    const more = whole + all[i], back = more - whole;
    lost += (whole - (more - back)) + (all[i] - back);
    whole = more;
  }}
  return Number.isFinite(lost) ? whole + lost : whole;
}}""",
    "gauss": f"""function gauss(x) {{ // {comment("gauss")}
  const high = Math.fround(x);
  return Math.abs(x) > 27.3 ? 0 : Math.exp(-high * high) * Math.exp((high - x) * (high + x));
}}""",
    "erf": """function erf(x) {
  if (Math.abs(x) >= 0.7) return x < 0 ? erfc(-x) - 1 : 1 - erfc(x);
  let term = x, sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n += 1) {
    term *= 2 * x * x / (2 * n + 1);
    sum += term;
  }
  return gauss(x) * sum * 2 / Math.sqrt(Math.PI);
}""",
    "erfc": """function erfc(x) {
  if (x < 0.7) return x <= -0.7 ? 2 - erfc(-x) : 1 - erf(x);
  let rest = x;
  for (let n = Math.ceil(40 + 250 / (x * x)); n > 0; n -= 1) rest = x + n / 2 / rest;
  return gauss(x) / rest / Math.sqrt(Math.PI);
}""",
}

_MATH = (
    "exp expm1 log log2 log10 log1p sqrt cbrt sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh "
    "hypot abs sign floor ceil trunc min max"
)

CALLS = {
    **{name: f"Math.{name}" for name in _MATH.split()},
    **{name: name for name in ("mod", "gelu", "erf", "erfc", "logsumexp")},
    "round": "roundHalfEven", "sum": "sumOf", "length": "Math.hypot", "pow": "Math.pow",
    "where": "{0:AND} ? {1:OR} : {2:OR}",
}  # fmt: skip

_WORDS = """abstract async await boolean break byte case catch char class const continue debugger default delete do
double else enum export extends false final finally float for function goto if implements import in instanceof int
interface let long native new null package private protected public return short static super switch synchronized this
throw throws transient true try typeof var void volatile while with yield
Math Number undefined NaN Infinity arguments eval globalThis"""

RESERVED = frozenset([*HELPERS, *_WORDS.split()])


def _helper(name: str, parameters: Sequence[str], lines: Sequence[str], value: str) -> str:
    """A helper function."""
    body = "".join(f"  {line}\n" for line in lines)
    return f"function {name}({', '.join(parameters)}) {{\n{body}  return {value};\n}}"


LANGUAGE = CodeLanguage(
    "JavaScript",
    CALLS,
    HELPERS,
    format_number,
    {"pi": "Math.PI", "e": "Math.E"},
    RESERVED,
    _helper,
    "const {name} = {text};",
    symbols=ARITHMETIC | COMPARISONS | {"and": "&&", "or": "||", "not": "!", "==": "===", "!=": "!=="},
    renamed={"leaky_relu": "leakyRelu"},
)

PAGE = replace(LANGUAGE, title="")


def source(graph: Graph, wrt: list[str] | None, result: Answer | None, name: str | None, letters: Letters) -> str:
    """An ES module with a function `valueAndGradient(variables…)` that returns `[value, {name: slope}]`.

    The object `valueAndGradientIndices` has the place of each variable among its arguments. Where there is no
    finite value, JavaScript's infinities and NaN stand.
    """
    module = JavaScriptModule(graph, wrt, name, letters)
    return module.text(result, list(module.slopes.items()))


class JavaScriptModule:
    """The function and its gradient, lowered, and what stands around them in a module.

    `arguments` are the user's names of the arguments, `parameters` those in the code, `first` the lines before those
    of the code. `slopes` has the text of each by the user's name.
    """

    def __init__(self, graph: Graph, wrt: list[str] | None, name: str | None, letters: Letters) -> None:
        derivatives = derive(graph, wrt, stable=True)
        whole = derivatives.graph
        self.original = graph
        self.reserved = LANGUAGE.reserved_for(whole)
        self.name = function_name(name, "valueAndGradient", self.reserved)
        self.names = names_for(whole, self.reserved, letters.is_ascii, own=self.name)
        self.code = lower(whole, [whole.output, *derivatives.roots.values()], LANGUAGE, self.names.of)
        self.variables = whole.variables
        self.value, *slopes = self.code.roots
        self.slopes = {x: text for (x,), text in zip(derivatives.roots, slopes, strict=True)}
        self.arguments = list(whole.variables)
        self.parameters = [self.names.of[node] for node in whole.variables.values()]
        self.first: list[str] = []
        self.changed = self.names.changed

    def text(self, result: Answer | None, slopes: Sequence[tuple[str, str]]) -> str:
        """The module, which returns these slopes."""
        entries = [f"    {_key(x)}: {text}," for x, text in slopes]
        gradient = "\n".join(["{", *entries, "  }"]) if entries else "{}"
        body = [f"export function {self.name}({', '.join(self.parameters)}) {{"]
        body += [f"  {line}" for line in (*self.first, *self.code.lines)]
        body += [f"  return [{self.value}, {gradient}];", "}"]
        above = "\n".join(f"// {line}" for line in summary(self.original, result, self.changed))
        places = "".join(f"  {_key(x)}: {place},\n" for place, x in enumerate(self.arguments))
        indices = [f"export const {self.name}Indices = {{\n{places}}};"] if places else []
        return "\n\n".join([above, *self.code.helpers, *indices, "\n".join(body)]) + "\n"


def _key(name: str) -> str:
    text = json.dumps(name, ensure_ascii=False)
    return f"[{text}]" if name == "__proto__" else text


class JavaScriptPasses(NamedTuple):
    """JavaScript for both passes over a graph, to be put into functions of a page.

    `names[i]` is the name of node i's value in the code, for every node of the graph ("v0", "v1", …). `forward` are
    statements (`const v2 = v0*v1;`) that compute the values of all nodes that are not leaves, in terms of the names
    of the leaves, which the page declares. `local[i]` holds for each input of node i an expression for the local
    derivative ∂node/∂input in terms of those names ("" for a condition). `helpers` are the functions that they call.
    A condition has the value true or false. Both branches of a `where` are computed, in the arithmetic of IEEE 754;
    as in gradcli, nothing is to be passed on from a node whose gradient is 0.
    """

    names: list[str]
    forward: list[str]
    local: list[list[str]]
    helpers: dict[str, None]


def passes(graph: Graph, language: CodeLanguage = PAGE) -> JavaScriptPasses:
    """The forward pass and all local derivatives of a graph as JavaScript; linear in the size of the graph.

    `language` is another spelling of its operators.
    """
    found = JavaScriptPasses([f"v{node}" for node in range(len(graph))], [], [[] for _ in graph.inputs], {})
    for node, inputs in enumerate(graph.inputs):
        if inputs:
            _write_node(found, graph.operators[node], node, inputs, language)
    return found


def _write_node(
    found: JavaScriptPasses, operator: Operator, node: int, inputs: Sequence[int], language: CodeLanguage
) -> None:
    """The value of a node, and its local derivatives, each from rules over names alone."""
    builder = Simplifier()
    arguments = tuple(builder.variable(found.names[x]) for x in inputs)

    def text(root: int) -> str:
        code = lower(builder.graph(root), [root], language, builder.names, inline=True)
        found.helpers.update(dict.fromkeys(code.helpers))
        return code.roots[0]

    found.forward.append(f"const {found.names[node]} = {text(builder.keep(operator, arguments))};")
    if operator.condition:
        return
    out = builder.variable(found.names[node])
    if operator.variadic:
        _write_variadic(found, builder, operator, node, arguments, out, text)
    else:
        slopes = plain_slopes(builder, operator, arguments, out, stable=True)
        found.local[node].extend("" if slope is None else text(slope) for slope in slopes)


def _write_variadic(
    found: JavaScriptPasses,
    builder: Simplifier,
    operator: Operator,
    node: int,
    arguments: Sequence[int],
    out: int,
    text: Callable[[int], str],
) -> None:
    """The local derivatives of max and its like, with the same function of the arguments before each one, or with the
    sum of all weights.
    """
    if operator.weight:
        name = found.names[node]
        peak, sum_of_weights = f"{name}_largest", f"{name}_total"
        weights, total = weights_of(builder, operator, arguments, builder.variable(peak))
        found.forward.append(f"const {peak} = Math.max({', '.join(builder.names[x] for x in arguments)});")
        found.forward.append(f"const {sum_of_weights} = {text(total)};")
        found.local[node].extend(f"{text(weight)} / {sum_of_weights}" for weight in weights)
        return
    before = arguments[0]
    for index, x in enumerate(arguments):
        rule = operator.partial(index).for_machines
        found.local[node].append(text(builder.rule(rule, {"x": x, "before": before, "out": out})))
        if 0 < index < len(arguments) - 1 and "before" in operator.formulas[1]:
            name = f"{found.names[node]}_{index}"
            found.forward.append(f"const {name} = {text(builder.keep(operator, (before, x)))};")
            before = builder.variable(name)
