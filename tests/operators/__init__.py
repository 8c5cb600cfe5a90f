"""Tests of gradcli/operators/."""
