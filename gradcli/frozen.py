"""Objects whose attributes are given when they are made, and none later."""

from typing import Any, ClassVar, Self, dataclass_transform


@dataclass_transform(frozen_default=True, eq_default=False)
class Frozen:
    """A frozen dataclass, equal to itself alone, for classes that every start of the program makes.

    `dataclass` compiles methods for each class, which takes some 4 million instructions, a start without it 220.
    """

    fields: ClassVar[tuple[str, ...]] = ()  # the attributes in order, those with defaults last

    def __init_subclass__(cls) -> None:
        """Find the attributes."""
        cls.fields += tuple(name for name in cls.__annotations__ if name not in cls.fields)

    def __init__(self, *given: Any, **named: Any) -> None:
        facts = dict(zip(self.fields[: len(given)], given, strict=True)) | named
        if not facts.keys() <= set(self.fields):
            raise TypeError(f"{type(self).__name__} has no {', '.join(facts.keys() - set(self.fields))}")
        for name, fact in facts.items():
            object.__setattr__(self, name, fact)
        self.__post_init__()

    def __post_init__(self) -> None:
        """Find what is made of other attributes."""

    def attributes(self) -> dict[str, Any]:
        """All that was given, or could have been."""
        return {name: getattr(self, name) for name in self.fields}

    def with_other(self, **named: Any) -> Self:
        """The same with some other attributes."""
        return type(self)(**self.attributes() | named)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")
