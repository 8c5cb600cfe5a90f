"""What the catalogue puts around a list or a place, in Japanese."""

TEXTS = {
    "place": "[{line} 行目 ]{column} 文字目",
    "list.listed": "{names}、ほか {more} 個",
    "relation.or": " または ",
    "relation.and": " かつ ",
    "relation.equals": " = ",
    "list.few": "{names}、…",
}
