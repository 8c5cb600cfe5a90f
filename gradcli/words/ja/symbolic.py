"""Errors of derivatives as formulas, in Japanese."""

TEXTS = {
    "derivative-order": "微分の階数は 1 から {most} までの整数。{order} ではない",
    "order-of-step": "{order} 階の微分は変数についてのもの。'{name}' は名前付きのステップ",
    "order-too-large": "{order} 階の微分はここでは {limit:,} ノードを超える。--order {before} までなら超えない",
    "too-many-derivatives": "{order} 階の微分が {count:,} 個ある。上限は {limit:,} 個 (--wrt で減らせる)",
    "too-many-entries": (
        "{order} 階の微分は JSON では変数の順序ごとに一つで、{count:,} 個になる。上限は {limit:,} 個 (--wrt で減らせる)"
    ),
    "too-long-inline": "書き下すと {derivative} は {limit:,} 文字を超える。--inline を外す",
}
