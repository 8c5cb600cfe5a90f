"""The forms of tables: what reads them in blocks of rows, and what writes value and gradient of each row."""
