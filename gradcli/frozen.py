"""Objects whose attributes are given when they are made, and none later."""

from typing import Any, ClassVar, TypeVar, dataclass_transform


@dataclass_transform(frozen_default=True, eq_default=False)
class Frozen:
    """A frozen dataclass, equal to itself alone, for classes that every start of the program makes.

    `dataclass` compiles methods for each class, which takes some 4 million instructions, a start without it 220.
    """

    _fields: ClassVar[tuple[str, ...]] = ()  # the attributes in order, those with defaults last
    _known: ClassVar[frozenset[str]] = frozenset()
    _required: ClassVar[frozenset[str]] = frozenset()  # those without a default

    def __init_subclass__(cls) -> None:
        """Find the attributes."""
        cls._fields += tuple(name for name in cls.__annotations__ if name not in cls._fields)
        cls._known = frozenset(cls._fields)
        cls._required = frozenset(name for name in cls._fields if not hasattr(cls, name))

    def __init__(self, *given: Any, **named: Any) -> None:
        facts = dict(zip(self._fields, given, strict=False)) | named
        if len(facts) < len(given) + len(named) or not self._required <= facts.keys() <= self._known:
            raise _error(type(self), given, named)
        for name, fact in facts.items():
            object.__setattr__(self, name, fact)
        self.__post_init__()

    def __post_init__(self) -> None:
        """Find what is made of other attributes."""

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")


Kind = TypeVar("Kind", bound=Frozen)


def attributes(frozen: Frozen) -> dict[str, Any]:
    """All that was given, or could have been."""
    return {name: getattr(frozen, name) for name in frozen._fields}


def with_other(frozen: Kind, **named: Any) -> Kind:
    """The same with some other attributes."""
    return type(frozen)(**attributes(frozen) | named)


def _error(kind: type[Frozen], given: tuple[Any, ...], named: dict[str, Any]) -> TypeError:
    """What is wrong with what was given."""
    name, fields = kind.__name__, kind._fields
    placed = fields[: len(given)]
    if len(given) > len(fields):
        return TypeError(f"{name} has {len(fields)} attributes, and {len(given)} are given")
    if unknown := [x for x in named if x not in fields]:
        return TypeError(f"{name} has no {', '.join(unknown)}")
    if twice := [x for x in named if x in placed]:
        return TypeError(f"{name} gets twice {', '.join(twice)}")
    missing = [x for x in fields if x in kind._required and x not in (*placed, *named)]
    return TypeError(f"{name} needs {', '.join(missing)}")
