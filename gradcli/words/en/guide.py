"""The manual, in English."""

TEXTS = {
    "unknown-page": "unknown page {name:quoted}; [did you mean {suggestion:quoted}?|for the list: gradcli guide]",
    "guide.pages": "The manual; a page is shown by gradcli guide PAGE:",
}
