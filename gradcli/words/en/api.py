"""Errors of calls of the library, in English."""

TEXTS = {
    "not-an-expression": "an expression is a text or a graph, not {given:quoted}",
    "no-names": "{argument} takes names, as a list or as the text 'a,b', not {given:cut}",
    "no-values": "{argument} takes a mapping with names as keys, not {given:cut}",
    "unknown-kink-rule": "unknown rule for kinks {given:quoted}; there are {known:quoted}",
    "compiled-constant": (
        "{name:quoted} is a constant in this function; named in wrt when it is compiled, it is a variable"
    ),
    "point-unnamed": "values are given by name or as one mapping, f(x=1) or f({{'x': 1}}), not as {value:cut}",
    "array-type": "{name:quoted} must have real numbers; it is an array of the type {type:quoted}",
    "compiled-shape": "{name:quoted} cannot have the shape {shape}; a shape has one length or two, as (3,) or (3, 2)",
    "compiled-axes": "{name:quoted} has the shape {shape}; its last axes are to be {wanted}",
    "shapes-differ": "arrays of these shapes do not broadcast together: {shapes:listed}",
    "arrays-need-numpy": "arrays in place of numbers need NumPy: pip install 'gradcli[batch]'",
}
