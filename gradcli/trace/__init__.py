"""Both passes as rows: the one structure from which every table of the article's form is printed."""
