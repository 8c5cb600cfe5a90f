"""Exercises: points with small numbers, made expressions, and sheets of both."""
