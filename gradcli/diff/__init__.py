"""Derivatives as expressions: `formulary.py` has them as texts and numbers, `report.py` writes them for people."""
