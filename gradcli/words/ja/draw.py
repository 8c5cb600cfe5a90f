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
    "no-such-step": "{step:,} 段目はありません。この図は {last:,} 段で終わります",
    "picture.rows": "{name} は {rows} をまとめたものです",
    "picture.step": "{last} 段のうち {step} 段目まで",
    "picture.engine": "日本語を含むので、LuaLaTeX とパッケージ luatexja、または upLaTeX を使います",
    "tree.above": "上に既出",
    "tree.below": "下に続く",
    "page.arrays": (
        "このページは、指定された点での順伝搬と逆伝搬を一段ずつ示します。"
        "スカラーのノードが {count:,} 個あり、ページがほかの点で計算できるのは {limit:,} 個までです。"
    ),
    "page.shapes": (
        "このページは形状だけを示します。点の指定がなく、ここに入力するには大きすぎる配列があるためです。"
        "点を指定すると数値が入ります。"
    ),
    "page.first": "最初へ",
    "page.back": "戻る",
    "page.step": "進む",
    "page.last": "最後へ",
    "page.steps": "段",
    "page.static": "JavaScript が無効のため図は動きません。数値は指定された点のものです。",
    "page.keys": "← →: 戻る・進む。スペース: 再生・一時停止。Home・End: 最初と最後の段。Tab の後に ↑ ↓: ノード。",
    "page.start": "はじめは入力の値だけです。",
    "page.undefined": "関数がここでは有限な値をもちません",
    "page.slider": "スライダー",
    "page.give": "入力に値を入れてください。",
    "page.play": "再生",
    "page.pause": "一時停止",
    "page.fit": "全体",
    "page.reset": "最初の値に戻す",
    "page.save": "SVG で保存",
    "page.inputs": "入力",
    "page.table": "ここまでの段",
    "page.joins": "{from} から {to} へ",
    "page.value": "値 {value}",
    "page.gradient": "勾配 {gradient}",
    "quiz-too-large": (
        "問題にできるのは、スカラーノードが {limit:,} 個まで、行と列がそれぞれ {rows} までの配列の計算です"
    ),
    "quiz.answer": "あなたの答え",
    "quiz.check": "答え合わせ",
    "quiz.tell": "答えを見る",
    "quiz.other": "別の値で",
    "quiz.static": "問題に答えるには JavaScript が必要です。",
    "quiz.score": "{asked} 問中 {right} 問正解。解答 {tries} 回。",
    "quiz.right": "正解: {shown}",
    "quiz.told": "答え: {shown}",
    "quiz.wrong": "{answer} は正しくありません",
    "quiz.some": "{size} 個の数のうち {count} 個が正しくありません",
    "quiz.because": "{wrong}。{why}",
    "quiz.unread": "12、−0.5、1/3、2e−3 のような数を入れてください。",
    "quiz.truth": "真か偽で答えてください。",
    "quiz.digits": "ここまでは合っています。2 桁以上で答えてください。",
    "quiz.sum": "{name} に戻ってくる {count} 個の勾配の和",
    "quiz.to": "{name} へ戻る勾配",
    "quiz.over": "これで全部の問題が終わりました。",
    "quiz.added": "{at} で、入力を足している",
    "quiz.times": "{at} で、入力を掛けている",
    "quiz.swapped": "{at} で、入力の順序を逆にしている",
    "quiz.derivative": "値ではなく、{at} の {input} についての微分を答えている",
    "quiz.input": "{at} で、入力 {input} をそのまま答えている",
    "quiz.of-value": "勾配ではなく、{name} の値を答えている",
}
