"""The operator table: one row for each operator and function, and the numeric functions that the rows name."""
