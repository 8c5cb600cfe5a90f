"""The words of pictures and of the page in both languages; those that tables use too are in `gradcli/words.py`."""

_WORDS = {
    "above": ("above", "上に既出"),
    "below": ("below", "下に続く"),
    "first": ("To the start", "最初へ"),
    "back": ("Back", "戻る"),
    "step": ("Step", "進む"),
    "last": ("To the end", "最後へ"),
    "steps": ("Steps", "手順"),
    "start": ("The inputs are given.", "入力が与えられる。"),
    "upstream": ("upstream", "上流"),
    "local": ("local", "局所"),
    "no gradient": ("no gradient is required", "勾配は不要"),
    "undefined": ("There is no real finite value here", "ここでは有限な実数値がない"),
    "static": (
        "Without JavaScript this picture does not move; its numbers are those of the point given.",
        "JavaScript が無効のため図は動きません。数値は指定された点のものです。",
    ),
    "no point": ("Give the inputs values.", "入力に値を与える。"),
    "keys": ("Arrow keys: step. Tab: the nodes.", "矢印キー：進む・戻る。Tab：ノード。"),
    "slider": ("slider", "スライダー"),
    "sum": ("sum", "和"),
}


def text(key: str, language: str) -> str:
    """The words in the language, en or ja."""
    return _WORDS[key][language == "ja"]
