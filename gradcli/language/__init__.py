"""The expression language: from text to a graph (grammar tables, parser, builder) and back (format, names)."""
