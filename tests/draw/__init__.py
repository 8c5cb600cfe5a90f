"""Tests of gradcli.draw, one file for each module that has rules of its own."""
