"""What is read and has no meaning: each function makes one error, with the place and, where it can, what to write."""

import re
from collections.abc import Collection
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from gradcli.errors import GradcliError
from gradcli.language.spelling import LONG, QUOTED_LENGTH, check_name, nearest
from gradcli.operators.arrays import ARRAY_FUNCTIONS
from gradcli.operators.records import Operator
from gradcli.operators.table import CONSTANTS, FUNCTIONS, LONGER

if TYPE_CHECKING:
    from gradcli.language.meaning import Meaning

_COMPARISONS = "<>!=≤≥≦≧≠"
_LINKS = 6  # sides of a chain of comparisons that is written out
_FACTORS = "rtxyzθ"  # letters that are hardly part of a function's name
_LETTERS = ("x", "y", "z", "t", "u", "v")  # of a definition


def number_out_of_range(text: str, word: str, start: int) -> GradcliError:
    """A number beyond the doubles."""
    code = "number-too-small" if float(word) == 0 else "number-too-large"
    return GradcliError(code, {}, text, start, start + len(word))


def unknown_function(
    text: str, word: str, start: int, is_name: bool, definitions: Collection[str] = ()
) -> GradcliError:
    """A call of what is no function."""
    end = start + len(word)
    if re.search(rf"(?:^|[;\r\n])[ \t]*{re.escape(word)}[ \t]*\([^()]*\)[ \t]*=(?!=)", text[end:]):
        return GradcliError("function-defined-later", {"name": word}, text, start, end)
    from gradcli.language import foreign

    if not word[0].isalpha():  # ½(a + b)
        check_name(text, word, start)
    if is_name or (len(word) == 1 and not foreign.general(word)) or word in CONSTANTS:
        facts = {"name": word} | _product_or_definition(text, word, end, is_name or word in CONSTANTS)
        return GradcliError("not-a-function", facts, text, start, end)
    error = unknown(word, definitions)
    is_known = error.code != "unknown-function" or "call" in error.facts
    factor = FUNCTIONS.get(word[1:]) if word[0] in _FACTORS and not is_known else None
    call = closed(text, end)
    if written := foreign.of_array(word, call[1:-1].strip()):
        error = error.with_facts({"write": written})
    if factor is not None and len(factor.parameters) == 1 and not factor.variadic and call != "()":  # xsin(x)
        error = error.with_facts({"suggestion": None, "write": f"{word[0]}*{word[1:]}{call}"})
    return error.placed(text, start, end)


def unknown(word: str, others: Collection[str] = (), source: str = "expression") -> GradcliError:
    """A name of no function, without its place. `others` are names that may be meant by it too."""
    from gradcli.language import foreign

    facts = {"name": word} | (foreign.general(word) or _meant(word, others))
    is_elsewhere = len(facts) == 1 and foreign.is_absent(word)
    return GradcliError("function-elsewhere" if is_elsewhere else "unknown-function", facts, source=source)


def _product_or_definition(text: str, word: str, end: int, is_known: bool) -> dict[str, str]:
    """`a(b + c)` is a product, `f(x)` and `P(x, y)` call functions that are defined nowhere, `a(b)` may be either."""
    from gradcli.language import foreign

    call = text[end:].lstrip()
    inside = call[1 : closing(call, 0) - 1]
    arguments = foreign.split(inside)
    is_function = not is_known and (word in "fghFGH" or len(arguments) > 1 or inside.strip().isidentifier())
    facts = {}
    if len(arguments) == 1 and (is_known or word not in "fghFGH"):
        facts["write"] = _product(text, word, end)
    if is_function:
        are_names = all(one.isidentifier() for one in arguments) and len({*arguments}) == len(arguments)
        names = arguments if are_names and len(inside) <= QUOTED_LENGTH else _LETTERS[: len(arguments)]
        again = f"{word}({inside})" if len(inside) <= QUOTED_LENGTH else f"{word}(...)"
        facts["define"] = f"{word}({', '.join(names)}) = ...; {again}"
    return facts


def _product(text: str, word: str, end: int) -> str:
    """`a(b + c)` as a product."""
    product = f"{word}*{closed(text, end)}"
    return product if len(product) <= 2 * QUOTED_LENGTH else "a*(b)"


def _meant(word: str, others: Collection[str]) -> dict[str, Any]:
    """The function that a slip of the pen stands for, here or elsewhere, as facts of a message."""
    from gradcli.language import elsewhere, foreign

    plain = normalize("NFKC", word)
    close = plain if plain in FUNCTIONS else _slip(word, others)
    if not close and foreign.is_absent(word):
        return {}
    close = close or _slip(word, FUNCTIONS, 1) or _slip(word, ARRAY_FUNCTIONS, 1)
    # A short name that is like one of other systems is more often a name with another meaning.
    if not close and len(word) >= LONG and (other := _slip(word, elsewhere.meanings(), 1)):
        meant = foreign.general(other)
        return {"suggestion": meant["call"], "meaning": meant["write"]}
    close = close or _slip(word, FUNCTIONS)
    odd = next((character for character in word if not character.isascii()), None)
    return {"suggestion": close, "character": odd} if close else {}


def _slip(word: str, known: Collection[str], most: int = 2) -> str | None:
    """The nearest name with the same digits: sin2 is no slip of sin."""
    digits_of = re.compile("[0-9]").findall
    digits = digits_of(word)
    return nearest(word, [name for name in known if digits_of(name) == digits], most)


def number_of_arguments(text: str, word: str, start: int, operator: Operator, given: int) -> GradcliError:
    """Too few or too many arguments."""
    facts: dict[str, Any] = {"function": word, "given": given}
    longer = [row for row in LONGER if row.called == operator.name]
    if operator.variadic or any(row.variadic for row in longer):
        facts["least"] = 1 if word in ARRAY_FUNCTIONS else operator.least or len(operator.parameters)
    else:
        facts["takes"] = len(operator.parameters)
        if len(operator.parameters) > 1:
            facts["signature"] = f"{word}({', '.join(operator.parameters)})"
        if longer:
            facts |= {"signature": f"{word}({', '.join(operator.parameters)})"}
            facts |= {"longer": f"{word}({', '.join(longer[0].parameters)})"}
    return GradcliError("number-of-arguments", facts, text, start, start + len(word))


def no_keyword(text: str, word: str, keyword: str, start: int) -> GradcliError:
    """`f(x, axis=0)` of what takes no axis, or another keyword."""
    if word == "softmax" and keyword in ("axis", "dim"):
        return GradcliError("softmax-axis", {}, text, start, start + len(keyword))
    return GradcliError("no-keyword", {"function": word, "name": keyword}, text, start, start + len(keyword))


def not_a_place(text: str, word: str, start: int) -> GradcliError:
    """An index, or an axis, that is no whole number as it is written."""
    code = "not-an-axis" if re.search(r"\baxis\s*=\s*$", text[:start]) else "not-a-place"
    return GradcliError(code, {"typed": word}, text, start, start + len(word))


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


def no_output(text: str, start: int | None) -> GradcliError:
    """A program that ends with a definition, which begins at this place, or without any statement."""
    if start is not None:
        return GradcliError("definition-last", {}, text, start)
    return GradcliError("empty", {}, text if text.strip() else None, len(text))


def too_many_nodes(text: str, word: str, start: int, limit: int) -> GradcliError:
    """Definitions that call others, and grow."""
    return GradcliError("too-many-calls", {"name": word, "limit": limit}, text, start, start + len(word))


def function_without_call(text: str, word: str, start: int, argument: str = "...") -> GradcliError:
    """`sin` or `sin x`."""
    power = re.match(r"\^(\w{1,9})(?=\()", text[start + len(word) :])
    if power:  # sin^2(x)
        begin = start + len(word) + power.end()
        argument = text[begin : closing(text, begin)]
    shown = argument if len(argument) <= QUOTED_LENGTH else "..."
    inside = shown[1:-1] if shown.startswith("(") else shown
    row = FUNCTIONS.get(word)  # none for a definition
    if row is not None and (len(row.parameters) > 1 or row.least > 1):  # max x, y
        inside = "x, y" if row.variadic else ", ".join(row.parameters)
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


def result_and_input(text: str, word: str, start: int) -> GradcliError:
    """`y = a*x + b*y`: the output is called as one of its variables."""
    return GradcliError("result-and-input", {"name": word}, text, start, start + len(word))


def unused_statement(meaning: "Meaning") -> GradcliError:
    """An expression without a name before the last statement."""
    assert meaning.unnamed is not None
    return GradcliError("unused-statement", {}, meaning.text, _begin(meaning, meaning.unnamed))


def _begin(meaning: "Meaning", node: int) -> int:
    """Where the text of a node begins, parentheses aside."""
    start = meaning.place(node)
    while meaning.inputs[node]:
        node = meaning.inputs[node][0]
        start = min(start, meaning.place(node))
    return start


def misplaced(meaning: "Meaning", operator: Operator, x: int, start: int, where: str) -> GradcliError:
    """An input of an operator that is a condition where a number belongs, or the other way round."""
    if x not in meaning.conditions:
        return _number_as_condition(meaning.text, where, meaning.place(x), start)
    if operator.condition:
        return _chained_comparison(meaning.text, meaning.starts[x], start, _begin(meaning, x))
    return condition_as_number(meaning.text, where, meaning.place(x))


def condition_as_number(text: str, where: str, start: int) -> GradcliError:
    """A condition where a number belongs."""
    arrow = re.match(r"\s*[^\W\d]\w*\s*(?=<-)", text[text.rfind("\n", 0, start) + 1 :])
    if arrow and text.startswith("<-", start) and not where:
        return GradcliError("unknown-operator", {"typed": "<-", "write": "="}, text, start, start + 2)
    facts = {"operator": where} if where else {}
    return GradcliError("condition-as-number", facts, text, start, start + _symbol_length(text, start))


def _number_as_condition(text: str, where: str, node_start: int, start: int) -> GradcliError:
    """A number where a condition belongs."""
    place = node_start if where == "where" else start
    return GradcliError("number-as-condition", {"operator": where}, text, place)


def _chained_comparison(text: str, first: int, second: int, begin: int) -> GradcliError:
    """`0 < x < 1`, or a longer chain."""
    end = second + _symbol_length(text, second)
    middle = text[first + _symbol_length(text, first) : second]
    if not middle.strip() or middle.count("(") != middle.count(")"):  # (a < b) < c
        return condition_as_number(text, text[second:end], first)
    sides, signs, place = [text[begin:first].strip()], [], first
    while len(sides) <= _LINKS and place < len(text) and text[place] in _COMPARISONS:
        behind = place + _symbol_length(text, place)
        signs.append(text[place:behind])
        place = _operand_end(text, behind)
        sides.append(text[behind:place].strip())
    is_short = all(side and len(side) <= QUOTED_LENGTH for side in sides) and len(sides) <= _LINKS
    if not is_short or any(side.count("(") != side.count(")") for side in sides):
        sides, signs = ["a", "b", "c"], ["<", "<"]
    links = zip(sides, signs, sides[1:], strict=False)
    facts = {"write": " and ".join(f"{left} {sign} {right}" for left, sign, right in links)}
    return GradcliError("chained-comparison", facts, text, second, end)


def _operand_end(text: str, start: int) -> int:
    """Where a comparison's right side ends."""
    depth = 0
    for index, character in enumerate(text[start:], start):
        depth += {"(": 1, ")": -1}.get(character, 0)
        stop = not depth and (character in _COMPARISONS or character in "=;,\n")
        if depth < 0 or stop or text.startswith((" and ", " or "), index):
            return index
    return len(text)


def _symbol_length(text: str, start: int) -> int:
    """The length of the operator or word at this place."""
    if text[start : start + 2] in ("<=", ">=", "==", "!=", "**"):
        return 2
    return max(1, next((i for i, c in enumerate(text[start:]) if not (c.isalnum() or c == "_")), len(text) - start))


def closed(text: str, place: int) -> str:
    """The parenthesis behind this place, shortened where it is long."""
    call = text[place:].lstrip()
    inside = call[: closing(call, 0)]
    return inside if len(inside) <= QUOTED_LENGTH and inside.endswith(")") else "(...)"


def closing(text: str, place: int) -> int:
    """Behind the parenthesis that closes the one at `place`, if that is near."""
    depth = 0
    stop = place + 2 * QUOTED_LENGTH
    for index, character in enumerate(text[place:stop], place):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if not depth:
            return index + 1
    return stop
