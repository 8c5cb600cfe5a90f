"""What is printed, on record: tests/report/golden holds the output of each command here, to the character.

`python -m tests.helpers.golden` writes the files anew, to be read before they are committed.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.helpers.running import ROOT, Outcome, run

FOLDER = ROOT / "tests" / "report" / "golden"


class Case(NamedTuple):
    """A command, and the terminal that it writes to (0: a pipe)."""

    arguments: tuple[str, ...]
    columns: int = 0
    command: str = "eval"

    @cache  # noqa: B019 (the cases are there to the end)
    def run(self) -> Outcome:
        """What it prints, always the same."""
        return run(self.command, *self.arguments, columns=self.columns)


ARTICLE = ("y = a*x + b*z", "--at", "a=2,x=3,b=4,z=5", "--wrt", "a", "--trace")
APPLES = ("a*x + b*y", "--at", "a=2,x=3,b=4,y=5", "--trace")
SHARED = ("s = x*x; t = s*sin(s); t/3 + s^-2", "--at", "x=-0.7", "--trace")
BRANCHES = (
    "p = where(a > 0 and not x < 0, relu(a*x), log(x))\np + max(x, a, x)*abs(b) + clip(-a, 0, 2) + leaky_relu(-x, 0.1)",
    "--at", "a=1,x=1,b=0", "--trace",
)  # fmt: skip
ROOT = ("sqrt(x) + 0*y + pi", "--at", "x=0,y=1", "--trace")
NETWORK = ("h_1 = relu(w1*りんご + b_1)\nloss_ = (h_1*w2 - θ)^2", "--at", "w1=0.5,りんご=3,b_1=-1,w2=2,θ=4", "--trace")
EXAMPLES = {
    "article": ARTICLE,
    "apples": APPLES,
    "shared": SHARED,
    "branches": BRANCHES,
    "root": ROOT,
    "network": NETWORK,
}

CASES = {
    f"{name}.{form}.{language}": Case((*arguments, "--format", form, "--lang", language))
    for name, arguments in EXAMPLES.items()
    for form in ("table", "markdown", "latex", "html")
    for language in ("en", "ja")
    if form != "html" or name in ("article", "branches")
}
CASES |= {
    f"{name}.{form}": Case((*arguments, "--format", form))
    for name, arguments in EXAMPLES.items()
    for form in ("json", "csv")
}
CASES |= {
    f"{name}.{columns}.{language}": Case((*arguments, "--lang", language), columns)
    for name, arguments in EXAMPLES.items()
    for columns in (80, 40, 20)
    for language in ("en", "ja")
    if language == "en" or name in ("article", "branches")
}
CASES |= {f"{name}.ascii": Case((*arguments, "--ascii")) for name, arguments in EXAMPLES.items()}
CASES |= {
    f"{name}.{chain}": Case((*arguments, "--chain", chain))
    for name, arguments in (("shared", SHARED), ("apples", APPLES))
    for chain in ("full", "short")
}
CASES |= {
    f"value.{form}": Case(("a*x + b*y/3", "--at", "a=2,x=3,b=4,y=5", "--wrt", "b,a", "--format", form))
    for form in ("table", "markdown", "latex", "csv", "json", "html")
}
CASES |= {
    f"symbols.{name}": Case((text, "--trace", *options))
    for name, text, options in (
        ("article.ja", "y = a*x + b*z", ("--wrt", "a", "--format", "markdown", "--lang", "ja")),
        ("branches.en", "relu(a*x) + where(x > 0, x, 1)", ()),
        ("branches.html", "max(x, 2)*clip(x, a, 1)", ("--lang", "ja", "--format", "html")),
        ("branches.json", "relu(a*x) + where(x > 0, x, 1)", ("--json",)),
        ("branches.latex", "relu(a*x) + where(x > 0, x, 1)", ("--format", "latex")),
    )
}
AFFINE = ("Y = X @ W + b; L = sum(relu(Y))", "--at", "X=[[1,2],[3,4]], W=[[1,0,-1],[2,1,0]], b=[0,1,-1]")
CASES |= {f"arrays.{form}": Case((*AFFINE, "--format", form)) for form in ("markdown", "latex", "html", "csv", "json")}
CASES |= {
    f"arrays.{columns}.{lang}": Case((*AFFINE, "--wrt", "W[0,1],b,Y", "--lang", lang), columns)
    for columns, lang in ((80, "en"), (80, "ja"), (40, "en"), (40, "ja"))
}
CASES |= {
    "arrays.ascii": Case((*AFFINE, "--ascii")),
    "arrays.digits": Case((*AFFINE, "--digits", "5")),
    "arrays.fractions.json": Case((*AFFINE, "--fractions", "--json")),
}
EXPLAINED = "sigmoid(a*x)*x^2 + max(a, x, -3) + relu(-a)/x"
CASES |= {
    f"explain.{name}": Case((EXPLAINED, "--explain", *options), columns)
    for name, columns, *options in (
        ("table.en", 0, "--at", "a=1,x=-2"),
        ("markdown.ja", 0, "--at", "a=1,x=-2", "--lang", "ja", "--format", "markdown"),
        ("80.ja", 80, "--at", "a=1,x=-2", "--lang", "ja"),
        ("80.en", 80, "--at", "a=1,x=-2"),
        ("40.en", 40, "--at", "a=1,x=-2"),
        ("latex.en", 0, "--at", "a=1,x=-2", "--format", "latex"),
        ("html.ja", 0, "--at", "a=1,x=-2", "--lang", "ja", "--format", "html"),
        ("csv", 0, "--at", "a=1,x=-2", "--format", "csv"),
        ("json", 0, "--at", "a=1,x=-2", "--json"),
        ("digits", 0, "--at", "a=1,x=-2", "--digits", "12", "--ascii"),
        ("symbols.en", 0),
        ("symbols.ja", 0, "--lang", "ja", "--format", "markdown"),
        ("symbols.latex", 0, "--format", "latex"),
        ("symbols.json", 0, "--json"),
        ("paths.ja", 0, "--paths", "--at", "a=1,x=-2", "--lang", "ja"),
        ("paths.latex", 0, "--paths", "--format", "latex"),
        ("paths.json", 0, "--paths", "--at", "a=1,x=-2", "--json"),
    )
}
FRACTIONS = ("s = x/3; relu(s^2 - y) + max(s, 0.1)/y", "--at", "x=2,y=-1/6", "--fractions", "--trace")
CASES |= {
    "fractions.ja": Case((*FRACTIONS, "--lang", "ja")),
    "fractions.latex": Case((*FRACTIONS, "--format", "latex")),
    "fractions.csv": Case((*FRACTIONS, "--format", "csv")),
    "fractions.60": Case(FRACTIONS, 60),
}
# What a seed makes is the same on every machine and with every version of Python.
SHEETS = ("s = w*x; relu(s) + s", "--copies", "2", "--seed", "7")
CASES |= {
    f"worksheet.{blank}.{form}.{language}": Case(
        (*SHEETS, "--blank", blank, "--format", form, "--lang", language), command="worksheet"
    )
    for blank, form, language in (
        ("all", "markdown", "en"), ("outputs", "table", "ja"), ("numbers", "latex", "en"), ("numbers", "html", "en")
    )
}  # fmt: skip


def path(name: str) -> Path:
    """Where a case is on record."""
    return FOLDER / f"{name}.txt"


if __name__ == "__main__":
    for old in FOLDER.glob("*.txt"):
        old.unlink()
    for name, case in CASES.items():
        path(name).write_text(case.run().out, encoding="utf-8")
