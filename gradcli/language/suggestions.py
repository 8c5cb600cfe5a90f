"""What is wrong with a text: each function makes one error, with the place and, where it can, what to write."""

import re
from collections.abc import Collection
from typing import Any
from unicodedata import category, normalize

from gradcli.errors import GradcliError
from gradcli.language.characters import SUPERSCRIPTS
from gradcli.operators.records import Operator
from gradcli.operators.table import CONSTANTS, FUNCTIONS, LONGER, is_reserved

QUOTED_LENGTH = 30  # an operand in a hint is written out up to this length
LONG_VOWEL = chr(0x30FC)  # ー, which looks like a minus
KANA = range(0x3041, 0x3100)
_SLIPS = {"<>": "!=", "=>": ">=", "=<": "<=", "//": "floor(x/y)"}


def empty(text: str) -> GradcliError:
    """No statement at all."""
    return GradcliError("empty", {}, text if text.strip() else None, len(text))


def unexpected(text: str, kind: str, place: int, end: int, expected: dict[str, int], opened: list[int]) -> GradcliError:
    """A token where the grammar has none. `expected` holds the symbols that could stand here."""
    word = text[place:end]
    after_value = "NAME" not in expected
    if kind == "$END" or (kind in ("NEWLINE", "SEMICOLON") and not after_value):
        return _unfinished(text, kind, place, opened, after_value)
    if kind == "SEMICOLON":
        return GradcliError("separator-in-parenthesis", {}, text, place)
    if after_value and kind in ("NAME", "NUMBER", "OPEN", "NOT"):
        return _missing_operator(text, place, end)
    if kind == "ASSIGN":
        return _stray_assignment(text, place, end, opened)
    pair = text[place - 1 : end] if place else ""
    code, facts = "unexpected", {"token": word}
    if pair in _SLIPS and not after_value:
        code, facts = "unknown-operator", {"typed": pair, "write": _SLIPS[pair]}
        place -= 1
    elif kind == "CLOSE" and not opened[:1]:
        code, facts = "unopened-parenthesis", {}
    elif kind == "COMMA" and after_value:
        code, facts = "stray-comma", {}
    elif not after_value and kind == "CLOSE":
        code, facts = "empty-parenthesis", {}
    elif not after_value:
        code = "missing-value"
    return GradcliError(code, facts, text, place, end)


def _stray_assignment(text: str, place: int, end: int, opened: list[int]) -> GradcliError:
    """`=` behind what is no plain name, or for `==`."""
    if text[:place].split()[-1:] == ["not"]:
        return GradcliError("reserved-name", {"name": "not", "kind": "word"}, text, place, end)
    facts = {"write": _SLIPS.get(text[place : end + 1], "==")} if opened else {}
    return GradcliError("stray-assignment", facts, text, place, end)


def _unfinished(text: str, kind: str, place: int, opened: list[int], after_value: bool) -> GradcliError:
    if opened and (after_value or kind == "$END"):
        return GradcliError("unclosed-parenthesis", {}, text, opened[-1])
    if kind == "$END":
        return GradcliError("unfinished-expression", {}, text, len(text))
    return GradcliError("unfinished-statement", {}, text, place)


def _missing_operator(text: str, place: int, end: int) -> GradcliError:
    """`2x`, `2(a+b)`, `(a)(b)`, `a b`: no multiplication without a sign."""
    left = text[:place].rstrip()
    word = text[place:end]
    if word[0] in SUPERSCRIPTS:
        return GradcliError("superscript", {"character": word[0], "exponent": _plain_digits(word)}, text, place, end)
    before = left[_opening(left) :] if left.endswith(")") else _last_word(left)
    after = text[place : _closing(text, place)] if word == "(" else word
    in_number = _wrong_number(before, word) if place == len(left) else ""
    if in_number:
        return GradcliError(in_number, {}, text, place - (in_number == "number-base"), end)
    if before in FUNCTIONS and is_reserved(before):
        return function_without_call(text, before, len(left) - len(before), after)
    if "\n" in text[len(left) : place] or "\r" in text[len(left) : place]:  # inside a parenthesis
        return GradcliError("missing-operator-between-lines", {}, text, place, end)
    if word.startswith(LONG_VOWEL):
        facts = {"character": LONG_VOWEL, "write": word.replace(LONG_VOWEL, "-")}
        return GradcliError("long-vowel", facts, text, place, end)
    if word == "not":
        return GradcliError("missing-and", {}, text, place, end)
    left_part = before if len(before) <= QUOTED_LENGTH else "(...)"
    right_part = after if len(after) <= QUOTED_LENGTH else "(...)" if word == "(" else "..."
    return GradcliError("missing-operator", {"write": f"{left_part}*{right_part}"}, text, place, end)


def _wrong_number(before: str, word: str) -> str:
    """The code of what is wrong with a number and a word behind it that were meant as one: `1_000`, `0x1f`, `1.2.3`."""
    if before[:1] not in "0123456789.":
        return ""
    if before == "0" and word[:1] in "xXbBoO" and word[1:2].isalnum() and word[1:2].isascii():
        return "number-base"
    return {"_": "number-underscore", ".": "number-points"}.get(word[0], "")


def _plain_digits(superscripts: str) -> str:
    """The digits of an exponent written above the line."""
    return "".join(SUPERSCRIPTS.get(character, "") for character in superscripts)


def _last_word(text: str) -> str:
    start = len(text)
    while start and (text[start - 1].isalnum() or text[start - 1] in "_.") and len(text) - start <= QUOTED_LENGTH:
        start -= 1
    return text[start:]


def _opening(text: str) -> int:
    """Where the parenthesis opens that closes at the end of the text, or its function's name."""
    depth = 0
    for place in range(len(text) - 1, max(-1, len(text) - 2 * QUOTED_LENGTH), -1):
        depth += {")": 1, "(": -1}.get(text[place], 0)
        if not depth:
            return place - len(_last_word(text[:place]))
    return max(0, len(text) - 2 * QUOTED_LENGTH)


def _closing(text: str, place: int) -> int:
    """Behind the parenthesis that closes the one at `place`, if that is near."""
    depth = 0
    stop = place + 2 * QUOTED_LENGTH
    for index, character in enumerate(text[place:stop], place):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if not depth:
            return index + 1
    return stop


def number_out_of_range(text: str, word: str, start: int) -> GradcliError:
    """A number beyond the doubles."""
    code = "number-too-small" if float(word) == 0 else "number-too-large"
    return GradcliError(code, {}, text, start, start + len(word))


def check_name(text: str, word: str, start: int, source: str = "expression") -> None:
    """Raise for a name that is not made of letters, digits 0-9 and _, or has a plainer spelling."""
    if word.isascii():
        return
    if LONG_VOWEL in word:
        _check_long_vowels(text, word, start, source)
    for offset, character in enumerate(word):
        if character.isascii() or category(character).startswith("L"):
            continue
        facts = {"character": character}
        composed = normalize("NFKC", word).replace("⁄", "/")
        if character in SUPERSCRIPTS:
            facts |= {"base": word[:offset], "exponent": _plain_digits(word[offset : offset + QUOTED_LENGTH])}
        elif composed != word:
            facts["write"] = composed
        raise GradcliError("name-character", facts, text, start + offset, source=source)
    plain = normalize("NFKC", word)
    if plain != word:
        place = next((i for i, c in enumerate(word) if normalize("NFKC", c) != c), 0)
        facts = {"name": word, "character": word[place], "write": plain}
        raise GradcliError("name-spelling", facts, text, start, start + len(word), source)


def _check_long_vowels(text: str, word: str, start: int, source: str) -> None:
    """Raise for a `ー` behind what is no kana: where it cannot be read as a long vowel, it looks like a minus."""
    for offset, character in enumerate(word):
        if character == LONG_VOWEL and not (offset and ord(word[offset - 1]) in KANA):
            facts = {"character": character, "write": word.replace(LONG_VOWEL, "-")}
            raise GradcliError("long-vowel", facts, text, start + offset, source=source)


def nearest(word: str, known: list[str]) -> str | None:
    """The known word that the user may have meant."""
    from difflib import get_close_matches

    folded = {name.lower(): name for name in known}
    close = get_close_matches(word.lower()[:QUOTED_LENGTH], folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


_OTHER_NAMES = {
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arctan2": "atan2", "arsinh": "asinh", "arcosh": "acosh",
    "artanh": "atanh", "arcsinh": "asinh", "arccosh": "acosh", "arctanh": "atanh", "logistic": "sigmoid",
    "swish": "silu", "maximum": "max", "minimum": "min", "tg": "tan", "lg": "log10", "lb": "log2", "clamp": "clip",
    "ceiling": "ceil", "sgn": "sign", "fabs": "abs", "absolute": "abs", "if": "where", "ifelse": "where",
    "fmod": "mod", "lse": "logsumexp", "gammaln": "lgamma", "loggamma": "lgamma",
    "tgamma": "gamma", "psi": "digamma", "power": "x^y", "pow": "x^y", "square": "x^2",
}  # fmt: skip


def unknown_function(
    text: str, word: str, start: int, is_name: bool, definitions: Collection[str] = ()
) -> GradcliError:
    """A call of what is no function."""
    end = start + len(word)
    if re.search(rf"(?:^|[;\r\n])\s*{re.escape(word)}\s*\([^()]*\)\s*=(?!=)", text[end:]):
        return GradcliError("function-defined-later", {"name": word}, text, start, end)
    call = text[end:].lstrip()
    if is_name or (len(word) == 1 and word not in FUNCTIONS) or word in CONSTANTS:
        inside = call[: _closing(call, 0)]
        product = f"{word}*{inside}" if len(inside) <= QUOTED_LENGTH and inside.endswith(")") else f"{word}*(...)"
        facts = {"name": word, "write": product if len(product) <= 2 * QUOTED_LENGTH else "a*(b)"}
        return GradcliError("not-a-function", facts, text, start, end)
    plain = normalize("NFKC", word)
    close = plain if plain in FUNCTIONS else _OTHER_NAMES.get(word.lower()) or nearest(word, [*definitions, *FUNCTIONS])
    odd = next((character for character in word if not character.isascii()), None) if close else None
    return GradcliError("unknown-function", {"name": word, "suggestion": close, "character": odd}, text, start, end)


def number_of_arguments(text: str, word: str, start: int, operator: Operator, given: int) -> GradcliError:
    """Too few or too many arguments."""
    facts: dict[str, Any] = {"function": word, "given": given}
    if operator.variadic:
        facts["least"] = operator.least
    else:
        facts["takes"] = len(operator.parameters)
        if len(operator.parameters) > 1:
            facts["signature"] = f"{word}({', '.join(operator.parameters)})"
        longer = [row for (name, _), row in LONGER.items() if name == operator.name]
        if longer:
            facts |= {"signature": f"{word}({', '.join(operator.parameters)})"}
            facts |= {"longer": f"{word}({', '.join(longer[0].parameters)})"}
    return GradcliError("number-of-arguments", facts, text, start, start + len(word))


def number_of_arguments_of(text: str, word: str, start: int, names: tuple[str, ...], given: int) -> GradcliError:
    """Too few or too many arguments of a function of the program's own."""
    signature = f"{word}({', '.join(names)})"
    facts = {"function": word, "given": given, "takes": len(names), "signature": signature}
    return GradcliError("number-of-arguments", facts, text, start, start + len(word))


def recursive_definition(text: str, word: str, start: int) -> GradcliError:
    """A definition that speaks of itself."""
    return GradcliError("recursive-definition", {"name": word}, text, start, start + len(word))


def not_a_parameter(text: str, start: int, end: int) -> GradcliError:
    """What stands in the head of a definition, and is no plain name."""
    begin = start + len(text[start:end]) - len(text[start:end].lstrip())
    return GradcliError("not-a-parameter", {}, text, begin, max(begin + 1, end))


def definition_at_the_end(text: str, start: int) -> GradcliError:
    """A program that ends with a definition, and so has no output."""
    return GradcliError("definition-last", {}, text, start)


def too_many_nodes(text: str, word: str, start: int, limit: int) -> GradcliError:
    """Definitions that call others, and grow."""
    return GradcliError("too-many-calls", {"name": word, "limit": limit}, text, start, start + len(word))


def function_without_call(text: str, word: str, start: int, argument: str = "...") -> GradcliError:
    """`sin` or `sin x`."""
    power = re.match(r"\^(\w{1,9})(?=\()", text[start + len(word) :])
    if power:  # sin^2(x)
        begin = start + len(word) + power.end()
        argument = text[begin : _closing(text, begin)]
    shown = argument if len(argument) <= QUOTED_LENGTH else "..."
    inside = shown[1:-1] if shown.startswith("(") else shown
    facts = {"function": word, "write": f"{word}({inside}){power.group() if power else ''}"}
    return GradcliError("function-without-call", facts, text, start, start + len(word))


def reserved_name(text: str, word: str, start: int) -> GradcliError:
    """A step named like a function or constant."""
    typed = "π" if text.startswith("π", start) else word
    facts = {"name": typed, "kind": "function" if word in FUNCTIONS else "constant"}
    return GradcliError("reserved-name", facts, text, start, start + len(typed))


def name_taken(text: str, word: str, start: int, is_variable: bool) -> GradcliError:
    """A name defined twice, or used before it is defined."""
    code = "name-defined-later" if is_variable else "name-defined-twice"
    return GradcliError(code, {"name": word}, text, start, start + len(word))


def unused_statement(text: str, start: int) -> GradcliError:
    """An expression without a name before the last statement."""
    return GradcliError("unused-statement", {}, text, start)


def condition_as_number(text: str, where: str, start: int) -> GradcliError:
    """A condition where a number belongs."""
    facts = {"operator": where} if where else {}
    return GradcliError("condition-as-number", facts, text, start, start + _symbol_length(text, start))


def number_as_condition(text: str, where: str, node_start: int, start: int) -> GradcliError:
    """A number where a condition belongs."""
    place = node_start if where == "where" else start
    return GradcliError("number-as-condition", {"operator": where}, text, place)


def chained_comparison(text: str, first: int, second: int, begin: int) -> GradcliError:
    """`0 < x < 1`."""
    length, other = _symbol_length(text, first), _symbol_length(text, second)
    left = f"{text[begin:first].strip()} {text[first : first + length]}"
    middle = text[first + length : second].strip()
    right = _operand(text, second + other)
    relation = text[second : second + other]
    sides = (left, middle, right)
    if not middle or middle.count("(") != middle.count(")"):  # (a < b) < c
        return condition_as_number(text, relation, first)
    if not right or any(side.count("(") != side.count(")") or len(side) > QUOTED_LENGTH for side in sides):
        left, middle, right, relation = "a <", "b", "c", "<"
    facts = {"write": f"{left} {middle} and {middle} {relation} {right}"}
    return GradcliError("chained-comparison", facts, text, second, second + other)


def _operand(text: str, start: int) -> str:
    """The text up to the end of a comparison's right side."""
    depth = 0
    for index, character in enumerate(text[start:], start):
        depth += {"(": 1, ")": -1}.get(character, 0)
        stop = character in "<>=!;\n" or (character == "," and not depth)
        if depth < 0 or stop or text.startswith((" and ", " or "), index):
            return text[start:index].strip()
    return text[start:].strip()


def _symbol_length(text: str, start: int) -> int:
    """The length of the operator or word at this place."""
    if text[start : start + 2] in ("<=", ">=", "==", "!=", "**"):
        return 2
    return max(1, next((i for i, c in enumerate(text[start:]) if not (c.isalnum() or c == "_")), len(text) - start))
