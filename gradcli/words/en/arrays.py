"""Shapes of arrays, and what does not fit, in English."""

TEXTS = {
    "shape.number": "a number",
    "shape.vector": "a vector of {length}",
    "shape.vectors": "vectors",
    "shape.matrix": "a {shape} matrix",
    "shape.matrices": "a matrix",
    "side.left": "left",
    "side.right": "right",
    "matmul-shapes": (
        "the shapes do not fit: '@' of {left:said} and {right:said}; {columns} {columns:column|columns} on the left "
        "need {columns} {columns:row|rows} on the right, not {rows}[ (did you mean .T of the {side:side.*} side?)]"
    ),
    "elementwise-shapes": (
        "the shapes do not fit: {operator:quoted} of {left:said} and {right:said}; element by element both have the "
        "same shape, or one of them the length 1"
    ),
    "vector-and-column": (
        "{operator:quoted} of {left:said} and {right:said} would make all {length}×{length} pairs; write column(v) for "
        "the vector v to go with the column, row(v) for all pairs"
    ),
    "dot-shapes": "the shapes do not fit: dot of {left:said} and {right:said}; both need the same length",
    "trace-shape": "trace is of a square matrix; this is {shape:said}",
    "array-argument": "{function} takes {wanted:said}; this is {shape:said}",
    "no-shape": (
        "'{function}' is of arrays, and {name:quoted} has no shape; give {name:cut} one, as --at {write} or "
        "--shape {name:cut}=2"
    ),
    "array-needed": "'{function}' is of arrays; here is a number",
    "product-sign": (
        "{sign:quoted} between two arrays: write @ for the matrix product, * for the product element by element"
    ),
    "transpose-sign": "the transpose is .T, as in W.T",
    "inverse-sign": "there is no inverse of a matrix; for the reciprocal of each element write 1/A",
    "no-axis": "{function}: {shape:said} has no axis {axis}; its axes are {axes:listed}",
    "too-many-indices": "{shape:said} takes {axes} {axes:index|indices}; here {given:is|are} {given}",
    "index-out-of-range": (
        "there is no index {index} here: axis {axis} of {shape:said} has {length} {length:place|places}, from 0 on"
    ),
    "empty-part": "this part of {shape:said} is empty along axis {axis}",
    "not-a-place": "{typed:quoted} is no index; indices are whole numbers, from 0 on, or parts as 0:2",
    "no-keyword": (
        "{function} takes no argument called {name:quoted}; sum, mean, max, min, logsumexp and norm take axis=0 or "
        "axis=1"
    ),
    "ragged-array": "the rows of an array have one length; row {row} is {shape:said}, and the first is {first:said}",
    "deep-array": "an array has one axis or two[; {name:quoted} has more]",
    "empty-array": "{name:quoted} is an empty array; an array has elements",
    "empty-element": "an element of the array is missing",
    "unclosed-array": "this array is never closed; ']' is missing",
    "array-output": (
        "the output[ {name:quoted}] is {shape:said}; a gradient is of one number, as sum(Y), or sum(G * Y) to pass a "
        "gradient G back"
    ),
    "too-many-scalars": ("this takes {count:,} scalar nodes or more; the limit is {limit:,} (see --max-scalars)"),
    "not-a-shape": "a shape is a length, or rows and columns: --shape W=3x2,x=2",
    "two-shapes": "{name:quoted} is given two shapes",
    "number-for-array": "{name:quoted} is an array; give it one, as {write}, or its elements, as {element}",
}
