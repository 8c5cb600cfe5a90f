"""What the catalogue puts around a list or a place, in Japanese."""

TEXTS = {
    "place": "[{line} 行 ]{column} 文字目",
}
