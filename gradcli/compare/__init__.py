"""The algebraic way (SymPy, in a process of its own) beside the graph's two passes."""
