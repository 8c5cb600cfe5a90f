"""The tests of the gradient of arrays: those of the elements, told as one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gradcli.check.agreements import Agreement
from gradcli.check.trials.remarks import Mark, Ruling, of_all
from gradcli.graph.arrays import Arrays, Shape, shaped
from gradcli.words.catalogue import say, word


@dataclass(frozen=True, slots=True)
class ArrayAgreement:
    """The derivative for each element of an array, in three ways; see `Agreement`."""

    name: str
    shape: Shape
    elements: Sequence[Agreement]

    @property
    def verdict(self) -> Ruling:
        """The weakest of all elements."""
        return of_all(found.verdict for found in self.elements)

    @property
    def is_settled(self) -> bool:
        """Whether the digits are known, if they were asked for."""
        return all(found.is_settled for found in self.elements)

    def phrases(self, language: str, mark: Mark = str) -> list[str]:
        """How many elements have the verdict, where not all are right, and what is said of the first one of them."""
        if self.verdict == "right":
            return []
        told = [found for found in self.elements if found.verdict == self.verdict]
        facts = {"count": len(told), "total": len(self.elements), "names": []}
        texts = [(found.name, text) for found in told for text in found.phrases(language, mark)][:1]
        rest = [say("remark.of-element", language, name=name, text=text) for name, text in texts]
        return [say("remark.elements", language, **facts), *rest]

    def as_dict(self, language: str = "en") -> dict[str, Any]:
        """For JSON: nested lists."""
        parts = [found.as_dict(language) for found in self.elements]
        facts: dict[str, Any] = {"name": self.name, "verdict": word(self.verdict)}
        for key in ("reverse", "forward", "taylor", "digits"):
            if key in parts[0]:
                facts[key] = shaped([part[key] for part in parts], self.shape)
        remarks = {part["name"]: part["remark"] for part in parts if "remark" in part}
        return facts | ({"remarks": remarks} if remarks else {})


def grouped(arrays: Arrays, found: Sequence[Agreement]) -> list[Agreement | ArrayAgreement]:
    """The rows of arrays each of whose elements was tested alone, in the place of their first; others as they are."""
    by_name = {one.name: one for one in found}
    return [
        ArrayAgreement(name, shape, [by_name[one] for one in elements]) if shape else by_name[name]
        for name, shape, elements in arrays.groups(by_name)
    ]
