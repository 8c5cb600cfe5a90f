"""Tests of how scripts are written into a page. `tests/slow` runs the pages."""

import json
import re
from collections import Counter

import pytest

from gradcli.draw.forms.page import script
from gradcli.draw.forms.scripts import compact, script_in_ascii, with_bare_names, with_short_names


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


def test_names_are_short_in_a_script() -> None:
    """What the script declares; not what others know it by: names of properties, in braces, of the browser."""
    code = compact("""
const counter = (first, second = document) => first.counter + second.length;
const stays = {first: 1, kept: 2}, {kept} = stays, longest = "longest", found = /longest/g;
let several = 1, [left, right] = counter(several);
for (const word of [...longest]) addEventListener(word, event => several += event.kept);
""")
    assert with_short_names(code) == (
        'const counter=(first,c=document)=>first.counter+c.length,e={first:1,kept:2},{kept}=e,b="longest",'
        "g=/longest/g;let a=1,[i,h]=counter(a);for(const f of[...b])addEventListener(f,d=>a+=d.kept);"
    )


def test_names_of_properties_are_bare() -> None:
    """Those that JavaScript reads so; what looks like one in a string stays."""
    assert with_bare_names('{"a":[{"10":1,"b-c":2}],"d":"{\\"e\\":1,\\"f\\":"}') == (
        '{a:[{10:1,"b-c":2}],d:"{\\"e\\":1,\\"f\\":"}'
    )


def test_a_script_in_ascii_is_the_same_script() -> None:
    """Escapes, of characters beyond 16 bits too; what is outside of the script is left to references."""
    page = '<p>é</p><script>const N=["é","𝛼","\\u2028"]</script><p>ノード</p>'
    text = script_in_ascii(page)
    before, script, after = re.split("</?script>", text)
    assert (before, after) == ("<p>é</p>", "<p>ノード</p>")
    assert script.isascii()
    assert json.loads(script.removeprefix("const N=")) == ["é", "𝛼", "\u2028"]


SCRIPTS = ("texts", "formulas", "page", "passes", "picture", "symbolic", "inputs", "controls", "quiz")
OF_ARRAYS = ("texts", "array_formulas", "page", "passes", "array_picture", "array_inputs", "controls")


@pytest.mark.parametrize("names", [("doubles", *SCRIPTS), ("fractions", *SCRIPTS), ("doubles", *OF_ARRAYS)])
def test_no_two_scripts_of_a_page_declare_the_same_name(names: tuple[str, ...]) -> None:
    """They stand in one scope, where that is an error."""
    found = Counter(name for each in names for name in declared(script(each)))
    assert {"num", "S"} <= set(found)
    assert [name for name, count in found.items() if count > 1] == []


def declared(code: str) -> list[str]:
    """The names that a script gives to what stands in no function."""
    lines = re.findall(r"(?m)^(?:const|let|class|function) (.*)", code)
    flat = [re.sub(r"=>.*|[({[].*?[])}]", "", line) for line in lines]
    return [name for line in flat for name in (*re.findall(r"^\w+", line), *re.findall(r", (\w+) = ", line))]
