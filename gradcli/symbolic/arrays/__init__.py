"""Derivatives over arrays: a formula for the gradient of a whole array, in the language itself."""
