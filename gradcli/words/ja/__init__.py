"""What is said in Japanese: a file for each folder that says it."""
