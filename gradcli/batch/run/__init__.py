"""All rows of a question: the engine, the rows that have no numbers, sums."""
