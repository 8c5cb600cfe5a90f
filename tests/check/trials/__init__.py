"""Tests of gradcli/check/trials/."""
