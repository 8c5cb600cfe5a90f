"""Tests of gradcli/engine/digits/."""
