"""Errors of calls of the library, in English."""

TEXTS = {
    "not-an-expression": "an expression is a text or a graph, not {given:quoted}",
    "unknown-kink-rule": "unknown rule for kinks {given:quoted}; there are {known:quoted}",
    "arrays-need-numpy": "arrays in place of numbers need NumPy: pip install 'gradcli[batch]'",
}
