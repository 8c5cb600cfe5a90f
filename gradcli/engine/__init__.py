"""The numbers at a point: the table's rules as functions, both passes, what they know there, and notes on it.

`evaluation.py` owns what is known at a point, which `doubles` and `digits` compute; `binding.py` finds the nodes that
names stand for, and an answer (`answer.py`) is an evaluation with notes. `certified` gives digits that are asked for.
"""
