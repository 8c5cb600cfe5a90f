"""How all tests are run: the same everywhere, and with the same examples, many more by `--hypothesis-profile=long`."""

import gc
import os
from collections import Counter

import pytest
from hypothesis import settings

settings.register_profile("short", max_examples=25, derandomize=True, deadline=None, database=None)
settings.register_profile("long", settings.get_profile("short"), max_examples=1_000)
settings.load_profile("short")

# What gradcli prints depends on these; a test that is about one sets it.
LOCALE = ("GRADCLI_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
for name in ("COLUMNS", "LINES", "TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "PAGER", *LOCALE):
    os.environ.pop(name, None)


# Nothing that is made until all tests are found is garbage.
gc.disable()

# mpmath, the reference, takes gmpy2's numbers, which are faster; SymPy is that of users, who seldom have gmpy2.
os.environ.setdefault("SYMPY_GROUND_TYPES", "python")


# Steps of this size meet every part of a cycle, whatever its length: no kind of case is always passed over.
GOLDEN = 0.6180339887498949


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of a test with the mark `sampled` some cases run by default, its first among them; the others with the sweeps."""
    met = Counter[str]()
    for item in items:
        mark = item.get_closest_marker("sampled")
        if mark is not None:
            test = item.nodeid.partition("[")[0]
            if met[test] * GOLDEN % 1 >= 1 / mark.args[0]:
                item.add_marker("sweep")
            met[test] += 1


def pytest_collection_finish() -> None:
    """Thousands of tests stay until the end: the garbage collector need not look at them again and again.

    The program itself does without it: at what a test makes it looks seldom.
    """
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 50, 50)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """What is left is searched once for what nobody has closed; pytest does so five times afterwards."""
    gc.collect()
    gc.freeze()
