"""What tests share: no tests, and nothing that the product uses."""
