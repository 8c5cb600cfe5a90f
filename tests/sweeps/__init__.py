"""Sweeps: what the default tests do with a sample, done with all there is. Run by .ci/run, not by a plain `pytest`."""
