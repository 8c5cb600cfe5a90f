"""Scripts as they stand in a page: short, and in ASCII if need be."""

import json
import re

_WRITTEN = re.compile(r"\\u(00[b-f]\w|03\w\w|22\w\w)")  # characters that need not be escaped
_DECLARED = re.compile(r"(?m)^(?:const .*;\n)+const ")  # lines that begin with const are one statement each
_ENDED = re.compile(r"(?<=[;,{([])\n|;?\n(?=[})\]])|;(?=})")
_STRING = re.compile(r'("(?:[^"\\]|\\.)*")')
_SPACED = re.compile(r" ?(=>|[-+!=<>]?==?|&&|\|\||[,;:?*%<>{}()[\]]) ?|(?<![+-]) ?([+-]) (?![+-])")


def compact(code: str) -> str:
    """Code without comments, indentation, ends of lines behind signs that go on, spaces around signs and strings, and a
    `const` for each of many constants, as it is a third of a small page.

    Beside another sign + and - keep their spaces: `a - -b` needs them.
    """
    lines = (line.strip().partition(" // ")[0] for line in code.splitlines())
    short = "\n".join(
        "".join(part if part.startswith('"') else _SPACED.sub(r"\1\2", part).strip() for part in _STRING.split(line))
        for line in lines
        if line and not line.startswith("//")
    )
    short = _DECLARED.sub(lambda found: found[0].replace(";\nconst ", ","), short)
    return _WRITTEN.sub(lambda found: chr(int(found[1], 16)), _ENDED.sub("", short))


def script_in_ascii(text: str) -> str:
    """A page whose script, which reads no references, has escapes for all characters outside of ASCII."""
    before, start, after = text.partition("<script>")
    code, end, rest = after.partition("</script>")
    return before + start + re.sub(r"[^\x00-\x7f]", lambda found: json.dumps(found[0])[1:-1], code) + end + rest
