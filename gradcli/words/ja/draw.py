"""Pictures, in Japanese."""

TEXTS = {
    "no-such-step": "{step:,} 歩目はない。この図は {last:,} 歩で終わる",
    "tree.above": "上に既出",
    "tree.below": "下に続く",
    "page.first": "最初へ",
    "page.back": "戻る",
    "page.step": "進む",
    "page.last": "最後へ",
    "page.steps": "手順",
    "page.static": "JavaScript が無効のため図は動きません。数値は指定された点のものです。",
    "page.keys": "矢印キー：進む・戻る。Tab：ノード。",
    "page.start": "入力が与えられる。",
    "page.upstream": "上流",
    "page.local": "局所",
    "page.undefined": "関数がここでは有限な値をもたない",
    "page.slider": "スライダー",
    "page.give": "入力に値を与える。",
}
