"""Tests of gradcli/check/mistakes/."""
