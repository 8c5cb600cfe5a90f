"""Mutants of the operator table: each changes one fact of one row."""

import ast
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from mpmath import mp  # type: ignore[import-untyped]

from gradcli.engine.doubles import kinks, rules
from gradcli.frozen import attributes
from gradcli.operators.exceptional import not_a_number
from gradcli.operators.records import Operator
from gradcli.operators.table import CALLS, CONSTANTS, FUNCTIONS, IDENTITY, INFIX, PREFIX
from tests.accuracy import TRUTHS, truths
from tests.helpers.exact import DIGITS, close, exactly, read
from tests.helpers.samples import ordinary

ROWS = (IDENTITY, *INFIX, *PREFIX, *CALLS)
CACHES = (rules.ieee, rules.expression, rules.slopes, kinks.branch_slope, kinks.minnorm_slopes)
EXCHANGED: dict[type, tuple[type, ...]] = {
    ast.Add: (ast.Sub,), ast.Sub: (ast.Add,), ast.Mult: (ast.Div,), ast.Div: (ast.Mult,), ast.Pow: (ast.Mult,),
    ast.Lt: (ast.LtE, ast.Gt), ast.LtE: (ast.Lt, ast.GtE), ast.Gt: (ast.GtE, ast.Lt), ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.And: (ast.Or,), ast.Or: (ast.And,),
}  # fmt: skip


class Mutant(NamedTuple):
    """A row with one fact changed."""

    row: Operator
    field: str
    value: Any
    what: str

    def __str__(self) -> str:
        return f"{self.row.name}: {self.what}"

    def __enter__(self) -> None:
        """Change the row where it stands: everything that knows the row sees the change."""
        object.__setattr__(self.row, self.field, self.value)
        _forget(self.row)

    def __exit__(self, *_: object) -> None:
        object.__setattr__(self.row, self.field, ORIGINAL[self.row][self.field])
        _forget(self.row)


ORIGINAL = {row: attributes(row) for row in ROWS}


def _forget(row: Operator) -> None:
    row.__post_init__()  # what is made of the definition
    for cache in CACHES:
        cache.cache_clear()


def mutants(row: Operator) -> Iterator[Mutant]:
    """All mutants of a row's rules: formulas, branches, kinks, ties, jumps, domains, own slopes, IEEE results."""
    yield from _of_definitions(row)
    if not row.condition:
        yield from _of_formulas(row)
        yield from _of_branches(row)
        yield from _of_own_slopes(row)
    yield from _of_domain(row)
    yield from _of_other_facts(row)


def _of_definitions(row: Operator) -> Iterator[Mutant]:
    """Of rows of which something else says what the function is: a reference, or the textbook's form."""
    for part in ("definition", "textbook"):
        text = "" if row.variadic else getattr(row, part)  # with like terms left out it is none that can be read
        for changed in texts(text, row.parameters) if row.textbook or row.name in TRUTHS else ():
            if not _is_same(row, text, changed):
                yield Mutant(row, part, changed, f"{part} {text!r} -> {changed!r}")


def _is_same(row: Operator, text: str, changed: str) -> bool:
    """Whether a text has the same values: where one form takes over from another is a matter of accuracy alone."""
    with mp.workdps(DIGITS):
        for point in ordinary(row):
            exact = dict(zip(row.parameters, exactly(point), strict=True))
            exact |= {"out": truths(row)[0](*exact.values())}
            if not close(read(text, **exact), read(changed, **exact)):
                return False
    return True


def _of_formulas(row: Operator) -> Iterator[Mutant]:
    names = ("x", "before", "out") if row.variadic else (*row.parameters, "out")
    for index, partial in enumerate(row.partials if not row.branches else ()):
        for part in ("formula", "textbook", *(["stable"] if partial.slope is None else [])):
            text = getattr(partial, part)
            what = f"d/d{index + 1} {'' if part == 'formula' else part + ' '}{text!r}"
            for changed in texts(text, names):
                if part == "stable" and not row.variadic and _is_same(row, text, changed):
                    continue
                partials = _with(row.partials, index, partial._replace(**{part: changed}))
                yield Mutant(row, "partials", partials, f"{what} -> {changed!r}")


def _of_branches(row: Operator) -> Iterator[Mutant]:
    for number, branch in enumerate(row.branches):
        for part, text in (("condition", branch.condition), ("takes", branch.takes)):
            for changed in texts(text, row.parameters):
                branches = _with(row.branches, number, branch._replace(**{part: changed}))
                yield Mutant(row, "branches", branches, f"branch {number + 1} {part} {text!r} -> {changed!r}")
        for index, text in enumerate(branch.partials):
            for changed in texts(text, row.parameters):
                branches = _with(row.branches, number, branch._replace(partials=_with(branch.partials, index, changed)))
                yield Mutant(row, "branches", branches, f"branch {number + 1} d/d{index + 1} {text!r} -> {changed!r}")
    for number, kink in enumerate(row.kinks):
        turned = _with(row.kinks, number, kink._replace(below=kink.above, above=kink.below))
        yield Mutant(row, "kinks", turned, f"kink {kink.at!r}: its sides exchanged")
        yield Mutant(row, "kinks", row.kinks[:number] + row.kinks[number + 1 :], f"kink {kink.at!r} left out")


def _of_own_slopes(row: Operator) -> Iterator[Mutant]:
    for index, partial in enumerate(row.partials):
        if partial.slope is None:
            continue
        for what, factor in (("negative", -1.0), ("0", 0.0), ("larger by 1e-13 of itself", 1 + 1e-13)):
            own = _times_all(partial.slope, factor) if row.variadic else _times(partial.slope, factor)
            partials = _with(row.partials, index, partial._replace(slope=own))
            yield Mutant(row, "partials", partials, f"own slope {index + 1} {what}")
    slopes = [partial.slope for partial in row.partials]
    if len(set(slopes)) > 1 and not row.variadic:
        pairs = zip(row.partials, reversed(slopes), strict=True)
        yield Mutant(row, "partials", tuple(a._replace(slope=b) for a, b in pairs), "own slopes exchanged")


def _times(slope: Callable[..., float], factor: float) -> Callable[..., float]:
    return lambda *point: factor * slope(*point)


def _times_all(slope: Callable[..., list[float]], factor: float) -> Callable[..., list[float]]:
    return lambda arguments, out: [factor * x for x in slope(arguments, out)]


def _of_domain(row: Operator) -> Iterator[Mutant]:
    for index, condition in enumerate(row.domain):
        for changed in texts(condition, row.parameters):
            domain = _with(row.domain, index, changed)
            yield Mutant(row, "domain", domain, f"domain {condition!r} -> {changed!r}")
        yield Mutant(row, "domain", row.domain[:index] + row.domain[index + 1 :], f"domain {condition!r} left out")
    if row.jump:
        for changed in texts(row.jump, (*row.parameters, "out")):
            if changed == f"-({row.jump})":  # it has the same zeros
                continue
            yield Mutant(row, "jump", changed, f"jump {row.jump!r} -> {changed!r}")
        yield Mutant(row, "jump", "", "jump left out")
    elif not row.domain and not row.condition:
        yield Mutant(row, "jump", row.parameters[-1], "a jump at 0")


def _of_other_facts(row: Operator) -> Iterator[Mutant]:
    if row.ties or row.cone:
        field = "ties" if row.ties else "cone"
        yield Mutant(row, field, False, f"{field} left out")
    if row.chooses:
        yield Mutant(row, "chooses", lambda condition: row.chooses(not condition), "chooses the other one")
    if row.exceptional is not not_a_number:
        own = row.exceptional
        yield Mutant(row, "exceptional", not_a_number, "IEEE result NaN")
        yield Mutant(row, "exceptional", lambda *point: -own(*point), "IEEE result negative")


def texts(text: str, names: tuple[str, ...]) -> Iterator[str]:
    """The text of a rule with one number, name, function or operator changed, and the constants 0 and 1."""
    if not text:
        return
    tree = ast.parse(text.replace("^", "**"))
    met = {_unparsed(tree)}
    for change, undo in changes(tree, names):
        change()
        changed = _unparsed(tree)
        undo()
        if changed not in met:
            met.add(changed)
            yield changed.replace("**", "^")
    *steps, last = tree.body
    if isinstance(last, ast.Expr) and not isinstance(last.value, (ast.Compare, ast.BoolOp)):
        yield from {"0", "1"} - met
        if text != "0":
            yield "; ".join([*map(ast.unparse, steps), f"-({ast.unparse(last)})"]).replace("**", "^")


def _unparsed(tree: ast.Module) -> str:
    return "; ".join(map(ast.unparse, tree.body))


# Changes a syntax tree, and takes the change back.
Change = tuple[Callable[[], None], Callable[[], None]]


def changes(tree: ast.AST, names: tuple[str, ...]) -> Iterator[Change]:
    """The changes of each number, name, function and operator in a syntax tree, one at a time."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
            values = {node.value + 1, node.value / 2, 0} - {node.value}
            yield from (_setting(node, "value", value) for value in sorted(values))
        elif isinstance(node, ast.Name) and (node.id in names or node.id in CONSTANTS):
            yield from (_setting(node, "id", name) for name in (CONSTANTS if node.id in CONSTANTS else names))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS:
            yield from _of_call(node, node.func)
        elif isinstance(node, (ast.BinOp, ast.BoolOp)):
            yield from (_setting(node, "op", operator()) for operator in EXCHANGED.get(type(node.op), ()))
        elif isinstance(node, ast.Compare):
            yield from (_setting(node, "ops", [operator()]) for operator in EXCHANGED.get(type(node.ops[0]), ()))
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            yield _setting(node, "op", ast.UAdd())


def _of_call(node: ast.Call, function: ast.Name) -> Iterator[Change]:
    own = FUNCTIONS[function.id]
    for name, row in FUNCTIONS.items():
        if row is not own and (row.parameters, row.variadic, row.conditions) == (own.parameters, own.variadic, ()):
            yield _setting(function, "id", name)
    if len(node.args) > 1 and (len(node.args) > 2 or own.forward(2.0, 3.0) != own.forward(3.0, 2.0)):
        yield _setting(node, "args", [*node.args[:-2], node.args[-1], node.args[-2]])


def _setting(node: ast.AST, field: str, value: Any) -> Change:
    before = getattr(node, field)
    return lambda: setattr(node, field, value), lambda: setattr(node, field, before)


def _with(items: tuple[Any, ...], index: int, item: Any) -> tuple[Any, ...]:
    return (*items[:index], item, *items[index + 1 :])
