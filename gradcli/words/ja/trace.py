"""Errors of traces, in Japanese."""

TEXTS = {
    "unknown-chain": "{given:quoted} という連鎖の書き方はない。あるのは {known}",
}
