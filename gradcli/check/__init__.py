"""Tests derivatives: those that someone claims, and those that gradcli itself computes.

`claims.py` reads claims, `samples.py` evaluates the graph at the point and at random points of its domain, `trials.py`
tries a claim at one of them, `verdicts.py` judges it by its trials (with `sides.py` at kinks), and `judge.py` all
claims. `mistakes.py` computes what wrong answers typical mistakes on the `paths.py` from the output to a node lead to
on this very graph (with `wrong_rules.py`), and `consistency.py` chooses among these. `agreements.py` tests a gradient
without claims, by the whole function (`taylor.py`) and by its operations (`operations.py`). The words are in
`phrases.py`; what nodes are called in them, `mentions.py` says.
"""
