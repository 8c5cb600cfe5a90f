"""Tests of gradcli/compare/."""
