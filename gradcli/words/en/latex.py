"""Words in formulas, in English."""

TEXTS = {
    "case.given": "if {condition}",
    "case.otherwise": "otherwise",
}
