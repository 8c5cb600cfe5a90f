"""The forms of a picture, one file each."""
