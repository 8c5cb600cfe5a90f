"""Errors of derivatives as formulas, in Japanese."""

TEXTS = {
    "derivative-order": "微分の階数は 1 から {most} までの整数です ({order} は使えません)",
    "order-of-step": "{order} 階の微分は変数についてだけ求められます。'{name}' は途中の値です",
    "order-of-arrays": "{order} 階の微分は数についてのものです。--elements を付けると、要素ごとの微分を求めます",
    "order-too-large": "{order} 階の微分は、ここでは {limit:,} ノードを超えます。--order {before} までなら超えません",
    "too-many-derivatives": "{order} 階の微分は {count:,} 個あります。上限は {limit:,} 個です (--wrt で減らせます)",
    "too-many-entries": (
        "{order} 階の微分は、JSON では変数の順序ごとに一つで {count:,} 個になります。"
        "上限は {limit:,} 個です (--wrt で減らせます)"
    ),
    "too-long-inline": "書き下すと {derivative} は {limit:,} 文字を超えます。--inline を外してください",
}
