"""What the call of a function means in the system that it comes from."""

import re
from collections.abc import Mapping, Sequence

from gradcli.language import foreign
from gradcli.language.notation import ForeignNotation, NotationError, OpenCall, Operand, Token
from gradcli.language.systems import CAPITALS, FIRST, LISTS, REDUCTIONS, SILENT, bound, rows
from gradcli.operators.table import FUNCTIONS, row_called

ARRAYS = ("numpy", "torch", "jax", "tensorflow", "scipy", "nn")
_LONGER = ("builtin", "math", "sympy", "mpmath", "people", "latex")  # have log(x, base)
CHOICES = ("where", "if", "IF", "ifelse", "iif", "If", "select")  # take a condition first
_UNSETTLED = ("gelu", "leaky_relu")  # without more arguments another function in each library
# Of sin^-1 and the like; log^-1 is read in two ways.
_INVERSES = {name: f"a{name}" for name in FUNCTIONS if f"a{name}" in FUNCTIONS} | {"erf": "erfinv"}


def called(
    notation: ForeignNotation, function: OpenCall, values: Sequence[Operand], places: Mapping[int, str]
) -> Operand:
    """The value of a call, of which `places` has the keywords; raises `NotationError` where it has no counterpart."""
    token = function.token
    if any(place >= len(values) for place in places):  # f(x=)
        raise NotationError
    arguments = [value for place, value in enumerate(values) if place not in places]
    keywords = {name: values[place].text for place, name in places.items()}
    name, power = token.text, function.power
    if name == "digamma" and power is not None and power.is_grouped:
        name, arguments, power = "polygamma", [power, *arguments], None
    if power is not None and re.sub(r"[() ]", "", power.text) == "-1":
        if name not in _INVERSES:
            raise NotationError("ambiguous-notation", token.start, token.end)
        name, power = _INVERSES[name], None
    value = _own_form(notation, token, arguments, keywords) or Operand(
        _written(notation, token, name, arguments, keywords)
    )
    return value if power is None else Operand(f"({value.number})^({power.text})")


def _own_form(
    notation: ForeignNotation, token: Token, arguments: Sequence[Operand], keywords: Mapping[str, str]
) -> Operand | None:
    """A function of the text's own, and AND, OR and NOT of a spreadsheet."""
    name = token.text
    if token.system == "defined" and not keywords:
        return Operand(f"{name}({', '.join(notation.number(value) for value in arguments)})")
    if notation.name != "spreadsheet" or name not in ("AND", "OR", "NOT") or not arguments:
        return None
    texts = [f"({value.condition})" for value in arguments]
    if name == "NOT":
        return Operand(f"not {texts[0]}", is_condition=True) if len(texts) == 1 else None
    return Operand(f" {name.lower()} ".join(texts), is_condition=True)


def _written(
    notation: ForeignNotation, token: Token, name: str, arguments: Sequence[Operand], keywords: Mapping[str, str]
) -> str:
    system = token.system or notation.name
    arguments, keywords = _settled(name, _chosen(notation, name, arguments), keywords)
    items = arguments[0].items if len(arguments) == 1 else None
    if items is not None and name in LISTS and keywords.keys() <= {"ord", "p"}:
        return _listed(LISTS[name], items, next(iter(keywords.values()), "2"))
    if any(value.items for value in arguments):
        raise _no_counterpart(token)
    texts = [value.text if value.is_condition else f"({value.text})" for value in arguments]
    written = _by_row(system, name, arguments, keywords) or _by_keyword(token, name, texts, keywords)
    if written:
        return written
    if any(value.items is not None for value in arguments):
        raise _no_counterpart(token)
    if keywords or (system in ARRAYS and name in REDUCTIONS) or (system == "nn" and name in _UNSETTLED):
        raise _no_counterpart(token)
    if system == "spreadsheet":
        return _of_a_spreadsheet(token, name, texts)
    return _common(token, system, name, texts)


def _settled(
    name: str, arguments: Sequence[Operand], keywords: Mapping[str, str]
) -> tuple[Sequence[Operand], dict[str, str]]:
    """The arguments without those that change nothing, and the first one without its name."""
    kept = {word: text for word, text in keywords.items() if word not in SILENT or word == name}
    first = next((word for word in kept if word in FIRST), "")
    if first and not arguments:
        arguments = [Operand(kept.pop(first))]
    return arguments, kept


def _chosen(notation: ForeignNotation, name: str, arguments: Sequence[Operand]) -> Sequence[Operand]:
    """The arguments, of which the first one may be a condition; a number is one where it is not 0."""
    if name not in CHOICES or not notation.converts or not arguments or arguments[0].items is not None:
        return arguments
    return [Operand(arguments[0].condition, is_condition=True), *arguments[1:]]


def _by_row(system: str, name: str, arguments: Sequence[Operand], keywords: Mapping[str, str]) -> str:
    """What a system means by the name in its own way, or ""."""
    for row in rows().get((system, name), ()):
        texts = []
        for value, wanted in zip(arguments, row.positional, strict=False):
            whole = value.text if value.is_condition else f"({value.text})"
            texts.append(wanted if wanted == value.text.strip("()") else whole)
        texts += [value.text for value in arguments[len(texts) :]]
        letters = bound(row, texts, keywords)
        if letters is not None:
            return filled(row.formula, letters)
    return ""


def _by_keyword(token: Token, name: str, texts: Sequence[str], keywords: Mapping[str, str]) -> str:
    """A function of gradcli with its parameters as keywords, or ""."""
    operator = FUNCTIONS.get(name)
    if not keywords or token.system or operator is None:
        return ""
    rest = operator.parameters[len(texts) :]
    if keywords.keys() != {*rest}:
        raise NotationError
    return f"{name}({', '.join([*texts, *(keywords[parameter] for parameter in rest)])})"


def _listed(what: str, items: Sequence[Operand], order: str) -> str:
    """A function of the numbers of a list; of a norm the order."""
    texts = [f"({item.number})" for item in items]
    if what in ("max", "min", "logsumexp"):
        return f"{what}({', '.join(texts)})" if len(texts) > 1 else texts[0]
    if what == "softmax":
        return f"exp({texts[0]} - logsumexp({', '.join(texts)}))"
    if what == "mean":
        return f"({' + '.join(texts)})/{len(texts)}"
    sizes = [f"abs({text})" for text in texts]
    if what != "norm":
        return what.join(texts)
    if order in ("1", "inf"):
        return " + ".join(sizes) if order == "1" else f"max({', '.join(sizes)})"
    if order != "2":
        raise NotationError
    return f"hypot({', '.join(texts)})"


def _of_a_spreadsheet(token: Token, name: str, texts: Sequence[str]) -> str:
    if name in ("SUM", "PRODUCT", "AVERAGE", "SUMSQ") and texts:
        squared = [f"{text}^2" for text in texts] if name == "SUMSQ" else texts
        joined = ("*" if name == "PRODUCT" else " + ").join(squared)
        return f"({joined})/{len(texts)}" if name == "AVERAGE" else joined
    if name in ("MAX", "MIN") and len(texts) == 1:
        return texts[0]
    if name not in CAPITALS:
        raise _no_counterpart(token)
    return _own(token, name.lower(), texts)


def _common(token: Token, system: str, name: str, texts: Sequence[str]) -> str:
    """As here, or as most systems have it."""
    known = foreign.known_as(name)
    if not known and system not in ARRAYS and name.lower() in FUNCTIONS:  # Abs
        known = name.lower()
    if known in FUNCTIONS:
        return _own(token, known, texts, may_be_longer=system in _LONGER)
    if known == "SUM" and texts:
        return " + ".join(texts)
    for parameters, formula in foreign.rows_of(known) if known else ():
        letters, renamed = parameters.split(", "), formula.removesuffix(f"({parameters})")
        if len(letters) == len(texts):
            return filled(formula, dict(zip(letters, texts, strict=True)))
        if renamed in FUNCTIONS and FUNCTIONS[renamed].variadic:
            return _own(token, renamed, texts)
    raise _no_counterpart(token)


def _own(token: Token, name: str, texts: Sequence[str], may_be_longer: bool = False) -> str:
    operator = FUNCTIONS[name]
    longer = row_called(name, len(texts))
    fits = operator.takes(len(texts)) or (longer is not None and (may_be_longer or longer.variadic))
    if not fits and name == token.text and not token.system:  # of which the parser says what it takes
        raise NotationError
    if not fits:
        raise _no_counterpart(token)
    return f"{name}({', '.join(texts)})"


def filled(formula: str, letters: Mapping[str, str]) -> str:
    """A formula with texts in place of its letters."""
    if not letters:
        return formula
    written = re.sub(r"\b(?:" + "|".join(letters) + r")\b", lambda letter: letters[letter[0]], formula)
    return re.sub(r"\b10\^\(([0-9])\)", lambda power: str(10 ** int(power[1])), written)  # places of a rounding


def _no_counterpart(token: Token) -> NotationError:
    return NotationError("no-counterpart", token.start, token.end)
