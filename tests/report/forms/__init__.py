"""Tests of gradcli/report/forms/."""
