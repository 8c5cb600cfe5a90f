"""The manual, in Japanese."""

TEXTS = {
    "unknown-page": "{name:quoted} というページはない。[もしかして {suggestion:quoted}|一覧は gradcli guide]",
    "guide.pages": "手引き。ページは gradcli guide PAGE で表示する:",
    "guide.english": "このページは英語です。",
}
