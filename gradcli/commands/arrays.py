"""Arrays as they are given: in a point's text or JSON object, and shapes by --shape."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

from gradcli.arrays.lowering import MAX_SCALARS, lowered
from gradcli.arrays.shapes import MOST_AXES, MisfitError, literal, of_lists, two_shapes
from gradcli.commands.array_spellings import check_spelling, check_value
from gradcli.commands.objects import PLUS_MINUS, Object, in_object, is_number, json_object, numbers_of
from gradcli.errors import GradcliError
from gradcli.graph import Graph
from gradcli.graph.arrays import Shape, flattened
from gradcli.language.characters import plain
from gradcli.text import pieces

Span = tuple[int, int]
_LIST_IN_JSON = r'"(?:[^"\\]|\\.)*"\s*:\s*\['
_SHAPE = r"\s*([^\W\d]\w*)\s*=\s*([0-9]+(?:\s*[x*]\s*[0-9]+)*)\s*"


def array_in(text: str, start: int, end: int, axes: int = MOST_AXES) -> tuple[Shape, list[Span]]:
    """The shape of an array in a text, and where its elements are; raises `GradcliError` for what is none."""
    first, stop = _trimmed(text, start, end)
    if (end_of_array := _closing(text, first, stop)) != stop:
        if end_of_array is None:
            raise GradcliError("unclosed-array", {}, text, first, source="at")
        rest, _ = _trimmed(text, end_of_array, stop)
        raise GradcliError("behind-array", {}, text, rest, stop, "at")
    if not axes:
        raise GradcliError("deep-array", {}, text, first, stop, "at")
    spans = [_trimmed(text, *span) for span in pieces(text, first + 1, stop - 1)]
    for begin, close in spans:
        if begin == close:
            raise GradcliError("empty-element", {}, text, begin, source="at")
    rows = [array_in(text, *span, axes - 1) if text[span[0]] == "[" else ((), [span]) for span in spans]
    try:
        shape = literal([shape for shape, _ in rows])
    except MisfitError as misfit:
        raise GradcliError(misfit.code, misfit.facts, text, first, stop, "at") from None
    return shape, [one for _, found in rows for one in found]


def _closing(text: str, start: int, end: int) -> int | None:
    """Where an array ends that begins at `start`; None for one that is not closed."""
    depth = 0
    for bracket in re.compile(r"[\[\]]").finditer(text, start, end):
        depth += 1 if bracket[0] == "[" else -1
        if depth == 0:
            return bracket.end()
    return None


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def array_of(name: str, value: list[Any]) -> tuple[Shape, list[Any]]:
    """The shape and the elements of nested lists; raises `GradcliError` for what is no array of numbers."""
    try:
        shape, elements = of_lists(value), flattened(value)
    except MisfitError as misfit:
        raise GradcliError(misfit.code, misfit.facts | {"name": name}, source="at") from None
    if not all(is_number(one) or (isinstance(one, str) and re.search(PLUS_MINUS, one)) for one in elements):
        raise GradcliError("json-value", {"name": name}, source="at")
    return shape, elements


def shapes_in(text: str, is_json: bool, known: Container[str]) -> Iterator[tuple[str, Shape]]:
    """The shapes of the arrays that a point has, by name; of JSON those of `known` names, as others may be anything."""
    if not is_json and not text.lstrip().startswith("{"):  # with an object in a text there is more wrong
        read = plain(text, is_list=True)
        for start, end in pieces(read, 0, len(read)):
            name, equals, value = read[start:end].partition("=")
            if equals and value.lstrip().startswith("["):
                check_spelling(read, text, name.strip(), *_trimmed(read, end - len(value), end))
                yield name.strip(), array_in(read, end - len(value), end)[0]
    elif re.search(_LIST_IN_JSON, text):
        try:
            for name, value in numbers_of(json_object(text)).items():
                if name in known and isinstance(value, list) and not isinstance(value, Object):
                    yield name, array_of(name, value)[0]
        except GradcliError as error:
            raise in_object(error, text) from None


def shapes_asked(texts: Sequence[str]) -> dict[str, Shape]:
    """The shapes of all --shape options: `W=3x2,x=2`."""
    found: dict[str, Shape] = {}
    for text in texts:
        place = 0
        read = plain(text, is_list=True)
        while place <= len(read):
            match = re.compile(rf"{_SHAPE}(?:,|$)").match(read.replace("×", "x"), place)
            lengths = tuple(map(int, re.findall("[0-9]+", match[2]))) if match else ()
            if not match or len(lengths) > MOST_AXES or 0 in lengths:
                raise GradcliError("not-a-shape", {}, text, place, len(text), "option")
            if match[1] in found:
                raise GradcliError("given-twice", {"name": match[1]}, text, *match.span(1), "option")
            found[match[1]] = lengths
            place = match.end() + (match.end() == len(read))
    return found


def graph_of_numbers(
    graph: Graph,
    asked: Sequence[str],
    points: Sequence[tuple[str, bool]],
    columns: Mapping[str, Shape],
    limit: int | None,
) -> Graph:
    """The graph of the numbers of a program, where --shape (`asked`) or points have shapes; of these it is said whether
    they are JSON. `columns` are the shapes of columns of rows.
    """
    shapes = shapes_asked(asked)
    for name in shapes:
        if name not in graph.variables:
            from gradcli.language.spelling import nearest

            facts = {"name": name, "suggestion": nearest(name, list(graph.variables))}
            raise GradcliError("unused-name", facts, source="option")
    for text, is_json in points:
        for name, shape in shapes_in(text, is_json, graph.variables):
            if (other := shapes.setdefault(name, shape)) != shape:
                raise GradcliError("two-shapes", two_shapes(name, shape, other), source="option")
    try:
        return lowered(graph, {**columns, **shapes}, limit or MAX_SCALARS)
    except GradcliError as error:
        raise _for_other_name(error, sorted(shapes.keys() - graph.variables.keys()), points) from None


def _check_object(text: str, name: str) -> None:
    """Raise for a text that is no JSON object, and for what is neither a number nor an array in it."""
    try:
        value = numbers_of(json_object(text)).get(name, 0)
        if not isinstance(value, str) and not is_number(value):
            raise GradcliError("json-value", {"name": name}, source="at")
    except GradcliError as error:
        raise in_object(error, text) from None


def _for_other_name(error: GradcliError, strange: Sequence[str], points: Sequence[tuple[str, bool]]) -> GradcliError:
    """An error about a name without a shape, where one that looks like it was given one: that this does not occur.

    Raises `GradcliError` where the name was given an array in another notation.
    """
    from gradcli.language.spelling import nearest

    if error.code != "no-shape":
        return error
    name = error.facts["name"]
    for text, is_json in points:
        (_check_object if is_json else check_value)(text, name)
    other = nearest(name, strange)
    if other is None:
        return error
    unused = GradcliError("unused-name", {"name": other, "suggestion": name}, source="at")
    for text in (text for text, is_json in points if not is_json):
        if found := re.search(rf"(?<!\w){re.escape(other)}(?=\s*=)", text):
            return unused.placed(text, *found.span())
    return unused
