"""Rows: errors, and why a row has no numbers, in Japanese."""

TEXTS = {
    "rows-empty": "[{file:quoted} |標準入力]が空です。1 行目には列の名前を書きます",
    "rows-overwritten": (
        "{file:quoted} は --rows のファイルなので、上書きできません。--output に別の名前を指定してください"
    ),
    "rows-none": "{file:quoted} に、行を読めるファイルがありません",
    "rows-ending": "{file:quoted} の拡張子は {endings} のどれでもありません。形式を --from で指定してください",
    "rows-workbook": (
        "{file:quoted} は表計算ソフト独自の形式です。シートを CSV で保存し、そのファイルを指定してください"
    ),
    "rows-stdin": "標準入力の形式を --from で指定してください: csv, tsv, jsonl, parquet, arrow",
    "rows-no-table": "[{file:quoted} |標準入力]は {form} の形式でないか、壊れています",
    "rows-array": (
        "[{file:quoted} |標準入力]は一つの JSON の配列です。JSON Lines は一行に一つのオブジェクトです "
        "({command} で作れます)"
    ),
    "address-unusable": "アドレス {file:quoted} を使えません: {reason}",
    "cell-too-long": "[{file:quoted} |標準入力]の {line} 行目: 値が {limit:,} 文字を超えています",
    "row-too-long": "[{file:quoted} |標準入力]の {line} 行目が終わりません。閉じていない引用符がありませんか?",
    "column-missing": (
        "[{file:quoted} |標準入力]に列 {missing:quoted} がなく、--at にも値がありません[。列の名前: {names:listed}]"
        "[。もしかして {suggestion:quoted} ですか?]"
    ),
    "column-given": "{name:quoted} は[{file:quoted} |標準入力]の列ですが、--at でも値が入っています",
    "column-twice": "[{file:quoted} |標準入力]に {name:quoted} という列が二つあります",
    "column-type": "[{file:quoted} |標準入力]の列 {name:quoted} は数の列ではありません (型: {type:quoted})",
    "column-tied": (
        "[{file:quoted} |標準入力]の列 {name:quoted} には、リストと数が同じだけあります。"
        "リストを除いてください[。配列なら {option} を付けてください]"
    ),
    "column-decimal-comma": (
        "[{file:quoted} |標準入力]の {line} 行目: 列 {name:quoted} の {cell:quoted} は小数点がコンマです。"
        "{options} を付けると読めます"
    ),
    "column-clash": "元の列にも書き出す列にも {name:quoted} という名前があります。--prefix で変えてください",
    "column-mixed": "列 {name:quoted} には、この形式で一つの列に書けない値があります",
    "bad-row": "[{file} の ][{line} 行目|行 {row}]: {reason:said}",
    "columns-differ": "[{file:quoted} |標準入力]の列が、前の行の列と違います。--format jsonl なら書き出せます",
    "workers-need-dask": "--workers と --scheduler には Dask が必要です: pip install 'gradcli{extra}'",
    "scheduler-unreachable": "{address:quoted} に Dask のスケジューラがありません ({reason})",
    "scheduler-lost": (
        "Dask のスケジューラとの接続が切れ、途中の計算は失われました[。{option} で、残りのファイルから続けられます]"
    ),
    "workers-missing": (
        "Dask クラスタ {address:quoted} に、{seconds} 秒のあいだワーカーが現れませんでした。"
        "{command} で起動してください"
    ),
    "workers-failed": "ワーカーで計算できません ({reason})",
    "batch-needs-arrays": (
        "[{rows:,} 行を超えるデータ|これ]には NumPy と pyarrow が必要です: pip install 'gradcli{extra}'"
    ),
    "compiler-missing": (
        "--engine c には C コンパイラーが必要ですが、[CC が指す {compiler:quoted} は|]ありません。"
        "{such} などを入れてください"
    ),
    "compiler-failed": "--engine c のコンパイルが {compiler:quoted} で失敗しました: {told}",
    "row.empty": "{name:quoted} が空です",
    "row.no-number": "列 {name:quoted} の {cell:quoted} は倍精度の数ではありません",
    "row.shape": "{name:quoted} は {shape:said}ですが、式では {wanted:said}です",
    "row.cells": "列は {names} 個ですが、値が {count} 個あります",
    "row.twice": "{name:quoted} が二度以上書かれています",
    "row.no-object": "JSON のオブジェクトではありません",
    "row.slope": "{names:listed} についての勾配がありません",
    "row.value": "値がありません",
}
