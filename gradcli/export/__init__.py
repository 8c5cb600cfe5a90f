"""A function and its gradient as code that stands alone: what all backends share."""
