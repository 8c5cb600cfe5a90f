"""The tests of gradcli: one file for each module, and data beside them."""
