"""Arrays: their shapes, and the operations on numbers that operations on arrays are."""
