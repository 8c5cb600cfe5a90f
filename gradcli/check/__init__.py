"""Tests derivatives: those that someone claims, and those that gradcli itself computes.

Claims: `claims.py` reads them, `samples.py` evaluates the graph at the point and at random points of its domain,
`trials.py` tries a claim at one of these, `verdicts.py` judges it by its trials, with `sides.py` at kinks, and
`judge.py` does so for all claims. `coverage.py` sees to it that they are tried on all `branches.py` of the function
and of the claim. What rounding may hide, `rounding.py` estimates; `exactly.py` compares with many
digits what doubles do not decide.

Wrong claims: `mistakes.py` computes what wrong answers typical mistakes lead to on this very graph, with
`wrong_rules.py` for rules that are remembered wrongly, and `consistency.py` chooses among these.

Without claims: `agreements.py` compares reverse mode, forward mode, and the tests of `taylor.py`.

What is said are codes with facts; `remarks.py` makes words of them.
"""
