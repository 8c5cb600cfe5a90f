"""Traces: what each node does with the gradient, by the kind of its rule; and errors. In Japanese."""

TEXTS = {
    "unknown-chain": "{given:quoted} という連鎖律の書き方はありません。選べる値: {known:quoted}",
    "not-opened": (
        "{name:quoted} はここでは配列の演算ではありません[。{suggestion:quoted} ですか?|"
        "。ここにある演算: {known:listed}]"
    ),
    "chains-too-long": (
        "連鎖律の積を省略せずに書くと因子が {count:,} 個になり、上限の {limit:,} 個を超えます。"
        "--chain short なら、どの積も因子は 2 個です"
    ),
    "rule.begins": "{node}: 逆伝搬は 1 から始まります",
    "rule.array": "{node}: {to} へは {formula} を流します",
    "rule.array-passes": "{node}: 流れてきた {incoming} をそのまま {to} へ流します",
    "rule.array-sign": "{node}: 流れてきた {incoming} の符号を変えて {to} へ流します",
    "rule.array-other": "{node}: 流れてきた {incoming} に、進む先以外から来た {other} を掛けます",
    "rule.array-each": "{node}: 流れてきた {incoming} に、進む先以外から来た {other} を要素ごとに掛けます",
    "rule.array-slopes": "{node}: 流れてきた {incoming} に、局所的な微分 {local} を要素ごとに掛けます",
    "rule.array-gate": (
        "{node}: {count} 個中 {open} 個を通します。"
        "そこでは流れてきた {incoming} をそのまま {to} へ、ほかでは 0 を流します"
    ),
    "rule.array-summed": "{node}: {to} はブロードキャストで何度も使われたので、流れてきた勾配を足します: {formula}",
    "rule.matmul-left": "{node}: 流れてきた {incoming} に、{other} の転置を右から掛けます",
    "rule.matmul-right": "{node}: 流れてきた {incoming} に、{other} の転置を左から掛けます",
    "rule.array-sum": "{node}: 流れてきた {incoming} を {to} のすべての要素へそのまま流します",
    "rule.array-mean": "{node}: 流れてきた {incoming} を個数 {count} で割って、{to} のすべての要素へ流します",
    "rule.array-extreme": "{node}: 選ばれた要素へ流れてきた {incoming} を、{to} のほかの要素へは 0 を流します",
    "rule.array-softmax": (
        "{node}: {to} へは {formula} を流します。すべての要素に共通な分は結果を変えないので、引きます"
    ),
    "rule.array-logsumexp": "{node}: 流れてきた {incoming} を softmax({to}) の割合で分けて {to} へ流します",
    "rule.array-transpose": "{node}: 流れてきた {incoming} を転置して元に戻します",
    "rule.array-part": "{node}: 流れてきた {incoming} を元の配列の場所 {to} へ流します。残りへは 0 を流します",
    "rule.array-literal": "{node}: {to} へは、流れてきた {incoming} のうち自分の場所の分を流します",
    "rule.passes": "{node}: 流れてきた {incoming} をそのまま {to} へ流します",
    "rule.sign": "{node}: 流れてきた {incoming} の符号を変えて {result}",
    "rule.other": "{node}: 流れてきた {incoming} に、進む先以外から来た {other} を掛けて {result}",
    "rule.divisor": "{node}: 流れてきた {incoming} を、分母の {other} で割って {result}",
    "rule.own": "{node}: 流れてきた {incoming} に、このノード自身の値 {own} を掛けて {result}",
    "rule.general": "{node}: 流れてきた {incoming} に、局所的な微分 {local} を掛けて {result}",
    "rule.flat": "{node}: ここでは関数が平らなので、{to} へは 0 を流します",
    "rule.open": "{node}: {where} なので通します。流れてきた {incoming} をそのまま {to} へ流します",
    "rule.closed": "{node}: {where} なので通しません。{to} へは 0 を流します",
    "rule.taken": "{node}: {taken} をとるので、流れてきた {incoming} をそのまま {to} へ流します",
    "rule.left": "{node}: {taken} をとるので、{to} へは 0 を流します",
    "rule.kink": "取り決め ({where} は微分できない点)",
    "rule.kink-taken": (
        "{node}: 微分できない点 ({where}) では、取り決めで {taken} をとります。"
        "流れてきた {incoming} をそのまま {to} へ流します"
    ),
    "rule.kink-left": "{node}: 微分できない点 ({where}) では、取り決めで {taken} をとります。{to} へは 0 を流します",
    "rule.jump": (
        "{node}: 不連続点なので、取り決めですぐ隣の傾き {local} を使います。"
        "流れてきた {incoming} に {local} を掛けて {result}"
    ),
    "rule.cone": (
        "{node}: 微分できない点なので、取り決めで傾き {local} を使います。"
        "流れてきた {incoming} に {local} を掛けて {result}"
    ),
    "rule.tie": "{node}: 値が等しいので、取り決めで最初の {to} が流れてきた {incoming} をすべて受け取ります",
    "rule.tied": "{node}: 値が等しいので、取り決めで最初の {taken} がすべて受け取り、{to} へは 0 を流します",
    "rule.untied": "{node}: {to} は値が等しいものに入らないので、{to} へは 0 を流します",
    "rule.shared": "{node}: 値が等しいので、勾配を等しく分けます。流れてきた {incoming} に {local} を掛けて {result}",
    "rule.chosen": (
        "{node}: {where} では、取り決め minnorm により傾き {local} を選びます。"
        "流れてきた {incoming} に {local} を掛けて {result}"
    ),
    "rule.stopped": "{node}: 流れてきた勾配が 0 なので、{to} へは 0 を流します",
    "rule.fork": "枝分かれ: {name} は {count} か所で使われるので、流れてきた勾配を足します: {sum}",
    "formula.passes": "{node}: {local} なので、流れてきたものをそのまま流します",
    "formula.sign": "{node}: {local} なので、流れてきたものの符号を変えて流します",
    "formula.other": "{node}: {local} (進む先以外の入力)",
    "formula.divisor": "{node}: {local} (分母の逆数)",
    "formula.own": "{node}: {local} (このノード自身の値)",
    "formula.general": "{node}: {local}",
    "formula.flat": "{node}: {local} (関数が平らなので)",
    "formula.cases": "{node}: {local}",
    "formula.fork": "枝分かれ: {name} は {count} か所で使われるので、流れてきた勾配を足します",
    "formula.given": "{condition} のとき {value}",
    "formula.fails": "{condition} でないとき {value}",
    "formula.otherwise": "それ以外では {value}",
    "ways.exactly": " {count:,} 本の道すじ",
    "ways.many": " {count:,} 本以上の道すじ",
    "ways.of-elements": "配列の道すじは、要素ごとに書きます。",
    "ways.unwritten": (
        "{equation} は{ways}の和です。一行に書くのは {most} 本、因子は全部で {factors} 個までです[。一覧: {option}]"
    ),
    "ways.cut": (
        "{name}: {ways}のうち {listed:,} 本を示します ({most} 本まで。因子が {factors} 個を超えるものは除きます)"
    ),
    "rule.not-taken": "{name} はここでは通らない側でだけ使われるので、勾配は 0 です",
    "rule.no-way": "{name} は条件の中か、微分では値を固定する所でだけ使われるので、勾配は 0 です",
    "rule.unused": "出力は {name} によらないので、勾配は 0 です",
    "rule.constant": "{to} へは何も流しません: 定数だからです",
    "rule.held": "{to} へは何も流しません: 微分では値を固定するからです",
}
