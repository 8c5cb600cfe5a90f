"""Errors of the point, of files, streams and options, and help, in Japanese."""

TEXTS = {
    "not-a-name": "[{name:quoted} は名前ではありません|'=' の前に名前がありません]。--at は 名前=値 の形です",
    "not-a-pair": "[{pair:quoted} は 名前=値 の形ではありません|ここに 名前=値 がありません]。例: --at a=2,x=3",
    "pair-separator": "名前=値 の組は、コンマで区切って並べます",
    "decimal-comma": "小数点は '.' です。{write} と書いてください",
    "uncertainty-negative": "不確かさは 0 以上の数です",
    "uncertainty-percent": "不確かさは値と同じ単位で書きます。{write} と書いてください",
    "given-constant": "{name:quoted} は{kind:kind.*}なので、値を入れられません",
    "given-step": "{name:quoted} は式の途中の値です。計算で決まるので、値を入れられません",
    "given-twice": "{name:quoted} に値が二つ入っています",
    "unused-name": "{name:quoted} は式の中にありません[。もしかして {suggestion:quoted} ですか?]",
    "empty-value": "'=' の後に値がありません",
    "value-with-name": "値は定数の式です。{name:quoted} は名前なので使えません",
    "value-too-large": "{name:quoted} の値は大きすぎて、倍精度で表せません",
    "array-spelling": "配列は、角括弧で囲み、要素をカンマで区切って書きます: {write:cut}",
    "unclosed-array": "この配列が閉じていません。']' がありません",
    "not-a-shape": "形状は長さ、または行と列です: --shape W=3x2,x=2",
    "two-shapes": "{name:quoted} に二つの形状が与えられています。ここでは {shape:said}、ほかでは {other:said}です",
    "behind-array": (
        "配列は ']' で終わります。その後ろに何かがあります (不確かさは、[1±0.1,2±0.1] のように要素ごとに書いてください)"
    ),
    "number-for-array": "{name:quoted} は配列です。{write} のように与えるか、要素を {element} のように与えてください",
    "json-value": "JSON の {name:quoted} の値が数ではありません",
    "json-number": "JSON に、大きすぎて倍精度で表せない数があります",
    "json-empty": "値は、数を入れた JSON のオブジェクトで書きます。入力が空です",
    "json-syntax": "JSON のオブジェクトとして読めません: [{cause:json.*}|{reason}]",
    "json.value": "値がありません",
    "json.name": '二重引用符 (") で囲んだ名前がありません',
    "json.colon": "':' がありません",
    "json.comma": "',' がありません",
    "json.extra": "後ろに余分なものがあります",
    "json.string": '文字列の終わりの " がありません',
    "json.control": "文字列の中に制御文字があります",
    "json.escape": "'\\' の後の文字が正しくありません",
    "json.trailing": "最後の値の後に ',' があります",
    "json-depth": "JSON の入れ子が深すぎます",
    "json-object": '値は、数を入れた JSON のオブジェクトで書きます (例: {{"a": 2, "x": 3}})',
    "file-as-pairs": "--at は 名前=値 の形です。ファイルを読むには --at @{file} と書いてください",
    "json-as-pairs": "--at は 名前=値 の形です。JSON を読むには --at - か --at @FILE と書いてください",
    "stdin-twice": "標準入力は一度しか読めません。式か、一つの --at か、--rows のどれかに使ってください",
    "stdin-closed": "標準入力が閉じているので、{input:input.*}を読めません",
    "input.expression": "式",
    "input.at": "--at ",
    "input.rows": "行のデータ",
    "input.claim": "答え",
    "too-long-input": (
        "[{file:quoted} |標準入力]は、{input:input.*}の上限 {limit:,} 文字を超えています (--max-length で変えられます)"
    ),
    "no-file-name": "'@' の後にファイル名がありません",
    "unreadable-file": (
        "{file:quoted} を読めません: "
        "[{errno:os.*}|システムのエラー {number} です ({reason})|ファイル名として使えない文字があります]"
    ),
    "unwritable-output": (
        "[{file:quoted} に]出力を書けません: "
        "[{errno:os.*}|システムのエラー {number} です ({reason})|標準出力が閉じています]"
    ),
    "os.ENOENT": "そのようなファイルやフォルダはありません",
    "os.EACCES": "許可がありません",
    "os.EPERM": "許されていない操作です",
    "os.EISDIR": "ファイルではなくフォルダです",
    "os.ENOTDIR": "途中にフォルダでないものがあります",
    "os.ENAMETOOLONG": "ファイル名が長すぎます",
    "os.ELOOP": "シンボリックリンクが多すぎます",
    "os.EINVAL": "正しくない指定です",
    "os.EIO": "入出力のエラーです",
    "os.EBADF": "開かれていないファイルです",
    "os.ENXIO": "そのような装置はありません",
    "os.ENOSPC": "空き容量がありません",
    "os.EDQUOT": "使える容量を超えました",
    "os.EFBIG": "ファイルが大きすぎます",
    "os.EROFS": "読み取り専用のファイルシステムです",
    "os.EBUSY": "使用中です",
    "os.ETXTBSY": "実行中のファイルです",
    "os.EMFILE": "開いているファイルが多すぎます",
    "no-memory": "メモリが足りません",
    "not-utf8": (
        "[{file:quoted} |標準入力]は UTF-8 の文字列ではありません: "
        "[{encoding} です|{offset} バイト目の後に {byte} があります]"
        "[。{guess} のようです][。{file:quoted} を UTF-8 で保存し直してください][ (例: {command})]"
    ),
    "wrt-names": "--wrt には名前をコンマで区切って書きます (例: a,b)",
    "claims-no-file": "--claims には、答えを一行に一つ書いたファイルを指定します: --claims @[{file}|FILE]",
    "no-claims": "ファイル {file:quoted} に答えが一つもありません",
    "digits-with-option": "--digits と {option} は一緒に使えません",
    "digits-without-point": "--digits は数値の桁数です。--at で値を入れてください",
    "fractions-with-option": "--fractions と {option} は一緒に使えません",
    "fractions-without-point": "--fractions は値を分数にします。--at で値を入れてください",
    "usage": "{reason}",
    "unknown-command": "{name:quoted} というコマンドはありません[。もしかして {suggestion:quoted} ですか?]",
    "unknown-option": "{option:cut} というオプションはありません[。もしかして {suggestion} ですか?]",
    "missing-option": "オプション {option} が必要です[ (選べる値: {choices:quoted})]",
    "option-without-value": "オプション {option} には値が必要です",
    "option-with-value": "オプション {option} に値は付けられません",
    "no-expression": "式がありません[。例: {example}]",
    "extra-argument": "余分な引数 {argument:quoted} があります",
    "unknown-choice": (
        "{option} に '{value}' は使えません (選べる値: {choices:quoted})[。もしかして {suggestion:quoted} ですか?]"
    ),
    "not-an-integer": "{option} は整数です ('{value}' は使えません)",
    "not-a-number": "{option} は数です ('{value}' は使えません)",
    "out-of-range": "{option} に {value} は使えません。範囲は {range:interval}です",
    "options-apart": "{option} と {other} は一緒に使えません",
    "option-alone": "{option} は {needs} と一緒に使います",
    "delimiter-sign": "'--delimiter' の値 {value:quoted} は値を区切る 1 文字の記号ではありません",
    "batch-form": "[{over} で使える形式は|行の形式は] {choices} で、{form} は使えません",
    "resume-without-folder": "--resume を使うときは、--output にフォルダを指定してください",
    "resume-differs": (
        "{folder:quoted} の結果は、{options:listed} が違う条件で作られたものです。--resume を外すと、全部を作り直します"
    ),
    "resume-unknown": (
        "{folder:quoted} の結果がどの条件で作られたかわかりません。--resume を外すと、全部を作り直します"
    ),
    "rows-in-terminal": "{form} は端末に表示できません。--output rows.{form} のようにファイル名を指定してください",
    "parts-clash": "{file:quoted} と {other:quoted} の結果が同じ名前のファイルになります",
    "json-and-format": "--json と --format {form} は一緒に使えません",
    "quiz-needs-page": "--quiz で作るのは HTML のページです。--output quiz.html のようにファイル名を指定してください",
    "png-in-terminal": "PNG は端末に表示できません。--output graph.png のようにファイル名を指定してください",
    "unknown-ending": (
        "[PDF にするには、ページ (.html) に書き出してブラウザで印刷するか、LaTeX ({pdf}) に書き出して組版してください"
        "|ファイル名の拡張子を {endings} のどれかにするか、--format で形式を指定してください]"
    ),
    "no-range": "--over がありません。動かす変数と、その範囲を指定してください",
    "not-a-range": (
        "[{range:quoted} は範囲ではありません|ここに範囲がありません]。--over は 名前=下端:上端 の形です (例: x=-3:3)"
    ),
    "not-a-name-over": "{name:quoted} は名前ではありません。--over は 名前=下端:上端 の形です (例: x=-3:3)",
    "range-colon": "範囲は二つの数をコロン一つで区切ります (例: {name:cut}=-3:3)",
    "range-bound": "ここに数がありません。範囲は二つの数です (例: x=-3:3)",
    "range-empty": "この範囲の両端の間には数がないか、少なすぎて描けません",
    "range-wide": "この範囲は倍精度には広すぎます",
    "range-reversed": "範囲は小さい数から大きい数へ書きます: {write}",
    "range-twice": "{name:quoted} の範囲が二つあります",
    "range-of-step": "{name:quoted} は式の途中の値です。計算で決まるので、範囲を指定できません",
    "range-of-array": (
        "{name:quoted} は {shape:said}です。範囲を動くのは一つの数なので、"
        '要素を --over "{element}=-3:3" のように指定します'
    ),
    "no-value-in-range": "この範囲では式の値がどこにもありません",
    "range-unknown": (
        "{name:quoted} という変数は、この式にはありません。"
        "[もしかして {suggestion:quoted} ですか?|変数は {known:few} です|変数は一つもありません]"
    ),
    "over-many": "範囲を指定できる変数は {most} 個までです。ほかの変数には --at で値を入れてください",
    "wrt-one": "ここでは --wrt に、導関数を描く変数を一つだけ指定してください",
    "wrt-with-two-ranges": "範囲が二つのときは、その変数についての勾配を描きます。--wrt は使えません",
    "picture-in-terminal": "{form} は端末に表示できません。--output plot.{form} のようにファイル名を指定してください",
    "worksheet-level": "--level は式を作るためのもので、式を指定したときは使えません",
    "worksheet-no-expression": "{option} は式についての指定ですが、式がありません",
    "worksheet-blank": "--blank は表についての指定ですが、{form} には表がありません",
    "worksheet-explain": "--explain は解答に説明を書きます。--key に CSV でないファイルを指定してください",
    "worksheet-one-place": "問題と解答を同じところへは書けません。--key に別のファイルを指定してください",
    "help.gradcli": "計算グラフによる勾配の計算を、一段ずつ見せます。",
    "help.examples": "例",
    "help.usage": "使い方",
    "help.options": "オプション",
    "help.commands": "コマンド",
    "help.required": "必須",
    "help.letters": "EXPRESSION より前に書いた -f のような語は、f にマイナスを付けた式になります。",
    "help.help": "この説明を表示します。",
    "help.version": "バージョンを表示します。",
    "help.short.eval": "ある点での値と勾配。--trace で順伝搬と逆伝搬の表も付く。",
    "help.eval": (
        "EXPRESSION の値と勾配を、ある点で計算します。\n\n"
        "EXPRESSION は式そのもの、標準入力を表す -、または @FILE です。"
    ),
    "help.short.draw": "計算グラフの図。",
    "help.draw": (
        "EXPRESSION を計算グラフとして描きます。順伝搬の値と逆伝搬の勾配が付きます。\n\n"
        "EXPRESSION は式そのもの、標準入力を表す -、または @FILE です。--at がなければ、"
        "逆伝搬には連鎖律の積を書きます。"
        "--strict では、注があっても図を書き、終了コードだけが変わります。"
    ),
    "help.short.plot": "ある範囲での関数と導関数のグラフ、または勾配の場。",
    "help.plot": (
        "EXPRESSION のグラフを、変数が一つなら導関数とともに、二つなら等高線と勾配の場として描きます。\n\n"
        "EXPRESSION は式そのもの、標準入力を表す -、または @FILE です。--at でほかの変数に値を入れます。"
        "動かす変数にも値があれば、その点での接線を描きます。微分できない点と不連続点には印を付け、"
        "値がないところには線を引きません。"
    ),
    "help.over": "動かす変数とその範囲 (例: x=-3:3、x=-2:2,y=0:pi)。",
    "help.samples": "範囲に沿って最初に調べる点の数。曲がるところでは増やします [200、範囲が二つなら 80]。",
    "help.plot.theme": "ファイルの色。auto は SVG では読む人の設定に従い、ほかでは light [auto]。",
    "help.short.diff": "計算グラフから導いた、式としての勾配。高階の微分も。",
    "help.diff": (
        "EXPRESSION を微分します。逆伝搬で、数の代わりに式を作ります。\n\n"
        "EXPRESSION は式そのもの、標準入力を表す -、または @FILE です。--at を付けると数値も続きます。"
    ),
    "help.short.compare": "代数による計算と計算グラフの比較: 計算の量、大きさ、結果。",
    "help.compare": (
        "EXPRESSION を代数 (SymPy) と計算グラフの両方で微分し、計算の量を比べます。\n\n"
        "EXPRESSION は式そのもの、標準入力を表す -、または @FILE です。--at を付けると、両方の数値も求めます。"
        "両者が一致しないときや、計算グラフの数が有限でないとき、終了コードは 1 です。"
    ),
    "help.short.check": "手で求めた微分や gradcli の勾配を検証し、間違いの場所を示す。",
    "help.check": (
        "手で求めた EXPRESSION の微分を確かめます。--claim がなければ、gradcli 自身の微分を確かめます。\n\n"
        "EXPRESSION は式そのもの、標準入力を表す -、または @FILE です。誤った答えがあれば終了コードは 1、"
        "すべて正しいか判定不能なら 0 です。"
    ),
    "help.short.export": "関数とその勾配のコード: Python、NumPy、PyTorch、JAX、C、JavaScript、LaTeX。",
    "help.export": (
        "EXPRESSION とその勾配をコードとして書きます。\n\n"
        "EXPRESSION は式そのもの、標準入力を表す -、または @FILE です。--at を付けると、"
        "PyTorch と JAX のスクリプトはその点での勾配を確かめ、ほかのコードは値をコメントに書きます。"
        "コードはどのロケールでも UTF-8 です。"
    ),
    "help.short.batch": "CSV、JSON Lines、Parquet の各行での値と勾配。",
    "help.batch": (
        "表の各行で EXPRESSION の値と勾配を求めます。--sum か --mean を付けると、全部の行についての値と勾配です。\n\n"
        "EXPRESSION は式そのものか、- (標準入力) か、@FILE です。列は同じ名前の変数になり、残りの変数には --at で"
        "どの行でも同じ値を入れます。書き出すのは値の列と、--wrt の名前ごとの"
        "勾配の列です。値か勾配のない行があれば、終了コードは 1 です。"
    ),
    "help.rows": (
        "行のデータ: ファイル (.csv, .tsv, .jsonl, .parquet, .arrow) か、そのフォルダかパターン。- は標準入力で、"
        "--from も必要です。"
    ),
    "help.from": "行の形式 [FILE の拡張子による]。",
    "help.delimiter": "CSV の値を区切る文字 [コンマ。--decimal , ではセミコロン]。",
    "help.decimal": "CSV の小数点 [.]。",
    "help.batch.format": (
        "出力の形式 [--output の拡張子、なければ行の形式による]。"
        "table、markdown、latex、html は --sum のときだけ使えます。"
    ),
    "help.keep": "元の列も、書き出す列の前に残します。",
    "help.prefix": "書き出す列の名前を TEXT で始めます。",
    "help.sum": "全部の行についての、値と勾配の和。正確に足し、一度だけ丸めます。",
    "help.mean": "全部の行についての、値と勾配の平均。",
    "help.skip-bad": "--sum と --mean で、値か勾配のない行を除きます。",
    "help.fail-fast": "値か勾配のない行があれば、すぐに止め、ファイルを残しません。",
    "help.resume": "--output がフォルダのとき、まだ結果のないファイルだけを処理します。",
    "help.notes": (
        "eval がその行に付ける注のコードを、列として加えます。"
        "eval と同じ計算をするので、1 行に 0.1 ミリ秒以上かかります。"
    ),
    "help.batch.strict": "--notes と同じ時間をかけて注を調べ、一つでもあれば終了コードを 1 にします。",
    "help.engine": "行を計算する方法 [auto: コンパイラーなしで最も速いもの]。",
    "help.workers": "この計算機の N 個のプロセスで計算します。",
    "help.scheduler": "動いている Dask クラスタの ADDRESS (例: HOST:8786) で計算します。",
    "help.short.worksheet": "簡単な数と空の表でできた練習問題と、その解答。",
    "help.worksheet": (
        "EXPRESSION の練習問題を、毎回ちがう簡単な数で作ります。順伝搬と逆伝搬の表を埋める問題です。"
        "--key を付けると解答も書きます。\n\n"
        "EXPRESSION は式そのもの、標準入力を表す -、または @FILE です。なければ --level の式を作ります。"
        "--at で値を入れた変数は、どの問題でもその値です。--seed が同じなら、どこでも同じ問題になります。"
        "FILE の拡張子 (.md、.tex、.html、.txt、.json、.csv) で形式が決まります。"
    ),
    "help.copies": "問題の数 [1]。",
    "help.worksheet.seed": "別の数にすると別の問題になります [0]。",
    "help.level": "作る式。1 は和と積、2 は枝分かれのある式、3 は関数、4 は場合分け、5 は小さなネットワーク [1]。",
    "help.blank": "空欄にするもの。入力と出力 (all)、出力 (outputs)、数だけ (numbers) [all]。",
    "help.key": "解答を FILE に書きます。",
    "help.worksheet.fractions": "どの数も分数になる問題では、数を分数で書きます。",
    "help.worksheet.explain": "解答に、逆伝搬で各ノードがすることを言葉で書きます。",
    "help.worksheet.title": "それぞれの問題の上に書く題で、ページの題にもなります。",
    "help.worksheet.format": "問題と解答の形式 [FILE の拡張子で決まり、なければ table]。",
    "help.short.guide": "手引き。",
    "help.guide": (
        "手引きの PAGE を表示します。PAGE がなければページの一覧を表示します。\n\n"
        "端末ではページャー (less、または PAGER に指定したもの) で表示します。"
    ),
    "help.short.functions": "使える関数と、その導関数と取り決め。",
    "help.functions": "演算子と関数を導関数とともに一覧にします。名前を書くと、その関数について詳しく表示します。",
    "help.allow-nonfinite": "無限大や NaN でも計算を続けます (IEEE 754)。",
    "help.strict": "微分できない点など、注が一つでもあれば終了コードを 1 にします。",
    "help.kink": "微分できない点での傾き。通る側の傾き (branch) か、ノルムが最小の劣勾配 (minnorm) [branch]。",
    "help.ascii": "ASCII の文字だけで書きます。--lang か GRADCLI_LANG で言語を選んだときは、言葉はその言語で書きます。",
    "help.lang": "表示する言語 [GRADCLI_LANG、なければロケールに従う]。",
    "help.json": "--format json と同じ。",
    "help.format": "出力の形式 [table]。",
    "help.max-length": "これより長い式を受け付けません [2000000 文字]。",
    "help.max-scalars": "途中のものも含めて、これより多くの数からなる配列を受け付けません [2000000]。",
    "help.shape": "値のない変数の形状。W=3x2,x=2 のように書きます。",
    "help.quiet": "注を書きません。エラーは書きます。",
    "help.wrt": "勾配を求めるもの (例: a,b) [すべての変数]。",
    "help.at": "各変数の値 (例: a=2,x=pi/4)。@FILE か - なら数を入れた JSON を読みます。何度でも書けます。",
    "help.claim": "あなたの答え (数か式)。名前ごとに一つ。何度でも書けます。",
    "help.claims": "答えを一行に一つ書いたファイル。# から後はコメントです。",
    "help.rtol": "答えに許す相対誤差 (例: 単精度の数なら 1e-4) [0]。",
    "help.check.digits": "正しい数と答えの数を、正しい桁をこれだけそろえて求めます。1000 まで。",
    "help.seed": "別の数にすると、調べる点が変わります [0]。",
    "help.limit": "代数の計算をこの秒数で打ち切ります [[{default:g}]]。",
    "help.show": "式と各段の計算を長くても表示します。短いものは常に表示します。",
    "help.no-seconds": "時間を表示しません。毎回同じ出力になります。",
    "help.order": "1 は勾配、2 はヘッセ行列、… 20 まで [1]。",
    "help.inline": "共通部分に名前を付けず、書き下します。",
    "help.diff.elements": "配列の式ではなく、要素ごとの微分を求めます。",
    "help.diff.digits": "数を、正しい桁をこれだけそろえて求めます。1000 まで。",
    "help.diff.fractions": "すべての演算で可能なら、--at の点での値を分数で求めます。",
    "help.draw.fractions": "すべての演算で可能なら、図の数を分数で示します。1/3 は 1/3 のままです。",
    "help.output": "FILE に書きます。- は標準出力です [端末]。",
    "help.draw.format": "図の形式 [FILE の拡張子で決まり、なければ terminal]。",
    "help.title": "図の上に付ける題。",
    "help.direction": "図で順伝搬が進む向き [right]。",
    "help.forward-only": "順伝搬だけを描きます。",
    "help.quiz": "ページを問題にします。順伝搬、逆伝搬の順に、数を一つずつたずねます。",
    "help.draw.elements": "配列の演算ではなく、要素ごとの数をノードとして描きます。",
    "help.binary": "長い和や積の + や × を、一つずつ別のノードに描きます。",
    "help.step": "順伝搬、逆伝搬の順に N 段進んだところの図。0 は入力だけの図。",
    "help.theme": "SVG、PNG、HTML の色。auto は読む人の設定に従い、PNG では light [auto]。",
    "help.scale": "SVG の 1 px を PNG の何ピクセルにするか [2]。",
    "help.max-nodes": "これより大きいグラフを描きません [150]。",
    "help.trace": "順伝搬と逆伝搬を、ノードごとに表示します。",
    "help.explain": "逆伝搬の各ノードがすることを言葉で、変数ごとの連鎖律を一行で書きます。--trace も含みます。",
    "help.paths": "各変数への勾配の道すじを、本数とともに並べます。--trace も含みます。",
    "help.open": "配列の演算をスカラーのノードに開いて表示します。--trace も含みます。",
    "help.chain": "連鎖律の積の書き方。出力から全部 (full)、一つ前のノードから (short)、短いほう (auto) [auto]。",
    "help.eval.digits": "倍精度で失われる桁も含め、正しい桁をこれだけそろえて求めます。1000 まで。",
    "help.eval.fractions": "すべての演算で可能なら分数で計算します (0.1 は 1/10、1/3 はそのまま)。",
    "help.to": "コードの言語。",
    "help.name": "コードでの関数 (torch では出力) の名前。",
    "help.columns": "--to c と一緒に: 列全体をまとめて計算する関数 (各列に、行ごとの数が 1 つ)。",
}
