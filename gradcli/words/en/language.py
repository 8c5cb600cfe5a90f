"""Errors of syntax, characters, names and functions, in English."""

TEXTS = {
    "empty": "the expression is empty",
    "too-long": "the expression has {length:,} characters; the limit is {limit:,} (see --max-length)",
    "unfinished-expression": "the expression ends where a value is missing",
    "unfinished-statement": "the statement ends where a value is missing",
    "other-notation": "this is not gradcli's notation; write {write}[, or for a vector {vector}]",
    "no-counterpart": "there is no counterpart of {name:quoted} in gradcli",
    "cell-range": "{name:quoted} is a range of cells; write its cells out, as A1 + A2",
    "ambiguous-notation": "this is read in different ways; write parentheses, and a sign for each product",
    "two-readings": "this is read in two ways; write {write} or {other}",
    "missing-choice": "what holds otherwise is missing behind {name:quoted}; write where(condition, a, b)",
    "derivative-sign": (
        "{name:cut} is none of the language; a derivative is asked for by gradcli diff EXPRESSION"
        "[, the transpose of a matrix is {transpose}: {write}|, the transpose of a matrix is {transpose}]"
    ),
    "function-derivative": "the derivative of {function} is {rule}[; write {write}]",
    "derivative-of": 'a derivative is asked for by a command: gradcli diff "{write:cut}"[ --wrt {name}]',
    "no-integrals": "there are no integrals in gradcli; it finds derivatives",
    "values-behind": 'the values of variables are given by --at: gradcli eval "{write:cut}" --at {point}',
    "command-inside": 'that is asked for by a command: gradcli {name} "{write:cut}"',
    "unused-statement": (
        "the result of this statement is not used; give it a name (s = ...), only the last one may have none"
    ),
    "unclosed-parenthesis": "[{bracket:quoted}|this parenthesis] is never closed",
    "unopened-parenthesis": "')' without '('",
    "empty-parenthesis": "a value is missing before ')'",
    "separator-in-parenthesis": "a parenthesis is open; ';' separates statements, so close it first",
    "missing-value": "{token:quoted} cannot stand here; a value is missing before it",
    "stray-assignment": "'=' cannot stand here; [to compare, write {write}|only a plain name can be given a value]",
    "empty-element": "an element of the array is missing",
    "index-missing": "an index is missing, as in x[0]",
    "part-with-step": "a part of an array is from one place to another, as 0:2; there are no steps",
    "rows-in-array": "the rows of a matrix are arrays themselves, with commas between: [[1, 2], [3, 4]]",
    "missing-comma": "elements are separated by commas, as in [1, 2]",
    "not-a-place": "{typed:quoted} is no index; indices are whole numbers, from 0 on, or parts as 0:2",
    "softmax-axis": "softmax goes along the last axis, and no other[; write {write}][, or for a vector {vector}]",
    "not-an-axis": "{typed:quoted} is no axis; an axis is 0 or 1, or -1 for the last",
    "no-keyword": (
        "{function} takes no argument called {name:quoted}; sum, mean, max, min, logsumexp and norm take axis=0 or "
        "axis=1"
    ),
    "stray-comma": (
        "{character:character} separates the arguments of a function"
        "[; write the number as {write}|; the decimal sign is {point:quoted}]"
    ),
    "unknown-operator": "{typed:quoted} is no operator; write {write}",
    "over-an-index": "{name} over an index is not in the language; write the terms out, as in x1 + x2 + x3",
    "missing-operator": (
        "an operator is missing[; for a product write {write}, of matrices {matrices}|; for a product write {write}]"
    ),
    "missing-operator-between-lines": "an operator is missing, or a ')' at the end of the line before",
    "missing-and": "'not' stands before a condition; 'and' or 'or' is missing",
    "superscript": "{character:point} is not part of the language; write ^{exponent}",
    "number-underscore": "a number has no '_' in it; write it without",
    "number-base": "numbers are decimal; there are no hexadecimal, octal or binary ones",
    "number-points": "a number has one decimal point",
    "number-too-large": (
        "this number is too large for double precision; "
        "with --digits (eval, diff, check) a variable may have it: --at a=1e400"
    ),
    "number-too-small": (
        "this number is too small for double precision; "
        "with --digits (eval, diff, check) a variable may have it: --at a=1e-400"
    ),
    "foreign-digit": "{character:point} is not a digit of the language; write {write}",
    "invalid-byte": "the byte {byte} is not UTF-8 text",
    "invisible-character": "{character} cannot stand in an expression",
    "strings": "the language has no strings; {character} cannot stand in an expression",
    "lonely-point": "a single point is no number, and there are no attributes",
    "combining-mark": "{character:point} cannot stand in an expression[; write {write:point}, one code point]",
    "plus-minus": "± stands in --at alone, once for each value, as x=3±0.1",
    "stray-character": "{character:character} cannot stand in an expression[; write {write}]",
    "name-character": (
        "{character:point} cannot stand in a name[; for a power write {base:cut}^{exponent}|; write {write:quoted}]"
    ),
    "name-spelling": "the name {name:quoted} holds {character:point}; write {write:quoted}",
    "long-vowel": "{character:point} is a letter, no minus sign[; for a minus write {write:cut}]",
    "reserved-name": "{name:quoted} is {kind:kind.*}; choose another name",
    "kind.function": "a function",
    "kind.constant": "a constant",
    "kind.word": "a word of the language",
    "name-defined-later": "{name:quoted} is used before this line defines it; define it first, or choose another name",
    "result-and-input": (
        "{name:cut} is the result and an input: leave out '{name:cut} =', or give one of them another name"
    ),
    "name-defined-twice": "{name:quoted} is defined already; each name is defined once",
    "no-value": (
        "no value for {names:listed}[; it is written with {character:point}, the name that has a value with "
        "{other:point}|; for a product write {write}|; write {meaning} for {named}"
        "|; for a difference write {difference}|; did you mean {suggestion:quoted}?]"
    ),
    "not-a-function": (
        "{name:quoted} is no function[; for a product write {write}, for a function define it first: {define}"
        "|; for a product write {write}|; define it first: {define}]"
    ),
    "unknown-function": (
        "unknown function {name:quoted}[ with {character:point}][; {call} is {write}|; write {write}|"
        "; did you mean {suggestion:quoted}, that is {meaning}?|; did you mean {suggestion:quoted}?|; "
        "'gradcli functions' lists those there are]"
    ),
    "function-elsewhere": "there is no {name:quoted} here; 'gradcli functions' lists the functions there are",
    "number-of-arguments": (
        "{function} takes [at least {least} {least:argument|arguments}|{takes} {takes:argument|arguments}][, "
        "{signature}][ or {longer}]; here {given:is|are} {given}[; write {write}][, or for a vector {vector}]"
    ),
    "function-defined-later": "{name:quoted} is called before it is defined; define it first",
    "recursive-definition": "{name:quoted} cannot be called in its own definition",
    "not-a-parameter": "a definition has plain names in its parentheses, as f(x, y) = x*y",
    "definition-last": "the program ends with a definition; its last statement must be what is to be computed",
    "too-many-calls": "{name:quoted}: the calls of definitions stand for more than {limit:,} nodes",
    "function-without-call": "'{function}' is a function; write {write}",
    "condition-as-number": (
        "a condition is no number[ for {operator:quoted}]; [for 1 where it holds and 0 elsewhere, write {write}"
        "|it can only stand first in where(condition, a, b)]"
    ),
    "number-as-condition": "{operator:quoted} needs a condition here, such as x > 0",
    "chained-comparison": "comparisons do not chain; write {write}",
}
