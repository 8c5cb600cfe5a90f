"""Tests of how scripts are written into a page. `tests/slow` runs the pages."""

import json
import re

from gradcli.draw.forms.scripts import compact, script_in_ascii


def test_a_script_is_short() -> None:
    """Comments, spaces and repeated words go; what a sign or a string needs stays."""
    code = """
// Said in the source.
const a = 1; // and this
const b = [a, - -a, "x  +  y"];
const f = x => {
  return [x + +a, x += "\\u2212"];
};
if (f) g();
"""
    assert compact(code) == 'const a=1,b=[a,- -a,"x  +  y"],f=x=>{return[x + +a,x+="−"]};if(f)g();'


def test_a_script_in_ascii_is_the_same_script() -> None:
    """Escapes, of characters beyond 16 bits too; what is outside of the script is left to references."""
    page = '<p>é</p><script>const N=["é","𝛼","\\u2028"]</script><p>ノード</p>'
    text = script_in_ascii(page)
    before, script, after = re.split("</?script>", text)
    assert (before, after) == ("<p>é</p>", "<p>ノード</p>")
    assert script.isascii()
    assert json.loads(script.removeprefix("const N=")) == ["é", "𝛼", "\u2028"]
