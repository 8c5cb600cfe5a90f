"""Pictures, in Japanese."""

TEXTS = {
    "too-many-nodes": (
        "グラフのノードが {nodes:,} 個あります。図に描けるのは {limit:,} 個までです (--max-nodes で変えられます)。"
        "文字で書く --format dot と mermaid に上限はありません"
    ),
    "too-many-pixels": "{width:.0f} × {height:.0f} ピクセルの図は大きすぎます。--scale を小さくしてください",
    "png-needs-resvg": (
        "PNG には resvg-py が必要です: pip install 'gradcli[png]'。SVG なら何も要りません (--output graph.svg)"
    ),
    "no-such-step": "{step:,} 歩目はありません。この図は {last:,} 歩で終わります",
    "picture.rows": "{name} は {rows} をまとめたものです",
    "picture.step": "{last} 歩のうち {step} 歩目まで",
    "picture.engine": "日本語を含むので、LuaLaTeX とパッケージ luatexja、または upLaTeX を使います",
    "tree.above": "上に既出",
    "tree.below": "下に続く",
    "page.first": "最初へ",
    "page.back": "戻る",
    "page.step": "進む",
    "page.last": "最後へ",
    "page.steps": "手順",
    "page.static": "JavaScript が無効のため図は動きません。数値は指定された点のものです。",
    "page.keys": "← →: 戻る・進む。スペース: 再生・一時停止。Home・End: 最初と最後の手順。Tab の後に ↑ ↓: ノード。",
    "page.start": "入力の値が決まっています。",
    "page.undefined": "関数がここでは有限な値をもちません",
    "page.slider": "スライダー",
    "page.give": "入力に値を入れてください。",
    "page.play": "再生",
    "page.pause": "一時停止",
    "page.reset": "元に戻す",
    "page.save": "SVG を保存",
    "page.inputs": "入力",
    "page.table": "ここまでの手順",
    "page.joins": "{from} から {to} へ",
    "page.value": "値 {value}",
    "page.gradient": "勾配 {gradient}",
}
