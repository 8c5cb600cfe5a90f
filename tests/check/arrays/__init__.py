"""Tests of claims about arrays."""
