"""What the options choose from. Without imports, so that the command line knows it before anything else is loaded."""

FORMS = ("table", "json", "markdown", "latex", "csv", "html")
ROW_FORMS = ("csv", "tsv", "jsonl", "parquet", "arrow")
ENGINES = ("auto", "tape", "c", "scalar")  # that compute rows
PICTURES = ("terminal", "svg", "png", "html", "dot", "mermaid", "tikz")
PLOTS = ("terminal", "svg", "png", "pdf")
LANGUAGES = ("en", "ja")
THEMES = ("light", "dark", "auto")  # auto: as the reader's system prefers
DIRECTIONS = ("right", "down")  # in which values flow through a picture
BLANKS = ("all", "outputs", "numbers")  # of a worksheet's tables
MOST_WORKERS = 256  # that are started on one machine
MOST_COPIES = 100  # exercises of a worksheet
LEVELS = (1, 2, 3, 4, 5)  # of expressions that are made for it
CHAINS = ("auto", "full", "short")
KINK_RULES = ("branch", "minnorm")
MOST_NOTES = 20  # shown to people; JSON has all
BACKENDS = ("python", "numpy", "torch", "jax", "c", "javascript", "latex")
ALGEBRA_SECONDS = 10.0  # after which `compare` ends the algebra
