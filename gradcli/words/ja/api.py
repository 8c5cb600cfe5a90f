"""Errors of calls of the library, in Japanese."""

TEXTS = {
    "not-an-expression": "式は文字列かグラフです ({given:quoted} は使えません)",
    "no-names": "{argument} には、名前のリストか 'a,b' のような文字列を渡します ({given:cut} は使えません)",
    "no-values": "{argument} には、名前をキーとする辞書を渡します ({given:cut} は使えません)",
    "unknown-kink-rule": "微分できない点の取り決めに {given:quoted} はありません。選べる値: {known:quoted}",
    "compiled-constant": (
        "この関数では {name:quoted} は定数です。変数にするには、コンパイルのときに wrt に書いてください"
    ),
    "point-unnamed": (
        "値は f(x=1) のように名前を付けるか、f({{'x': 1}}) のように辞書で渡します ({value:cut} は使えません)"
    ),
    "array-type": "{name:quoted} は実数の配列でなければなりません (型が {type:quoted} です)",
    "compiled-shape": "{name:quoted} の形状を {shape} にはできません。形状は (3,) や (3, 2) のように書きます",
    "compiled-axes": "{name:quoted} の形状は {shape} ですが、最後の軸は {wanted} でなければなりません",
    "shapes-differ": "配列の形が合わず、ブロードキャストできません: {shapes:listed}",
    "arrays-need-numpy": "数の代わりに配列を使うには NumPy が必要です: pip install 'gradcli[batch]'",
}
