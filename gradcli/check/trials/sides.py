"""Both sides of a claim as they are written: a name whose derivative is claimed, in any notation, and a formula."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple
from unicodedata import name as name_of
from unicodedata import normalize

from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.language.characters import plain
from gradcli.language.missing import other_spelling
from gradcli.language.notation import LONGEST
from gradcli.language.parser import parse
from gradcli.language.spelling import nearest

_DERIVATIVE = re.compile(r"[∂d](\w+)\s*/\s*[∂d](\w+(?:\s*\[[0-9,\s]+\])?)")  # ∂y/∂a, dy/da, ∂y/∂W[0,1]
_NAME = r"\w*[^\W_](?:\s*\[[0-9,\s]+\])?"
_D = "[∂dδΔD]"
# The gradient of W in books, LaTeX, programs and words: ∇W, ∇_W L, ∂L/∂W, ∂_W L, with a text around, dW, dL_dW, W.grad.
_GRADIENTS = tuple(
    pattern.replace("NAME", f"(?P<name>{_NAME})")
    for pattern in (
        r"(?:∇|nabla)\s*_?\s*NAME(?:(?:\s+|(?=\()).+)?",
        rf"{_D}\s*(?P<of>\w*)(?:\(.*\))?\s*/\s*{_D}\s*NAME(?:\s*[\s(].*)?",
        r"[∂D]\s*_\s*NAME(?:(?:\s+|(?=\()).+)?",
        r"(?:\w+\.)*(?:grad|gradient|diff)\s*\(\s*(?P<of>\w+)\s*(?:,|\)\s*\()\s*NAME\s*\)(?:\[0\])?",
        r"(?:(?:grad(?:ient)?|delta)[_ (]?\s*|d\w*_d|[dδΔg]_?)NAME\)?",
        r"NAME(?:[._]grad(?:\.data)?|_?bar|\u0304)",
        r"bar\s*NAME",
        r"(?P<output>\w+)_NAME",
        r"(?:the\s+)?(?:gradient|derivative|grad)(?:\s+(?:of|for|by|wrt|with\s+respect\s+to))?\s+NAME",
        r"(?:the\s+)?(?:gradient|derivative|grad)\s+of\s+(?P<of>\w+)\s+(?:by|wrt|with\s+respect\s+to)\s+NAME",
        r"(?:(?P<of>\w+?)\s*[\u3092\u306e]\s*)?NAME\s*"  # in Japanese
        r"(?:\u306b\u95a2\u3059\u308b|\u306b\u3064\u3044\u3066\u306e|\u306b\u3088\u308b|[\u306e\u3067\u306b])\s*(?:\u504f?\u5fae\u5206|\u52fe\u914d|\u504f?\u5c0e\u95a2\u6570)",
    )
)
_COMPARES = (">=", "<=", "!=")
# Of which one stands between both sides, or brackets do.
_SIGNS = re.compile(rf"[(\[{{]|[)\]}}]|{'|'.join(_COMPARES)}|:=|==|<-|->|[=:←→≔]")
_SPELLINGS = (
    (r"\\(?:math\w+|boldsymbol|bm|operatorname\*?|text)\s*\{([^{}]*)\}", r"\1"),
    (r"\\nabla(?![a-zA-Z])", "∇"),
    (r"\\partial(?![a-zA-Z])", "∂"),
    (r"\\delta(?![a-zA-Z])", "δ"),
    (r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"\1/\2"),
    (r"\\[,;:!]|\$", " "),
    (r"[{}\\]", ""),
)
# What offers whole lines.
_WHOLE = (
    "other-notation",
    "two-readings",
    "condition-as-number",
    "transpose-sign",
    "derivative-sign",
    "function-derivative",
    "softmax-axis",
    "number-of-arguments",
)
_EQUALS = re.compile(r"(?<![<>=!])=(?!=)")
_RAISED = re.compile(r"\^\s*$")
_AXIS = re.compile(r"[,(]\s*(?:axis|dims?|keepdims?)\s*=(?!=)")


def claimed_names(texts: Iterable[str]) -> set[str]:
    """The names on the left sides of claims, for the parser of the expression."""
    lefts = (_name_in(_parted(plain(text))[0]) for text in texts)
    return {written[2] if (written := _DERIVATIVE.fullmatch(left)) else left for left in lefts}


def _name_in(left: str) -> str:
    """The left side of a claim, in which an element is written without blanks."""
    return "".join(left.split()) if left.rstrip().endswith("]") else left.strip()


class ClaimSides(NamedTuple):
    """Both sides of a claim: the name, the right side as it is written and its place, and the graph of that."""

    name: str
    right: str
    offset: int
    claimed: Graph


def read_sides(
    graph: Graph,
    text: str,
    known: Mapping[str, int],
    outputs: Sequence[str],
    check: Callable[[str, Graph], object] = lambda _, __: None,
) -> ClaimSides:
    """A claim that speaks of `known` names alone; see `read_claims`.

    `check` raises for a right side that is none of the name; no such line is offered in the place of another.
    """
    left, sign, right = _parted(text)
    written = _DERIVATIVE.fullmatch(left.strip())
    if written:
        _check_output(graph, written, known, outputs, text)
    typed = written[2] if written else left.strip()
    name, place = _name_in(typed), (len(left.rstrip()) - len(typed), len(left.rstrip()))
    meant = _spelled(name, known) or _named(left, outputs, known)
    offset = len(text) - len(right)
    _check_form(name, sign, right, text, is_known=bool(meant))
    if not meant:
        raise unknown(graph, name, known, text, place[0])

    def accepted(claimed: Graph) -> None:
        _check_names(graph, claimed, known)
        check(meant, claimed)

    read = partial(_read, known=known, graph=graph)
    try:
        claimed = read(right, accepted)
    except GradcliError as error:
        line = line_of(error) or _offered_for(right, read)
        refuse_line(line, meant, graph, known, check)
        if line and meant != name:
            raise claim_error("other-notation", {"write": f"{meant} = {line}"}, text, *place) from None
        raise in_claim(error, meant, text, offset) from None  # the caret belongs under the whole claim
    if meant != name or sign != "=":
        try:
            check(meant, claimed)
        except GradcliError as error:
            refuse_line(line_of(error), meant, graph, known, check)
            raise in_claim(error, meant, text, offset) from None
        place = place if meant != name else (len(left), len(left) + len(sign))
        raise claim_error("other-notation", {"write": f"{meant} = {right.strip()}"}, text, *place)
    return ClaimSides(name, right, offset, claimed)


def _check_form(name: str, sign: str, right: str, text: str, is_known: bool) -> None:
    """Raise for what is no claim: without a name, one sign of those between both sides, or a right side."""
    if not name or not sign or sign in _COMPARES or (sign != "=" and not (is_known and right.strip())):
        raise claim_error("not-a-claim", {}, text, 0)
    if not right.strip():
        raise claim_error("empty-claim", {}, text, len(text))
    second = _EQUALS.search(_AXIS.sub(lambda axis: " " * len(axis[0]), right))
    if second:
        raise claim_error("claim-equals", {}, text, len(text) - len(right) + second.start())


def _read(
    right: str,
    check: Callable[[Graph], object] | None,
    known: Mapping[str, int],
    graph: Graph,
) -> Graph:
    """The graph of a right side. Raises for a name that the graph has not; what is offered then passes `check`."""
    claimed = parse(right, free=known, definitions=graph.definitions, check=check)
    try:
        _check_names(graph, claimed, known)
    except GradcliError as error:
        if not (_RAISED.search(right[: error.start]) and error.facts["name"].startswith("T")):
            raise
        from gradcli.language.over_arrays import of_mathematics  # W^T is a power of W else

        def checked(line: str) -> Graph:
            found = parse(line, free=known, definitions=graph.definitions)
            if check:
                check(found)
            return found

        facts = {"write": of_mathematics(right, checked) or None}
        raise GradcliError("transpose-sign", facts, right, error.start, error.end) from None
    return claimed


def _parted(text: str) -> tuple[str, str, str]:
    """Both sides of a claim, and the sign between them, which stands in no brackets; "" where there is none."""
    depth = 0
    for sign in _SIGNS.finditer(text):
        depth += (sign[0] in "([{") - (sign[0] in ")]}")
        if not depth and sign[0] not in ")]}":
            return text[: sign.start()], sign[0], text[sign.end() :]
    left, equals, right = text.partition("=")
    return left, equals, right


def line_of(error: GradcliError) -> str:
    """What an error offers in the place of a whole right side."""
    return error.facts.get("write") or "" if error.code in _WHOLE else ""


def _offered_for(right: str, read: Callable[[str, None], Graph]) -> str:
    """What is offered in the place of a right side, whatever the names and shapes in it."""
    try:
        read(right, None)
    except GradcliError as error:
        return line_of(error)
    return ""


def refuse_line(
    line: str, name: str, graph: Graph, known: Mapping[str, int], check: Callable[[str, Graph], object]
) -> None:
    """Raise what is wrong with a right side that else would be offered, if there is one; it is shown as it would be."""
    head = f"{name} = "
    try:
        if line:
            check(name, _read(line, None, known, graph))
    except GradcliError as error:
        raise error.within(f"{head}{line}", len(head), "claim") from None


def _check_names(graph: Graph, claimed: Graph, known: Mapping[str, int]) -> None:
    """Raise for a name of a right side that the graph has not."""
    for variable, place in claimed.variables.items():
        if variable not in known:
            start = claimed.calls.get(place, claimed.starts[place])
            raise unknown(graph, variable, known, claimed.text or variable, start)


def in_claim(error: GradcliError, name: str, text: str, offset: int) -> GradcliError:
    """An error about the right side of a claim, which begins at `offset`, as one about it all, hint included."""
    lines = [fact for fact in ("write", "other", "vector") if error.code in _WHOLE and error.facts.get(fact)]
    error = error.with_facts({fact: f"{name} = {error.facts[fact]}" for fact in lines})
    return error.within(text, offset, "claim")


def shown_in(error: GradcliError, text: str, typed: str) -> GradcliError:
    """The error about a claim with that as it was typed, if it is about that and not about what else would be it."""
    return error.shown_in(typed) if error.text == text else error


def _spelled(name: str, known: Collection[str]) -> str:
    """The known name that a name is, or is written otherwise: W_1 and W₁ for W1, γ for gamma; or ""."""
    if name in known or not name or len(name) > LONGEST:
        return name if name in known else ""
    plain_name = _plain(name)
    return next((one for one in known if _plain(one) == plain_name), "")


def _plain(name: str) -> str:
    """A name without what is only another way to write it."""
    if name.isascii():
        return name.replace("lamda", "lambda").replace("_", "")
    words = ((letter, name_of(letter, "").rpartition("GREEK SMALL LETTER ")) for letter in normalize("NFKC", name))
    spelled = (word.lower() if sign and word.isalpha() else letter for letter, (_, sign, word) in words)
    return "".join(spelled).replace("lamda", "lambda").replace("_", "")


def _named(left: str, outputs: Sequence[str], known: Collection[str]) -> str:
    """The name whose gradient the left side of a claim names in another notation, or ""."""
    if len(left) > LONGEST:
        return ""
    for pattern, written in _SPELLINGS:
        left = re.sub(pattern, written, left)
    for pattern in _GRADIENTS:
        found = re.fullmatch(pattern, left.strip())
        parts = found.groupdict() if found else {}
        name = _spelled(_name_in(parts.get("name") or ""), known)
        is_of_another = parts.get("of") in known and parts.get("of") not in outputs
        if name in known and not is_of_another and parts.get("output", outputs[0]) in outputs:
            return name
    return ""


def _check_output(
    graph: Graph, written: re.Match[str], known: Mapping[str, int], outputs: Sequence[str], text: str
) -> None:
    """In ∂f/∂a, f is the output: by its name, or by any that is free if it has none."""
    output, has_none = written[1], graph.output not in graph.names
    if output in outputs or (has_none and output not in known):
        return
    start = text.index(output, 1)
    raise claim_error("not-the-output", {"name": output}, text, start, start + len(output))


def unknown(graph: Graph, name: str, known: Mapping[str, int], text: str, start: int) -> GradcliError:
    """What says that a claim speaks of a name that is none of the graph's."""
    names = graph.variables | graph.steps
    facts: dict[str, Any] = {"name": name, "known": list(graph.arrays.nested(names) if graph.arrays else names)}
    hint = other_spelling([name], known)
    facts |= hint if hint else {"suggestion": _spelled(name, known) or nearest(name, list(known))}
    return claim_error("unknown-in-claim", facts, text, start, start + max(1, len(name)))


def claim_error(code: str, facts: dict[str, Any], text: str, start: int, end: int | None = None) -> GradcliError:
    """What is wrong with a claim, and its place."""
    return GradcliError(code, facts, text, start, end, "claim")
