"""Derivatives as expressions: derived as graphs, simplified, and made into formulas to be read.

`derive.py` is the backward pass that builds nodes. Its builders are layers, each with the one before it inside: what
`simplify.py` makes is left as the rules of the operator table have it, for machines; `products.py` and `terms.py`
collect factors and terms, for people. `programs.py` and `formulary.py` write the results.
"""
