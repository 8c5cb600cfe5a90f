"""The manual, in Japanese."""

TEXTS = {
    "unknown-page": (
        "{name:quoted} というページはありません。[もしかして {suggestion:quoted} ですか?|一覧: gradcli guide]"
    ),
    "guide.pages": "手引きのページ。gradcli guide PAGE で表示します:",
}
