"""Traces of programs over arrays: a row for each operation that makes nodes, whose numbers are those of these nodes."""
