"""The numbers at a point: the table's rules as functions, both passes, kinks, and what is to be said of a result."""
