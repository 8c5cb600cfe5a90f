"""Tests of gradcli/trace/."""
