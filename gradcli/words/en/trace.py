"""Errors of traces, in English."""

TEXTS = {
    "unknown-chain": "unknown form of the chain {given:quoted}; there are {known}",
}
