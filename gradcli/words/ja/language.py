"""Errors of syntax, characters, names and functions, in Japanese."""

TEXTS = {
    "other-notation": "別の書き方の式。ここでは {write} と書く",
    "no-counterpart": "{name:cut} に当たるものは gradcli にない",
    "cell-range": "{name:quoted} はセルの範囲。A1 + A2 のようにセルを書き並べる",
    "ambiguous-notation": "ここは読み方が一つに決まらない。括弧と、積の記号を書く",
    "derivative-of": '導関数はコマンドで求める: gradcli diff "{write:cut}" --wrt {name}',
    "over-an-index": "添字にわたる {name} はこの言語にない。x1 + x2 + x3 のように項を書き並べる",
    "long-vowel": "{character:point} は文字であり、マイナスではない。差は {write:cut} と書く",
    "result-and-input": "{name:cut} が結果であり入力でもある。「{name:cut} =」を省くか、どちらかを別の名前にする",
    "function-defined-later": "{name:quoted} は定義より前で呼ばれている。先に定義する",
    "recursive-definition": "{name:quoted} は自身の定義の中では呼べない",
    "not-a-parameter": "定義のかっこの中は名前だけ。例: f(x, y) = x*y",
    "definition-last": "最後の文が定義になっている。最後には計算する式を書く",
    "too-many-calls": "{name:quoted}: 定義の呼び出しを開くと {limit:,} ノードを超える",
}
