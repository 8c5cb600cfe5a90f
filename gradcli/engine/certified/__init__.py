"""As many correct digits as are asked for, where every number means what is written.

`settle.py` makes the passes of `engine.digits` with more digits until all are settled, `correct.py` gives value and
gradient, `traced.py` all numbers of both passes; `written.py` says what the numbers of a text mean.
"""
