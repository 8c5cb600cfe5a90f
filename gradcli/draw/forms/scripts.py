"""Scripts as they stand in a page: short, and in ASCII if need be."""

import json
import re
from collections import Counter
from itertools import chain, product
from string import ascii_letters, digits

_WRITTEN = re.compile(r"\\u(00[b-f]\w|03\w\w|22\w\w)")  # characters that need not be escaped
_DECLARED = re.compile(r"(?m)^(?:const .*;\n)+const ")  # lines that begin with const are one statement each
_ENDED = re.compile(r"(?<=[;,{([])\n|;?\n(?=[})\]])|;(?=})")
_STRING = re.compile(r'("(?:[^"\\]|\\.)*")')
_SPACED = re.compile(r" ?(=>|[-+!=<>]?==?|&&|\|\||[,;:?*%<>{}()[\]]) ?|(?<![+-]) ?([+-]) (?![+-])")
_DIVIDED = re.compile(r" ?/ ")

_OPAQUE = re.compile(r'("(?:[^"\\]|\\.)*"|(?<=[(,=:!&|?])/(?![/*])(?:\[(?:[^]\\]|\\.)*\]|[^/\\[\n]|\\.)+/[a-z]*)')
_WORD = re.compile(r"[A-Za-z_$][\w$]*")
_NAME = re.compile(r"(?<![\w$.])[A-Za-z_$][\w$]*|(?<=\.\.\.)[A-Za-z_$][\w$]*")
_TOKEN = re.compile(r"[\w$]+|=>|[^\w$\s]")
# What a name is given by: a declaration, several in one, and what a function or a list in an assignment takes.
_DECLARATION = re.compile(
    r"\b(?:const|let|function|class) [\w$]+|(?<=[,;{])[\w$]+=(?![=>])|[\w$]+=>|\([^()]*\)=>|\bfunction [\w$]+\([^()]*\)"
    r"|(?:\bconst|\blet|,|;)\[[^][]*\]="
)
_DEFAULT = re.compile(r"=(?!>)[^,)\]]+(?=[,)\]])")  # of a parameter
_PROPERTY = re.compile(r"(?<![.])\.([A-Za-z_$][\w$]*)|(?<=[{,])([\w$]+)(?=:)")
_QUOTED = re.compile(r'(?<=[{,])"(\w+)":')
_KEYWORDS = frozenset((
    "break", "case", "catch", "class", "const", "constructor", "continue", "delete", "else", "false", "for", "function",
    "if", "in", "instanceof", "let", "new", "null", "of", "return", "this", "throw", "true", "try", "typeof",
    "undefined", "valueOf", "void", "while",
))  # fmt: skip


def compact(code: str) -> str:
    """Code without comments, indentation, ends of lines behind signs that go on, spaces around signs and strings, and a
    `const` for each of many constants, as it is a third of a small page.

    Beside another sign + and - keep their spaces: `a - -b` needs them.
    """
    lines = (line.strip().partition(" // ")[0] for line in code.splitlines())
    short = "\n".join(
        "".join(part if part.startswith('"') else _close(part).strip() for part in _STRING.split(line))
        for line in lines
        if line and not line.startswith("//")
    )
    short = _DECLARED.sub(lambda found: found[0].replace(";\nconst ", ","), short)
    return _WRITTEN.sub(lambda found: chr(int(found[1], 16)), _ENDED.sub("", short))


def _close(code: str) -> str:
    return _DIVIDED.sub("/", _SPACED.sub(r"\1\2", code))


def with_short_names(code: str, *others: str) -> str:
    """Compact code in which the names that it gives have a letter or two, wherever they are long: what is left of them
    is much of a small page.

    A name gets one short name everywhere, which nothing else has, so that scopes do not matter. Names of properties and
    of what the code does not declare stay; so do those in `others`.
    """
    pieces = _OPAQUE.split(code)  # every second one is a string or a regular expression
    words = Counter(word for piece in pieces[::2] for word in _WORD.findall(piece))
    plain = "".join(piece if place % 2 == 0 else '""' for place, piece in enumerate(pieces))
    givers = (_DEFAULT.sub("", found[0]) for found in _DECLARATION.finditer(plain))
    declared = {word for giver in givers for word in _WORD.findall(giver)}
    kept = {found[1] or found[2] for found in _PROPERTY.finditer(plain)} | _in_braces(plain) | _KEYWORDS
    long = sorted(declared - kept - set(others), key=lambda word: (-words[word] * (len(word) - 2), word))
    two_letters = map("".join, product(ascii_letters, ascii_letters + digits))
    fresh = (name for name in chain(ascii_letters, two_letters) if name not in words)
    short = {word: next(fresh) for word in long if len(word) > 2}
    return "".join(
        piece if place % 2 else _NAME.sub(lambda found: short.get(found[0], found[0]), piece)
        for place, piece in enumerate(pieces)
    )


def _in_braces(code: str) -> set[str]:
    """The names that stand in braces as names of properties and variables at once, `{x, y = 1}`."""
    found, open_brackets = set(), [""]
    tokens = _TOKEN.findall(code)
    for before, token, after in zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False):
        if token in "([{":
            open_brackets.append(token)
        elif token in ")]}":
            open_brackets.pop()
        elif open_brackets[-1] == "{" and before in ("{", ",") and after in (",", "}", "="):
            found.add(token)
    return found


def with_bare_names(json: str) -> str:
    """JSON as JavaScript with no quotes around names of properties; in a string a quote has a backslash before it."""
    return _QUOTED.sub(r"\1:", json)


def script_in_ascii(text: str) -> str:
    """A page whose script, which reads no references, has escapes for all characters outside of ASCII."""
    before, start, after = text.partition("<script>")
    code, end, rest = after.partition("</script>")
    return before + start + re.sub(r"[^\x00-\x7f]", lambda found: json.dumps(found[0])[1:-1], code) + end + rest
