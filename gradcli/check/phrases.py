"""The words of `gradcli check`, in English and Japanese. Never what somebody did: what a claim is consistent with."""

from collections.abc import Callable, Mapping

Write = Callable[[str], str]
Told = tuple[str, dict[str, str]]  # the code of a sentence, and what it speaks of

_MISTAKES = {
    "claim": (
        "the wrong claim for {name}, carried on correctly",
        "{name} についての誤った主張をそのまま正しく伝えた場合",
    ),
    "multiple": ("a constant factor: {factor} times the right value", "定数倍の違い: 正しい値の {factor} 倍の場合"),
    "half": ("a constant factor: half the right value", "定数倍の違い: 正しい値の半分の場合"),
    "sign": ("the opposite sign", "符号が逆の場合"),
    "path": (
        "a path left out at the fork {fork}: the one through {via} (gradients add)",
        "分岐 {fork} で {via} を通る経路が抜けた場合 (勾配は足し合わされる)",
    ),
    "only path": (
        "the path through {via} alone, at the fork {fork} (gradients add)",
        "分岐 {fork} で {via} を通る経路だけの場合 (勾配は足し合わされる)",
    ),
    "multiplied": (
        "contributions multiplied instead of added at the fork {fork}",
        "分岐 {fork} で寄与を足さずに掛けた場合",
    ),
    "subtracted": (
        "contributions subtracted instead of added at the fork {fork}",
        "分岐 {fork} で寄与を足さずに引いた場合",
    ),
    "own input": (
        "the wrong factor of the product {at}: its own input {input} instead of {other}",
        "積 {at} で {other} ではなく自分自身の入力 {input} を掛けた場合",
    ),
    "open": (
        "a closed branch treated as open, at {at}",
        "{at} の閉じた枝を開いているとみなした場合",
    ),
    "closed": (
        "an open branch treated as closed, at {at}",
        "{at} の開いた枝を閉じているとみなした場合",
    ),
    "branch": (
        "the branch that is {takes}, everywhere, at {at}",
        "{at} で常に枝 {takes} をとった場合",
    ),
    "loser": (
        "the gradient given to the wrong argument of {at}, at {input}",
        "{at} で勾配を誤った引数に渡した場合 ({input})",
    ),
    "shared": (
        "the gradient shared in halves at {at}",
        "{at} で勾配を半分ずつ分けた場合",
    ),
    "factor": (
        "a factor of the chain missing: the derivative of {at} with respect to {input}",
        "連鎖の因子が抜けた場合: {at} の {input} についての微分",
    ),
    "edge sign": (
        "a wrong sign of the derivative of {at} with respect to {input}",
        "{at} の {input} についての微分の符号が逆の場合",
    ),
    "inside": (
        "the derivatives of the arguments put into {at} instead of the arguments",
        "{at} に引数ではなく引数の微分を入れた場合",
    ),
    "other argument": (
        "the derivative for the other argument of {at}",
        "{at} のもう一方の引数についての微分を使った場合",
    ),
    "rule": (
        "{taken} for the derivative of {at} with respect to {input}, which is {rule}",
        "{at} の {input} についての微分 {rule} を {taken} とした場合",
    ),
    "stops early": (
        "a chain that stops early, at the gradient of {node}",
        "連鎖が {node} の勾配で止まった場合",
    ),
    "starts late": (
        "a chain that starts late: the derivative of {node}, without what follows it",
        "{node} より先の因子が抜け、{node} の微分だけの場合",
    ),
    "other gradient": ("the gradient of {name}", "{name} の勾配と取り違えた場合"),
    "place": (
        "the derivative of the outer function taken at {target} instead of {input}, at {at}",
        "{at} の外側の微分を {input} ではなく {target} で計算した場合",
    ),
    "value": ("the value of the function instead of its derivative", "導関数ではなく関数の値の場合"),
    "inverse": ("one over the derivative", "微分の逆数の場合"),
}

_REMARKS = {
    "rounded": ("as rounded to the digits given", "書かれた桁への丸めとして"),
    "close": ("close: right to {digits} digits", "近い: {digits} 桁まで正しい"),
    "close 1": ("close: right to 1 digit", "近い: 1 桁まで正しい"),
    "near": (
        "close: at the points tested it differs by {percent} percent at most",
        "近い: 調べた点での差は最大 {percent} パーセント",
    ),
    "near number": ("close: it differs by {percent} percent", "近い: 差は {percent} パーセント"),
    "point only": (
        "tested at the point only: no other point of the domain was found",
        "この点でのみ検査 (定義域の他の点が見つからない)",
    ),
    "elsewhere": (
        "it holds at the point, but not at {at}: there it is {right}, not {claimed}",
        "この点では成り立つが、{at} では成り立たない: {claimed} ではなく {right}",
    ),
    "kink": (
        "the point is on a kink; gradcli uses {right} (see --kink in gradcli eval)",
        "この点は折れ点: gradcli は {right} を使う",
    ),
    "one-sided": (
        "the point is on a kink: the slope is {left} from the left and {above} from the right; gradcli uses {right}",
        "この点は折れ点: 左からの傾きは {left}、右からの傾きは {above}。gradcli は {right} を使う",
    ),
    "smooth": (
        "kinks cancel here: the derivative is {derivative} from both sides; gradcli's rule of branches uses {right}",
        "ここでは折れが打ち消し合う: 両側からの微分は {derivative}。gradcli は枝の規則により {right} を使う",
    ),
    "edge": (
        "the point is on the edge of a condition; gradcli uses {right}, the slope of the branch taken",
        "この点は条件の境目: gradcli は通る枝の傾き {right} を使う",
    ),
    "beside": (
        "the point is on the edge of a condition: beside it the slope is {left} on the left and {above} on the right; "
        "gradcli uses {right}",
        "この点は条件の境目: すぐ左の傾きは {left}、すぐ右の傾きは {above}。gradcli は {right} を使う",
    ),
    "off kink": (
        "the point is on a kink, but it does not hold at {at} either: there it is {right}, not {claimed}",
        "この点は折れ点だが、{at} でも成り立たない: {claimed} ではなく {right}",
    ),
    "undefined": (
        "the claim has no value here, where the derivative is {right}",
        "微分が {right} であるこの点で、主張が値をもたない",
    ),
    "undefined elsewhere": (
        "it has no value at {at}, where the derivative is {right}",
        "微分が {right} である {at} では、主張が値をもたない",
    ),
    "not finite": ("here not every mode gives a finite number", "ここでは有限の数を与えない方式がある"),
    "claim not finite": ("the claim has no finite value here", "主張がここでは有限の値をもたない"),
    "operations": (
        "by the operations on the way, each tested by itself",
        "途中の演算をそれぞれ検定した結果による",
    ),
    "rounding": ("rounding hides the answer", "丸め誤差で答えが分からない"),
    "stop": (
        "a gradient of 0 stops at an infinite slope here: 0 may not be the derivative",
        "ここでは勾配 0 が無限大の傾きで止まる: 0 は微分ではないかもしれない",
    ),
    "not reached": ("the node is not evaluated here", "このノードはここでは計算されない"),
    "disagree": ("reverse and forward mode do not agree", "逆方向と順方向が一致しない"),
    "flaw": (
        "the derivative of {at} with respect to {input} fails its own Taylor test: {slope} instead of {found}",
        "{at} の {input} についての微分がテイラー検定に合わない: {found} ではなく {slope}",
    ),
    "left out": (
        "not tested: {count} named steps are left out, since each takes as long as the whole graph",
        "検査していない: 名前付きのステップ {count} 個を省いた (一つごとにグラフ全体と同じ時間がかかる)",
    ),
    "underflow": ("a product is too small for double precision", "積が倍精度で表せないほど小さい"),
    "jump": ("the point is on a kink, a jump or the edge of a condition", "この点は折れ点、跳び、または条件の境目"),
}

CONSISTENT = ("consistent with {}", "次の場合と一致する: {}")
FIRST = ("On the way back the claims first break at {name}.", "逆伝搬の途中で最初に崩れるのは {name} の主張。")


def phrase(pair: tuple[str, str], language: str) -> str:
    """The words in the language, en or ja."""
    return pair[language == "ja"]


def mistake_phrase(code: str, facts: Mapping[str, str], language: str, write: Write = str) -> str:
    """`consistent with a path left out at the fork x: …`; `write` writes the expressions in it."""
    return phrase(CONSISTENT, language).format(_filled(_MISTAKES[code], facts, language, write))


def remark_phrase(code: str, facts: Mapping[str, str], language: str, write: Write = str) -> str:
    """A word on a verdict; `write` writes the expressions in it."""
    return _filled(_REMARKS[code], facts, language, write)


def _filled(pair: tuple[str, str], facts: Mapping[str, str], language: str, write: Write) -> str:
    return phrase(pair, language).format(**{key: write(text) for key, text in facts.items()})
