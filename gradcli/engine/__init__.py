"""The numbers at a point: the table's rules as functions, both passes, what they know there, and notes on it.

`evaluation.py` owns what is known at a point; `passes.py` and `kinks.py` compute it, `binding.py` finds the nodes that
names stand for, and an answer (`answer.py`) is an evaluation with notes.
"""
