"""Errors of the point, of files, streams and options, and help, in English."""

TEXTS = {
    "not-a-name": "[{name:quoted} is no name|a name is missing before '=']; --at takes name=value pairs",
    "not-a-pair": "[{pair:quoted} is no pair|a pair is missing here]; --at takes name=value pairs, as a=2,x=3",
    "pair-separator": "a pair is name=value, and pairs are separated by commas",
    "decimal-comma": "the decimal sign is a point: write {write}",
    "uncertainty-negative": "an uncertainty is a number from 0 on",
    "uncertainty-percent": "an uncertainty has the unit of its value; write {write}",
    "given-constant": "{name:quoted} is {kind:kind.*}; it cannot be given a value",
    "given-step": "{name:quoted} is a step of the expression: it is computed, not given",
    "given-twice": "{name:quoted} is given twice",
    "unused-name": "{name:quoted} does not occur in the expression[; did you mean {suggestion:quoted}?]",
    "empty-value": "a value is missing behind '='",
    "value-with-name": "a value is a constant expression; {name:quoted} is a name",
    "value-too-large": "the value of {name:quoted} is too large for double precision",
    "array-spelling": "an array has brackets, and commas between its elements: {write:cut}",
    "unclosed-array": "this array is never closed; ']' is missing",
    "not-a-shape": "a shape is a length, or rows and columns: --shape W=3x2,x=2",
    "two-shapes": "{name:quoted} is given two shapes: here it is {shape:said}, elsewhere {other:said}",
    "behind-array": (
        "an array ends with ']'; something else stands behind it (an uncertainty stands with each element: "
        "[1±0.1,2±0.1])"
    ),
    "number-for-array": "{name:quoted} is an array; give it one, as {write}, or its elements, as {element}",
    "json-value": "the value of {name:quoted} in the JSON object is no number",
    "json-number": "a number in the JSON object is too large for double precision",
    "json-empty": "the values must be a JSON object of numbers; the text is empty",
    "json-syntax": "this is no JSON object: [{cause:json.*}|{reason}]",
    "json.value": "expecting value",
    "json.name": "expecting property name enclosed in double quotes",
    "json.colon": "expecting ':' delimiter",
    "json.comma": "expecting ',' delimiter",
    "json.extra": "extra data",
    "json.string": "unterminated string",
    "json.control": "invalid control character",
    "json.escape": "invalid \\escape",
    "json.trailing": "illegal trailing comma before end of object",
    "json-depth": "the JSON text is nested too deeply",
    "json-object": 'the values must be a JSON object of numbers, as {{"a": 2, "x": 3}}',
    "file-as-pairs": "--at takes name=value pairs; to read the file write --at @{file}",
    "json-as-pairs": "--at takes name=value pairs; to read JSON write --at - or --at @FILE",
    "stdin-twice": "standard input can be read once: for the expression, for one --at or for --rows",
    "stdin-closed": "standard input is closed; {input:input.*} cannot be read from it",
    "input.expression": "the expression",
    "input.at": "--at",
    "input.rows": "the rows",
    "input.claim": "claims",
    "too-long-input": (
        "[{file:quoted}|standard input] has more than {limit:,} characters, the limit for {input:input.*} "
        "(see --max-length)"
    ),
    "no-file-name": "the name of a file is missing behind '@'",
    "unreadable-file": "cannot read {file:quoted}: [{errno:os.*}|{reason} (error {number})|no such name is possible]",
    "unwritable-output": (
        "cannot write the output: [{file:quoted}: ][{errno:os.*}|{reason} (error {number})|standard output is closed]"
    ),
    "os.ENOENT": "No such file or directory",
    "os.EACCES": "Permission denied",
    "os.EPERM": "Operation not permitted",
    "os.EISDIR": "Is a directory",
    "os.ENOTDIR": "Not a directory",
    "os.ENAMETOOLONG": "File name too long",
    "os.ELOOP": "Too many levels of symbolic links",
    "os.EINVAL": "Invalid argument",
    "os.EIO": "Input/output error",
    "os.EBADF": "Bad file descriptor",
    "os.ENXIO": "No such device or address",
    "os.ENOSPC": "No space left on device",
    "os.EDQUOT": "Disk quota exceeded",
    "os.EFBIG": "File too large",
    "os.EROFS": "Read-only file system",
    "os.EBUSY": "Device or resource busy",
    "os.ETXTBSY": "Text file busy",
    "os.EMFILE": "Too many open files",
    "no-memory": "there is not enough memory for this",
    "not-utf8": (
        "[{file:quoted}|standard input] is [{encoding} text, not UTF-8|not UTF-8 text: byte {byte} at offset {offset}]"
        "[; it looks like {guess}][; save {file:quoted} as UTF-8][, as by: {command}]"
    ),
    "wrt-names": "--wrt takes names separated by commas, as a,b",
    "claims-no-file": "--claims reads a file of claims, one a line: --claims @[{file}|FILE]",
    "no-claims": "there is no claim in the file {file:quoted}",
    "digits-with-option": "digits do not go with {option}",
    "digits-without-point": "digits are those of numbers at a point: give one with --at",
    "fractions-with-option": "fractions do not go with {option}",
    "fractions-without-point": "fractions are those of numbers at a point: give one with --at",
    "usage": "{reason}",
    "unknown-command": "{name:quoted} is no command[; did you mean {suggestion:quoted}?]",
    "unknown-option": "no such option {option:cut}[; did you mean {suggestion}?]",
    "missing-option": "missing option '{option}'[. Choose from: {choices:quoted}]",
    "option-without-value": "option {option} needs a value",
    "option-with-value": "option '{option}' does not take a value",
    "no-expression": "no expression is given[; for example: {example}]",
    "extra-argument": "got unexpected extra argument {argument:quoted}",
    "unknown-choice": (
        "invalid value for '{option}': '{value}' is not one of {choices:quoted}[; did you mean {suggestion:quoted}?]"
    ),
    "not-an-integer": "invalid value for '{option}': '{value}' is not a valid integer",
    "not-a-number": "invalid value for '{option}': '{value}' is not a valid float",
    "out-of-range": "invalid value for '{option}': {value} is not in the range {range:interval}",
    "options-apart": "{option} and {other} cannot go together",
    "option-alone": "{option} has a meaning only with {needs}",
    "delimiter-sign": "invalid value for '--delimiter': {value:quoted} is no one sign that stands between cells",
    "batch-form": "[with {over} the forms are|the forms of rows are] {choices}, and not {form}",
    "resume-without-folder": "--resume goes on with the files of a folder: give --output the name of one",
    "resume-differs": (
        "the parts in {folder:quoted} were made with other {options:listed}; without --resume all are made anew"
    ),
    "resume-unknown": "it is not known how the parts in {folder:quoted} were made; without --resume all are made anew",
    "rows-in-terminal": "a {form} file cannot be shown in the terminal; give it a name with --output rows.{form}",
    "parts-clash": "{file:quoted} and {other:quoted} would have a part of the same name",
    "json-and-format": "--json and --format {form} cannot go together",
    "quiz-needs-page": "--quiz makes a page in HTML; name it with --output, as in --output quiz.html",
    "png-in-terminal": "a PNG cannot be shown in the terminal; give it a file with --output graph.png",
    "unknown-ending": (
        "[for a PDF write a page (.html) and print it in a browser, or compile the LaTeX ({pdf})"
        "|the name of the file must end with one of {endings}, or --format must say what it is]"
    ),
    # Help: headings, commands, options
    "no-range": "--over is missing: the variable that moves, from where and to where",
    "not-a-range": "[{range:quoted} is no range|a range is missing here]; --over takes name=from:to, as x=-3:3",
    "not-a-name-over": "{name:quoted} is no name; --over takes name=from:to, as x=-3:3",
    "range-colon": "a range is two numbers with one colon between them, as {name:cut}=-3:3",
    "range-bound": "a number is missing here; a range is two numbers, as x=-3:3",
    "range-empty": "between the two ends of this range there are no numbers, or too few to draw",
    "range-wide": "this range is too wide for double precision",
    "range-reversed": "a range goes from the smaller number to the larger one: {write}",
    "range-twice": "{name:quoted} has two ranges",
    "range-of-step": "{name:quoted} is a step of the expression: it is computed, and has no range",
    "range-of-array": (
        '{name:quoted} is {shape:said}, and a range is of one number; an element moves, as --over "{element}=-3:3"'
    ),
    "no-value-in-range": "the expression has no value anywhere in this range",
    "range-unknown": (
        "{name:quoted} is no variable of the expression; [did you mean {suggestion:quoted}?|"
        "there {known:is|are} {known:few}|it has none]"
    ),
    "over-many": "a plot has ranges of at most {most} variables; the others get values by --at",
    "wrt-one": "--wrt names one variable here: the one whose derivative is drawn",
    "wrt-with-two-ranges": "with two ranges the gradient by their variables is drawn; --wrt has no meaning then",
    "picture-in-terminal": "a {form} file cannot be shown in the terminal; give it a name with --output plot.{form}",
    "worksheet-level": "--level makes an expression, and one is given",
    "worksheet-no-expression": "{option} goes with an expression, and none is given",
    "worksheet-blank": "--blank goes with tables, and {form} has none",
    "worksheet-explain": "--explain is for the answers: give --key a file, and not of CSV",
    "worksheet-one-place": "the sheet and its key cannot go to the same place; give --key a file of its own",
    "help.gradcli": "Gradients by computational graph, shown step by step.",
    "help.examples": "Examples",
    "help.usage": "Usage",
    "help.options": "Options",
    "help.commands": "Commands",
    "help.required": "required",
    "help.letters": "Before EXPRESSION a word such as -f is an expression itself, minus f.",
    "help.help": "Show this message and exit.",
    "help.version": "Show the version and exit.",
    "help.short.eval": "Value and gradient at a point; --trace adds the tables of both passes.",
    "help.eval": (
        "Evaluate EXPRESSION and its gradient at a point.\n\nEXPRESSION is the text, - for standard input, or @FILE."
    ),
    "help.short.draw": "The computational graph as a picture.",
    "help.draw": (
        "Draw EXPRESSION as a computational graph: values forward, gradients backward.\n\n"
        "EXPRESSION is the text, - for standard input, or @FILE. Without --at the way back has the "
        "products of the chain rule. With --strict the picture is written even if there is a note; only the exit code "
        "differs."
    ),
    "help.short.plot": "A function and its derivative over a range, or the field of its gradients.",
    "help.plot": (
        "Draw EXPRESSION over a range of one variable, with its derivative below, or over ranges of two: contours and "
        "the field of the gradients.\n\n"
        "EXPRESSION is the text, - for standard input, or @FILE. --at has the values of the other variables; if it has "
        "one for the variable that moves, the tangent is drawn there. Kinks and jumps are marked; where there is no "
        "value there is no line."
    ),
    "help.over": "What moves, from where and to where, as x=-3:3 or x=-2:2,y=0:pi.",
    "help.samples": "So many places along a range to begin with; more where a curve bends [200; of two ranges 80].",
    "help.plot.theme": "The colours of the file; auto follows the reader's system in an SVG, else it is light [auto].",
    "help.short.diff": "The gradient as expressions, from the graph; higher orders.",
    "help.diff": (
        "Derive EXPRESSION: the backward pass builds formulas instead of numbers.\n\n"
        "EXPRESSION is the text, - for standard input, or @FILE. With --at, the numbers follow."
    ),
    "help.short.compare": "The algebraic way beside the graph way: work, size, result.",
    "help.compare": (
        "Derive EXPRESSION by algebra (SymPy) and by the graph, and compare the work.\n\n"
        "EXPRESSION is the text, - for standard input, or @FILE. With --at both ways also give numbers. The exit "
        "code is 1 if these do not agree, or if those of the graph are not finite."
    ),
    "help.short.check": "Tests claimed derivatives, and the gradient itself, and says where a claim goes wrong.",
    "help.check": (
        "Test derivatives of EXPRESSION that were worked out by hand; without --claim, test gradcli's own.\n\n"
        "EXPRESSION is the text, - for standard input, or @FILE. The exit code is 1 if a claim is wrong, and 0 if "
        "all are right or inconclusive."
    ),
    "help.short.export": "The function and its gradient as code: Python, NumPy, PyTorch, JAX, C, JavaScript, LaTeX.",
    "help.export": (
        "Write EXPRESSION and its gradient as code.\n\n"
        "EXPRESSION is the text, - for standard input, or @FILE. With --at, the scripts for PyTorch and JAX assert "
        "the gradient at that point, and the others say in a comment what it is. The code is UTF-8 text in every "
        "locale."
    ),
    "help.short.batch": "Value and gradient for every row of a CSV, JSON Lines or Parquet file.",
    "help.batch": (
        "Value and gradient of EXPRESSION for every row of a table, or with --sum or --mean over all rows.\n\n"
        "EXPRESSION is the text, - for standard input, or @FILE. A column is the variable of its name; --at gives "
        "the others the same value in all rows. Written are the columns value and d_NAME for each name of --wrt, or "
        "with --json an object a line. The exit code is 1 if a row has no value or slope."
    ),
    "help.rows": (
        "The rows: a file (.csv, .tsv, .jsonl, .parquet, .arrow), a folder or pattern of such files, or - for standard "
        "input with --from."
    ),
    "help.from": "What the rows are [by the ending of FILE].",
    "help.delimiter": "What stands between the cells of CSV [a comma; with --decimal , a semicolon].",
    "help.decimal": "The decimal sign in CSV [.].",
    "help.batch.format": (
        "The form of the output [by the ending of --output, or that of the rows]. With --sum also table, markdown, "
        "latex and html, which rows have not."
    ),
    "help.keep": "Pass the columns of the rows on, before those that are written.",
    "help.prefix": "Begin the names of the columns that are written with TEXT.",
    "help.sum": "One value and one gradient: the exact sum over all rows, rounded once.",
    "help.mean": "The same of the mean.",
    "help.skip-bad": "Leave out of --sum and --mean the rows that have no value or slope.",
    "help.fail-fast": "Stop at the first such row, and leave no file.",
    "help.resume": "With a folder as --output: do only the files that have no part there yet.",
    "help.notes": (
        "Add a column with the codes of what eval would say of each row. It takes what eval does, 0.1 ms a row "
        "and more."
    ),
    "help.batch.strict": "Exit with 1 if there is any note, which is looked for as with --notes and takes as long.",
    "help.engine": "What computes the rows [auto: the fastest that needs no compiler].",
    "help.workers": "Compute on N processes of this machine.",
    "help.scheduler": "Compute on a running Dask cluster, that at ADDRESS, as HOST:8786.",
    "help.short.worksheet": "Exercises with small numbers and empty tables, and their key.",
    "help.worksheet": (
        "Write exercises with EXPRESSION, each with other small numbers, for which both tables are to be filled in; "
        "and with --key the answers.\n\n"
        "EXPRESSION is the text itself, - for standard input or @FILE. Without it, expressions of a --level are made. "
        "--at holds variables at a value in all exercises. The same --seed gives the same sheet everywhere. The ending "
        "of FILE says what is written: .md, .tex, .html, .txt, .json or .csv."
    ),
    "help.copies": "How many exercises [1].",
    "help.worksheet.seed": "Another number chooses other exercises [0].",
    "help.level": (
        "Make expressions: 1 of sums and products, 2 with shared nodes, 3 with functions, 4 with branches, "
        "5 small networks [1]."
    ),
    "help.blank": "What is to be filled in: inputs and outputs, the outputs, or only the numbers [all].",
    "help.key": "Write the answers to FILE.",
    "help.worksheet.fractions": "Numbers as fractions, of each exercise where all of them are some.",
    "help.worksheet.explain": "Say in words in the key what each node does on the way back.",
    "help.worksheet.title": "What stands above each exercise, and is the title of the page.",
    "help.worksheet.format": "The form of sheet and key [by the ending of FILE, or table].",
    "help.short.guide": "The manual, page by page.",
    "help.guide": (
        "Show a PAGE of the manual, or the list of its pages.\n\n"
        "In a terminal a page goes through the pager (less, or the one in PAGER)."
    ),
    "help.short.functions": "The functions, their derivatives and their conventions.",
    "help.functions": (
        "List the operators and functions with their derivatives, or say all that is known of those named."
    ),
    "help.allow-nonfinite": "Go on with infinities and NaN (IEEE 754).",
    "help.strict": "Exit with 1 if there is any note, at a kink for example.",
    "help.kink": "The slope at a kink: of the branch taken, or the subgradient of smallest norm [branch].",
    "help.ascii": "Write no character outside ASCII, but in words that --lang or GRADCLI_LANG asks for.",
    "help.lang": "The language of words [by GRADCLI_LANG, else by the locale].",
    "help.json": "Short for --format json.",
    "help.format": "The form of the output [table].",
    "help.max-length": "Refuse a longer expression [2000000 characters].",
    "help.max-scalars": "Refuse arrays of more numbers, those in between counted [2000000].",
    "help.shape": "Shapes of variables that have no value, as W=3x2,x=2.",
    "help.quiet": "Write no notes; errors stay.",
    "help.wrt": "What requires a gradient, as a,b [all variables].",
    "help.at": "The point, as a=2,x=pi/4; @FILE or - reads a JSON object of numbers. May be repeated.",
    "help.claim": "A number or an expression, one claim for each name. May be repeated.",
    "help.claims": "A file of claims, one a line; # begins a comment.",
    "help.rtol": "The relative error that claims may have, as 1e-4 for numbers in single precision [0].",
    "help.check.digits": "So many correct digits of right and claimed numbers, up to 1000.",
    "help.seed": "Another number chooses other random points [0].",
    "help.limit": "End the algebra after so many seconds [[{default:g}]].",
    "help.show": "Print the formulas and the passes whatever their size; short ones are printed always.",
    "help.no-seconds": "Leave the times away: output that is the same every time.",
    "help.order": "1: the gradient, 2: the Hessian, ... up to 20 [1].",
    "help.inline": "Write shared parts out instead of naming them.",
    "help.diff.elements": "Give the derivative by each element of an array, not a formula for the array.",
    "help.diff.digits": "So many correct digits of the numbers, up to 1000.",
    "help.diff.fractions": "Put in the point of --at as fractions where all operations allow it.",
    "help.draw.fractions": "Show fractions where all operations allow it: 1/3 stays.",
    "help.output": "Write to FILE; - is standard output [the terminal].",
    "help.draw.format": "The form of the picture [by the ending of FILE, or terminal].",
    "help.title": "A title above the picture.",
    "help.direction": "Where the forward pass goes in a picture [right].",
    "help.forward-only": "Draw the forward pass alone.",
    "help.quiz": "Make the page a quiz: it asks for each number, forward and backward.",
    "help.draw.elements": "Draw the numbers of arrays, not operations on arrays as nodes.",
    "help.binary": "Draw each + and * of a longer sum or product as a node of its own.",
    "help.step": "The picture as it is after N steps, forward and then backward; 0 has the inputs alone.",
    "help.theme": "The colours of SVG, PNG and HTML; auto follows the reader's system, in a PNG it is light [auto].",
    "help.scale": "Pixels of a PNG for each px of the SVG [2].",
    "help.max-nodes": "Refuse to draw a larger graph [150].",
    "help.trace": "Print the forward and the backward pass, node by node.",
    "help.explain": "Say in words what each node does on the way back, and a line for each variable. Implies --trace.",
    "help.paths": "List the ways of the gradient to each variable, with their number. Implies --trace.",
    "help.open": "Show the scalar nodes of a step over arrays, node by node. Implies --trace.",
    "help.chain": "Chain-rule products written from the output on, from one node to the next, or as is shorter [auto].",
    "help.eval.digits": "So many correct digits, whatever doubles lose, up to 1000.",
    "help.eval.fractions": "Compute with fractions where all operations allow it: 0.1 is 1/10, and 1/3 stays.",
    "help.to": "The language of the code.",
    "help.name": "What the function (for torch, the output) is called in the code.",
    "help.columns": "With --to c: a function of whole columns, a number in each for every row.",
}
