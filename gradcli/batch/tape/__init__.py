"""The engine on NumPy: a graph and its gradient as a list of calls that each compute one node for a block of rows."""
