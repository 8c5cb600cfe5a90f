"""Functions and their derivatives over a range, as pictures."""
