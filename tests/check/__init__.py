"""Tests of gradcli/check/."""
