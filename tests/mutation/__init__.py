"""Mutation of the slope rules and of precedence: `python -m tests.mutation` says which mutants no test catches."""
