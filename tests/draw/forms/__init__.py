"""Tests of gradcli/draw/forms/."""
