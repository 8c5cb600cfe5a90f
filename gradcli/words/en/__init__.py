"""What is said in English: a file for each folder that says it."""
