"""Tests of gradcli/language/."""
