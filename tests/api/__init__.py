"""Tests of gradcli/api/: the library."""
