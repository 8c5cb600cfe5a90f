"""Both passes with many digits: numbers that know how far off they may be, and what doubles have lost.

`bounds.py` says in doubles what may be lost, by the sweep of `sweep.py` and what `propagation.py` knows of each
operator. `balls.py` are numbers of many digits with their error; `enclosures.py` has the table's functions over them,
`ball_passes.py` both passes. `exact.py` makes these with as many digits as it takes, and `lost.py` says which numbers
of a result are lost, where, and what they are; `beside.py` looks at the function at points beside one.
"""
