"""Claims with branches about functions with branches; each line: an expression, and a claim about it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from random import Random

from gradcli.check.branches.exclusion import Scope, Unknowns, exclude
from gradcli.check.branches.search import Branches, NodeBranch
from gradcli.check.branches.systems import Work
from gradcli.engine.doubles.passes import Fault
from gradcli.engine.evaluation import evaluate
from gradcli.graph import Graph
from gradcli.language.parser import parse

# What the variables are.
POINT = {
    "x": 0.7, "y": 1.3, "a": 2.0, "low": -1.0, "high": 3.0, "r": 0.4, "d": 1.5, "q": 0.3, "w": 1.1, "b": -0.2, "t":
    0.6, "z": -0.5, "m": 0.9, "p": 2.1, "n": 1.7,
}  # fmt: skip

# Right everywhere: branches that are never taken together are known to exclude each other.
_RIGHT = """
relu(x) | x = where(x >= 0, 1, 0)
relu(x) | x = where(x > 0, 1, 0)
relu(x) | x = where(x < 0, 0, 1)
relu(x) | x = (1 + sign(x))/2
relu(x) | x = where(0 < x, 1, 0)
relu(x) | x = where(not x <= 0, 1, 0)
a*relu(x) | a = max(x, 0)
a*relu(x) | a = where(x > 0, x, 0)
a*relu(x) | x = a*where(x > 0, 1, 0)
abs(x) | x = sign(x)
abs(x) | x = where(x < 0, -1, 1)
abs(x) | x = x/abs(x)
abs(x - y) | x = where(x > y, 1, -1)
abs(x - y) | x = sign(x - y)
abs(x - y) | y = where(x > y, -1, 1)
abs(2*x - 3) | x = where(x > 1.5, 2, -2)
max(x, y) | x = where(x > y, 1, 0)
max(x, y) | y = where(x > y, 0, 1)
min(x, y) | x = where(y > x, 1, 0)
max(x, 0) | x = where(x > 0, 1, 0)
max(x, y, z) | x = where(x > y and x > z, 1, 0)
max(x, max(y, z)) | x = where(x > y and x > z, 1, 0)
max(x, y, z) | x = where(x > max(y, z), 1, 0)
clip(x, low, high) | x = where(x < low or x > high, 0, 1)
clip(x, -1, 1) | x = where(abs(x) < 1, 1, 0)
clip(x, -1, 1) | x = where(x > -1 and x < 1, 1, 0)
min(max(x, -1), 1) | x = where(abs(x) < 1, 1, 0)
max(-1, min(x, 1)) | x = where(x < -1 or x > 1, 0, 1)
leaky_relu(x, 0.1) | x = where(x > 0, 1, 0.1)
leaky_relu(x, a) | a = min(x, 0)
elu(x) | x = where(x > 0, 1, exp(x))
elu(x) | x = exp(min(x, 0))
elu(x) | x = min(1, exp(x))
where(abs(r) <= 1, r^2/2, abs(r) - 1/2) | r = clip(r, -1, 1)
where(abs(r) <= 1, r^2/2, abs(r) - 0.5) | r = where(abs(r) < 1, r, sign(r))
where(abs(r) <= 1, r^2/2, abs(r) - 0.5) | r = where(r > 1, 1, where(r < -1, -1, r))
where(abs(r) <= 1, r^2/2, abs(r) - 0.5) | r = max(-1, min(1, r))
where(abs(x - y) <= 1, (x - y)^2/2, abs(x - y) - 0.5) | x = clip(x - y, -1, 1)
max(q*r, (q - 1)*r) | r = where(r > 0, q, q - 1)
max(q*(y - p), (q - 1)*(y - p)) | p = where(y > p, -q, 1 - q)
max(0, 1 - t*y) | y = where(t*y < 1, -t, 0)
max(0, 1 - t*y) | y = where(1 - t*y > 0, -t, 0)
relu(1 - t*y)^2 | y = -2*t*relu(1 - t*y)
relu(1 - t*y)^2 | y = where(t*y < 1, -2*t*(1 - t*y), 0)
max(0, d + p - n) | p = where(d + p > n, 1, 0)
max(0, d + p - n) | n = where(n < d + p, -1, 0)
z1 = w*x + b; h = relu(z1); (h - t)^2 | w = 2*(h - t)*x*where(z1 > 0, 1, 0)
z1 = w*x + b; h = relu(z1); (h - t)^2 | b = where(w*x + b > 0, 2*(w*x + b - t), 0)
z1 = w*x + b; h = relu(z1); (h - t)^2 | b = 2*(h - t)*where(h > 0, 1, 0)
relu(x)*relu(y) | x = where(x > 0 and y > 0, y, 0)
relu(x)*relu(y) | x = where(x > 0, max(y, 0), 0)
relu(x) + relu(-x) | x = sign(x)
relu(x) - relu(-x) | x = where(x > 0, 1, 1)
x*abs(x) | x = 2*abs(x)
x*abs(x) | x = where(x > 0, 2*x, -2*x)
abs(x)^3 | x = 3*x*abs(x)
sqrt(abs(x)) | x = sign(x)/(2*sqrt(abs(x)))
log(abs(x)) | x = 1/x
abs(x*y) | x = y*sign(x*y)
abs(x*y) | x = abs(y)*sign(x)
abs(x*y) | x = abs(x*y)/x
relu(x^2 - 4) | x = where(abs(x) > 2, 2*x, 0)
relu(x^2 - 4) | x = where(x > 2 or x < -2, 2*x, 0)
relu(x^2 - 4) | x = where(x^2 > 4, 2*x, 0)
relu(4 - x^2) | x = where(abs(x) < 2, -2*x, 0)
max(x, x^2) | x = where(x < 0 or x > 1, 2*x, 1)
min(x, x^2) | x = where(x > 0 and x < 1, 2*x, 1)
max(x^2, x^3) | x = where(x > 1, 3*x^2, 2*x)
abs(x^2 - 1) | x = where(x^2 > 1, 2*x, -2*x)
abs(x^2 - 1) | x = where(abs(x) > 1, 2*x, -2*x)
abs(x^3) | x = 3*x^2*sign(x)
abs(x^3) | x = where(x > 0, 3*x^2, -3*x^2)
abs(sin(x)) | x = cos(x)*sign(sin(x))
abs(sin(x)) | x = where(sin(x) > 0, cos(x), -cos(x))
relu(exp(x) - 1) | x = where(x > 0, exp(x), 0)
relu(log(x)) | x = where(x > 1, 1/x, 0)
relu(sinh(x)) | x = where(x > 0, cosh(x), 0)
relu(tanh(x)) | x = where(x > 0, 1 - tanh(x)^2, 0)
max(exp(x), exp(y)) | x = where(x > y, exp(x), 0)
where(hypot(x, y) < 1, x^2, 3*x) | x = where(x^2 + y^2 < 1, 2*x, 3)
where(hypot(x, y, 2) < 3, x^2, 3*x) | x = where(sqrt(x^2 + y^2 + 4) < 3, 2*x, 3)
where(hypot(x, y, 2) < 3, x^2, 3*x) | x = where(x^2 + y^2 < 5, 2*x, 3)
where(sqrt(x^2 + y^2 + 4) >= 3, x^2, 3*x) | x = where(x^2 + y^2 >= 5, 2*x, 3)
where(x^2 + y^2 < 5, x^2, 3*x) | x = where(hypot(x, y, 2) > 3, 3, 2*x)
where(sum(x, y, -3) > 0, x^2, 3*x) | x = where(x + y > 3, 2*x, 3)
where(x^2 + y^2 < 4, x^2, 3*x) | x = where(2*hypot(x, y) < 4, 2*x, 3)
where(sqrt(x^2 + y^2) >= 2, x^2, 3*x) | x = where(x^2 + y^2 < 4, 3, 2*x)
where(hypot(x, y) <= 1.5, x^2, 3*x) | x = where(sqrt(x^2 + y^2) < 1.5, 2*x, 3)
where(cbrt(x) < 2, x^2, 3*x) | x = where(x < 8, 2*x, 3)
relu(x/a) | x = where(x/a > 0, 1/a, 0)
relu(x*y*y) | x = where(x > 0, y^2, 0)
relu(x/exp(y)) | x = where(x > 0, exp(-y), 0)
relu(a^2*x) | x = where(x > 0, a^2, 0)
where(x < 20, x, where(x < 40, 2*x, 3*x)) | x = where(x >= 40, 3, where(x < 20, 1, 2))
where(x < 0, x^2, where(x < 1, x, 2*x - 1)) | x = where(x >= 1, 2, where(x >= 0, 1, 2*x))
where(x > 0, x, exp(x) - 1) | x = where(x < 0, exp(x), 1)
where(x < -1, 0, where(x > 1, 1, (x + 1)/2)) | x = where(abs(x) < 1, 1/2, 0)
clip(0.2*x + 0.5, 0, 1) | x = where(abs(x) < 2.5, 0.2, 0)
clip(x/5 + 0.5, 0, 1) | x = where(x > -2.5 and x < 2.5, 0.2, 0)
x*clip(x/6 + 0.5, 0, 1) | x = where(x < -3, 0, where(x > 3, 1, (2*x + 3)/6))
min(max(0, x), 6) | x = where(x > 0 and x < 6, 1, 0)
min(relu(x), 6) | x = where(x > 0 and x < 6, 1, 0)
min(p*a, clip(p, 0.8, 1.2)*a) | p = where(a > 0 and p > 1.2 or a < 0 and p < 0.8, 0, a)
a*where(x < 1000, x/10, x/5 - 100) | a = where(x < 1000, x/10, x/5 - 100)
abs(x) + abs(y) | x = sign(x)
max(abs(x), abs(y)) | x = where(abs(x) > abs(y), sign(x), 0)
max(abs(x), abs(y)) | x = where(x^2 > y^2, sign(x), 0)
relu(relu(x) - 1) | x = where(x > 1, 1, 0)
abs(abs(x) - 1) | x = where(x > 1, 1, where(x > 0, -1, where(x > -1, 1, -1)))
abs(abs(x) - 1) | x = sign(abs(x) - 1)*sign(x)
softplus(x) + relu(x) | x = sigmoid(x) + where(x > 0, 1, 0)
logsumexp(x, y) - max(x, y) | x = exp(x)/(exp(x) + exp(y)) - where(x > y, 1, 0)
where(x > y, x - y, y - x) | x = sign(x - y)
(relu(x) - relu(y))^2 | x = where(x > 0, 2*(x - max(y, 0)), 0)
h1 = relu(w*x + b); h2 = relu(x - w); h1*a + h2*m | x = where(w*x + b > 0, a*w, 0) + where(x > w, m, 0)
hypot(x, y) + abs(x) | x = x/hypot(x, y) + sign(x)
mod(x, 1) + relu(x) | x = 1 + where(x > 0, 1, 0)
floor(x)*relu(x) | x = where(x > 0, floor(x), 0)
where(t > 0.5, -log(p), -log(p + 1)) | p = where(t > 0.5, -1/p, -1/(p + 1))
relu(x - y) + relu(y - x) | x = where(x > y, 1, -1)
max(x - y, y - x) | x = where(x >= y, 1, -1)
(abs(x) + x)/2 | x = where(x > 0, 1, 0)
(x + y + abs(x - y))/2 | x = where(x > y, 1, 0)
where(x^2 + y^2 < 1, x^2 + y^2, 1) | x = where(sqrt(x^2 + y^2) < 1, 2*x, 0)
relu(x)^2 | x = 2*max(x, 0)
relu(x)^2 | x = 2*relu(x)
relu(x)^2 | x = x + abs(x)
max(x, 2*x) | x = where(x > 0, 2, 1)
max(0.1*x, x) | x = where(x > 0, 1, 0.1)
max(x/10, x) | x = where(x > 0, 1, 0.1)
"""

# Wrong where a branch of the function and one of the claim are taken together, which no random point does.
_WRONG = """
relu(x - 30) + relu(y) | x = where(x > 30, 1, where(y > 700 and x > 20, 1, 0))
x*relu(y - 50) | x = where(y > 50 and x < -70, 0, relu(y - 50))
x*relu(y - 50) | x = where(x > 80, 0, relu(y - 50))
relu(x)*y | y = where(x*y > 900, 0, relu(x))
max(x, y) | x = where(x > y and x*y < 2000, 1, 0)
relu(x - 2) | x = where(x > 2.0000001, 1, 0)
relu(x - 2) | x = where(x > 2.00000000001, 1, 0)
relu(x^2 - 4) | x = where(abs(x) > 2.0001, 2*x, 0)
relu(x^2 - 4) | x = where(x > 2, 2*x, 0)
abs(x - y) | x = where(x > y + 1e-7, 1, -1)
where(abs(r) <= 1, r^2/2, abs(r) - 0.5) | r = clip(r, -1, 1.0001)
relu(x)*relu(y - 40) | x = where(x > 0 and y < 1000, relu(y - 40), 0)
max(x, y, z) | x = where(x > y, 1, 0)
max(x, 100*y, -90*z) | x = where(x > 100*y, 1, 0)
a*relu(x - 60)*relu(y + 70) | a = where(y < -60 and x > 61, 0, relu(x - 60)*relu(y + 70))
relu(exp(x) - 1) | x = where(x > 0.001, exp(x), 0)
relu(x - 20) + relu(20.0001 - x) | x = where(x > 20, 1, -1)
where(x > 5, y, 2*y)*relu(y - 33) | y = where(x > 5, 1, 2)*where(y > 33, 2*y - 33, 0) + where(x > 5.5, relu(y - 34), 0)
where(hypot(x, y, 2) < 3, x^2, 3*x) | x = where(x^2 + y^2 < 4.9, 2*x, 3)
"""


def _pairs(lines: str) -> list[tuple[str, str]]:
    found = [line.split(" | ") for line in lines.strip().splitlines()]
    return [(text, claim) for text, claim in found]


RIGHT, WRONG = _pairs(_RIGHT), _pairs(_WRONG)


def check_exclusions(texts: Iterable[str], points: int) -> int:
    """Branches that are taken at the same point do not exclude each other; how many pairs there were."""
    count = 0
    for text in texts:
        graph, random = parse(text), Random(text)
        scope = Scope(Unknowns(), graph, {})
        seen = {pair for _ in range(points) for pair in _pairs_taken(graph, random)}
        for one, other in seen:
            assert not exclude((scope, *one), (scope, *other), Work()), (text, one, other)
        count += len(seen)
    return count


def _pairs_taken(graph: Graph, random: Random) -> Iterator[tuple[NodeBranch, NodeBranch]]:
    """The branches of two nodes that are taken at a random point, where it has a value."""
    at = {name: random.uniform(-3, 3) for name in graph.variables}
    try:
        taken = Branches(graph, graph.variables).taken(evaluate(graph, at).values)
    except Fault:
        return
    counts = Counter(branch.node for branch in taken)  # both sides of a step are taken on its jump
    yield from combinations(sorted(branch for branch in taken if counts[branch.node] == 1), 2)
