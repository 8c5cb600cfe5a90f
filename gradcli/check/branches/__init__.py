"""Claims on every branch of the function and of the claim.

`search.py` finds points that take a branch, `coverage.py` tries the claims there, `sides.py` both sides of a kink.
"""
