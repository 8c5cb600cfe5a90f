"""Plots, in Japanese."""

TEXTS = {
    "point-outside": "点 {name:cut} = {value} は範囲 {low}〜{high} の外にあります",
    "plot-needs-plotext": "gradcli plot には plotext が必要です: pip install 'gradcli[plot]'",
    "plot-needs-matplotlib": "ファイルへのプロットには matplotlib が必要です: pip install 'gradcli[plot]'",
    "plot.sign-tangent": "接線",
    "plot.sign-kink": "微分できない点",
    "plot.tangent": "{name} = {x:rounded} での接線: 値 {value:rounded}、傾き {slope:rounded}",
    "plot.kink": "{name} = {x:rounded} は微分できない点です: 左からの傾き {left:rounded}、右からの傾き {right:rounded}",
    "plot.jump": "{name} = {x:rounded} は不連続点です: 左から {left:rounded}、右から {right:rounded}",
    "plot.jump-at-end": "{name} = {x:rounded} は不連続点です",
    "plot.pole": "{name} = {x:rounded} の近くで、値が限りなく大きく (小さく) なります",
    "plot.overflow": "{name} = {x:rounded} の近くの値は大きすぎて、倍精度で表せません",
    "plot.hole": "{name} = {x:rounded} では値がありません: 両側では {value:rounded} に近づきます",
    "plot.steep": "{name} = {x:rounded} で接線が垂直になります",
    "plot.end-left": "{name} = {x:rounded} より左では値がありません",
    "plot.end-right": "{name} = {x:rounded} より右では値がありません",
    "plot.levels": "等高線: {levels}。矢印は値が最も速く増える向き (勾配) です",
    "plot.gradient": "{point:rounded} で: 値 {value:rounded}、勾配 {gradient:rounded}",
    "plot.more": "ほか {count} か所",
    "plot.cut": "{name} は {low:rounded 3} から {high:rounded 3} まで表示しています。それ以外は切り取りました",
}
