"""Tests derivatives: those that someone claims, and those that gradcli itself computes.

`claims.py` reads claims, `samples.py` evaluates the graph at the point and at random points of its domain,
`verdicts.py` judges, `suspects.py` computes what wrong answers typical mistakes lead to on this very graph, and
`itself.py` tests a gradient without claims. The words are in `phrases.py`.
"""
