"""Parts of arrays by name, as targets are asked for: `W[0,1]`, a row `W[0]`, a column `W[:,1]`."""

import re

from gradcli.arrays.elements import part
from gradcli.arrays.shapes import MisfitError, said
from gradcli.errors import GradcliError
from gradcli.graph.arrays import Arrays
from gradcli.operators.arrays import Position

_PLACE = re.compile(r"(-?[0-9]+)?(:)?(-?[0-9]+)?")


def elements_named(arrays: Arrays, name: str) -> list[str]:
    """The names of the elements that a name stands for: those of an array or of a part of one; of others itself.

    Raises `GradcliError`, with the name as a fact and without a place, for what is no part of the array.
    """
    if name in arrays.named:
        return arrays.names_of(name)
    array, _, inside = name.removesuffix(".T").partition("[")
    if name in arrays.array_of or array not in arrays.named:
        return [name]
    shape, names = arrays.shapes[arrays.named[array]], arrays.names_of(array)
    positions = [_position(place) for place in inside.removesuffix("]").split(",")]
    if not inside.endswith("]") or None in positions:
        raise _no_part(arrays, array, name)
    try:
        _, places = part(shape, range(len(names)), [place for place in positions if place is not None])
    except MisfitError as misfit:
        raise GradcliError(misfit.code, misfit.facts | {"name": name}, source="wrt") from None
    return [names[place] for place in places]


def check_part(arrays: Arrays, name: str) -> None:
    """Raise the same for a part of an array where one element or all of them are meant; others are passed over."""
    if elements_named(arrays, name) != [name] and name not in arrays.named:
        raise _no_part(arrays, name.partition("[")[0], name)


def _no_part(arrays: Arrays, array: str, name: str) -> GradcliError:
    facts = {"array": array, "shape": said(arrays.shapes[arrays.named[array]]), "write": arrays.names_of(array)[-1]}
    return GradcliError("no-part", {"name": name, **facts}, source="wrt")


def _position(text: str) -> Position | None:
    """A place as it is written, or places from one to another; None for what is none."""
    found = _PLACE.fullmatch(text)
    if found is None or not text or bool(found[1] and found[3]) > bool(found[2]):
        return None
    first, stop = (int(one) if one else None for one in (found[1], found[3]))
    if found[2]:
        return first, stop
    return first if first is not None else stop
