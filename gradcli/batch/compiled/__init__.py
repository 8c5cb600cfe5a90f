"""The engine in C: an expression and its gradient, compiled for columns."""
