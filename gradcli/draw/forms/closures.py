"""Expressions that a page computes when it needs them, in functions without arguments.

A page has the same long derivative for every node with the same operator: expressions that are alike but for the
values in them are one function of these.
"""

import re

_VALUE = re.compile(r"\bv\d\w*")  # the name of a node's value, or of what is computed on the way to it
_LATER = re.compile(r"\0(\d+)\0")
_DEFINED = len("const s0=()=>;\n")
_CALLED = len("s0()")


class Closures:
    """Expressions over the values of nodes, collected while a code is written that holds a mark for each."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def later(self, text: str) -> str:
        """The mark of an expression."""
        self.texts.append(text)
        return f"\0{len(self.texts) - 1}\0"

    def written(self, code: str) -> tuple[list[str], str]:
        """The functions of several nodes, and the code with functions without arguments in place of the marks."""
        alike: dict[str, list[int]] = {}
        values = [list(dict.fromkeys(_VALUE.findall(text))) for text in self.texts]
        for number, text in enumerate(self.texts):
            places = {name: f"v{place}" for place, name in enumerate(values[number])}
            alike.setdefault(_VALUE.sub(lambda value: places[value[0]], text), []).append(number)  # noqa: B023
        functions: list[str] = []
        bodies = list(self.texts)
        for text, numbers in alike.items():
            count = len(values[numbers[0]])
            if len(numbers) * (len(text) - _CALLED - 3 * count) <= len(text) + _DEFINED + 3 * count:
                continue
            name = f"s{len(functions)}"
            functions.append(f"const {name} = ({', '.join(f'v{place}' for place in range(count))}) => {text};")
            for number in numbers:
                bodies[number] = f"{name}({', '.join(values[number])})"
        return functions, _LATER.sub(lambda mark: f"() => {bodies[int(mark[1])]}", code)
