"""Tests of gradcli/export/targets/."""
