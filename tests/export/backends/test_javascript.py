"""Exported JavaScript as text; tests/slow runs it."""

import re

from gradcli.export.backends.javascript import passes
from gradcli.export.export import export
from gradcli.language.parser import parse


def test_the_javascript_module() -> None:
    """An ES module without imports."""
    expected = """\
// relu(a*x) and its gradient, written by gradcli.

function relu(x) {
  return x < 0 ? 0 : x;
}

export const valueAndGradientIndices = {
  "a": 0,
  "x": 1,
};

export function valueAndGradient(a, x) {
  const t1 = a * x;
  const t2 = t1 >= 0;
  return [relu(t1), {
    "a": t2 ? x : 0,
    "x": t2 ? a : 0,
  }];
}
"""
    assert expected == export(parse("relu(a*x)"), "javascript")


def test_passes_of_a_page() -> None:
    """The forward pass, each local derivative, and only the helpers that they call."""
    found = passes(parse("max(a, b, c)*gelu(a)"))
    assert ["const v3 = Math.max(v0, v1, v2);", "const v3_1 = Math.max(v0, v1);"] == found.forward[:2]
    assert ["v0 === v3 ? 1 : 0", "v1 === v3 && v1 > v0 ? 1 : 0", "v2 === v3 && v2 > v3_1 ? 1 : 0"] == found.local[3]
    assert ["v4", "v3"] == found.local[5]
    helpers = {re.findall(r"function (\w+)", helper)[0] for helper in found.helpers}
    assert {"clip", "gelu", "gauss", "erf", "erfc"} == helpers
