"""What is put around a message, and what is added to it as a hint, in Japanese."""

TEXTS = {
    "error.line": "{line} 行目: {message}",
    "error.hint": "{message}。{hint}",
    "hint.exceeds": "引数は {bound} より {distance:.2g} だけ大きい数です",
    "hint.falls-below": "引数は {bound} より {distance:.2g} だけ小さい数です",
    "hint.digits": "桁を増やせば値 {value} が求められます (gradcli eval --digits)",
    "hint.better": "{formula} の代わりに {better} が使えます",
    "hint.read-file": "ファイルを読むには @{file} と書いてください",
    "hint.evaluate": "計算するには: gradcli eval {name:quoted}",
    "hint.give-values": "例: {command}",
    "hint.one-letter": (
        "ここでの '{word}' は {letter} にマイナスを付けた式です。1 文字のオプションは式の後に書いてください"
    ),
    "hint.redirect": "結果は標準出力に書かれます。> FILE を付けるとファイルに入ります",
    "hint.claim": "答えはオプションで書きます。例: --claim x={argument:cut}",
    "hint.option": "{write} と書いてください",
    "hint.apart": "コマンドと式は別の引数です: {command}",
    "hint.all-commands": "コマンドの一覧: gradcli --help",
    "hint.quote-expression": "式は一つの引数なので、引用符で囲んでください",
    "hint.quote-point": "値は一つの引数にまとめて書いてください (例: --at a=2,x=3)",
    "hint.delimiter": "値の間が {sign:quoted} のようです: --delimiter '{sign}'",
    "hint.tsv": "値の間がタブのようです: --from tsv",
    "hint.names-first": "1 行目が数だけです。1 行目には列の名前を書きます",
    "hint.objects": '1 行に一つずつ JSON のオブジェクトを書きます (例: {{"x": 3}})',
    "unspelled-function": "関数 {function}[ ({of} の勾配に必要)] は、[{backend} |ページの JavaScript ]では書けません",
}
