"""Benchmarks: scripts that print what they measure beside the goals. Not run by pytest; times are never tests."""
