"""Tests of gradcli/engine/certified/."""
