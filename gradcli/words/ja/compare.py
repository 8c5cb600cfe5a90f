"""The algebraic way and the graph way, in Japanese."""

TEXTS = {
    "compare.way": "計算",
    "compare.operations": "演算数",
    "compare.seconds": "秒",
    "compare.function": "関数",
    "compare.function-written-out": "関数 (展開形)",
    "compare.derivative": "代数: 導いた導関数",
    "compare.derivative-shared": "代数: 共通部分式をまとめた形",
    "compare.forward-backward": "計算グラフ: 順伝搬と逆伝搬",
    "compare.algebra": "代数",
    "compare.graph": "計算グラフ",
    "compare.agree": "一致",
    "compare.yes": "はい",
    "compare.no": "いいえ",
    "compare.stopped": "打ち切り",
    "compare.failed": "失敗",
    "compare.time": "代数の計算は {limit} 秒で打ち切られた",
    "compare.memory": "代数の計算はメモリ不足で終わった",
    "compare.depth": "代数の計算は入れ子が深すぎて失敗した",
    "compare.error": "代数の計算は失敗した",
}
