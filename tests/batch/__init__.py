"""Value and gradient for whole tables."""
