"""Shapes of arrays, and what does not fit, in English."""

TEXTS = {
    "shape.number": "a number",
    "shape.none": "no array",
    "shape.vector": "a vector of {length}",
    "shape.vectors": "vectors",
    "shape.matrix": "a {shape} matrix",
    "shape.matrices": "a matrix",
    "side.left": "left",
    "side.right": "right",
    "matmul-shapes": (
        "the shapes do not fit: '@' of {left:said} and {right:said}; {columns} {columns:column|columns} on the left "
        "{columns:needs|need} {columns} {columns:row|rows}"
        " on the right, not {rows}[ (did you mean .T of the {side:side.*} side?)]"
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
    "array-argument": "{function} takes {wanted:said}; this is {shape:said}[; for a matrix product write {sign}]",
    "no-shape": (
        "'{function}' is of arrays, and {name:quoted} has no shape; give {name:cut} one, as --at {write} or "
        "--shape {shape}[; the product with a number is {product}]"
    ),
    "array-needed": "'{function}' is of arrays; here is a number",
    "product-sign": (
        "{sign:quoted} between two arrays: write @ for the matrix product, * for the product element by element"
    ),
    "transpose-sign": "the transpose is .T, as in W.T[; write {write}]",
    "inverse-sign": "there is no inverse of a matrix in gradcli; for the reciprocal of each element write 1/A",
    "axis-by-place": (
        "this adds {axis} to each element; for sums along an axis write sum(X, axis={axis}), axes count from 0"
    ),
    "no-axis": "{function}: {shape:said} has no axis {axis}; its {axes:axis is|axes are} {axes:listed}",
    "too-many-indices": "{shape:said} takes {axes} {axes:index|indices}; here {given:is|are} {given}",
    "index-out-of-range": (
        "there is no index {index} here: axis {axis} of {shape:said} has {length} {length:place|places}, from 0 on"
    ),
    "empty-part": "this part of {shape:said} is empty along axis {axis}",
    "no-part": (
        "{name:quoted} cannot stand here: {array:quoted} is {shape:said}; write {array:cut} for all of it, {write} for "
        "an element"
    ),
    "ragged-array": "the rows of an array have one length; row {row} is {shape:said}, and the first is {first:said}",
    "empty-array": "{name:quoted} is an empty array; an array has elements",
    "deep-array": "an array has one axis or two[; {name:quoted} has more]",
    "array-output": (
        "the output[ {name:quoted}] is {shape:said}; a gradient is of one number, as sum(Y), or sum(G * Y) to pass a "
        "gradient G back"
    ),
    "too-many-scalars": ("this takes {count:,} scalar nodes or more; the limit is {limit:,} (see --max-scalars)"),
}
