"""Tests derivatives: those that someone claims, and those that gradcli itself computes.

`claims.py` reads claims, `samples.py` evaluates the graph at the point and at random points of its domain,
`trials.py` tries the claims there, `verdicts.py` judges, `suspects.py` (with `mutants.py`) computes what wrong answers
typical mistakes lead to on this very graph, `consistency.py` chooses among these, and `itself.py` tests a gradient
without claims. The words are in `phrases.py`, the names in `naming.py`.
"""
