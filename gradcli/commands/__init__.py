"""The commands, one file each: they read the options, call the engine and print. `common.py` has what they share."""
