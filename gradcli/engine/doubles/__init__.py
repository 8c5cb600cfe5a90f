"""Both passes in doubles: the table's rules as functions, the passes themselves, kinks, forward mode."""
