"""LaTeX of tables is set by a real LaTeX, without an error, and fits A4.

Needs pdftotext, pdflatex, and lualatex with luatexja (Debian: poppler-utils, texlive-latex-base, -latex-recommended,
-luatex, -lang-japanese).
"""

import re
from pathlib import Path
from random import Random
from typing import Any

import pytest

from gradcli.choices import BLANKS
from gradcli.latex.widths import width
from gradcli.worksheet.expressions import FORMS
from tests.helpers.golden import APPLES, ARTICLE, BRANCHES, EXPLAINED, NETWORK, ROOT, SHARED
from tests.helpers.latex import document, pages, typeset
from tests.helpers.running import run
from tests.helpers.words import texts_of

TWO_LAYERS = (
    "h1 = relu(w11*x1 + w12*x2 + b1); h2 = relu(w21*x1 + w22*x2 + b2); (v1*h1 + v2*h2 + c - t)^2",
    "--at", "w11=1,w12=2,x1=3,x2=4,b1=1,w21=2,w22=-1,b2=3,v1=2,v2=3,c=1,t=20", "--trace",
)  # fmt: skip
NAMES = (
    "where(price_of_apples > 0, relu(price_of_apples*number), number) + tanh(price_of_apples/3)",
    "--at", "price_of_apples=1,number=2", "--trace",
)  # fmt: skip
LONG = ("number_of_all_apples_bought*price_of_a_single_apple", "--trace", "--explain")
WORDS = {
    "one word": "thepriceofalltheredapplesinaboxofthesupermarketnextdoor", "many words": f"{'a_price_' * 8}of_pears12",
    "capitals": "thePriceOfAllTheRedApplesInABoxOfTheSupermarketNextDoor",
}  # fmt: skip
FORK = (" + ".join(f"sin({place}*x)" for place in range(1, 41)), "--at", "x=0.3", "--trace")
TABLES = {
    "apples": APPLES, "article": ARTICLE, "shared": SHARED, "branches": BRANCHES, "root": ROOT, "network": NETWORK,
    "two layers": TWO_LAYERS, "names": NAMES, "fork": FORK, "full": (*TWO_LAYERS, "--chain", "full"),
    "explained": (EXPLAINED, "--explain"), "explained at a point": (EXPLAINED, "--explain", "--at", "a=1,x=-2"),
    "paths": (EXPLAINED, "--paths", "--at", "a=1,x=-2"), "ways of formulas": (TWO_LAYERS[0], "--explain", "--paths"),
    "ways": (*TWO_LAYERS[:-1], "--explain", "--paths"),
    "symbols": (TWO_LAYERS[0], "--trace"), "symbols of names": (NAMES[0], "--trace"),
    "long names": LONG,
    **{name: (f"{word}*x", "--trace", "--explain") for name, word in WORDS.items()},
    **{
        f"{name} at a point": (f"{word}*x", "--at", f"x=2.123456,{word}=-3.234567", "--trace", "--paths")
        for name, word in WORDS.items()
    },
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ja"])
def test_tables_of_traces_fit_a4(language: str, tmp_path: Path) -> None:
    """Nothing stands out of its cell or of the page; all in one document for each engine."""
    bodies = {name: run("eval", *TABLES[name], "--format", "latex", "--lang", language).out for name in TABLES}
    latin = {name: body for name, body in bodies.items() if language == "en" and body.isascii()}
    others = {name: body for name, body in bodies.items() if name not in latin}
    for some, preamble in ((latin, ""), (others, "\\usepackage{luatexja}\n")):
        body = "".join(f"{body}\\clearpage\n" for body in some.values())
        assert not body or typeset(document(body, preamble), tmp_path) == [], list(some)


AFFINE, POINT = "Y = X @ W + b; L = sum(relu(Y))", "X=[[1,2],[3,4]], W=[[1,0,-1e-9],[2.5,1/3,0]], b=[0,1e12,-1]"
OF_ARRAYS = {
    "Y = X @ W + b; L = sum(relu(Y))": "X=2x2,W=2x3,b=3",
    "a = x @ W + b; y = softmax(a); L = -sum(t * log(y))": "x=2,W=2x3,b=3,t=3",
    "z = W @ x + b; L = logsumexp(z) - dot(t, z)": "W=3x2,x=2,b=3,t=3",
    "m = mean(x); v = mean((x - m)^2); L = sum(g*(x - m)/sqrt(v + 1e-5))": "x=4,g=4",
    "A = softmax(Q @ K.T / sqrt(2)); L = sum(G * (A @ V))": "Q=3x2,K=3x2,V=3x2,G=3x2",
    "z = X @ w + b; L = mean(softplus(z) - t*z) + c*sum(w*w)": "X=30x4,w=4,t=30",
    "x @ A @ x": "A=3x3,x=3",
    "sum(G * ((A * B) @ C.T + outer(u, v)))": "A=2x3,B=2x3,C=2x3,G=2x2,u=2,v=2",
    "sum(norm(A @ x - y, axis=0)) + trace(A.T @ A)": "A=3x2,x=2x1,y=3x1",
    "dot(x, y)/(norm(x)*norm(y))": "x=3,y=3",
    "sum(max(A, axis=0)) + sum(logsumexp(A, axis=1))": "A=2x3",
    "sum(x[:2]*w_out + [1, k]) + x[2]": "x=3,w_out=2",
}


def test_formulas_of_arrays_fit_a4(tmp_path: Path) -> None:
    """Those of `diff`, all in one document."""
    found = [run("diff", text, "--shape", shapes, "--format", "latex") for text, shapes in OF_ARRAYS.items()]
    assert {one.code for one in found} == {0}
    assert typeset(document("".join(one.out for one in found)), tmp_path) == []


def test_traces_of_arrays_fit_a4(tmp_path: Path) -> None:
    """With fewer digits and elements where matrices are wide."""
    normal = "m = mean(x); v = mean((x - m)^2); y = (x - m)/sqrt(v + 1e-5); L = sum(g*y)"
    wide = [[round((7 * row + 3 * column) % 11 / 3, 2) for column in range(12)] for row in range(30)]
    point = f"X={wide}, w={[x / 8 - 0.2 for x in wide[3]]}, t={[row % 2 for row in range(30)]}, b=0.5"
    body = run("eval", normal, "--at", "x=[1,2,4,-3], g=[1,2,3,4]", "--trace", "--explain", "--format", "latex").out
    body += run("eval", "z = X @ w + b; mean(softplus(z) - t*z)", "--at", point, "--trace", "--format", "latex").out
    assert body.count("longtable") >= 4
    assert typeset(document(body), tmp_path) == []


SIZED = {  # programs over arrays of m rows and n columns
    "Y = X @ W + b; L = sum(relu(Y))": lambda m, n: {"X": (m, m), "W": (m, n), "b": (n,)},
    "a = x @ W + b; y = softmax(a); L = -sum(t * log(y + 1e-9))": lambda m, n: {
        "x": (m,), "W": (m, n), "b": (n,), "t": (n,),
    },
    "L = sum(G * (A * B)) + sum(A^2)": lambda m, n: {"G": (m, n), "A": (m, n), "B": (m, n)},
    "D = X - mean(X); v = mean(D^2); L = sum(G * D/sqrt(v + 1e-5))": lambda m, n: {"X": (m, n), "G": (m, n)},
}  # fmt: skip
EXPONENTS = {"small": [-9], "large": [12], "mixed": [-9, -6, -3, 0, 3, 6, 9, 12]}


def drawn(shape: tuple[int, ...], exponents: list[int], random: Random) -> Any:
    """An array of numbers of these sizes."""
    if len(shape) > 1:
        return [drawn(shape[1:], exponents, random) for _ in range(shape[0])]
    return [float(f"{random.uniform(-10, 10):.3f}e{random.choice(exponents)}") for _ in range(shape[0])]


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("sizes", EXPONENTS)
def test_traces_and_formulas_of_numbers_of_any_size_fit_a4(sizes: str, language: str, tmp_path: Path) -> None:
    """A matrix of up to four columns of numbers with exponents is never wider than its column, nor an equation of
    `diff` wider than the line.
    """
    random, body = Random(4), ""
    for text, shapes in SIZED.items():
        for m, n in ((1, 3), (2, 4), (3, 3), (4, 1), (4, 4)):
            given = {name: drawn(shape, EXPONENTS[sizes], random) for name, shape in shapes(m, n).items()}
            at = ("--at", ",".join(f"{name}={value}" for name, value in given.items()))
            for asked in (("eval", text, *at, "--trace"), ("diff", text, *at)):
                found = run(*asked, "--format", "latex", "--lang", language)
                assert found.code == 0, found.err
                body += found.out + "\\clearpage\n"
    assert body.count("scriptsize") > 10
    assert typeset(document(body, "\\usepackage{luatexja}\n" * (language == "ja")), tmp_path) == []


def test_tex_measures_what_is_said_of_widths(tmp_path: Path) -> None:
    """Of the cells of a trace: none with a matrix is wider."""
    body = run("eval", AFFINE, "--at", POINT, "--trace", "--format", "latex").out
    found = {re.sub(r"^\\raggedright | (\\newline|&|\\tabularnewline)$", "", line) for line in body.splitlines()}
    cells = sorted(
        cell for cell in found if "$" in cell and "{tabular}" not in cell and not re.search(r"^{|\\\\$", cell)
    )
    boxes = "".join(f"\\setbox0\\hbox{{{cell}}}\\typeout{{width \\the\\wd0}}\n" for cell in cells)
    assert typeset(document(f"\\renewcommand{{\\arraystretch}}{{1.2}}{boxes}x"), tmp_path) == []
    points = re.findall(r"^width ([\d.]+)pt", (tmp_path / "sheet.log").read_text(errors="replace"), re.MULTILINE)
    assert len(points) == len(cells) > 20
    for cell, set_ in zip(cells, map(float, points), strict=True):
        assert (1.0 if "array" in cell else 0.88) * set_ <= width(cell) + 0.5 <= 1.2 * set_ + 9, cell


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("text", [TWO_LAYERS[0], NAMES[0]])
def test_sheets_and_keys_are_documents_that_fit_a4(text: str, blank: str, language: str, tmp_path: Path) -> None:
    """As they are written; each exercise of a sheet begins a page."""
    sheet, key = tmp_path / "sheet.tex", tmp_path / "key.tex"
    told = run(
        "worksheet", text, "--copies", "2", "--blank", blank, "--lang", language,
        "--output", str(sheet), "--key", str(key),
    )  # fmt: skip
    assert told == (0, "", "")
    for path in (sheet, key):
        assert typeset(path.read_text(encoding="utf-8"), tmp_path) == []


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize(
    ("text", "language"), [("a*x + b*y", "ja"), ("relu(w*x + b)", "en"), ("relu(a*x + b*z)", "en")]
)
def test_a_short_exercise_is_a_sheet(text: str, language: str, blank: str, tmp_path: Path) -> None:
    """As many pages as copies, also where only the numbers are blank."""
    sheet = tmp_path / "sheets.tex"
    run("worksheet", text, "--copies", "3", "--blank", blank, "--lang", language, "--output", str(sheet))
    assert typeset(sheet.read_text(encoding="utf-8"), tmp_path) == []
    assert len(pages(tmp_path / "sheet.pdf")) == 3


@pytest.mark.parametrize("blank", ["all", "outputs"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_small_network_is_a_sheet(language: str, blank: str, tmp_path: Path) -> None:
    """With closer lines; all forms of the highest level."""
    sheet = tmp_path / "sheets.tex"
    count = len(FORMS[5])
    options = ("--copies", str(count), "--seed", "3", "--blank", blank, "--lang", language)
    run("worksheet", "--level", "5", *options, "--output", str(sheet))
    assert typeset(sheet.read_text(encoding="utf-8"), tmp_path) == []
    assert len(pages(tmp_path / "sheet.pdf")) == count


@pytest.mark.parametrize("language", ["en", "ja"])
def test_no_heading_stands_alone_at_the_end_of_a_page(language: str, tmp_path: Path) -> None:
    """In keys, where exercises follow each other, and between the parts of other reports."""
    key = tmp_path / "key.tex"
    run(
        "worksheet",
        "--level",
        "5",
        "--copies",
        "6",
        "--lang",
        language,
        "--key",
        str(key),
        "--output",
        str(key) + ".md",
    )
    assert typeset(key.read_text(encoding="utf-8"), tmp_path) == []
    words = [texts_of(language)[code] for code in ("label.forward", "label.backward", "label.result")]
    for page in pages(tmp_path / "sheet.pdf"):
        *_, last = (line for line in page.splitlines() if line.strip() and not line.strip().isdecimal())
        assert not any(word.replace(" ", "") == last.replace(" ", "") for word in words), page


CLAIMS = {  # programs and their points, and right and wrong derivatives
    ("a = x @ W + b; y = softmax(a); L = -sum(t * log(y))", "x=[1,2],W=[[1,2,3],[0,1,-1]],b=[0.1,0.2,0.3],t=[0,1,0]"): (
        "W=outer(x, sum(t)*softmax(x @ W + b) - t)", "b=softmax(x @ W + b) - t", "x=W @ (softmax(x @ W + b) - 2*t)",
    ),
    (AFFINE, POINT): ("W=X.T @ where(X @ W + b > 0, 1, 0)", "b=sum(where(X @ W + b > 0, 1, 0), axis=0)"),
    ("m = mean(x); v = mean((x - m)^2); y = (x - m)/sqrt(v + 1e-5); L = sum(g*y)", "x=[1,2,4,-3],g=[1,2,3,4]"): (
        "x=(g - mean(g) - (x - mean(x))*mean(g*(x - mean(x)))/(mean((x - mean(x))^2) + 1e-5))"
        "/sqrt(mean((x - mean(x))^2) + 1e-5)",
        "g=(x - mean(x))/sqrt(mean((x - mean(x))^2) + 1e-5)",
    ),
    ("relu(a*x + b*z)^2*tanh(exp(a*x) + sqrt(b))", "a=1,x=2,b=4,z=5"): ("a=tanh((a*x + b*z)^2/(1 + exp(a*x)))", "b=z"),
    ("A = softmax(Q@K.T/2); sum(G * (A@V))", "Q=[[1,2],[3,4]],K=[[1,0],[0,1]],V=[[1,2],[3,4]],G=[[1,2],[3,4]]"): (
        "V=softmax(Q @ K.T / 2).T @ G",
        "Q=(A*(G @ V.T - column(sum(A*(G @ V.T), axis=1)))) @ K / 2",
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ja"])
def test_claims_and_exports_at_a_point_fit_a4(language: str, tmp_path: Path) -> None:
    """Claims of any width, and matrices of any size; all in one document."""
    body, random = "", Random(5)
    for (text, point), claims in CLAIMS.items():
        given = [part for claim in claims for part in ("--claim", claim)]
        found = run("check", text, "--at", point, *given, "--format", "latex", "--lang", language)
        assert found.err == ""
        body += found.out
    assert body.count(r"\multicolumn") > 5
    for columns, exponents in ((3, [0]), (7, [0]), (6, EXPONENTS["mixed"]), (12, EXPONENTS["mixed"])):
        given = {"X": (3, 2), "W_of_the_first_layer": (2, columns), "b": (columns,)}
        at = ",".join(f"{name}={drawn(shape, exponents, random)}" for name, shape in given.items())
        text = "Y = X @ W_of_the_first_layer + b; L = sum(tanh(Y))"
        found = run("export", text, "--at", at, "--to", "latex", "--lang", language)
        assert found.code == 0, found.err
        body += found.out
    assert (
        typeset(document(body, "\\allowdisplaybreaks\n" + "\\usepackage{luatexja}\n" * (language == "ja")), tmp_path)
        == []
    )


def test_remarks_of_a_check_are_broken_to_the_page(tmp_path: Path) -> None:
    """They are sentences."""
    body = run("check", "a*x + b*z", "--at", "a=1,x=2,b=4,z=5", "--claim", "b=4", "--format", "latex").out
    body += run("check", "relu(a*x)", "--at", "a=0,x=2", "--format", "latex").out
    assert "its own input" in body
    assert typeset(document(body), tmp_path) == []
