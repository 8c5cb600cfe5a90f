"""Shapes of arrays, and what does not fit, in Japanese."""

TEXTS = {
    "shape.number": "数",
    "shape.none": "配列でないもの",
    "shape.vector": "{length} 要素のベクトル",
    "shape.vectors": "ベクトル",
    "shape.matrix": "{shape} の行列",
    "shape.matrices": "行列",
    "side.left": "左側",
    "side.right": "右側",
    "matmul-shapes": (
        "形状が合いません: {left:said}と {right:said}の '@' です。左側の列が {columns} 個なので、右側の行も "
        "{columns} 個要りますが、{rows} 個です[ ({side:side.*}に .T を付けますか?)]"
    ),
    "elementwise-shapes": (
        "形状が合いません: {left:said}と {right:said}の {operator:quoted} です。要素ごとの演算では、"
        "両方の形状が同じか、一方の長さが 1 でなければなりません"
    ),
    "vector-and-column": (
        "{left:said}と {right:said}の {operator:quoted} は、{length}×{length} 個の組をすべて作ってしまいます。"
        "ベクトル v を列に合わせるには column(v)、すべての組には row(v) と書いてください"
    ),
    "dot-shapes": "形状が合いません: {left:said}と {right:said}の dot です。両方の長さが同じでなければなりません",
    "trace-shape": "trace は正方行列に対するものです。これは {shape:said}です",
    "array-argument": (
        "{function} の引数は{wanted:said}です。これは {shape:said}です[。行列の積は {sign} と書いてください]"
    ),
    "no-shape": (
        "'{function}' は配列に対するものですが、{name:quoted} の形状がありません。--at {write} または "
        "--shape {shape} のように与えてください[。数との積は {product} です]"
    ),
    "array-needed": "'{function}' は配列に対するものです。ここにあるのは数です",
    "product-sign": "二つの配列の間の {sign:quoted}: 行列の積は @、要素ごとの積は * と書いてください",
    "transpose-sign": "転置は W.T のように .T と書きます[。{write} と書いてください]",
    "inverse-sign": "逆行列を求める機能はありません。要素ごとの逆数は 1/A と書いてください",
    "axis-by-place": (
        "これは各要素に {axis} を足す式になります。軸に沿った和は sum(X, axis={axis}) と書いてください "
        "(軸は 0 から数えます)"
    ),
    "no-axis": "{function}: {shape:said}に軸 {axis} はありません。軸は {axes:listed} です",
    "too-many-indices": "{shape:said}の添字は {axes} 個までです。ここには {given} 個あります",
    "index-out-of-range": (
        "添字 {index} はありません。{shape:said}の軸 {axis} には、0 から数えて {length} 個の場所があります"
    ),
    "empty-part": "{shape:said}のこの部分は、軸 {axis} について空です",
    "no-part": (
        "{name:quoted} はここには書けません。{array:quoted} は {shape:said}です。全体は {array:cut}、要素は {write} の"
        "ように書いてください"
    ),
    "ragged-array": (
        "配列の行は、どれも同じ長さでなければなりません。{row} 行目 ({shape:said}) が最初の行 ({first:said}) と違います"
    ),
    "empty-array": "{name:quoted} は空の配列です。配列には要素があります",
    "deep-array": "配列の軸は一つか二つです[。{name:quoted} はそれより多くあります]",
    "array-output": (
        "出力[ {name:quoted} ]は {shape:said}です。勾配は一つの数についてのものです。sum(Y) としてください。勾配 G を"
        "逆向きに渡すには sum(G * Y) とします"
    ),
    "too-many-scalars": (
        "これには {count:,} 個以上のスカラーノードが要ります。上限は {limit:,} 個です (--max-scalars で変えられます)"
    ),
}
