"""The export for C: one C99 function of an array, or of columns, with math.h alone."""

import re
from collections.abc import Callable, Mapping, Sequence
from textwrap import wrap
from typing import NamedTuple

from gradcli.engine.answer import Answer
from gradcli.export.code_language import ARITHMETIC, COMPARISONS, CodeLanguage, Reserved
from gradcli.export.comments import comment, summary
from gradcli.export.identifiers import CodeNames, Letters, function_name, names_for
from gradcli.export.lowering import lower
from gradcli.graph import Graph, reachable
from gradcli.symbolic.derive import derive

HELPERS = {
    "sign": "static double sign(double x)\n{\n    return isnan(x) ? x : (x > 0.0) - (x < 0.0);\n}",
    "larger": f"""static double larger(double x, double y)
{{
    const double found = x < y ? y : x;
    return y == y ? found : y; /* {comment("nan", function="fmax")} */
}}""",
    "smaller": f"""static double smaller(double x, double y)
{{
    const double found = x > y ? y : x;
    return y == y ? found : y; /* {comment("nan", function="fmin")} */
}}""",
    "mod": """static double mod(double x, double y)
{
    const double rest = fmod(x, y);
    return rest != 0.0 && (rest < 0.0) != (y < 0.0) ? rest + y : rest;
}""",
    "largest": """static double largest(const double all[], int count)
{
    double found = all[0];
    for (int i = 1; i < count; i++) found = larger(found, all[i]);
    return found;
}""",
    "smallest": """static double smallest(const double all[], int count)
{
    double found = all[0];
    for (int i = 1; i < count; i++) found = smaller(found, all[i]);
    return found;
}""",
    "sum_of": f"""static double sum_of(const double all[], int count)
{{
    double whole = all[0], lost = 0.0;
    for (int i = 1; i < count; i++) {{ /* {comment("two-sum")} */
        const double more = whole + all[i], back = more - whole;
        lost += (whole - (more - back)) + (all[i] - back);
        whole = more;
    }}
    return isfinite(lost) ? whole + lost : whole;
}}""",
    "length_of": """static double length_of(const double all[], int count)
{
    double found = all[0];
    for (int i = 1; i < count; i++) found = hypot(found, all[i]);
    return found;
}""",
    "logsumexp": """static double logsumexp(const double all[], int count)
{
    int first = 0;
    double sum = 0.0;
    for (int i = 1; i < count; i++) first = all[i] > all[first] ? i : first;
    for (int i = 0; i < count; i++) sum += i == first ? 0.0 : exp(all[i] - all[first]);
    return all[first] + log1p(sum);
}""",
}

_MATH = (
    "exp expm1 log log2 log10 log1p sqrt cbrt sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh "
    "hypot erf erfc pow floor ceil exp2 trunc lgamma tgamma"
)

CALLS = {
    **{name: name for name in (*_MATH.split(), "sign", "mod")},
    "abs": "fabs", "round": "nearbyint", "gamma": "tgamma",
    "or": "{0:COMPARISON} || {1:COMPARISON}",  # compilers want parentheses around && there
    "where": "{0:AND} ? {1:OR} : {2:OR}",
}  # fmt: skip

LISTS = {
    name: f"{function}((const double[]){{{{{{all}}}}}}, {{count}})"
    for name, function in (
        ("max", "largest"),
        ("min", "smallest"),
        ("sum", "sum_of"),
        ("length", "length_of"),
        ("logsumexp", "logsumexp"),
    )
}

_WORDS = """auto break case char const continue default do double else enum extern float for goto if inline int long
register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while
alignas alignof bool constexpr false nullptr static_assert thread_local true typeof typeof_unqual asm fortran
linux unix i386 NAN INFINITY math_errhandling fpclassify isfinite isinf isnan isnormal
signbit isgreater isgreaterequal isless islessequal islessgreater isunordered float_t double_t
fabs fmax fmin fmod nearbyint main in gradient"""

# What else may be a macro, or a word of the language: M_PI, M_SQRT1_2, … (POSIX), _Bool, _Complex, DOMAIN (SVID).
_MACRO = re.compile(
    r"M_\w*|_[A-Z_]\w*|FP_\w*|MATH_\w*|HUGE(_VAL\w*)?|(X_)?TLOSS|PLOSS|SING|DOMAIN|MAXFLOAT|(OVER|UNDER)FLOW"
)
# Functions that math.h may declare: a local variable may hide them, but no function can have their names.
_DECLARED = """exp10 fabs fdim fma fmax fmin fmod frexp ilogb ldexp llrint llround logb lrint lround modf nan
nearbyint nextafter nexttoward remainder remquo rint round scalb scalbn scalbln significand gamma
drem finite pow10 sincos j0 j1 jn y0 y1 yn signgam isinf isnan"""


class _ReservedInC(frozenset[str]):
    """Names that are listed or match the pattern."""

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and (super().__contains__(name) or bool(_MACRO.fullmatch(name)))


class _Begins(tuple[str, ...]):
    """Names that begin in one of these ways."""

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.startswith(self)


RESERVED = _ReservedInC([*HELPERS, *_MATH.split(), *_WORDS.split()])
_NO_FUNCTION = _ReservedInC(
    [*RESERVED, *(f"{name}{suffix}" for name in (_MATH + " " + _DECLARED).split() for suffix in ("", "f", "l"))]
)


def _helper(name: str, parameters: Sequence[str], lines: Sequence[str], value: str) -> str:
    """A helper function."""
    arguments = ", ".join(f"double {parameter}" for parameter in parameters)
    body = "".join(f"    {line}\n" for line in lines)
    return f"static double {name}({arguments})\n{{\n{body}    return {value};\n}}"


WIDEST = 88  # characters of a line of constants

LANGUAGE = CodeLanguage(
    "C",
    CALLS,
    HELPERS,
    repr,
    {"pi": "3.141592653589793", "e": "2.718281828459045"},
    RESERVED,
    _helper,
    "const double {name} = {text};",
    decide="const int {name} = {text};",
    symbols=ARITHMETIC | COMPARISONS | {"and": "&&", "not": "!"},
    lists=LISTS,
    pairs={"max": "larger", "min": "smaller"},
)


_COLUMNS = ("count", "row", "value", "size_t")  # what else the function of columns names
FLAGS = ("-O3", "-march=native", "-fopenmp-simd", "-ffp-contract=off", "-fno-math-errno", "-fno-trapping-math")


def source(
    graph: Graph,
    wrt: list[str] | None,
    result: Answer | None,
    name: str | None,
    letters: Letters,  # noqa: ARG001
    columns: bool = False,
) -> str:
    """`double NAME(const double in[], double gradient[])`: returns the value and fills the gradient.

    With `columns` it is `void NAME_columns(size_t count, const double *const in[], double value[], double *const
    gradient[])`, which takes and fills columns of `count` numbers. The places in `in` and `gradient` are constants,
    `NAME_in_x` and `NAME_gradient_x`. Where there is no finite value, C's infinities and NaN stand.
    """
    return written(graph, wrt, result, name, columns, layout)


class Addressing(NamedTuple):
    """Where numbers are: what stands in brackets behind `in` for each node, behind `gradient` for each name of a
    slope, the declarations of these places, and the lines of the comment.
    """

    inputs: Mapping[int, str]
    outputs: Sequence[str]
    places: Sequence[str]
    comment: Sequence[str]


def layout(
    graph: Graph, result: Answer | None, own: str, whole: Graph, names: CodeNames, asked: Sequence[str]
) -> Addressing:
    """Each variable and each slope has its own place, in their order."""
    nodes = whole.variables | whole.steps
    inputs = {node: f"{own}_in_{names.of[node]}" for node in whole.variables.values()}
    outputs = [f"{own}_gradient_{names.of[nodes[x]]}" for x in asked]
    return Addressing(
        inputs, outputs, declared([*inputs.values()]) + declared(outputs), summary(graph, result, names.changed)
    )


def written(
    graph: Graph,
    wrt: list[str] | None,
    result: Answer | None,
    name: str | None,
    columns: bool,
    layout: Callable[[Graph, Answer | None, str, Graph, CodeNames, Sequence[str]], Addressing],
) -> str:
    """The code with numbers where the layout has them."""
    derivatives = derive(graph, wrt, stable=True)
    whole = derivatives.graph
    reserved = LANGUAGE.reserved_for(whole)
    own = function_name(name, "value_and_gradient", Reserved(reserved, _NO_FUNCTION))
    places = _Begins((f"{own}_in_", f"{own}_gradient_"))
    names = names_for(whole, Reserved(reserved, places, _COLUMNS if columns else ()), ascii_only=True, own=own)
    code = lower(whole, [whole.output, *derivatives.roots.values()], LANGUAGE, names.of)
    value, *slopes = code.roots
    used = set(reachable(whole.inputs, [whole.output, *derivatives.roots.values()]))
    found = layout(graph, result, own, whole, names, [x for (x,) in derivatives.roots])
    index = "[row]" if columns else ""
    body = [
        f"const double {names.of[node]} = in[{place}]{index};" for node, place in found.inputs.items() if node in used
    ]
    body += code.lines
    body += [f"gradient[{place}]{index} = {text};" for place, text in zip(found.outputs, slopes, strict=True)]
    unused = ["(void)in;"] * (not used & {*whole.variables.values()}) + ["(void)gradient;"] * (not slopes)
    above = [*found.comment]
    headers = ["#include <math.h>"]
    if columns:
        above += [comment("columns"), comment("compile", flags=" ".join(FLAGS))]
        headers.append("#include <stddef.h>")
        function = column_function(f"void {own}_columns({COLUMNS})", unused, [*body, f"value[row] = {value};"])
    else:
        function = _function(
            f"double {own}(const double in[], double gradient[])", [*body, *unused, f"return {value};"]
        )
    parts = [
        "\n".join(["/* " + "\n   ".join(above) + " */", "", *headers]),
        *code.helpers,
        "\n".join(found.places),
        function,
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


COLUMNS = "size_t count, const double *const in[], double value[], double *const gradient[]"


def column_function(
    head: str, before: Sequence[str], body: Sequence[str], clause: str = "", after: Sequence[str] = ()
) -> str:
    """A function whose body is a loop over rows."""
    loop = [f"#pragma omp simd{clause}", "for (size_t row = 0; row < count; row++) {", *_indented(body), "}"]
    return _function(head, [*before, *loop, *after])


def _function(head: str, body: Sequence[str]) -> str:
    return "\n".join([head, "{", *_indented(body), "}"])


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"    {line}" for line in lines]


def declared(names: Sequence[str]) -> list[str]:
    """The declaration of constants 0, 1, …, or those behind `=`, in lines."""
    text = f"enum {{ {', '.join(names)} }};".replace(" = ", "~=~")  # a place stands beside its name
    return [line.replace("~", " ") for line in wrap(text, WIDEST, subsequent_indent="       ")] if names else []
