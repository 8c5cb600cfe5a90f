"""The forms of a plot: in a terminal, and as a file."""
