"""How all tests are run: hypothesis draws the same examples at every run, `--hypothesis-profile=long` many more."""

import gc

from hypothesis import settings

settings.register_profile("short", max_examples=100, derandomize=True, deadline=None, database=None)
settings.register_profile("long", settings.get_profile("short"), max_examples=1_000)
settings.load_profile("short")


def pytest_collection_finish() -> None:
    """Thousands of tests stay until the end: the garbage collector need not look at them again and again."""
    gc.collect()
    gc.freeze()
