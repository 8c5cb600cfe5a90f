"""The forms of output, one file each."""
