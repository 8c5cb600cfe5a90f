"""What is put around a message, and what is added to it as a hint, in Japanese."""

TEXTS = {
    "error.line": "{line} 行: {message}",
    "error.hint": "{message}。{hint}",
    "hint.exceeds": "引数は {bound} より {distance:.2g} だけ大きい",
    "hint.falls-below": "引数は {bound} より {distance:.2g} だけ小さい",
    "hint.digits": "桁を増やせば値 {value} がある (gradcli eval --digits)",
    "hint.better": "{formula} には {better} がある",
    "hint.read-file": "ファイルを読むには @{file} と書く",
    "hint.evaluate": "計算するには: gradcli eval {name:quoted}",
    "hint.give-values": "例: {command}",
    "hint.one-letter": "ここでの '{word}' は {letter} にマイナスを付けたもの。1 文字のオプションは式の後に書く",
    "hint.redirect": "結果は標準出力に書かれる。> FILE でファイルに入る",
    "hint.claim": "主張はオプションで書く。例: --claim x={argument:cut}",
    "hint.quote-expression": "式は一つの引数なので、引用符で囲む",
    "hint.quote-point": "点の値は一つの引数で書く。例: --at a=2,x=3",
    "unspelled-function": "関数 {function}[ ({of} の勾配に必要)] は[ {target} |ページの JavaScript ]では書けない",
}
