"""The graphs that the tests draw: the article's figures, a network, random programs."""

from random import Random
from typing import NamedTuple

from gradcli.api import gradient
from gradcli.draw.scene import Scene, make_scene
from gradcli.language.parser import parse
from tests.helpers.running import ROOT


class Example(NamedTuple):
    """An expression, a point, and what requires a gradient."""

    expression: str
    at: dict[str, float]
    wrt: list[str] | None = None
    language: str = "en"

    def scene(self, **choices: object) -> Scene:
        """The scene at the point."""
        result = gradient(self.expression, self.at, self.wrt, allow_nonfinite=True)
        return make_scene(result.graph, result, language=self.language, **choices)  # type: ignore[arg-type]

    def without_point(self, **choices: object) -> Scene:
        """The scene without the point, with products on the way back."""
        graph = parse(self.expression)
        return make_scene(graph, None, self.wrt, language=self.language, **choices)  # type: ignore[arg-type]


def _network() -> Example:
    """Four ReLU units of three inputs each, 61 nodes; the inputs require no gradient."""
    weights = (-0.69, -0.87, -0.2, 0.6, 0.53, -0.56, -0.45, -0.65, -0.79, 0.85, 0.66, 0.61)
    names = [f"w{unit}{x}" for unit in range(1, 5) for x in range(1, 4)]
    at = dict(zip(names, weights, strict=True)) | {"b1": 0.42, "b2": 0.04, "b3": -0.29, "b4": -0.3}
    at |= {"v1": -0.61, "v2": -0.38, "v3": 0.25, "v4": 0.46, "c": 0.1}
    units = [f"v{u}*relu(w{u}1*x1 + w{u}2*x2 + w{u}3*x3 + b{u})" for u in range(1, 5)]
    expression = f"sigmoid({' + '.join(units)} + c)"
    return Example(expression, at | {"x1": -0.53, "x2": -0.79, "x3": -0.21}, list(at))


GOLDEN = ROOT / "tests" / "draw" / "golden"
SHARED = "s = a*x; t = relu(s); y = t*s + sigmoid(t) + where(a>0, x, 2)"

EXAMPLES = {
    "article": Example("a*x + b*y", {"a": 2, "x": 3, "b": 4, "y": 5}),
    "exercise": Example("a*x + b*y", {"a": 2, "x": 3, "b": 5, "y": 4}, ["b"]),
    "relu_open": Example("relu(a*x)", {"a": 2, "x": 3}),
    "relu_closed": Example("relu(a*x)", {"a": -2, "x": 3}),
    "shared": Example(SHARED, {"a": 1.5, "x": 0.8}),
    "shared_closed": Example(SHARED, {"a": -1.5, "x": 0.8}),
    "japanese": Example("支払額 = りんご*個数*消費税", {"りんご": 100, "個数": 2, "消費税": 1.1}, None, "ja"),
    "network": _network(),
}

# Twenty nodes and more; many helper functions and many long edges; long derivatives again and again.
TWENTY = {
    "h = relu(w1*x + b1); g = sigmoid(w2*h + b2); y = w3*g + where(h > 0, exp(-h), x^2) + max(g, x, 0.5)": (
        {"w1": 0.5, "x": 1.2, "b1": 0.1, "w2": -0.3, "b2": 0.2, "w3": 2.0}
    ),
    "gelu(a) + erf(b) + sinc(c) + silu(d) + atan2(a, b)*clip(c, d, a)^mod(a, b) + logsumexp(a, b, c) + d": (
        {"a": 1.0, "b": 2.0, "c": 3.0, "d": 4.0}
    ),
    "a = gelu(x*w); b = erf(y*v); c = sinc(a + b); d = gelu(c*u); e = erf(d*a); f = sinc(e + b*x); erf(gelu(f*c)+y)": (
        {"x": 0.5, "w": 1.0, "y": 0.4, "v": 0.3, "u": 2.0}
    ),
}


def random_program(seed: int, most: int = 30) -> Example:
    """A program of up to `most` steps that uses nodes again and again, and every kind of picture element."""
    random = Random(seed)
    leaves = ["a", "b", "c", "long_name"][: random.randint(1, 4)]
    pool, unused, steps = list(leaves), list[str](), list[str]()

    def operand() -> str:
        if unused and random.random() < 0.6:
            return unused.pop(random.randrange(len(unused)))
        return random.choice(pool) if random.random() < 0.9 else f"{random.uniform(-9, 9):.3g}"

    for number in range(random.randint(1, most)):
        kind = random.choice(("+", "-", "*", "relu", "sin", "leaky_relu", "max", "where", "sigmoid", "tanh"))
        if kind in "+-*":
            text = f"{operand()} {kind} {operand()}"
        elif kind == "max":
            text = f"max({', '.join(operand() for _ in range(random.randint(2, 6)))})"
        elif kind == "leaky_relu":
            text = f"leaky_relu({operand()}, 0.1)"
        elif kind == "where":
            text = f"where({operand()} > {operand()}, {operand()}, {operand()})"
        else:
            text = f"{kind}({operand()})"
        steps.append(f"n{number} = {text}")
        pool.append(f"n{number}")
        unused.append(f"n{number}")
    steps.append(f"result = {' + '.join(unused)}")
    used = [name for name in leaves if any(name in step for step in steps)]
    return Example("; ".join(steps), {name: random.uniform(-2, 2) for name in used})


LONG = "the_learning_rate_of_the_whole_encoder_0"
ROOMS = {
    "x*x*x": Example("x*x*x", {"x": 1.5}),
    "four x": Example("x*x*x*x", {"x": 1.5}),
    "long names": Example(
        f"{LONG}1 = a*{LONG}2; {LONG}3 = relu({LONG}1) + {LONG}2; {LONG}3*b + {LONG}1*c + d*{LONG}1",
        {"a": 1, f"{LONG}2": -0.123456, "b": 3.3, "c": -1e-7, "d": 2},
    ),
    "Japanese names": Example(
        "りんごを買う金額の合計 = りんごひとつの値段*個数; (りんごを買う金額の合計 + 送料)*消費税率",
        {"りんごひとつの値段": 100, "個数": 2, "送料": 350, "消費税率": 1.1},
        None,
        "ja",
    ),
    "softmax": Example("exp(a)/(exp(a)+exp(b)+exp(c))", {"a": 1, "b": 2, "c": 0.5}),
    "maximum": Example("max(a, b, c, d, e, f, g, h)*a", dict(zip("abcdefgh", range(8), strict=True))),
    "branches": Example("x*y + where(x > 0, x, 2) + relu(y)", {"x": 3, "y": -4}),
}


def layered(*units: int) -> Example:
    """A network of so many units in each layer, of which the inputs are the first, with its squared error."""
    at = {f"x{unit}": 0.3 * unit - 0.5 for unit in range(units[0])}
    before, steps = list(at), list[str]()
    for layer, count in enumerate(units[1:], 1):
        now = [f"h{layer}{unit}" for unit in range(count)]
        for unit, name in enumerate(now):
            weights = [f"{'uvwz'[layer - 1]}{unit}{source}" for source in range(len(before))]
            at |= {weight: 0.37 * unit - 0.11 * place for place, weight in enumerate(weights)}
            at[f"b{layer}{unit}"] = 0.1 * unit
            terms = [f"{weight}*{source}" for weight, source in zip(weights, before, strict=True)]
            steps.append(f"{name} = tanh({' + '.join(terms)} + b{layer}{unit})")
        before = now
    steps.append(f"L = {' + '.join(f'({name} - t{place})^2' for place, name in enumerate(before))}")
    at |= {f"t{place}": 0.5 for place in range(len(before))}
    return Example("; ".join(steps), at, [name for name in at if name[0] not in "xt"])


def products(count: int) -> Example:
    """A sum of products."""
    at = {f"{kind}{place}": 0.1 * place - 0.7 for kind in "ab" for place in range(count)}
    return Example(" + ".join(f"a{place}*b{place}" for place in range(count)), at)


HOSTILE = "</script><script>alert(1)</script> <!-- -- ]]> ' \" & <b>&amp;\x00\x1b[31m \ud800 \u202e &#60;"


def network(units: int) -> Scene:
    """Units of four inputs each."""
    sums = [f"v{u}*relu({' + '.join(f'w{u}{x}*x{x}' for x in range(4))} + b{u})" for u in range(units)]
    names = [f"w{u}{x}" for u in range(units) for x in range(4)] + [f"{k}{u}" for u in range(units) for k in "vb"]
    at = dict.fromkeys([*names, *(f"x{x}" for x in range(4)), "c"], 0.1)
    result = gradient(f"sigmoid({' + '.join(sums)} + c)", at)
    return make_scene(result.graph, result)


def dense(steps: int) -> Scene:
    """Every step reads two far apart ones."""
    lines = ["n0 = x", "n1 = y", *(f"n{n} = 0.5*n{n - 1} - n{n // 2}" for n in range(2, steps))]
    result = gradient("; ".join(lines), {"x": 0.3, "y": 0.7})
    return make_scene(result.graph, result)
