"""Tests derivatives: those that someone claims, and those that gradcli itself computes.

`claims.py` reads claims, `samples.py` evaluates the graph at the point and at random points of its domain,
`trials.py` tries the claims there, `judgement.py` judges one (with `sides.py` at kinks), `verdicts.py` all of them.
`suspects.py` (with `ways.py`, `forks.py`, `mutants.py` and `views.py`) computes what wrong answers typical mistakes
lead to on this very graph, and `consistency.py` chooses among these. `modes.py` tests a gradient without claims, by
the whole function (`taylor.py`) and by its operations (`operations.py`). The words are in `phrases.py`, the names in
`naming.py`.
"""
