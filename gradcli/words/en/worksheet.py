"""Exercises, in English."""

TEXTS = {
    "worksheet.exercise": "Exercise {number}",
    "worksheet.answer": "Answers to exercise {number}",
    "worksheet.sheet": "Exercises",
    "worksheet.key": "Answers",
    "worksheet.name": "Name",
    "worksheet.date": "Date",
    "worksheet.values": "Values",
    "worksheet.wanted": "Fill in both tables and find",
    "worksheet-no-variable": "an exercise needs a variable, and this expression has none",
    "worksheet-too-large": "this has {nodes:,} operations, too many for a sheet: it has room for {most}",
    "worksheet-no-points": (
        "no simple numbers are found for an exercise: this must have a value and a gradient there, away from kinks"
    ),
    "worksheet-few-points": (
        "only {found} different {found:exercise is|exercises are} found for this; write --copies {found}"
    ),
}
