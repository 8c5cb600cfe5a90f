"""Tests of gradcli/export/."""
