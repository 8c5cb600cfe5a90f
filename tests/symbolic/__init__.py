"""Tests of gradcli/symbolic/."""
