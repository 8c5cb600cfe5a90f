"""Wrong claims: what typical mistakes lead to on the very graph.

`typical.py` computes it, with `wrong_rules.py` for rules that are remembered wrongly; `consistency.py` chooses among
them what a claim is consistent with.
"""
