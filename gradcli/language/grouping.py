r"""How TeX groups a line: by braces, by commands that take one token, and by `\over`."""

import re

from gradcli.language.notation import ForeignNotation, NotationError, Token

_LETTERS = """alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi
    psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell"""
GREEK = frozenset(_LETTERS.split())


class Groups:
    """A line whose tokens are being found, with the groups that are open."""

    def __init__(self, line: str, notation: ForeignNotation) -> None:
        self.line = line
        self.notation = notation
        self.found: list[Token] = []
        self.names: dict[str, str] = {}  # how each name was spelled
        self.due = [0]  # arguments that commands still take at each depth: one token each, or what is in braces
        self.begins = [0]  # the first token at each depth
        self.below = [False]  # whether it is below the line of an over, at each depth
        self.is_apart = False  # whether a space that can be seen stands before the next token
        self.cases = 0
        self.place = 0

    def add(self, kind: str, text: str, length: int, groups: int = 0) -> None:
        """One more token, of so many characters."""
        self.found.append(Token(kind, text, self.place, self.place + length, "", groups, self.is_apart))
        self.is_apart = False
        self.place += length

    def open(self, closer: str, length: int, kind: str = "open") -> None:
        """The beginning of a group."""
        self.add(kind, closer, length)
        self.due.append(0)
        self.begins.append(len(self.found))
        self.below.append(False)

    def shut(self, closer: str, length: int) -> None:
        """Its end."""
        if len(self.due) == 1 or self.due[-1]:
            raise NotationError
        self.divide()
        for depths in (self.due, self.begins, self.below):
            depths.pop()
        self.add("close", closer, length)

    def over(self, length: int) -> None:
        r"""`\over`, which divides all of the group before it by all behind it."""
        if self.below[-1] or (len(self.due) > 1 and self.found[self.begins[-1] - 1].text != "}"):
            raise self.refuse(length, "ambiguous-notation")
        start = self.place
        self.found.insert(self.begins[-1], Token("open", "}", start, start))
        self.found.append(Token("close", "}", start, start))
        self.add("operator", "/", length)
        self.found.append(Token("open", "}", self.place, self.place))
        self.below[-1] = True

    def divide(self) -> None:
        """The end of what is below a line, if this is one."""
        if self.below[-1]:
            self.found.append(Token("close", "}", self.place, self.place))

    def refuse(self, length: int, code: str = "no-counterpart") -> NotationError:
        """The error about so many characters."""
        return NotationError(code, self.place, self.place + length)

    def single(self) -> None:
        r"""An argument without braces: `\frac12`, `x^2`."""
        self.due[-1] -= 1
        start = self.place
        self.found.append(Token("open", "}", start, start))
        if self.line[start].isdecimal():
            if self.found[-2].kind in ("raise", "base") and self.line[start + 1 : start + 2].isdecimal():
                raise self.refuse(2, "ambiguous-notation")  # x^10, which is x¹0
            self.add("number", self.line[start], 1)
        elif self.line[start].isalpha():
            self.add("name", self.line[start], 1)
        elif (greek := re.match(r"\\([a-zA-Z]+)", self.line[start:])) and greek[1] in GREEK:
            self.add("name", greek[1], greek.end())
        else:
            raise NotationError
        self.found.append(Token("close", "}", self.place, self.place))
