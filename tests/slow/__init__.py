"""Cross-checks against other programs; they need more than the tests do, and .ci/run runs them."""
