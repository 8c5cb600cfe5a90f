"""Tests of gradcli/guide/."""
