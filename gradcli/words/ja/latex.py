"""Words in formulas, in Japanese."""

TEXTS = {
    "case.given": "{condition} のとき",
    "case.otherwise": "それ以外",
}
