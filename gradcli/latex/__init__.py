"""Formulas, names and numbers in LaTeX."""
