"""What Einstein's notation means in gradcli's language: `ij,jk->ik` is a product of two matrices."""

# By letters that are renamed in the order in which they stand.
_FORMULAS = {
    "a,a->": "dot({0}, {1})", "a,b->ab": "outer({0}, {1})", "ab,b->a": "({0}) @ ({1})", "a,ab->b": "({0}) @ ({1})",
    "ab,bc->ac": "({0}) @ ({1})", "ab,cb->ac": "({0}) @ ({1}).T", "ab,ac->bc": "({0}).T @ ({1})",
    "ab,a->b": "({0}).T @ ({1})", "a,ab,b->": "({0}) @ ({1}) @ ({2})", "ab->ba": "({0}).T", "aa->": "trace({0})",
    "a->": "sum({0})", "ab->": "sum({0})", "ab->a": "sum({0}, axis=1)", "ab->b": "sum({0}, axis=0)",
    "a,a->a": "({0})*({1})", "ab,ab->ab": "({0})*({1})", "ab,b->ab": "({0})*({1})", "ab,ab->": "sum(({0})*({1}))",
    "ab,ab->a": "sum(({0})*({1}), axis=1)", "ab,ab->b": "sum(({0})*({1}), axis=0)",
}  # fmt: skip


def formula(letters: str) -> str:
    """The formula for what these letters say of arrays, `{0}`, `{1}`, …; "" where there is none."""
    inputs, arrow, output = letters.replace(" ", "").partition("->")
    met = [*dict.fromkeys(letter for letter in inputs if letter.isalpha())]
    if not arrow:
        output = "".join(sorted(letter for letter in met if inputs.count(letter) == 1))
    renamed = str.maketrans({letter: chr(ord("a") + place) for place, letter in enumerate(met)})
    return _FORMULAS.get(f"{inputs}->{output}".translate(renamed), "")
