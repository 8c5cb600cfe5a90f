"""Numbers in LaTeX's mathematics."""


def latex_number(text: str) -> str:
    r"""`1e-9` is 1 \times 10^{-9}."""
    mantissa, e, exponent = text.partition("e")
    if text in ("inf", "-inf"):
        return text.replace("inf", r"\infty")
    if text == "nan":
        return r"\mathrm{nan}"
    return f"{mantissa} \\times 10^{{{int(exponent)}}}" if e else text
