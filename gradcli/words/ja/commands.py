"""Errors of the point, of files, streams and options, and help, in Japanese."""

TEXTS = {
    "uncertainty-negative": "不確かさは 0 以上の数",
    "fractions-with-option": "--fractions と {option} は一緒に使えない",
    "fractions-without-point": "--fractions は点での値を分数にする。--at で値を入れる",
    "no-range": "--over がありません: 動かす変数と、その範囲を指定してください",
    "not-a-range": (
        "[{range:quoted} は範囲ではありません|ここに範囲がありません]。--over は 名前=下端:上端 の形です (例: x=-3:3)"
    ),
    "not-a-name-over": "{name:quoted} は名前ではありません。--over は 名前=下端:上端 (例: x=-3:3) の形です",
    "range-colon": "範囲は二つの数をコロン一つで区切ります (例: {name:cut}=-3:3)",
    "range-bound": "ここに数がありません。範囲は二つの数です (例: x=-3:3)",
    "range-empty": "この範囲の両端の間には数がないか、少なすぎて描けません",
    "range-wide": "この範囲は倍精度には広すぎます",
    "range-reversed": "範囲は小さい数から大きい数へ書きます: {write}",
    "range-twice": "{name:quoted} の範囲が二つあります",
    "range-of-step": "{name:quoted} は式の途中の結果で、計算で決まるため、範囲をもちません",
    "no-value-in-range": "この範囲では式の値がどこにもありません",
    "range-unknown": (
        "{name:quoted} は式の変数ではありません。[もしかして {suggestion:quoted}?|変数は {known:few}|変数はありません]"
    ),
    "over-many": "範囲を指定できる変数は {most} 個までです。ほかの変数には --at で値を入れてください",
    "point-outside": "点 {name:cut} = {value} は範囲 {low}〜{high} の外にあります",
    "wrt-one": "ここでは --wrt に、導関数を描く変数を一つだけ指定してください",
    "wrt-with-two-ranges": "範囲が二つのときは、その変数についての勾配を描きます。--wrt は使えません",
    "picture-in-terminal": "{form} は端末に表示できません。--output plot.{form} のようにファイル名を指定してください",
    "worksheet-level": "--level は式を作るためのもので、式を指定したときは使えません",
    "worksheet-no-expression": "{option} は式についての指定ですが、式がありません",
    "worksheet-one-place": "問題と解答を同じところへは書けません。--key に別のファイルを指定してください",
    "help.short.plot": "範囲での関数と導関数のグラフ、または勾配の場",
    "help.plot": (
        "EXPRESSION のグラフを、変数が一つなら導関数とともに、二つなら等高線と勾配の場として描きます。\n\n"
        "EXPRESSION は式そのもの、標準入力を表す -、または @FILE です。--at でほかの変数に値を入れます。"
        "動かす変数にも値があれば、その点での接線を描きます。微分できない点と不連続点には印を付け、"
        "値がないところには線を引きません。"
    ),
    "help.over": "動かす変数とその範囲 (例: x=-3:3、x=-2:2,y=0:pi)",
    "help.samples": "範囲に沿って最初に調べる点の数。曲がるところでは増やす [200、範囲が二つなら 80]",
    "help.plot.theme": "ファイルの色。auto は SVG では読む人の設定に従い、ほかでは light [auto]",
    "help.short.worksheet": "簡単な数と空の表でできた練習問題と、その解答",
    "help.worksheet": (
        "EXPRESSION の練習問題を、毎回ちがう簡単な数で作ります。順伝搬と逆伝搬の表を埋める問題です。"
        "--key を付けると解答も書きます。\n\n"
        "EXPRESSION は式そのもの、標準入力を表す -、または @FILE です。なければ --level の式を作ります。"
        "--at で値を入れた変数は、どの問題でもその値です。--seed が同じなら、どこでも同じ問題になります。"
        "FILE の末尾 .md、.tex、.html、.txt、.json、.csv で形式が決まります。"
    ),
    "help.copies": "問題の数 [1]。",
    "help.worksheet.seed": "別の数にすると別の問題になる [0]。",
    "help.level": "作る式。1 は和と積、2 は枝分かれのある式、3 は関数、4 は場合分け、5 は小さなネットワーク [1]。",
    "help.blank": "空欄にするもの。入力と出力 (all)、出力 (outputs)、数だけ (numbers) [all]。",
    "help.key": "解答を FILE に書く。",
    "help.worksheet.format": "問題と解答の形式 [FILE の末尾で決まる。なければ table]。",
    "help.show": "式と各段の計算を長くても表示する。短いものは常に表示する",
    "help.diff.fractions": "すべての演算で可能なら、--at の点での値を分数で求める。",
    "help.direction": "図で順伝搬が進む向き [right]。",
    "help.forward-only": "順伝搬だけを描く。",
    "help.binary": "長い和や積の + や × を、一つずつ別のノードに描く。",
    "help.step": "順伝搬、逆伝搬の順に N 歩進んだところの図。0 は入力だけの図。",
    "help.explain": "逆伝搬の各ノードがすることを言葉で、変数ごとの連鎖律を一行で書く。--trace も付けたことになる。",
    "help.paths": "各変数への勾配の道すじを、本数とともに並べる。--trace も付けたことになる。",
    "help.eval.fractions": "すべての演算で可能なら分数で計算する (0.1 は 1/10、1/3 はそのまま)。",
}
