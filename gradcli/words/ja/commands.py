"""Errors of the point, of files, streams and options, and help, in Japanese."""

TEXTS = {
    "uncertainty-negative": "不確かさは 0 以上の数",
}
