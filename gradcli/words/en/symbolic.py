"""Errors of derivatives as formulas, in English."""

TEXTS = {
    "derivative-order": "the order of a derivative is a whole number from 1 to {most}, not {order}",
    "order-of-step": "derivatives of order {order} are for variables; '{name}' is a named step",
    "order-of-arrays": ("derivatives of order {order} are of numbers; with --elements those by elements are given"),
    "order-too-large": (
        "derivatives of order {order} take more than {limit:,} nodes here; up to --order {before} there are fewer"
    ),
    "too-many-derivatives": "there are {count:,} derivatives of order {order}; the limit is {limit:,} (see --wrt)",
    "too-many-entries": (
        "JSON has {count:,} entries for the derivatives of order {order}, one for each order of the "
        "variables; the limit is {limit:,} (see --wrt)"
    ),
    "too-long-inline": "written out, {derivative} has more than {limit:,} characters; leave --inline away",
}
