"""Tests of gradcli/engine/doubles/."""
