"""The words of tables and pictures in both languages. Japanese words are those of the article."""

_WORDS = {
    "node": ("Node", "ノード"),
    "input": ("Input", "入力"),
    "output": ("Output", "出力"),
    "forward": ("Forward pass", "順伝搬"),
    "backward": ("Backward pass", "逆伝搬"),
    "start": ("Start point", "始点"),
    "end": ("End point", "終点"),
    "result": ("Value and gradient", "値と勾配"),
    "variable": ("Variable", "変数"),
    "value": ("Value", "値"),
    "gradient": ("Gradient", "勾配"),
    "function": ("Function", "関数"),
    "derivative": ("Derivative", "導関数"),
    "convention": ("Convention", "規約"),
    "domain": ("Domain", "定義域"),
    "not taken": ("not taken", "通らない"),
    "not reached": ("not reached", "届かない"),
    "no gradient": ("no gradient is required for", "勾配が不要なノード"),
    "not finite": ("not finite", "有限でない"),
    "true": ("true", "真"),
    "false": ("false", "偽"),
    "kink": ("kink", "折れ点"),
    "tie": ("tie", "同値"),
    "jump": ("jump", "跳び"),
    "note": ("note", "注"),
}


def word(key: str, language: str) -> str:
    """The word in the language, en or ja."""
    return _WORDS[key][language == "ja"]


def node_label(label: str, language: str) -> str:
    """`Mul node`, `乗算ノード`."""
    return f"{label}ノード" if language == "ja" else f"{label} node"


def takes(what: str, language: str) -> str:
    """The branch that a node takes."""
    return f"{what} をとる" if language == "ja" else f"takes {what}"


def part_of(whole: str, language: str) -> str:
    """What one of several products of the chain rule is: a part of the gradient."""
    return f"{whole} の一部" if language == "ja" else f"part of {whole}"


def holds(condition: str, value: bool, language: str) -> str:
    """`a > 0 is true`."""
    state = word("true" if value else "false", language)
    return f"{condition} は{state}" if language == "ja" else f"{condition} is {state}"
