"""Tests of gradcli/commands/."""
