"""Tests derivatives: those that someone claims, and those that gradcli itself computes.

Claims: in `trials`, `claims.py` reads them, `samples.py` evaluates the graph at the point and at random points of its
domain, and `trials.py` tries a claim at one of these; `verdicts.py` judges it by its trials, and `judge.py` does so for
all claims. `branches` sees to it that they are tried on all branches of the function and of the claim. What rounding
may hide, `trials/estimates.py` estimates; `exactly.py` compares with many digits what doubles do not decide. `mistakes`
explains wrong claims.

Without claims: `agreements.py` compares reverse mode, forward mode, and the tests of `taylor.py`.

What is said are codes with facts; `trials/remarks.py` makes words of them.
"""
