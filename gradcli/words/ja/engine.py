"""Errors of mathematics, and notes on a result, in Japanese."""

TEXTS = {
    "unknown-name": (
        "{name:quoted} という変数も途中の値も、この式にはありません。"
        "[もしかして {suggestion:quoted} ですか?|変数は {known:few} です|変数は一つもありません]"
    ),
    "value-not-finite": "[{name:quoted} の値|値]は有限の数でなければなりません[ ({value:cut} は使えません)]",
    "undefined": (
        "{column} 文字目の {operator}[ ({call:place}で呼び出し)] はここでは計算できません: "
        "[分母が {zero} です|{form} には {needs:relation} が必要で、{written} には値がありません"
        "|入力は {arguments} ですが、{form} には {needs:relation} が必要です]"
    ),
    "overflow": (
        "{column} 文字目の {operator}[ ({call:place}で呼び出し)] の値が大きくなりすぎます (オーバーフロー): "
        "入力は {arguments} です"
    ),
    "wrt-step-with-claims": (
        "{name:quoted} は途中の値で、計算で決まります。答えを確かめるとき、--wrt には動かす変数を書いてください"
    ),
    "digits-range": "桁数は 1 から {most} までの整数です ({given:cut} は使えません)",
    "digits-undecided": (
        "{column} 文字目の {function:quoted}[ ({call:place}で呼び出し)] がどちらに進むかは、"
        "{digits} 桁まで計算しても決まりません"
    ),
    "digits-undefined": (
        "{column} 文字目の {function:quoted}[ ({call:place}で呼び出し)] には、"
        "{digits} 桁まで計算しても、ここでの値が見つかりません"
    ),
    "no-fraction": (
        "[{column} 文字目の ]{operator}[ ({call:place}で呼び出し)] の値は、ここでは分数になりません: "
        "入力は {arguments} です。--fractions を外すと小数で計算します"
    ),
    "no-fraction-constant": "{name:cut} は分数ではありません。--fractions を外すと小数で計算します",
    "no-fraction-slope": (
        "[{column} 文字目の ]{operator}[ ({call:place}で呼び出し)] の傾きは、ここでは分数になりません: "
        "入力は {arguments} です。--fractions を外すと小数で計算します"
    ),
    "fraction-too-long": ("[{column} 文字目の ]{operator}[ ({call:place}で呼び出し)] で、分数が {most:,} 桁を超えます"),
    "value-too-long": "{name:quoted} の値は、{most:,} 桁を超える分数になります",
    "order-with-gradient": (
        "{function} は階数 {parameter} では微分できません。そこに書いたものの勾配は求められません (--wrt で外せます)"
    ),
    "note.kink": (
        "[{line} 行目 ]{column} 文字目の {operator}[ ({call:place}で呼び出し)] は、ここでは微分できません ({equal})。"
        "[{condition} の側の|{takes} をとる側の|ノルムが最小の劣勾配である]傾き {used} を使いました。"
        "傾きは左から {left}、右から {right} です[ ({option} で選べます)]"
    ),
    "note.cone": (
        "[{line} 行目 ]{column} 文字目の {operator}[ ({call:place}で呼び出し)] は、"
        "ここでは微分できません ({arguments})。傾きとして {used} を使いました"
    ),
    "note.tie": (
        "[{line} 行目 ]{column} 文字目の {operator}[ ({call:place}で呼び出し)] で値が等しくなっています ({equal})。"
        "[勾配はすべて最初の {first} に渡しました|勾配は等しく分けました][ ({option} で選べます)]"
    ),
    "note.jump": (
        "[{line} 行目 ]{column} 文字目の {operator}[ ({call:place}で呼び出し)] は、ここでは不連続です ({arguments})。"
        "すぐ隣の傾き{slopes:|の組} {used} を使いました"
    ),
    "note.jump-without-slope": (
        "[{line} 行目 ]{column} 文字目の {operator}[ ({call:place}で呼び出し)] は、ここでは不連続です ({arguments})。"
        "傾きはありません"
    ),
    "note.kink-elements": (
        "[{line} 行目 ]{column} 文字目の {operator}[ ({call:place}で呼び出し)] は、"
        "要素 {size:,} 個のうち {count:,} 個 ({shown}) で微分できません。"
        "[{condition} の側の|{takes} をとる側の|ノルムが最小の劣勾配である]傾き[ {used} ]を使いました[。"
        "傾きは左から {left}、右から {right} です][ ({option} で選べます)]"
    ),
    "note.cone-elements": (
        "[{line} 行目 ]{column} 文字目の {operator}[ ({call:place}で呼び出し)] は、"
        "要素 {size:,} 個のうち {count:,} 個 ({shown}) で微分できません。"
        "傾きとして {used} を使いました"
    ),
    "note.tie-elements": (
        "[{line} 行目 ]{column} 文字目の {operator}[ ({call:place}で呼び出し)] で、"
        "要素 {size:,} 個のうち {count:,} 個 ({shown}) の値が等しくなっています。"
        "[勾配はすべて、{first} のように等しいものの最初に渡しました|勾配は等しく分けました]"
        "[ ({option} で選べます)]"
    ),
    "note.jump-elements": (
        "[{line} 行目 ]{column} 文字目の {operator}[ ({call:place}で呼び出し)] は、"
        "要素 {size:,} 個のうち {count:,} 個 ({shown}) で不連続です。"
        "すぐ隣の傾き{slopes:|の組} {used} を使いました"
    ),
    "note.jump-without-slope-elements": (
        "[{line} 行目 ]{column} 文字目の {operator}[ ({call:place}で呼び出し)] は、"
        "要素 {size:,} 個のうち {count:,} 個 ({shown}) で不連続です。"
        "傾きはありません"
    ),
    "note.edge": (
        "[{line} 行目 ]{column} 文字目の {operator}[ ({call:place}で呼び出し)] は、"
        "ここが条件の境目です ({arguments})。通る側の傾き {used} を使いました。"
        "[({direction}) の方向に測った、]{variable:cut} についての式全体の傾きは、"
        "左では{before:left.*}、右では{after:right.*}です"
    ),
    "note.edge-jump": (
        "[{line} 行目 ]{column} 文字目の {operator}[ ({call:place}で呼び出し)] は、"
        "ここが条件の境目です ({arguments})。値は {value}、通る側の傾きは {used} です。"
        "{variable:cut} を[ ({direction}) の方向に]動かすと、"
        "式全体の値の極限は、左からは{before:left.*}、右からは{after:right.*}です"
    ),
    "note.edge-open": (
        "[{line} 行目 ]{column} 文字目の {operator}[ ({call:place}で呼び出し)] は、"
        "ここが条件の境目です ({arguments})。通る側の傾き {used} を使いました。"
        "{variable:cut} を[ ({direction}) の方向に]動かしたとき、両側で式全体がどうなるかは分かりません"
    ),
    "note.edge-left-out": (
        "ここは条件の境目です。境目の両側で式全体がどうなるかは、ノードが多すぎるので調べていません"
    ),
    "note.order": (
        "{of} はここでは不連続です。{used} は通る側の値です。{variable:cut} を動かすと、極限は左からは{before:left.*}、"
        "右からは{after:right.*}です[。微分できない点か境目にあるのは {line} 行目 {column} 文字目の {operator}"
        "|。微分できない点か境目にあるのは {column} 文字目の {operator}]"
        "[ ({call:place}で呼び出し)][、ほか {more} か所]"
    ),
    "note.order-open": (
        "{of} は、通る側では {used} です。{variable:cut} を動かしたとき、両側でどうなるかは分かりません"
        "[。微分できない点か境目にあるのは {line} 行目 {column} 文字目の {operator}"
        "|。微分できない点か境目にあるのは {column} 文字目の {operator}]"
        "[ ({call:place}で呼び出し)][、ほか {more} か所]"
    ),
    "note.order-left-out": (
        "ここは微分できない点か、条件の境目です。高階の導関数が不連続かどうかは、ノードが多すぎるので調べていません"
    ),
    "left.slope": " {left}",
    "left.value": " {value_left}",
    "left.infinite": "無限大",
    "left.minus-infinite": "マイナス無限大",
    "left.unknown": "不明",
    "left.no-value": "値なし",
    "right.slope": " {right} ",
    "right.value": " {value_right} ",
    "right.infinite": "無限大",
    "right.minus-infinite": "マイナス無限大",
    "right.unknown": "不明",
    "right.no-value": "値なし",
    "note.one-sided": "{variable:cut} についての式全体の微分は、左から {left}、右から {right} です",
    "note.smooth": "{variable:cut} については、式全体はここで微分でき、微分は {left} です",
    "note.one-sided-elements": (
        "{variable:cut} の要素 {size:,} 個のうち {count:,} 個 ({shown}) では、"
        "式全体の左からの微分と右からの微分が異なります"
    ),
    "note.smooth-elements": (
        "{variable:cut} の要素 {size:,} 個のうち {count:,} 個 ({shown}) では、式全体はここで微分できます"
    ),
    "note.one-sided-left-out": "式全体の左右それぞれからの微分は、変数が多すぎるので調べていません",
    "note.not-finite": (
        "{of:not-finite.*}が有限ではありません ({value})。原因は{cause:cause.*}です"
        "[。{formula} の代わりに {better} が使えます]"
    ),
    "note.not-finite-elements": (
        "{of:not-finite.*}が要素 {size:,} 個のうち {count:,} 個 ({shown}) で有限ではありません。"
        "原因は{cause:cause.*}です[。{formula} の代わりに {better} が使えます]"
    ),
    "not-finite.value": "値",
    "not-finite.step": "途中の値",
    "not-finite.gradient": "{name:cut} の勾配",
    "cause.node": "{site:site.*} の値",
    "cause.slope": "{site:site.*} の傾き",
    "cause.sum": "{site:site.*} に流れてくる勾配の和",
    "cause.product": "{site:site.*} に続く積のオーバーフロー",
    "site.leaf": " {node:cut}",
    "site.operation": " [{line} 行目 ]{column} 文字目の {operator}[、{call:place}で呼び出し] ({arguments})",
    "site.elements": " [{line} 行目 ]{column} 文字目の {operator}[、{call:place}で呼び出し]",
    "note.lost-digits": (
        "{of:lost.*}は{by:lost-to.*}で有効数字を失いました ({place:lost-at.*})。16 桁のうち正しいのは {digits} 桁で、"
        "正しい値は {corrected} です[。{formula} の代わりに {better} が使えます]"
    ),
    "note.lost-digits-of-formula": (
        "{of:lost.*}は{by:lost-to.*}で有効数字を失いました。16 桁のうち正しいのは {digits} 桁で[ ({part} の計算)]、"
        "正しい値は {corrected} です"
    ),
    "note.lost-digits-doubt": (
        "{of:lost.*}は桁を失っているかもしれません ({place:lost-at.*})。正しい値は見つかりませんでした"
    ),
    "note.lost-digits-unknown": (
        "{of:lost.*}は桁を失っているかもしれません[ ({part} の計算)]。正しい値は見つかりませんでした"
    ),
    "note.too-small": "{of:lost.*}は小さすぎて、倍精度で表せません: {exact}",
    "note.vanishing": "{of:lost.*}は小さすぎて、倍精度で表せません: {exact} 未満",
    "note.too-large": "{of:lost.*}は大きすぎて、倍精度で表せません: {exact}",
    "note.lost-digits-elements": (
        "{of:lost.*}は要素 {size:,} 個のうち {count:,} 個 ({shown}) で、{by:lost-to.*}により有効数字を失いました "
        "({place:lost-at.*})。16 桁のうち正しいのは、少ないもので {digits} 桁です。ここにあるのは正しい値です"
        "[。{formula} の代わりに {better} が使えます]"
    ),
    "note.lost-digits-doubt-elements": (
        "{of:lost.*}は要素 {size:,} 個のうち {count:,} 個 ({shown}) で、桁を失っているかもしれません "
        "({place:lost-at.*})。正しい値は見つかりませんでした"
    ),
    "note.too-small-elements": (
        "{of:lost.*}は要素 {size:,} 個のうち {count:,} 個 ({shown}) で、小さすぎて倍精度では表せません"
    ),
    "note.vanishing-elements": (
        "{of:lost.*}は要素 {size:,} 個のうち {count:,} 個 ({shown}) で、小さすぎて倍精度では表せません"
    ),
    "note.too-large-elements": (
        "{of:lost.*}は要素 {size:,} 個のうち {count:,} 個 ({shown}) で、大きすぎて倍精度では表せません"
    ),
    "lost.value": "値",
    "lost.gradient": "{name:cut} の勾配",
    "lost.derivative": "{name:cut} ",
    "lost.uncertainty": "不確かさ",
    "lost-to.cancellation": "桁落ち",
    "lost-to.rounding": "丸め",
    "lost-to.underflow": "アンダーフロー",
    "lost-to.overflow": "オーバーフロー",
    "lost-at.operation": "[{line} 行目 ]{column} 文字目の {operator}[、{call:place}で呼び出し]",
    "lost-at.slope": "{site:lost-site.*} の傾き",
    "lost-at.product": "{site:lost-site.*} に続く積",
    "lost-at.sum": "{site:lost-site.*} に流れてくる勾配の和",
    "lost-site.leaf": "{node:cut}",
    "lost-site.operation": "[{line} 行目 ]{column} 文字目の {operator}[、{call:place}で呼び出し]",
    "lost-site.elements": "[{line} 行目 ]{column} 文字目の {operator}[、{call:place}で呼び出し]",
    "note.stop": ("勾配 0 が、傾きが無限大の{site:site.*} で止まっています。0 は正しい微分ではないかもしれません"),
    "note.formula": (
        "{of} の式は[ここでは {gives} になります|ここでは有限な値をもちません]。{slope} は逆伝搬で求めた値です"
    ),
    "note.formula-of-array": (
        "{of} の式は、ここでは {all} 個のうち {count} 個の要素 ({elements:few}) を与えません。数は逆伝搬で求めた値です"
    ),
    "note.by-elements": "{of} には配列の短い式がないので、要素ごとに書きます",
    "note.first-extreme": (
        "{function} にあたる要素がいくつもあるとき、式はそのすべてを数えますが、勾配は最初の要素だけに流れます"
    ),
    "note.repeated": "{of} の式は{own:said}です。その要素は、配列の形状である{whole:said}まで繰り返されます",
    "note.formula-not-finite": "{of} の式はここでは有限な値をもちません",
    "note.name": "値を入れたので、{name} はここでは定数ではなく変数です",
    "note.uncertain": (
        "結果の不確かさが[値の {percent:rounded 2} % に当たります|値 {compared} より大きくなっています]。"
        "一次近似では足りないかもしれません"
    ),
    "note.uncertain-input": (
        "{variable:cut} の不確かさが[値の {percent:rounded 2} % に当たります|値 {compared} より大きくなっています]。"
        "一次近似では足りないかもしれません"
    ),
    "note.uncertain-kink": (
        "{variable:cut} の不確かさの範囲に、微分できない点・不連続点・値のない所があります。一次近似はそれを捉えません"
    ),
    "note.uncertain-kink-together": (
        "不確かさを合わせた範囲に、微分できない点・不連続点・値のない所があります。一次近似はそれを捉えません"
    ),
    "note.uncertain-bend": "{variable:cut} の不確かさの範囲での値の変化は、直線では近似できません",
    "note.uncertain-bend-together": "不確かさを合わせた範囲での値の変化は、直線では近似できません",
    "note.uncertain-left-out": ("不確かさの範囲に微分できない点があるかどうかは、ノードが多すぎるので調べていません"),
    "note.no-variable": "式に変数がないので、微分するものがありません",
    "note.no-gradient": "勾配が不要なノード: {names:listed}",
    "note.no-point": "--at で値を入れると、表に数値も出ます[: {command}]",
    "note.many-edges": "矢印が {edges:,} 本あります。Mermaid は maxEdges を増やさないと {most} 本までしか描きません",
    "note.no-font": "文字 {letters:cut} のフォントがないため、四角で表示します (SVG ではそうなりません)",
    "note.direction": "端末の図は右へ進みます。--direction はファイルに書き出す図のためのものです",
    "note.not-drawn": "結果に影響しないので、図に描いていないもの: {names}",
    "note.long-table": "表は {rows:,} 行あります。--format markdown のほうが速く書けます",
    "note.bad-rows": "{rows:,} 行のうち {bad:,} 行で、値か勾配がありません。そこは空にしてあります",
    "note.bad-rows-null": "{rows:,} 行のうち {bad:,} 行で、値か勾配がありません。そこは 'null' にしてあります",
    "note.bad-rows-summed": (
        "{rows:,} 行のうち {bad:,} 行で値か勾配がないので、全体の値はありません (--skip-bad でその行を除けます)"
    ),
    "note.bad-rows-skipped": "{rows:,} 行のうち {bad:,} 行で値か勾配がないので、その行を除きました",
    "note.bad-row": "[{file} の ][{line} 行目|行 {row}]: {reason:said}",
    "note.no-workers": ("Dask クラスタ {address:quoted} にワーカーがありません。最大 {seconds} 秒、起動を待ちます"),
    "note.noted-rows": "注 '{noted}' のある行が {count:,} 行あります",
    "note.no-rows": "平均をとる行がありません",
    "note.sum-too-large": "和が大きすぎて、倍精度で表せません: {names:listed}",
    "note.more": "ほか {more} 件 (--json にはすべてあります)",
    "noted": "注: {message}",
}
