"""Tests of gradcli/draw/layout/."""
