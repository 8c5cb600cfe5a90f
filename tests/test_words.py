"""The words of both languages."""

import pytest

from gradcli.words import catalogue as words


@pytest.mark.parametrize(
    ("english", "japanese", "key"),
    [("Forward pass", "順伝搬", "forward"), ("Backward pass", "逆伝搬", "backward"), ("Start point", "始点", "start"),
     ("End point", "終点", "end"), ("Node", "ノード", "node"), ("Input", "入力", "input"),
     ("Output", "出力", "output")],
)  # fmt: skip
def test_the_articles_words(english: str, japanese: str, key: str) -> None:
    """As the article has them."""
    assert (english, japanese) == (words.word(key, "en"), words.word(key, "ja"))


def test_labels_of_nodes() -> None:
    """With a space in English, without one in Japanese."""
    assert (words.node_label("Mul", "en"), words.node_label("乗算", "ja")) == ("Mul node", "乗算ノード")
