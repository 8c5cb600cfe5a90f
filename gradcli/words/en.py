"""What is said in English: the text of every code (how facts are written in it: `catalogue.py`)."""

_NOT_FINITE = "has no finite value here"

TEXTS = {
    # What is put around a message or a list
    "error.line": "line {line}: {message}",
    "error.hint": "{message}; {hint}",
    "place": "[line {line}, ]column {column}",
    "list.listed": "{names} and {more} more",
    "list.few": "{names}, …",
    # Errors of syntax
    "empty": "the expression is empty",
    "too-long": "the expression has {length:,} characters; the limit is {limit:,} (see --max-length)",
    "unfinished-expression": "the expression ends where a value is missing",
    "unfinished-statement": "the statement ends where a value is missing",
    "other-notation": "this is not gradcli's notation; write {write}",
    "unused-statement": (
        "the result of this statement is not used; give it a name (s = ...), only the last one may have none"
    ),
    "unclosed-parenthesis": "this parenthesis is never closed",
    "unopened-parenthesis": "')' without '('",
    "empty-parenthesis": "a value is missing before ')'",
    "separator-in-parenthesis": "a parenthesis is open; ';' separates statements, so close it first",
    "missing-value": "{token:quoted} cannot stand here; a value is missing before it",
    "unexpected": "{token:quoted} cannot stand here",
    "stray-assignment": "'=' cannot stand here; [to compare, write {write}|only a plain name can be given a value]",
    "stray-comma": "',' separates the arguments of a function; the decimal sign is a point",
    "unknown-operator": "{typed:quoted} is no operator; write {write}",
    "missing-operator": "an operator is missing; for a product write {write}",
    "missing-operator-between-lines": "an operator is missing, or a ')' at the end of the line before",
    "missing-and": "'not' stands before a condition; 'and' or 'or' is missing",
    "superscript": "{character:point} is not part of the language; write ^{exponent}",
    "number-underscore": "a number has no '_' in it; write it without",
    "number-base": "numbers are decimal; there are no hexadecimal, octal or binary ones",
    "number-points": "a number has one decimal point",
    "number-too-large": "this number is too large for double precision",
    "number-too-small": "this number is too small for double precision",
    # Errors of characters
    "foreign-digit": "{character:point} is not a digit of the language; write {write}",
    "invalid-byte": "the byte {byte} is not UTF-8 text",
    "invisible-character": "{character} cannot stand in an expression",
    "odd-space": "this space cannot stand here",
    "strings": "the language has no strings; {character} cannot stand in an expression",
    "lonely-point": "a single point is no number, and there are no attributes",
    "indexing": "there is no indexing; '[' cannot stand in an expression",
    "combining-mark": "{character:point} cannot stand in an expression[; write {write:point}, one code point]",
    "stray-character": "{character:character} cannot stand in an expression[; write {write}]",
    # Errors of names
    "name-character": (
        "{character:point} cannot stand in a name[; for a power write {base:cut}^{exponent}|; write {write:quoted}]"
    ),
    "name-spelling": "the name {name:quoted} holds {character:point}; write {write:quoted}",
    "long-vowel": "{character:point} is a letter, no minus sign; for a difference write {write:cut}",
    "reserved-name": "{name:quoted} is {kind:kind.*}; choose another name",
    "kind.function": "a function",
    "kind.constant": "a constant",
    "kind.word": "a word of the language",
    "name-defined-later": "{name:quoted} is used before this line defines it; define it first, or choose another name",
    "name-defined-twice": "{name:quoted} is defined already; each name is defined once",
    "unknown-name": (
        "{name:quoted} is no variable and no named step of the expression; [did you mean "
        "{suggestion:quoted}?|there {known:is|are} {known:few}|it has none]"
    ),
    "no-value": (
        "no value for {names:listed}[; it is written with {character:point}, the name that has a value with "
        "{other:point}|; for a product write {write}|; for a difference write {difference}|; did you mean "
        "{suggestion:quoted}?]"
    ),
    # Errors of functions and conditions
    "not-a-function": "{name:quoted} is no function; for a product write {write}",
    "unknown-function": (
        "unknown function {name:quoted}[ with {character:point}][; {call} is {write}|; write {write}|"
        "; did you mean {suggestion:quoted}?|; "
        "'gradcli functions' lists those there are]"
    ),
    "number-of-arguments": (
        "{function} takes [at least {least} {least:argument|arguments}|{takes} {takes:argument|arguments}][, "
        "{signature}][ or {longer}]; here [{given:is|are} {given}|are none]"
    ),
    "function-defined-later": "{name:quoted} is called before it is defined; define it first",
    "recursive-definition": "{name:quoted} cannot be called in its own definition",
    "not-a-parameter": "a definition has plain names in its parentheses, as f(x, y) = x*y",
    "definition-last": "the program ends with a definition; its last statement must be what is to be computed",
    "too-many-calls": "{name:quoted}: the calls of definitions stand for more than {limit:,} nodes",
    "function-without-call": "'{function}' is a function; write {write}",
    "condition-as-number": (
        "a condition is no number[ for {operator:quoted}]; it can only stand first in where(condition, a, b)"
    ),
    "number-as-condition": "{operator:quoted} needs a condition here, such as x > 0",
    "chained-comparison": "comparisons do not chain; write {write}",
    # Errors of the point
    "not-a-name": "[{name:quoted} is no name|a name is missing before '=']; --at takes name=value pairs",
    "not-a-pair": "[{pair:quoted} is no pair|a pair is missing here]; --at takes name=value pairs, as a=2,x=3",
    "pair-separator": "a pair is name=value, and pairs are separated by commas",
    "decimal-comma": "the decimal sign is a point: write {write}",
    "uncertainty-negative": "an uncertainty is a number from 0 on",
    "given-constant": "{name:quoted} is {kind:kind.*}; it cannot be given a value",
    "given-step": "{name:quoted} is a step of the expression: it is computed, not given",
    "given-twice": "{name:quoted} is given twice",
    "unused-name": "{name:quoted} does not occur in the expression[; did you mean {suggestion:quoted}?]",
    "empty-value": "a value is missing behind '='",
    "value-with-name": "a value is a constant expression; {name:quoted} is a name",
    "value-not-finite": "[the value of {name:quoted}|a value] must be a finite number[, not {value:cut}]",
    "value-too-large": "the value of {name:quoted} is too large for double precision",
    "json-value": "the value of {name:quoted} in the JSON object is no number",
    "json-number": "a number in the JSON object is too large for double precision",
    "json-empty": "the values must be a JSON object of numbers; the text is empty",
    "json-syntax": "this is no JSON object: {reason}",
    "json-depth": "the JSON text is nested too deeply",
    "json-object": 'the values must be a JSON object of numbers, as {{"a": 2, "x": 3}}',
    # Errors of mathematics
    "undefined": (
        "{operator} at column {column}[, called at {call:place},] "
        "is not defined here: its {arguments:argument is|arguments are} {arguments}, "
        "but {form} needs {needs}"
    ),
    "overflow": (
        "{operator} at column {column}[, called at {call:place},] "
        "overflows: its {arguments:argument is|arguments are} {arguments}"
    ),
    "hint.exceeds": "the argument exceeds {bound} by {distance:.2g}",
    "hint.falls-below": "the argument is below {bound} by {distance:.2g}",
    "hint.better": "for {formula} there is {better}",
    # Errors of files and streams
    "file-as-pairs": "--at takes name=value pairs; to read the file write --at @{file}",
    "json-as-pairs": "--at takes name=value pairs; to read JSON write --at - or --at @FILE",
    "stdin-twice": "standard input can be read once: for the expression or for one --at",
    "stdin-closed": "standard input is closed; {input:input.*} cannot be read from it",
    "input.expression": "the expression",
    "input.at": "--at",
    "input.claim": "claims",
    "too-long-input": (
        "[{file:quoted}|standard input] has more than {limit:,} characters, the limit for {input:input.*} "
        "(see --max-length)"
    ),
    "unreadable-file": "cannot read {file:quoted}: [{reason}|no such name is possible]",
    "unwritable-output": "cannot write the output: [{file:quoted}: ][{reason}|standard output is closed]",
    "no-memory": "there is not enough memory for this",
    "not-utf8": (
        "[{file:quoted}|standard input] is [{encoding} text, not UTF-8|not UTF-8 text: byte {byte} at offset {offset}]"
    ),
    "hint.read-file": "to read the file write @{file}",
    # Errors of options and of calls of the library
    "wrt-names": "--wrt takes names separated by commas, as a,b",
    "wrt-step-with-claims": (
        "{name:quoted} is a step, which is computed; with claims --wrt names the variables that are varied"
    ),
    "claims-no-file": "--claims reads a file of claims, one a line: --claims @{file}",
    "no-claims": "there is no claim in the file {file:quoted}",
    "name-in-latex": "formulas in LaTeX have the names of the expression, so --name does not go with latex",
    "not-an-expression": "an expression is a text or a graph, not {given:quoted}",
    "digits-range": "the number of digits is a whole number from 1 to {most}, not {given:cut}",
    "digits-with-option": "digits do not go with {option}",
    "digits-without-point": "digits are those of numbers at a point: give one with --at",
    "digits-undecided": (
        "{digits} digits do not decide which way {function:quoted} at column {column}[, called at {call:place},] goes"
    ),
    "digits-undefined": (
        "{function:quoted} at column {column}[, called at {call:place},] "
        "has no value here that {digits} digits would tell"
    ),
    "unknown-kink-rule": "unknown rule for kinks {given:quoted}; there are {known}",
    "unknown-chain": "unknown form of the chain {given:quoted}; there are {known}",
    "unknown-target": "unknown target {given:quoted}; there are {known}",
    "name-letters": (
        "{name:quoted} cannot be the name of a function there; it must be a name of plain letters, digits and "
        "underscores"
    ),
    "name-reserved": "{name:quoted} cannot be the name of a function there; that name is reserved",
    "usage": "{reason}",
    "unknown-command": "{name:quoted} is no command[; did you mean {suggestion:quoted}?]",
    "hint.evaluate": "to evaluate it: gradcli eval {name:quoted}",
    "unknown-option": "no such option {option:cut}[; did you mean {suggestion}?]",
    "missing-option": "missing option '{option}'[. Choose from: {choices}]",
    "option-without-value": "option {option} needs a value",
    "option-with-value": "option '{option}' does not take a value",
    "unknown-page": "unknown page {name:quoted}; [did you mean {suggestion:quoted}?|for the list: gradcli guide]",
    "no-expression": "no expression is given[; for example: {example}]",
    "extra-argument": "got unexpected extra argument {argument:quoted}",
    "hint.give-values": "for example: {command}",
    "hint.one-letter": "'{word}' is minus {letter} here; an option of one letter stands behind the expression",
    "hint.redirect": "the result goes to standard output, which > FILE puts in a file",
    "hint.claim": "a claim is an option, as --claim x={argument:cut}",
    "hint.quote-expression": "the expression is one argument, so put it in quotes",
    "hint.quote-point": "the values of a point are one argument, as --at a=2,x=3",
    "unknown-choice": (
        "invalid value for ['{option}'|the environment variable {variable}]: '{value}' is not one of {choices:quoted}"
    ),
    "not-an-integer": "invalid value for '{option}': '{value}' is not a valid integer",
    "not-a-number": "invalid value for '{option}': '{value}' is not a valid float",
    "out-of-range": "invalid value for '{option}': {value} is not in the range {range}",
    "json-and-format": "--json and --format {form} cannot go together",
    "limit-nan": "--limit takes a number of seconds, not nan",
    "png-in-terminal": "a PNG cannot be shown in the terminal; give it a file with --output graph.png",
    "unknown-ending": ("the name of the file must end with one of {endings}, or --format must say what it is"),
    "unspelled-function": "the function {function}[, which the gradient of {of} needs,] cannot be written in "
    "[{target}|the JavaScript of the page]",
    "order-with-gradient": (
        "{function} has no derivative with respect to {parameter}, its order; what stands there may not require a "
        "gradient (see --wrt)"
    ),
    "derivative-order": "the order of a derivative is a whole number from 1 to {most}, not {order}",
    "order-of-step": "derivatives of order {order} are for variables; '{name}' is a named step",
    "order-too-large": (
        "derivatives of order {order} take more than {limit:,} nodes here; up to --order {before} there are fewer"
    ),
    "too-many-derivatives": "there are {count:,} derivatives of order {order}; the limit is {limit:,} (see --wrt)",
    "too-many-entries": (
        "JSON has {count:,} entries for the derivatives of order {order}, one for each order of the "
        "variables; the limit is {limit:,} (see --wrt)"
    ),
    "too-long-inline": "written out, {derivative} has more than {limit:,} characters; leave --inline away",
    "too-many-nodes": (
        "the graph has {nodes:,} nodes, a picture at most {limit:,} (see --max-nodes); as text there is no "
        "limit: --format dot or mermaid"
    ),
    "too-many-pixels": "a picture of {width:.0f} × {height:.0f} pixels is too large; lower --scale",
    "png-needs-resvg": "PNG needs resvg-py: pip install 'gradcli[png]'; SVG needs nothing (--output graph.svg)",
    "compare-needs-sympy": "gradcli compare needs SymPy: pip install 'gradcli[algebra]'",
    # Errors of claims
    "claim-held": "{name:quoted} is held fixed: --wrt varies {varied:listed} alone",
    "claim-twice": "there are two claims for {name:quoted}",
    "not-a-claim": "a claim is name=derivative, such as a=x or b=4",
    "empty-claim": "the claim has no right side",
    "claim-equals": "a claim has one equals sign; each claim has a --claim of its own",
    "not-the-output": "{name:quoted} is not the output; a claim is for the output's derivatives",
    "unknown-in-claim": (
        "{name:quoted} is no variable and no step of the expression; [it is written with {character:point}, "
        "the name that has a value with {other:point}|for a product write {write}|for a difference write "
        "{difference}|did you mean {suggestion:quoted}?|there {known:is|are} {known:few}|it has none]"
    ),
    # Notes on a result
    "note.kink": (
        "{operator} at [line {line}, ]column {column}[, called at {call:place},] "
        "is at its kink ({equal}): used {used}, [the branch {condition}|"
        "the branch that is {takes}|the subgradient of smallest norm]; the slope is {left} from the left and {right} "
        "from the right[ (see {option})]"
    ),
    "note.cone": (
        "{operator} at [line {line}, ]column {column}[, called at {call:place},] "
        "is at its kink ({arguments}): used {used}"
    ),
    "note.tie": (
        "{operator} at [line {line}, ]column {column}[, called at {call:place},] "
        "is at a tie ({equal}): [all of the gradient goes to {first}, "
        "the first|the gradient is shared equally][ (see {option})]"
    ),
    "note.jump": (
        "{operator} at [line {line}, ]column {column}[, called at {call:place},] "
        "jumps here ({arguments}): used {used}, the {slopes:slope|slopes} beside it"
    ),
    "note.jump-without-slope": (
        "{operator} at [line {line}, ]column {column}[, called at {call:place},] "
        "jumps here ({arguments}): it has no slope"
    ),
    "note.edge": (
        "{operator} at [line {line}, ]column {column}[, called at {call:place},] "
        "turns here ({arguments}): used {used}, the slope of the branch "
        "taken; in {variable:cut}[ along ({direction})] the slope of the whole expression is {before:left.*} "
        "on the left and {after:right.*} on the right"
    ),
    "note.edge-jump": (
        "{operator} at [line {line}, ]column {column}[, called at {call:place},] "
        "turns here ({arguments}): the value is {value}, with the slope "
        "{used} of the branch taken; in {variable:cut}[ along ({direction})] the whole expression comes to "
        "{before:left.*} on the left and to {after:right.*} on the right"
    ),
    "note.edge-left-out": (
        "a condition turns here; what the whole expression does beside its edge is left out: there are too many nodes"
    ),
    "note.order": (
        "{of} jumps here: {used} is that of the branches taken, but as {variable:cut} moves it comes to "
        "{before:left.*} on the left and to {after:right.*} on the right[; on a kink or an edge is {operator} at line "
        "{line}, column {column}|; on a kink or an edge is {operator} at column {column}][ "
        "(called at {call:place})][, and {more} more]"
    ),
    "note.order-left-out": (
        "the point is on a kink or an edge; whether derivatives of higher order jump there is left out: there are too "
        "many nodes"
    ),
    "left.slope": "{left}",
    "left.value": "{value_left}",
    "left.unknown": "something not known",
    "left.no-value": "nothing (it has no value there)",
    "right.slope": "{right}",
    "right.value": "{value_right}",
    "right.unknown": "something not known",
    "right.no-value": "nothing (it has no value there)",
    "note.one-sided": (
        "in {variable:cut} the whole expression has the derivative {left} from the left and {right} from the right"
    ),
    "note.smooth": "in {variable:cut} the whole expression is smooth here, with derivative {left}",
    "note.one-sided-left-out": (
        "the derivatives of the whole expression from both sides are left out: there are too many variables"
    ),
    "note.not-finite": (
        "{of:not-finite.*} is not finite ({value}): it comes from {cause:cause.*}[; for {formula} there is {better}]"
    ),
    "not-finite.value": "the value",
    "not-finite.step": "a step on the way",
    "not-finite.gradient": "the gradient of {name:cut}",
    "cause.node": "{site:site.*}",
    "cause.slope": "the slope of {site:site.*}",
    "cause.sum": "the sum of what comes to {site:site.*}",
    "cause.product": "an overflow behind {site:site.*}",
    "site.leaf": "{node:cut}",
    "site.operation": "{operator} at [line {line}, ]column {column}[, called at {call:place}] ({arguments})",
    "note.lost-digits": (
        "{of:lost.*} has lost its digits to {by:lost-to.*}: {digits} of 16 hold, {place:lost-at.*}; it is {corrected}"
        "[; for {formula} there is {better}]"
    ),
    "note.lost-digits-of-formula": (
        "{of:lost.*} has lost its digits to {by:lost-to.*}: {digits} of 16 hold[, in {part}]; it is {corrected}"
    ),
    "note.lost-digits-doubt": "{of:lost.*} may have lost its digits, {place:lost-at.*}; what it is was not found",
    "note.lost-digits-unknown": "{of:lost.*} may have lost its digits[, in {part}]; what it is was not found",
    "note.too-small": "{of:lost.*} is too small for double precision: it is {exact}",
    "note.vanishing": "{of:lost.*} is too small for double precision: less than {exact}",
    "note.too-large": "{of:lost.*} is too large for double precision: it is {exact}",
    "lost.value": "the value",
    "lost.gradient": "the gradient of {name:cut}",
    "lost.derivative": "{name:cut}",
    "lost.uncertainty": "the uncertainty",
    "lost-to.cancellation": "cancellation",
    "lost-to.rounding": "rounding",
    "lost-to.underflow": "underflow",
    "lost-to.overflow": "an overflow",
    "lost-at.operation": "at {operator} at [line {line}, ]column {column}[, called at {call:place}]",
    "lost-at.slope": "in the slope of {site:lost-site.*}",
    "lost-at.product": "in the product behind {site:lost-site.*}",
    "lost-at.sum": "in the sum of what comes to {site:lost-site.*}",
    "lost-site.leaf": "{node:cut}",
    "lost-site.operation": "{operator} at [line {line}, ]column {column}[, called at {call:place}]",
    "note.stop": "a gradient of 0 stops at the infinite slope of {site:site.*}: 0 may not be the derivative",
    "note.formula": (
        f"the formula for {{of}} [gives {{gives}} here|{_NOT_FINITE}]; {{slope}} is from the backward pass"
    ),
    "note.formula-not-finite": f"the formula for {{of}} {_NOT_FINITE}",
    "note.name": "{name} is a variable here, as it is given a value, and not the constant",
    "note.uncertain": (
        "the uncertainty is [{percent:rounded 2} % of the value|larger than the value, 0]: first order may not do"
    ),
    "note.uncertain-input": (
        "the uncertainty of {variable:cut} is [{percent:rounded 2} % of its value|larger than its value, 0]: "
        "first order may not do"
    ),
    "note.uncertain-kink": (
        "within the uncertainty of {variable:cut} there is a kink, a jump or no value: first order does not see it"
    ),
    "note.uncertain-left-out": (
        "whether there is a kink within the uncertainties is left out: there are too many nodes"
    ),
    "note.no-variable": "the expression has no variable, so there is nothing to derive for",
    "note.many-edges": "{edges:,} edges; Mermaid draws {most} unless its maxEdges is set higher",
    "note.not-drawn": "not drawn, since the output does not depend on it: {names}",
    "note.long-table": "the table has {rows:,} rows; --format markdown writes them faster",
    "note.more": "and {more} more; --json has them all",
    "noted": "note: {message}",
    # Comments in exported code
    "code.summary": "{expression} and its gradient, written by gradcli.",
    "code.point": "At [{at}|any point] the value is {value}, the gradient [{gradient}|empty].",
    "code.renamed": "{new} is {name}: the name cannot be used here.",
    "code.no-point": "No point was given: put in your numbers.",
    "code.amsmath": (r"Needs \usepackage{{amsmath}}, and \allowdisplaybreaks where a block is longer than a page."),
    "code.letters": "Names in other letters than Latin and Greek need LuaLaTeX and a font that has them.",
    "code.held": "{local} is the derivative through {node} alone, with what stands below the bracket held constant.",
    "code.attempt": "there may be no number, where none is needed",
    "code.pole": "a pole",
    "code.pole-or-too-large": "a pole, or too large",
    "code.nan": "NaN if one is; {function} would hide it",
    "code.gelu": "-x * SQRT1_2 is rounded to z: in the left tail e^(z*z - x*x/2) makes up for it",
    "code.exact-squares": "a * a and b * b are exact",
    "code.gauss": "exp(-x * x), exact to the last digits also where x * x is large",
    "code.own-slope": "{of}'s own slope is not right at this point",
    "code.below-0": "{of}'s own is not right below 0",
    "code.zeta": "for n = 1 PyTorch's own has nine digits",
    "code.stop": "no gradient passes",
    "code.own-gradient": "a tensor with a gradient of its own",
    "code.no-gradient": "else nothing here depends on what requires a gradient",
    # Words of tables and pictures
    "label.node": "Node",
    "label.input": "Input",
    "label.output": "Output",
    "label.forward": "Forward pass",
    "label.backward": "Backward pass",
    "label.start": "Start point",
    "label.end": "End point",
    "label.result": "Value and gradient",
    "label.variable": "Variable",
    "label.value": "Value",
    "label.gradient": "Gradient",
    "label.function": "Function",
    "label.derivative": "Derivative",
    "label.convention": "Convention",
    "label.uncertainty": "Uncertainty",
    "label.share": "Share in %",
    "label.definition": "Definition",
    "label.example": "Example",
    "label.computed": "As gradcli has it",
    "label.textbook": "Derivative in textbooks",
    "label.more-of-functions": "out is the value; for definition, example, domain, kinks: gradcli functions NAME",
    "label.domain": "Domain",
    "gate.open": "open",
    "gate.closed": "closed",
    "label.expression": "Expression",
    "label.claim": "Claim",
    "label.verdict": "Verdict",
    "label.claimed-value": "Claimed value",
    "label.right-value": "Right value",
    "label.remark": "Remark",
    "label.reverse-mode": "Reverse mode",
    "label.forward-mode": "Forward mode",
    "label.taylor-test": "Taylor test",
    "verdict.right": "right",
    "verdict.right-where-tried": "right where tried",
    "verdict.wrong": "wrong",
    "verdict.inconclusive": "inconclusive",
    "label.not-taken": "not taken",
    "label.not-reached": "not reached",
    "label.no-gradient": "no gradient is required for",
    "label.others": "{count:,} others, which require no gradient, are left out: --json and --format csv have them",
    "label.not-known": "not known",
    "label.not-finite": "not finite",
    "label.true": "true",
    "label.false": "false",
    "label.kink": "kink",
    "label.lost": "digits lost",
    "label.tie": "tie",
    "label.jump": "jump",
    "label.edge": "edge",
    "label.note": "note",
    "node": "{label} node",
    "takes": "takes {what}",
    "part-of": "part of {whole}",
    "case.given": "if {condition}",
    "case.otherwise": "otherwise",
    "argument.first": "first",
    "argument.later": "later",
    "holds": "{condition} is {state:label.*}",
    # gradcli compare
    "compare.way": "Work",
    "compare.operations": "Operations",
    "compare.seconds": "Seconds",
    "compare.function": "function",
    "compare.function-written-out": "function, written out",
    "compare.derivative": "algebra: derivative as derived",
    "compare.derivative-shared": "algebra: common subexpressions taken out",
    "compare.forward-backward": "graph: forward and backward pass",
    "compare.algebra": "Algebra",
    "compare.graph": "Graph",
    "compare.agree": "Agree",
    "compare.yes": "yes",
    "compare.no": "no",
    "compare.stopped": "stopped",
    "compare.failed": "failed",
    "compare.time": "the algebra was stopped after {limit} s",
    "compare.memory": "the algebra ran out of memory",
    "compare.depth": "the algebra failed: the expression is nested too deeply for SymPy",
    "compare.error": "the algebra failed",
    # Conventions of the operator table
    # What `gradcli functions` says: groups, and what a function is that is no formula of others
    "group.operators": "Operators",
    "group.exponential": "Exponentials, logarithms, roots",
    "group.trigonometric": "Trigonometric and hyperbolic functions",
    "group.branching": "Functions with branches and jumps",
    "group.neural": "Neural networks",
    "group.other": "Other functions",
    "function.identity": "x under another name",
    "function.add": "the sum",
    "function.sub": "the difference",
    "function.mul": "the product",
    "function.div": "the quotient",
    "function.pow": "x to the power y",
    "function.neg": "the opposite number",
    "function.exp": "e to the power x",
    "function.log": "the natural logarithm: exp(log(x)) is x",
    "function.sqrt": "the square root: sqrt(x)^2 is x",
    "function.cbrt": "the cube root, of negative numbers too",
    "function.sin": "the sine of an angle in radians",
    "function.cos": "the cosine of an angle in radians",
    "function.tan": "the tangent, sin(x) / cos(x)",
    "function.asin": "the angle from -pi/2 to pi/2 whose sine is x",
    "function.acos": "the angle from 0 to pi whose cosine is x",
    "function.atan": "the angle between -pi/2 and pi/2 whose tangent is x",
    "function.atan2": "the angle of the point (x, y), from -pi to pi",
    "function.sinh": "(exp(x) - exp(-x)) / 2",
    "function.cosh": "(exp(x) + exp(-x)) / 2",
    "function.tanh": "sinh(x) / cosh(x)",
    "function.asinh": "the number whose sinh is x",
    "function.acosh": "the number from 0 on whose cosh is x",
    "function.atanh": "the number whose tanh is x",
    "function.sign": "-1, 0 or 1",
    "function.min": "the smallest argument",
    "function.max": "the largest argument",
    "function.floor": "the largest whole number up to x",
    "function.ceil": "the smallest whole number from x on",
    "function.round": "the nearest whole number, of two the even one",
    "function.where": "a where the condition holds, else b; the other is not evaluated",
    "function.erf": "2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x",
    "function.erfc": "1 - erf(x)",
    "function.logsumexp": "the logarithm of the sum of exp of each argument",
    "function.erfinv": "the number whose erf is x",
    "function.lgamma": "the logarithm of the absolute value of gamma(x)",
    "function.gamma": "the integral of t^(x - 1) * exp(-t) from 0 on; (x - 1)! of whole numbers",
    "function.digamma": "the derivative of lgamma",
    "function.polygamma": "the n-th derivative of digamma",
    "domain.all": "all real numbers",
    "convention.none": "none",
    "convention.tie": "tie: the first argument that holds the extreme value; minnorm: equal shares",
    "convention.cone": "kink at (0, 0): slopes (0, 0)",
    "convention.jump": "jump at {place}: the slope beside it",
    "convention.kink": "kink at {places}: the slope of the branch taken; minnorm: the slope nearest to 0",
    # The manual
    "label.pages": "The manual; a page is shown by gradcli guide PAGE:",
    # Pictures
    "tree.above": "above",
    "tree.below": "below",
    "page.first": "To the start",
    "page.back": "Back",
    "page.step": "Step",
    "page.last": "To the end",
    "page.steps": "Steps",
    "page.static": "Without JavaScript this picture does not move; its numbers are those of the point given.",
    "page.keys": "Arrow keys: step. Tab: the nodes.",
    "page.start": "The inputs are given.",
    "page.upstream": "upstream",
    "page.local": "local",
    "page.undefined": f"The function {_NOT_FINITE}",
    "page.slider": "slider",
    "page.give": "Give the inputs values.",
    # Nodes by the key of their row; those that are not here are called by its name
    "operator.identity": "Step",
    "operator.add": "Add",
    "operator.sub": "Sub",
    "operator.mul": "Mul",
    "operator.div": "Div",
    "operator.pow": "Power",
    "operator.lt": "Comparison",
    "operator.le": "Comparison",
    "operator.gt": "Comparison",
    "operator.ge": "Comparison",
    "operator.eq": "Comparison",
    "operator.ne": "Comparison",
    "operator.and": "And",
    "operator.or": "Or",
    "operator.neg": "Neg",
    "operator.not": "Not",
    "operator.relu": "ReLU",
    "operator.leaky_relu": "Leaky ReLU",
    "operator.elu": "ELU",
    "operator.silu": "SiLU",
    "operator.gelu": "GELU",
    # What is said of a claim: what it is consistent with, and other remarks
    "consistent": "consistent with {mistake}",
    "mistake.claim": "the wrong claim for {name}, carried on correctly",
    "mistake.multiple": "a constant factor: {factor} times the right value",
    "mistake.half": "a constant factor: half the right value",
    "mistake.sign": "the opposite sign",
    "mistake.path": "a path left out at the fork {fork}: the one through {via} (gradients add)",
    "mistake.only-path": "the path through {via} alone, at the fork {fork} (gradients add)",
    "mistake.multiplied": "contributions multiplied instead of added at the fork {fork}",
    "mistake.subtracted": "contributions subtracted instead of added at the fork {fork}",
    "mistake.own-input": "the wrong factor of the product {at}: its own input {input} instead of {other}",
    "mistake.open": "a closed branch treated as open, at {at}",
    "mistake.closed": "an open branch treated as closed, at {at}",
    "mistake.branch": "the branch that is {takes}, everywhere, at {at}",
    "mistake.loser": "the gradient given to the wrong argument of {at}, at {input}",
    "mistake.shared": "the gradient shared in halves at {at}",
    "mistake.factor": "a factor of the chain missing: the derivative of {at} with respect to {input}",
    "mistake.edge-sign": "a wrong sign of the derivative of {at} with respect to {input}",
    "mistake.inside": "the derivatives of the arguments put into {at} instead of the arguments",
    "mistake.other-argument": "the derivative for the other argument of {at}",
    "mistake.rule": "{taken} for the derivative of {at} with respect to {input}, which is {rule}",
    "mistake.stops-early": "a chain that stops early, at the gradient of {node}",
    "mistake.starts-late": "a chain that starts late: the derivative of {node}, without what follows it",
    "mistake.other-gradient": "the gradient of {name}",
    "mistake.constant": "{node} held constant, though it depends on the variable",
    "mistake.at-output": "the derivative of {at} taken at its output, not at its input {input}",
    "mistake.for-output": ("the input {input} in place of the output in the derivative of {at}: {taken} for {rule}"),
    "mistake.integral": "the integral instead of the derivative",
    "mistake.place": "the derivative of the outer function taken at {target} instead of {input}, at {at}",
    "mistake.value": "the value of the function instead of its derivative",
    "mistake.inverse": "one over the derivative",
    "remark.rounded": "as rounded to the digits given",
    "remark.within": "within the relative error that is allowed (--rtol)",
    "remark.close": "close: right to {digits} digits",
    "remark.close-1": "close: right to 1 digit",
    "remark.near": "close: at the points tested it differs by {percent:rounded 2} percent at most",
    "remark.near-number": "close: it differs by {percent:rounded 2} percent",
    "remark.point-only": "tested at the point only: no other point of the domain was found",
    "remark.elsewhere": (
        "it holds at the point, but not at {at:rounded}: there it is {right}, not {claimed}"
        "[ ({varied:few} were varied; --wrt NAMES varies these alone)]"
    ),
    "remark.hidden-here": (
        "rounding hides the answer at the point, but it does not hold at {at:rounded}: there it is {right}, "
        "not {claimed}[ ({varied:few} were varied; --wrt NAMES varies these alone)]"
    ),
    "remark.untried": "no point was found at which {branches:listed}",
    "remark.kink": "the point is on a kink; gradcli uses {right} (see --kink in gradcli eval)",
    "remark.one-sided": (
        "the point is on a kink: the slope is {left} from the left and {above} from the right; gradcli uses {right}"
    ),
    "remark.smooth": (
        "kinks cancel here: the derivative is {derivative} from both sides; gradcli's rule of branches uses {right}"
    ),
    "remark.edge": "the point is on the edge of a condition; gradcli uses {right}, the slope of the branch taken",
    "remark.beside": (
        "the point is on the edge of a condition: beside it the slope is {left} on the left and {above} on "
        "the right; gradcli uses {right}"
    ),
    "remark.off-kink": (
        "the point is on a kink, but it does not hold at {at:rounded} either: there it is {right}, not {claimed}"
    ),
    "remark.undefined": "the claim has no value here, where the derivative is {right}",
    "remark.undefined-elsewhere": "it has no value at {at:rounded}, where the derivative is {right}",
    "remark.not-finite": f"the derivative {_NOT_FINITE}",
    "remark.claim-not-finite": f"the claim {_NOT_FINITE}",
    "remark.operations": "by the operations on the way, each tested by itself",
    "remark.rounding": "rounding hides the answer",
    "remark.hides": "rounding hides the answer; with more digits it is {right}",
    "remark.lost": "rounding has taken the digits of doubles; with more digits it is {right}",
    "remark.digits": "it differs at the point, in the digits asked for",
    "remark.digits-here": "right at the point in the digits asked for; doubles do not say whether it is elsewhere",
    "remark.digits-open": "the digits do not decide it",
    "remark.stop": "a gradient of 0 stops at an infinite slope here: 0 may not be the derivative",
    "remark.not-reached": "the node is not evaluated here",
    "remark.disagree": "reverse and forward mode do not agree",
    "remark.flaw": (
        "the derivative of {at} with respect to {input} fails its own Taylor test: {slope:rounded} instead of "
        "{found:rounded}"
    ),
    "remark.left-out": "not tested: {count} named steps are left out, since each takes as long as the whole graph",
    "remark.too-small": "it is too small for double precision: it is {right}",
    "remark.underflow": "a product is too small for double precision",
    "remark.jump": "the point is on a kink, a jump or the edge of a condition",
    "breaks-first": "On the way back the claims first break at {name}.",
}
