"""What the catalogue puts around a list or a place, in Japanese."""

TEXTS = {
    "place": "[{line} 行目 ]{column} 文字目",
    "list.listed": "{names}、ほか {more} 個",
    "range.from": "{least} 以上",
    "range.to": "{least} 以上 {most} 以下",
    "range.below": "{least} 以上 {most} 未満",
    "range.above": "{least} より大きく {most} 以下",
    "relation.or": " または ",
    "relation.and": " かつ ",
    "relation.equals": " = ",
    "list.few": "{names}、…",
}
