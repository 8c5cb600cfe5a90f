"""Results in print: views say what is shown, forms how it is written."""
