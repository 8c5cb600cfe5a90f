"""Errors of syntax, characters, names and functions, in Japanese."""

TEXTS = {
    "empty": "式が空です",
    "too-long": "式が {length:,} 文字あります。上限は {limit:,} 文字です (--max-length で変えられます)",
    "unfinished-expression": "式が途中で終わっています。ここに値が必要です",
    "unfinished-statement": "文が途中で終わっています。ここに値が必要です",
    "other-notation": "gradcli の書き方ではありません。{write}[ (ベクトルなら {vector})] と書いてください",
    "no-counterpart": "{name:quoted} に当たるものは gradcli にありません",
    "cell-range": "{name:quoted} はセルの範囲です。A1 + A2 のようにセルを書き並べてください",
    "ambiguous-notation": "ここは読み方が一つに決まりません。括弧と、掛け算の記号を書いてください",
    "two-readings": "ここは二通りに読めます。{write} か {other} と書いてください",
    "missing-choice": "{name:quoted} の条件が成り立たないときの値がありません。where(条件, a, b) と書いてください",
    "derivative-sign": (
        "{name:cut} は式には書けません。導関数はコマンドで求めます: gradcli diff EXPRESSION"
        "[。行列の転置は {transpose} です: {write}|。行列の転置は {transpose} です]"
    ),
    "function-derivative": "{function} の微分は {rule} です[。{write} と書いてください]",
    "derivative-of": '導関数はコマンドで求めます: gradcli diff "{write:cut}"[ --wrt {name}]',
    "no-integrals": "gradcli に積分はありません。求められるのは導関数です",
    "values-behind": '変数には --at で値を入れます: gradcli eval "{write:cut}" --at {point}',
    "command-inside": 'それはコマンドで求めます: gradcli {name} "{write:cut}"',
    "unused-statement": (
        "この文の結果が使われていません。名前を付けてください (s = ...)。名前を省けるのは最後の文だけです"
    ),
    "unclosed-parenthesis": "[{bracket:quoted}|この括弧]が閉じていません",
    "unopened-parenthesis": "')' に対応する '(' がありません",
    "empty-parenthesis": "')' の前に値がありません",
    "separator-in-parenthesis": "括弧が開いたままです。';' は文の区切りなので、先に括弧を閉じてください",
    "missing-value": "{token:quoted} の前に値がありません",
    "stray-assignment": (
        "ここに '=' は書けません。[比べるときは {write} と書いてください|'=' の左に書けるのは名前一つだけです]"
    ),
    "empty-element": "配列の要素が抜けています",
    "index-missing": "添字がありません。x[0] のように書いてください",
    "part-with-step": "配列の一部は 0:2 のように、どこからどこまでかを書きます。間隔は指定できません",
    "rows-in-array": "行列の行はそれぞれ配列です。[[1, 2], [3, 4]] のようにコンマで区切ってください",
    "missing-comma": "要素は [1, 2] のようにコンマで区切ってください",
    "not-a-place": "{typed:quoted} は添字ではありません。添字は 0 からの整数か、0:2 のような範囲です",
    "softmax-axis": "softmax は最後の軸に沿って計算します。ほかの軸は選べません"
    "[。{write} (ベクトルなら {vector}) と書いてください|。{write} と書いてください]",
    "not-an-axis": "{typed:quoted} は軸ではありません。軸は 0 か 1 です。-1 は最後の軸です",
    "no-keyword": (
        "{function} に {name:quoted} という引数はありません。axis=0 や axis=1 を取るのは sum, mean, max, min, "
        "logsumexp, norm です"
    ),
    "stray-comma": (
        "{character:character} は関数の引数の区切りです"
        "[。数を桁で区切らずに {write} と書いてください|。小数点は {point:quoted} で書いてください]"
    ),
    "unknown-operator": "{typed:quoted} という演算子はありません。{write} と書いてください",
    "over-an-index": "添字にわたる {name} はありません。x1 + x2 + x3 のように項を書き並べてください",
    "missing-operator": (
        "演算子が抜けています[。掛け算なら {write}、行列の積なら {matrices} と書いてください"
        "|。掛け算なら {write} と書いてください]"
    ),
    "missing-operator-between-lines": "演算子か、前の行の終わりの ')' が抜けています",
    "missing-and": "条件の前に 'not' があります。'and' か 'or' が抜けています",
    "superscript": "{character:point} は使えません。^{exponent} と書いてください",
    "number-underscore": "数の中に '_' は書けません。'_' を除いて書いてください",
    "number-base": "数は十進数で書いてください。二進数・八進数・十六進数は使えません",
    "number-points": "一つの数に小数点は一つだけです",
    "number-too-large": (
        "この数は大きすぎて、倍精度で表せません。"
        "--digits(eval、diff、check)を付ければ、--at a=1e400 のように変数の値にできます"
    ),
    "number-too-small": (
        "この数は小さすぎて、倍精度で表せません。"
        "--digits(eval、diff、check)を付ければ、--at a=1e-400 のように変数の値にできます"
    ),
    "foreign-digit": "{character:point} は数字として使えません。{write} と書いてください",
    "invalid-byte": "バイト {byte} は UTF-8 の文字ではありません",
    "invisible-character": "{character} は式の中に書けません",
    "strings": "文字列は使えません。{character} は式の中に書けません",
    "lonely-point": "点だけでは数になりません。属性もありません",
    "combining-mark": ("{character:point} は式の中に書けません[。1 文字の {write:point} で書いてください]"),
    "plus-minus": "± は --at の中だけで、値ごとに一度だけ使えます (例: x=3±0.1)",
    "stray-character": "{character:character} は式の中に書けません[。{write} と書いてください]",
    "name-character": (
        "{character:point} は名前の中に書けません[。べき乗なら {base:cut}^{exponent} と書いてください"
        "|。{write:quoted} と書いてください]"
    ),
    "name-spelling": "名前 {name:quoted} に {character:point} が入っています。{write:quoted} と書いてください",
    "long-vowel": "{character:point} は文字で、マイナスではありません[。マイナスは {write:cut} と書いてください]",
    "reserved-name": "{name:quoted} は{kind:kind.*}です。別の名前にしてください",
    "kind.function": "関数",
    "kind.constant": "定数",
    "kind.word": "式で使う語",
    "name-defined-later": (
        "{name:quoted} は、この行で定義する前に使われています。先に定義するか、別の名前にしてください"
    ),
    "result-and-input": (
        "{name:cut} が結果にも入力にもなっています。「{name:cut} =」を省くか、どちらかを別の名前にしてください"
    ),
    "name-defined-twice": "{name:quoted} はもう定義されています。同じ名前は一度しか定義できません",
    "no-value": (
        "{names:listed} の値がありません[。{character:point} で書かれていますが、値があるのは {other:point} "
        "の名前です|。{named} は {meaning} と書いてください|。掛け算なら {write} と書いてください"
        "|。引き算なら {difference} と書いてください|。もしかして {suggestion:quoted} ですか?]"
    ),
    "not-a-function": (
        "{name:quoted} は関数ではありません[。掛け算なら {write}、関数なら先に定義して {define} と書いてください"
        "|。掛け算なら {write} と書いてください|。先に定義して {define} と書いてください]"
    ),
    "unknown-function": (
        "{name:quoted}[ ({character:point} を含む)] という関数はありません[。{call} は {write} と書きます"
        "|。{write} と書いてください|。もしかして {suggestion:quoted} ({meaning}) ですか?"
        "|。もしかして {suggestion:quoted} ですか?|。関数の一覧: gradcli functions]"
    ),
    "function-elsewhere": "{name:quoted} はここにはありません。関数の一覧: gradcli functions",
    "number-of-arguments": (
        "{function} の引数は [{least} 個以上|{takes} 個]です[: {signature}][ または {longer}]。"
        "ここには {given} 個あります[。{write} (ベクトルなら {vector}) と書いてください|。{write} と書いてください]"
    ),
    "function-defined-later": "{name:quoted} は定義する前に使われています。先に定義してください",
    "recursive-definition": "{name:quoted} は、自分自身の定義の中では使えません",
    "not-a-parameter": "定義の括弧の中には名前だけを書きます (例: f(x, y) = x*y)",
    "definition-last": "最後の文が関数の定義になっています。最後には、計算する式を書いてください",
    "too-many-calls": "{name:quoted}: 定義した関数を展開すると {limit:,} ノードを超えます",
    "function-without-call": "'{function}' は関数です。{write} と書いてください",
    "condition-as-number": (
        "条件は数として使えません[ ({operator:quoted})]。"
        "[成り立つところを 1、ほかを 0 とするには {write} と書いてください|書けるのは where(条件, a, b) の最初だけです]"
    ),
    "number-as-condition": "{operator:quoted} のここには条件が必要です (例: x > 0)",
    "chained-comparison": "比較は続けて書けません。{write} と書いてください",
}
