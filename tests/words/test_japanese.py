"""What is said in Japanese: all of it is, in the words that the lesson has, and nothing beside code is English."""

import re

import pytest

from gradcli.program import COMMANDS
from tests.helpers import golden
from tests.helpers.running import run
from tests.helpers.words import JAPANESE, english

LETTERS = re.compile("[ぁ-ヿ一-龠]")
PARTS = re.compile(r"\{[^}]*\}")


def test_no_text_holds_english() -> None:
    """Beside code and names; one without Japanese letters is a name, a formula, or facts alone."""
    texts = {code: PARTS.sub("", text) for code, text in JAPANESE.items()}
    assert not {code: found for code, text in texts.items() if (found := english(text))}
    sentences = {code: text for code, text in texts.items() if re.search("[a-z] [a-z]", text)}
    assert not {code: text for code, text in sentences.items() if not LETTERS.search(text)}


def test_the_words_of_the_lesson() -> None:
    """Each thing has one name, a plain one."""
    others = "折れ点|折れ目|跳び|同値|規約|約束|主張|検定|順方向|逆方向|経路|ステップ"
    assert not {code: text for code, text in JAPANESE.items() if re.search(others, text)}


def test_how_texts_are_written() -> None:
    """Numbers, letters and parentheses are half-width, with a space before a parenthesis; sentences are polite."""
    assert not {code: text for code, text in JAPANESE.items() if re.search("[０-９Ａ-Ｚａ-ｚ（）：！？]", text)}
    sentence = "(?:ない|である|だ|った|いる|する|なる|できる)。"
    plain = {code for code, text in JAPANESE.items() if re.search(sentence, f"{text}。")}
    labels = (
        "help.", "mistake.", "quiz.", "function.", "array-function.", "verdict.", "label.", "case.", "compare.",
        "gate.", "argument.", "code.pole", "convention.",
    )  # fmt: skip
    assert not {code for code in plain if not code.startswith(labels)}


ARTICLE = ("y = a*x + b*z", "--at", "a=2,x=3,b=4,z=5")
COMMANDS_RUN = [
    *(("help", command) for command in COMMANDS),
    ("help",),
    (
        "eval",
        "relu(りんご) + where(x > 1, x, 2*x) + floor(x) + max(x, 1)",
        "--at",
        "りんご=0,x=1",
        "--explain",
        "--paths",
    ),
    ("eval", "sqrt(x) + (1 - cos(x))/x^2 + 1/y", "--at", "x=1e-9,y=1e-320", "--allow-nonfinite"),
    ("eval", "exp(x)", "--at", "x=2±1"),
    ("eval", *ARTICLE[:1], "--trace", "--explain", "--wrt", "a"),
    ("draw", "relu(x)*x + where(x > 0, x, 2)", "--at", "x=0"),
    ("draw", "max(x, 0)*2", "--at", "x=0", "--format", "svg"),
    ("plot", "abs(x)/x + 1/(x - 1) + sqrt(x + 2)", "--over", "x=-3:3", "--at", "x=2"),
    ("diff", "x*abs(x)", "--order", "2", "--at", "x=0"),
    ("check", *ARTICLE, "--claim", "a=x", "--claim", "b=b", "--claim", "x=2.0001"),
    ("check", "relu(x) + sigmoid(x)", "--at", "x=0"),
    ("check", "(x - sin(x))/x^3", "--at", "x=1e-6", "--claim", "x=0"),
    ("worksheet", "a*x", "--copies", "2"),
    ("functions",),
    ("functions", "relu", "max", "floor", "hypot", "where"),
    ("guide",),
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("command", COMMANDS_RUN, ids=" ".join)
def test_no_line_holds_english(command: tuple[str, ...]) -> None:
    """Whatever is printed, notes and help included, beside code and what was typed."""
    outcome = run(*command, "--lang", "ja")
    text = outcome.out + outcome.err
    assert LETTERS.search(text)
    if "svg" in command:
        text = re.sub(r"<style>.*?</style>|<[^>]*>", " ", text, flags=re.DOTALL)
    lines = [line for line in text.splitlines() if not line.startswith("  gradcli ")]  # examples
    assert not {line: found for line in lines if (found := english(line, " ".join(command)))}


@pytest.mark.parametrize("name", [name for name in golden.CASES if re.search(r"\.(table|markdown|\d+)\.ja$", name)])
def test_no_line_on_record_holds_english(name: str) -> None:
    """Of tables of every width."""
    text = golden.path(name).read_text(encoding="utf-8")
    typed = " ".join(golden.CASES[name].arguments)
    assert not {line: found for line in text.splitlines() if (found := english(line, typed))}
