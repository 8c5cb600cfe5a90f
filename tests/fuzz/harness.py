"""What the fuzzer does with one input: everything that `gradcli eval` does with a text, and checks of the outcome.

An input is an expression, behind `@` the point as `--at` takes it (a JSON object if it begins with a brace), and
behind another `@` digits that choose the options. Values that the point does not give, and options without a digit,
are drawn with the input as the seed, so that an input always does the same.
"""

import json
import math
from io import StringIO
from random import Random
from zlib import crc32

from gradcli.api import KINK_RULES, gradient
from gradcli.choices import CHAINS, FORMS, LANGUAGES
from gradcli.commands.point import Point
from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.language.format import format_graph
from gradcli.language.parser import parse
from tests.helpers.reports import print_result

REPEATED = 20_000  # characters, where a text is repeated to find what is not linear
LINES, WIDTH = 3, 400  # an error message has no more
VALUES = (0.0, 1.0, -1.0, 0.5, 2.0, -3.0, 1e-3, 700.0, 1e9, -1e200, 1e308, 5e-324, -0.0, math.pi)


def run(data: bytes) -> None:
    """Take one input all the way; raises whatever is a fault of the program."""
    try:
        _evaluate(data)
    except GradcliError as error:
        for encoding in ("utf-8", "ascii", "cp932"):
            message = error.render(encoding)
            message.encode(encoding)
            lines = message.split("\n")
            assert len(lines) <= LINES, message
            assert all(len(line) <= WIDTH for line in lines), message
            assert all(character >= " " for line in lines for character in line), message
            facts, text = error.as_json(encoding), error.text
            facts.encode(encoding)
            assert json.loads(facts)["error"]["text"] == text


def _evaluate(data: bytes) -> None:
    text, _, rest = data.decode("utf-8", "surrogateescape").partition("@")
    at, _, digits = rest.partition("@")
    random = Random(crc32(data))
    choose = _Chooser(digits, random)
    times = choose(8)
    if times == 7:
        text = text * (REPEATED // max(1, len(text)))
    graph = parse(text)
    _round_trip(graph)
    point = Point(graph)
    if at.startswith("{"):
        point.add_json(at)
    else:
        point.add_text(at)
    values = {name: random.choice(VALUES) for name in graph.variables} | point.values
    wrt = [name for name in (*graph.variables, *graph.steps) if random.random() < 0.7]
    result = gradient(
        graph,
        values,
        wrt if choose(3) == 2 else None,
        kink=KINK_RULES[choose(2)],
        allow_nonfinite=choose(2) == 1,
    )
    assert result.is_finite or any(note.code == "not-finite" for note in result.notes)
    trace = result.trace(CHAINS[choose(3)]) if times < 7 else None
    stream = StringIO()
    form = FORMS[choose(len(FORMS))] if times < 7 else "json"
    print_result(result, trace, form, stream, LANGUAGES[choose(2)], choose(2) == 1)
    if form == "json":
        json.loads(stream.getvalue(), parse_constant=_refuse)


class _Chooser:
    """Chooses options by the digits of the input, and without digits by its seed."""

    def __init__(self, digits: str, random: Random) -> None:
        self.digits = iter(digits)
        self.random = random

    def __call__(self, count: int) -> int:
        digit = next(self.digits, "")
        return (int(digit) if digit in tuple("0123456789") else self.random.randrange(count)) % count


def _round_trip(graph: Graph) -> None:
    text = format_graph(graph)
    assert parse(text, max_length=10**9) == graph, text


def _refuse(name: str) -> None:
    raise AssertionError(f"{name} in JSON")
