"""Tests of gradcli/engine/."""
