"""Errors of exports, and comments in exported code, in English."""

TEXTS = {
    "name-in-latex": "formulas in LaTeX have the names of the expression, so --name does not go with latex",
    "unknown-backend": "unknown backend {given:quoted}; there are {known:quoted}",
    "columns-in-c": "--columns writes a loop over rows in C alone, not for {backend:quoted}; --to c has it",
    "name-letters": (
        "{name:quoted} cannot be the name of a function there; it must begin with a plain letter or an underscore, "
        "and have these and digits alone"
    ),
    "name-reserved": "{name:quoted} cannot be the name of a function there; that name is reserved",
    "code.summary": "{expression} and its gradient, written by gradcli.",
    "code.columns": "A loop over the rows of columns, which do not overlap.",
    "code.compile": "To compile: cc {flags} -c",
    "code.point": "At [{at}|any point] the value is {value}, the gradient [{gradient}|empty].",
    "code.renamed": "{new} is {name}: the name cannot be used here.",
    "code.no-point": "No point was given: put in your numbers.",
    "code.amsmath": (r"Needs \usepackage{{amsmath}}, and \allowdisplaybreaks where a block is longer than a page."),
    "code.letters": "Other letters than Latin and Greek need LuaLaTeX and a font that has them.",
    "code.held": "{local} is the derivative through {node} alone, with what stands below the bracket held constant.",
    "code.attempt": "there may be no number, where none is needed",
    "code.pole": "a pole",
    "code.pole-or-too-large": "a pole, or too large",
    "code.nan": "NaN if one is; {function} would hide it",
    "code.two-sum": "what rounding loses is added at the end",
    "code.gelu": "-x * SQRT1_2 is rounded to z: in the left tail e^(z*z - x*x/2) makes up for it",
    "code.exact-squares": "a * a and b * b are exact",
    "code.gauss": "exp(-x * x), exact to the last digits also where x * x is large",
    "code.own-slope": "{of}'s own slope is not right at this point",
    "code.below-0": "{of}'s own is not right below 0",
    "code.zeta": "for n = 1 PyTorch's own has nine digits",
    "code.stop": "no gradient passes",
    "code.own-gradient": "a tensor with a gradient of its own",
    "code.no-gradient": "else nothing here depends on what requires a gradient",
    "code.not-asserted": "the digits of the others are lost to doubles",
    "code.first-extreme": "of equal elements the first",
    "code.norm-at-zero": "with a slope of 0 at 0",
    "code.row-by-row": "{arrays}: the elements stand row by row from the place on that has the name.",
    "export-size": (
        "code in {backend} has a line for each number, here {count} of them, and at most {limit}; numpy, torch and "
        "jax have arrays"
    ),
    "code.nothing-passed": "nothing of an infinite slope",
    "code.placed": "A derivative in square brackets with places stands at these places of an array, with 0 elsewhere.",
}
