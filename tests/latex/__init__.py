"""The tests of formulas in LaTeX."""
