"""What is put around a message, and what is added to it as a hint, in English."""

TEXTS = {
    "error.line": "line {line}: {message}",
    "error.hint": "{message}; {hint}",
    "hint.exceeds": "the argument exceeds {bound} by {distance:.2g}",
    "hint.falls-below": "the argument is below {bound} by {distance:.2g}",
    "hint.digits": "with more digits there is a value, {value} (see gradcli eval --digits)",
    "hint.better": "for {formula} there is {better}",
    "hint.read-file": "to read the file write @{file}",
    "hint.evaluate": "to evaluate it: gradcli eval {name:quoted}",
    "hint.give-values": "for example: {command}",
    "hint.one-letter": "'{word}' is minus {letter} here; an option of one letter stands behind the expression",
    "hint.redirect": "the result goes to standard output, which > FILE puts in a file",
    "hint.claim": "a claim is an option, as --claim x={argument:cut}",
    "hint.option": "write {write}",
    "hint.apart": "the command and the expression are two arguments: {command}",
    "hint.all-commands": "for the list: gradcli --help",
    "hint.quote-expression": "the expression is one argument, so put it in quotes",
    "hint.quote-point": "the values of a point are one argument, as --at a=2,x=3",
    "hint.delimiter": "the cells seem to have {sign:quoted} between them: --delimiter '{sign}'",
    "hint.tsv": "the cells seem to have tabs between them: --from tsv",
    "hint.names-first": "the first line holds numbers, and must hold the names of the columns",
    "hint.objects": 'each line is to be a JSON object, as {{"x": 3}}',
    "unspelled-function": "the function {function}[, which the gradient of {of} needs,] cannot be written in "
    "[{backend}|the JavaScript of the page]",
}
