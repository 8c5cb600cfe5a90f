"""Errors of claims, verdicts, and what is said of a claim, in Japanese."""

TEXTS = {
    "claim-held": "{name:quoted} の値は固定されています。--wrt で動かすのは {varied:listed} だけです",
    "claim-twice": "{name:quoted} についての答えが二つあります",
    "claim-shape": (
        "{name:quoted} の勾配は同じ形状の {shape:said}ですが、これは {own:said}です[。転置 {transpose} のことですか?"
        "|。{sum} のことですか?]"
    ),
    "not-a-claim": "答えは 名前=微分 の形で書きます (例: a=x、b=4)",
    "empty-claim": "答えの右辺がありません",
    "claim-equals": "一つの答えに '=' は一つです。答えごとに --claim を書いてください",
    "not-the-output": "{name:quoted} は結果の名前ではありません。答えは、結果を微分したものです",
    "unknown-in-claim": (
        "{name:quoted} という変数も途中の値も、この式にはありません。"
        "[{character:point} で書かれていますが、値があるのは {other:point} の名前です"
        "|掛け算なら {write} と書いてください|引き算なら {difference} と書いてください"
        "|もしかして {suggestion:quoted} ですか?|変数は {known:few} です|変数は一つもありません]"
    ),
    "verdict.right": "正しい",
    "verdict.right-where-tried": "試した範囲で正しい",
    "verdict.wrong": "誤り",
    "verdict.inconclusive": "判定不能",
    "consistent": "考えられる間違い: {mistake}",
    "mistake.claim": "{name} の誤った答えを使って、その先を正しく計算している",
    "mistake.multiple": "定数倍だけ違う (正しい値の {factor} 倍)",
    "mistake.half": "定数倍だけ違う (正しい値の半分)",
    "mistake.transposed": "転置したもの",
    "mistake.not-averaged": "平均などの {count} による割り算を忘れたもの",
    "mistake.averaged": "平均などの {count} による割り算が余分なもの",
    "mistake.batch-sum": "バッチについての和を忘れ、一つの行だけにしたもの",
    "mistake.other-product": "{rule} の代わりに積 {taken} としたもの",
    "mistake.softmax": "{at} を要素ごとの関数のように微分している: {rule} ではなく {taken}",
    "mistake.sum-for-mean": "平均 {at} を和として微分している",
    "mistake.mean-for-sum": "和 {at} を平均として微分している",
    "mistake.gradient": "勾配 {rule} の代わりに {taken} を使っている",
    "mistake.times": "正しい値に {taken} を掛けたもの",
    "mistake.divided": "正しい値を {taken} で割ったもの",
    "mistake.twice": "{at} の微分を二度掛けている",
    "mistake.symmetric": "{name} を対称行列とみなしたもの",
    "mistake.sign": "符号が逆",
    "mistake.path": "枝分かれ {fork} で {via} を通る道すじを忘れている (勾配は足し合わせる)",
    "mistake.only-path": "枝分かれ {fork} で {via} を通る道すじしか数えていない (勾配は足し合わせる)",
    "mistake.multiplied": "枝分かれ {fork} で、勾配を足さずに掛けている",
    "mistake.subtracted": "枝分かれ {fork} で、勾配を足さずに引いている",
    "mistake.own-input": "積 {at} で、{other} ではなく自分の入力 {input} を掛けている",
    "mistake.other-factor": "積 {at} で、{other} ではなく {taken} を掛けている",
    "mistake.without": "{at} の {taken} を落とした式を微分している",
    "mistake.open": "{at} で、通さないはずの勾配を通している",
    "mistake.closed": "{at} で、通すはずの勾配を通していない",
    "mistake.branch": "{at} で、いつも {takes} をとる側を使っている",
    "mistake.loser": "{at} で、勾配を別の引数に渡している ({input})",
    "mistake.shared": "{at} で、勾配を半分ずつに分けている",
    "mistake.factor": "連鎖律の因子を一つ忘れている: {at} の {input} についての微分",
    "mistake.edge-sign": "{at} の {input} についての微分で、符号を間違えている",
    "mistake.one-factor": "積 {at} で、積の微分の二つの項のうち一つしか数えていない[ ({input} についての項)]",
    "mistake.inside-product": "積 {at} の微分を、微分どうしの積にしている",
    "mistake.inside-quotient": "商 {at} の微分を、微分どうしの商にしている",
    "mistake.inside": "{at} に、引数ではなく引数の微分を入れている",
    "mistake.other-argument": "{at} の、もう一方の引数についての微分を使っている",
    "mistake.rule": "{at} の {input} についての微分を、{rule} ではなく {taken} としている",
    "mistake.stops-early": "連鎖律が途中の {node} の勾配で止まっている",
    "mistake.starts-late": "連鎖律が途中から始まっている: {node} の微分だけで、その先がない",
    "mistake.other-gradient": "{name} の勾配になっている",
    "mistake.constant": "変数によって変わる {node} を、定数とみなしている",
    "mistake.both-constant": "変数によって変わる {one} と {other} を、定数とみなしている",
    "mistake.at-output": "{at} の微分に、入力 {input} ではなく出力の値を入れている",
    "mistake.for-output": "{at} の微分で、出力の代わりに入力 {input} を使っている: {rule} ではなく {taken}",
    "mistake.integral": "微分ではなく積分している",
    "mistake.place": "{at} の外側の微分に、{input} ではなく {target} を入れている",
    "mistake.value": "導関数ではなく、関数の値になっている",
    "mistake.inverse": "微分の逆数になっている",
    "remark.elements": "{total} 要素中 {count} 個[: {names:whole}]",
    "remark.of-element": "{name}: {text}",
    "remark.rounded": "書かれた桁に丸めた値として正しい答えです",
    "remark.within": "許された相対誤差の範囲内です (--rtol)",
    "remark.close": "正しい値に近い答えです ({digits} 桁まで一致)",
    "remark.close-1": "正しい値に近い答えです (1 桁まで一致)",
    "remark.near": "正しい値に近い答えです (調べた点での差は {percent:rounded 2} % 以内)",
    "remark.near-number": "正しい値に近い答えです (差は {percent:rounded 2} %)",
    "remark.point-only": "この点だけで確かめました (式に値があるほかの点が見つかりません)",
    "remark.elsewhere": (
        "この点では合っていますが、[{at:rounded} では合いません: |ほかの点では合いません。その一つで]正しくは {right}、"
        "あなたの答えは {claimed}"
        "[ (動かした変数は {varied:few}。動かす変数は --wrt で選べます)]"
    ),
    "remark.hidden-here": (
        "この点では丸め誤差のため分かりませんが、"
        "[{at:rounded} では合いません: |ほかの点では合いません。その一つで]正しくは {right}、"
        "あなたの答えは {claimed}"
        "[ (動かした変数は {varied:few}。動かす変数は --wrt で選べます)]"
    ),
    "remark.labels": "与えられた {name} (和が 1) では正しい答えですが、{name} のほかの値では成り立つとは限りません",
    "remark.untried": "次の場合に当たる点が見つからず、試していません: {branches:whole}",
    "remark.kink": "この点では微分できません: gradcli は {right} を使います (gradcli eval --kink で選べます)",
    "remark.one-sided": (
        "この点では微分できません: 傾きは左から {left}、右から {above} です。gradcli は {right} を使います"
    ),
    "remark.smooth": (
        "微分できないところどうしが打ち消し合い、左右どちらからの微分も {derivative} です。"
        "gradcli は、通る側の傾きを使う取り決めで {right} とします"
    ),
    "remark.edge": "この点は条件の境目です: gradcli は通る側の傾き {right} を使います",
    "remark.beside-jump": (
        "この点で不連続になり、両側で関数が変わります: gradcli は、この不連続を除いた傾き {right} を使います"
    ),
    "remark.beside": (
        "この点は条件の境目です: 傾きはすぐ左で {left}、すぐ右で {above} です。gradcli は {right} を使います"
    ),
    "remark.off-kink": (
        "この点では微分できませんが、[{at:rounded} でも合いません: |ほかの点でも合いません。その一つで]"
        "正しくは {right}、あなたの答えは {claimed}"
    ),
    "remark.undefined": "この点であなたの答えには値がありません (正しい微分は {right})",
    "remark.undefined-elsewhere": (
        "[{at:rounded} で|ほかの点の一つで]あなたの答えには値がありません (正しい微分は {right})"
    ),
    "remark.beyond-doubles": "この点の近くには、確かめるのに使える倍精度の数がありません",
    "remark.not-finite": "微分がここでは有限な値をもちません",
    "remark.claim-not-finite": "あなたの答えがここでは有限な値をもちません",
    "remark.operations": "途中の演算を一つずつ確かめた結果です",
    "remark.rounding": "丸め誤差のため分かりません",
    "remark.hides": "丸め誤差のため分かりません。桁を増やして計算すると {right} です",
    "remark.lost": "丸め誤差で倍精度の桁が失われています。桁を増やして計算すると {right} です",
    "remark.digits": "この点で、指定された桁のうちに違いがあります",
    "remark.digits-here": (
        "この点では、指定された桁まで正しい答えです。ほかの点で正しいかどうかは、倍精度では分かりません"
    ),
    "remark.digits-open": "この桁数では決まりません",
    "remark.stop": "勾配 0 が無限大の傾きで止まっています。0 は正しい微分ではないかもしれません",
    "remark.not-reached": "このノードはここでは計算されません",
    "remark.disagree": "リバースモードとフォワードモードが一致しません",
    "remark.flaw": (
        "{at} の {input} についての微分が、テイラー展開による検証に合いません: {found:rounded} ではなく {slope:rounded}"
    ),
    "remark.left-out": "確かめていない途中の値が {count} 個あります (一つごとに、グラフ全体と同じ時間がかかるためです)",
    "remark.too-small": "小さすぎて、倍精度で表せません: {right}",
    "remark.underflow": "積が小さすぎて、倍精度で表せません",
    "remark.jump": "この点は微分できない点、不連続点、または条件の境目です",
    "breaks-first": "逆伝搬の順にたどると、答えが最初に間違っているのは {name} です。",
}
