"""Names and numbers in LaTeX's mathematics."""

import re

# fmt: off
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma",
    "τ": "tau", "υ": "upsilon", "φ": "varphi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta",
    "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Υ": "Upsilon", "Φ": "Phi", "Ψ": "Psi",
    "Ω": "Omega",
}
# fmt: on
LONG = 20  # letters, some 35 mm: a longer name may be broken behind its underscores, as columns of tables are narrow


def latex_name(name: str) -> str:
    r"""A name in math mode: `x1` is x_{1}, `θ` is \theta, `apple` is \mathit{apple}."""
    if name == "pi":
        return r"\pi"
    stem = name.rstrip("0123456789")
    digits = name[len(stem) :]
    index = f"_{{{digits}}}" if digits else ""
    stem = stem.removesuffix("_") if digits and len(stem) > 1 else stem
    if stem in _GREEK:
        return f"\\{_GREEK[stem]}{index}"
    if len(stem) == 1 and stem.isascii() and stem != "_":
        return stem + index
    font = "mathit" if stem.isascii() else "textit"  # other letters are in fonts for text alone
    words = re.findall("_*[^_]+_*|_+", stem) if len(stem) > LONG else [stem]
    escaped = (word.replace("_", r"\_") for word in words)
    return r"\allowbreak".join(f"\\{font}{{{word}}}" for word in escaped) + index


def latex_number(text: str) -> str:
    r"""`1e-9` is 1 \times 10^{-9}, `-1/3` is -\frac{1}{3}."""
    if "/" in text:
        above, _, below = text.removeprefix("-").partition("/")
        return f"{'-' * text.startswith('-')}\\frac{{{above}}}{{{below}}}"
    mantissa, e, exponent = text.partition("e")
    if text in ("inf", "-inf"):
        return text.replace("inf", r"\infty")
    if text == "nan":
        return r"\mathrm{nan}"
    return f"{mantissa} \\times 10^{{{int(exponent)}}}" if e else text
