"""Coverage-guided fuzzing of the way from text to result: `python -m tests.fuzz` (needs atheris)."""
