"""Both passes with many digits: numbers that know how far off they may be, and what doubles have lost.

`bounds.py` says in doubles what may be lost, by what `propagation.py` knows of each operator; `balls.py` are numbers of
many digits with their error, `exact.py` makes both passes over them, and `lost.py` says which numbers of a result are
lost, where, and what they are. `correct.py` gives as many correct digits as are asked for; `beside.py` looks at the
function at points beside one.
"""
