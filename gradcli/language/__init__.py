"""The expression language: from text to a graph (grammar tables, parser, meaning) and back (format, names)."""
