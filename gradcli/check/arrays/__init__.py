"""Claims about arrays: one claim for each element, told together."""
