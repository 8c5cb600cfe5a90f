"""Tests of gradcli/draw/: pictures that are right whatever their form."""
