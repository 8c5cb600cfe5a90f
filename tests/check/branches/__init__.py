"""Tests of gradcli/check/branches/."""
