"""Tests of gradcli/export/backends/."""
