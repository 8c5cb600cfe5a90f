"""Errors of mathematics, and notes on a result, in Japanese."""

TEXTS = {
    "no-fraction": (
        "[{column} 文字目の ]{operator}[ ({call:place} の呼び出し)] はここでは分数にならない (入力は {arguments})。"
        "--fractions を外すと小数で計算する"
    ),
    "no-fraction-constant": "{name:cut} は分数ではない。--fractions を外すと小数で計算する",
    "no-fraction-slope": (
        "[{column} 文字目の ]{operator}[ ({call:place} の呼び出し)] の傾きはここでは分数にならない"
        " (入力は {arguments})。--fractions を外すと小数で計算する"
    ),
    "fraction-too-long": ("[{column} 文字目の ]{operator}[ ({call:place} の呼び出し)] で分数が {most:,} 桁を超える"),
    "value-too-long": "{name:quoted} の値は {most:,} 桁を超える分数になる",
    "note.edge": (
        "[{line} 行 ]{column} 文字目の {operator}[ ({call:place} の呼び出し)]"
        " はここで条件の境目 ({arguments}): 通る枝の傾き {used} を使う。"
        "{variable:cut}[ の方向 ({direction})] についての式全体の傾きは、左では {before:left.*}、右では {after:right.*}"
    ),
    "note.edge-jump": (
        "[{line} 行 ]{column} 文字目の {operator}[ ({call:place} の呼び出し)]"
        " はここで条件の境目 ({arguments}): 値は {value}、"
        "通る枝の傾きは {used}。{variable:cut}[ の方向 ({direction})] に動かすと、"
        "式全体の値は左から {before:left.*}、右から {after:right.*} に近づく"
    ),
    "note.edge-open": (
        "[{line} 行 ]{column} 文字目の {operator}[ ({call:place} の呼び出し)]"
        " はここで条件の境目 ({arguments}): 通る枝の傾き {used} を使う。"
        "{variable:cut}[ の方向 ({direction})] に動かしたとき両側で式全体がどうなるかは不明"
    ),
    "note.edge-left-out": "ここは条件の境目。境目の両側の式全体は、ノードが多すぎるので調べていない",
    "note.order": (
        "{of} はここで跳ぶ: {used} は通る枝のもので、{variable:cut} を動かすと左から {before:left.*}、"
        "右から {after:right.*} に近づく[。折れ点か境目は {line} 行 {column} 文字目の {operator}"
        "|。折れ点か境目は {column} 文字目の {operator}][ ({call:place} の呼び出し)][、ほか {more} か所]"
    ),
    "note.order-open": (
        "{of} は通る枝では {used}。{variable:cut} を動かしたとき両側でどうなるかは不明"
        "[。折れ点か境目は {line} 行 {column} 文字目の {operator}"
        "|。折れ点か境目は {column} 文字目の {operator}][ ({call:place} の呼び出し)][、ほか {more} か所]"
    ),
    "note.order-left-out": "ここは折れ点か条件の境目。高階導関数が跳ぶかどうかは、ノードが多すぎるので調べていない",
    "left.unknown": "不明",
    "left.no-value": "値なし",
    "right.unknown": "不明",
    "right.no-value": "値なし",
    "note.lost-digits": (
        "{of:lost.*}は{by:lost-to.*}で桁を失った ({place:lost-at.*}): 16 桁のうち正しいのは {digits} 桁。"
        "正しくは {corrected}[。{formula} には {better} がある]"
    ),
    "note.lost-digits-of-formula": (
        "{of:lost.*}は{by:lost-to.*}で桁を失った: 16 桁のうち正しいのは {digits} 桁[ ({part} の計算)]。"
        "正しい値は {corrected}"
    ),
    "note.lost-digits-doubt": (
        "{of:lost.*}は桁を失っているかもしれない ({place:lost-at.*})。正しい値は求められなかった"
    ),
    "note.lost-digits-unknown": "{of:lost.*}は桁を失っているかもしれない[ ({part} の計算)]。正しい値は求められなかった",
    "note.too-small": "{of:lost.*}は倍精度では表せないほど小さい: {exact}",
    "note.vanishing": "{of:lost.*}は倍精度では表せないほど小さい: {exact} より小さい",
    "note.too-large": "{of:lost.*}は倍精度では表せないほど大きい: {exact}",
    "lost.value": "値",
    "lost.gradient": "{name:cut} の勾配",
    "lost.derivative": "{name:cut} ",
    "lost.uncertainty": "不確かさ",
    "lost-to.cancellation": "桁落ち",
    "lost-to.rounding": "丸め",
    "lost-to.underflow": "アンダーフロー",
    "lost-to.overflow": "オーバーフロー",
    "lost-at.operation": "[{line} 行 ]{column} 文字目の {operator}[ ({call:place} の呼び出し)]",
    "lost-at.slope": "{site:lost-site.*} の傾き",
    "lost-at.product": "{site:lost-site.*} に続く積",
    "lost-at.sum": "{site:lost-site.*} に来る勾配の和",
    "lost-site.leaf": "{node:cut}",
    "lost-site.operation": "[{line} 行 ]{column} 文字目の {operator}[ ({call:place} の呼び出し)]",
    "note.name": "{name} はここでは値が与えられた変数で、定数ではない",
    "note.uncertain": (
        "不確かさが[値の {percent:rounded 2} %|値 {compared} より大きい]: 一次近似では足りないかもしれない"
    ),
    "note.uncertain-input": (
        "{variable:cut} の不確かさが[その値の {percent:rounded 2} %|その値 {compared} より大きい]: "
        "一次近似では足りないかもしれない"
    ),
    "note.uncertain-kink": "{variable:cut} の不確かさの範囲に折れ点・跳び・値のない所がある: 一次近似には現れない",
    "note.uncertain-kink-together": ("不確かさを合わせた範囲に折れ点・跳び・値のない所がある: 一次近似には現れない"),
    "note.uncertain-bend": "{variable:cut} の不確かさの範囲で値は直線ではない: 一次近似には現れない",
    "note.uncertain-bend-together": "不確かさを合わせた範囲で値は直線ではない: 一次近似には現れない",
    "note.uncertain-left-out": "不確かさの範囲に折れ点があるかどうかは、ノードが多すぎるので調べていない",
    "note.no-gradient": "勾配が不要なノード: {names:listed}",
    "note.no-point": "--at で値を入れると、表に数値も出る[: {command}]",
    "note.no-font": "文字 {letters:cut} のフォントがないため、四角で表示される (SVG ではそうならない)",
    "note.long-table": "表は {rows:,} 行ある。--format markdown のほうが速い",
    "note.more": "ほか {more} 件。--json にはすべてある",
    "noted": "注: {message}",
}
