"""Errors of calls of the library, in Japanese."""

TEXTS = {
    "not-an-expression": "式は文字列かグラフ。{given:quoted} ではない",
    "unknown-kink-rule": "{given:quoted} という折れ点の規則はない。あるのは {known}",
}
