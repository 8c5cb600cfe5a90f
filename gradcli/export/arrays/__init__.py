"""A function of arrays and its gradient as code: of whole arrays where the library has them, else around numbers."""
