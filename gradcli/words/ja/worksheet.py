"""Exercises, in Japanese."""

TEXTS = {
    "worksheet.exercise": "問題 {number}",
    "worksheet.answer": "問題 {number} の解答",
    "worksheet.sheet": "練習問題",
    "worksheet.key": "解答",
    "worksheet.name": "氏名",
    "worksheet.date": "日付",
    "worksheet.values": "値",
    "worksheet.wanted": "二つの表を埋めて求めなさい",
    "worksheet-no-variable": "練習問題には変数が必要ですが、この式にはありません",
    "worksheet-too-large": "演算が {nodes:,} 個あり、一枚の問題には多すぎます ({most} 個まで)",
    "worksheet-no-points": (
        "練習に向く簡単な数が見つかりません。式の値と勾配があり、微分できない点でないことが必要です"
    ),
    "worksheet-few-points": "この式では、ちがう問題は {found} 問しか見つかりません。--copies {found} としてください",
}
