"""A short run of the search for results that are neither right nor announced; for more: `python -m tests.adversary`."""

from tests.adversary import examined


def test_nothing_is_found() -> None:
    """In 40 programs, of which some have lost digits and some are silent."""
    kinds, found = zip(*examined(40, 11), strict=True)
    assert not [finding for findings in found for finding in findings]
    assert {"lost", "silent", "error"} <= set(kinds)
