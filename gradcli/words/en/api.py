"""Errors of calls of the library, in English."""

TEXTS = {
    "not-an-expression": "an expression is a text or a graph, not {given:quoted}",
    "unknown-kink-rule": "unknown rule for kinks {given:quoted}; there are {known:quoted}",
    "compiled-constant": (
        "{name:quoted} is a constant in this function; named in wrt when it is compiled, it is a variable"
    ),
    "arrays-need-numpy": "arrays in place of numbers need NumPy: pip install 'gradcli[batch]'",
}
