"""Value and gradient for whole tables: engines that compute rows by blocks."""
