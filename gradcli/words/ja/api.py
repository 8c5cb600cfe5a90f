"""Errors of calls of the library, in Japanese."""

TEXTS = {
    "not-an-expression": "式は文字列かグラフです ({given:quoted} は使えません)",
    "unknown-kink-rule": "微分できない点の取り決めに {given:quoted} はありません。選べる値: {known:quoted}",
    "compiled-constant": (
        "この関数では {name:quoted} は定数です。変数にするには、コンパイルのときに wrt に書いてください"
    ),
    "arrays-need-numpy": "数の代わりに配列を使うには NumPy が必要です: pip install 'gradcli[batch]'",
}
