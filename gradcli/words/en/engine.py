"""Errors of mathematics, and notes on a result, in English."""

TEXTS = {
    "unknown-name": (
        "{name:quoted} is no variable and no named step of the expression; [did you mean "
        "{suggestion:quoted}?|there {known:is|are} {known:few}|it has none]"
    ),
    "value-not-finite": "[the value of {name:quoted}|a value] must be a finite number[, not {value:cut}]",
    "undefined": (
        "{operator} at column {column}[, called at {call:place},] "
        "is not defined here: [the denominator is {zero}|{written} has no value, as {form} needs {needs:relation}"
        "|its {arguments:argument is|arguments are} {arguments}, but {form} needs {needs:relation}]"
    ),
    "overflow": (
        "{operator} at column {column}[, called at {call:place},] "
        "overflows: its {arguments:argument is|arguments are} {arguments}"
    ),
    "wrt-step-with-claims": (
        "{name:quoted} is a step, which is computed; with claims --wrt names the variables that are varied"
    ),
    "digits-range": "the number of digits is a whole number from 1 to {most}, not {given:cut}",
    "digits-undecided": (
        "{digits} digits do not decide which way {function:quoted} at column {column}[, called at {call:place},] goes"
    ),
    "digits-undefined": (
        "{function:quoted} at column {column}[, called at {call:place},] "
        "has no value here that {digits} digits would tell"
    ),
    "no-fraction": (
        "{operator}[ at column {column}][, called at {call:place},] "
        "gives no fraction here: its {arguments:argument is|arguments are} {arguments}; "
        "without --fractions it is computed in decimals"
    ),
    "no-fraction-constant": "{name:cut} is no fraction; without --fractions it is computed in decimals",
    "no-fraction-slope": (
        "{operator}[ at column {column}][, called at {call:place},] "
        "has a slope that is no fraction here: its {arguments:argument is|arguments are} {arguments}; "
        "without --fractions it is computed in decimals"
    ),
    "fraction-too-long": (
        "{operator}[ at column {column}][, called at {call:place},] leads to a fraction of more than {most:,} digits"
    ),
    "value-too-long": "the value of {name:quoted} is a fraction of more than {most:,} digits",
    "order-with-gradient": (
        "{function} has no derivative with respect to {parameter}, its order; what stands there may not require a "
        "gradient (see --wrt)"
    ),
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
    "note.kink-elements": (
        "{operator} at [line {line}, ]column {column}[, called at {call:place},] "
        "is at its kink in {count:,} of {size:,} elements ({shown}): [used {used}, ][the branch {condition}|"
        "the branch that is {takes}|the subgradient of smallest norm][; the slope is {left} from the left and {right} "
        "from the right][ (see {option})]"
    ),
    "note.cone-elements": (
        "{operator} at [line {line}, ]column {column}[, called at {call:place},] "
        "is at its kink in {count:,} of {size:,} elements ({shown}): used {used}"
    ),
    "note.tie-elements": (
        "{operator} at [line {line}, ]column {column}[, called at {call:place},] "
        "is at a tie in {count:,} of {size:,} elements ({shown}): [all of the gradient goes to the first of those "
        "that are equal, as {first}|the gradient is shared equally][ (see {option})]"
    ),
    "note.jump-elements": (
        "{operator} at [line {line}, ]column {column}[, called at {call:place},] "
        "jumps here in {count:,} of {size:,} elements ({shown}): used {used}, the {slopes:slope|slopes} beside it"
    ),
    "note.jump-without-slope-elements": (
        "{operator} at [line {line}, ]column {column}[, called at {call:place},] "
        "jumps here in {count:,} of {size:,} elements ({shown}): it has no slope"
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
    "note.edge-open": (
        "{operator} at [line {line}, ]column {column}[, called at {call:place},] "
        "turns here ({arguments}): used {used}, the slope of the branch "
        "taken; what the whole expression does in {variable:cut}[ along ({direction})] beside the point is not known"
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
    "note.order-open": (
        "{of} is {used} on the branches taken; what it does beside the point as {variable:cut} moves is not known"
        "[; on a kink or an edge is {operator} at line {line}, column {column}|; on a kink or an edge is {operator} at "
        "column {column}][ (called at {call:place})][, and {more} more]"
    ),
    "note.order-left-out": (
        "the point is on a kink or an edge; whether derivatives of higher order jump there is left out: there are too "
        "many nodes"
    ),
    "left.slope": "{left}",
    "left.value": "{value_left}",
    "left.infinite": "infinity",
    "left.minus-infinite": "minus infinity",
    "left.unknown": "something not known",
    "left.no-value": "nothing (it has no value there)",
    "right.slope": "{right}",
    "right.value": "{value_right}",
    "right.infinite": "infinity",
    "right.minus-infinite": "minus infinity",
    "right.unknown": "something not known",
    "right.no-value": "nothing (it has no value there)",
    "note.one-sided": (
        "in {variable:cut} the whole expression has the derivative {left} from the left and {right} from the right"
    ),
    "note.smooth": "in {variable:cut} the whole expression is smooth here, with derivative {left}",
    "note.one-sided-elements": (
        "in {count:,} of {size:,} elements of {variable:cut} ({shown}) the whole expression has other derivatives from "
        "the left than from the right"
    ),
    "note.smooth-elements": (
        "in {count:,} of {size:,} elements of {variable:cut} ({shown}) the whole expression is smooth here"
    ),
    "note.one-sided-left-out": (
        "the derivatives of the whole expression from both sides are left out: there are too many variables"
    ),
    "note.not-finite": (
        "{of:not-finite.*} is not finite ({value}): it comes from {cause:cause.*}[; for {formula} there is {better}]"
    ),
    "note.not-finite-elements": (
        "{of:not-finite.*} is not finite in {count:,} of {size:,} elements ({shown}): it comes from {cause:cause.*}"
        "[; for {formula} there is {better}]"
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
    "site.elements": "{operator} at [line {line}, ]column {column}[, called at {call:place}]",
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
    "note.lost-digits-elements": (
        "{of:lost.*} has lost digits in {count:,} of {size:,} elements ({shown}) to {by:lost-to.*}: {digits} of 16 "
        "hold at worst, {place:lost-at.*}; what is shown is right[; for {formula} there is {better}]"
    ),
    "note.lost-digits-doubt-elements": (
        "{of:lost.*} may have lost digits in {count:,} of {size:,} elements ({shown}), {place:lost-at.*}; what "
        "they are was not found"
    ),
    "note.too-small-elements": (
        "{of:lost.*} is too small for double precision in {count:,} of {size:,} elements ({shown})"
    ),
    "note.vanishing-elements": (
        "{of:lost.*} is too small for double precision in {count:,} of {size:,} elements ({shown})"
    ),
    "note.too-large-elements": (
        "{of:lost.*} is too large for double precision in {count:,} of {size:,} elements ({shown})"
    ),
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
    "lost-site.elements": "{operator} at [line {line}, ]column {column}[, called at {call:place}]",
    "note.stop": "a gradient of 0 stops at the infinite slope of {site:site.*}: 0 may not be the derivative",
    "note.formula": (
        "the formula for {of} [gives {gives} here|has no finite value here]; {slope} is from the backward pass"
    ),
    "note.formula-of-array": (
        "the formula for {of} does not give {count} of {all} elements here ({elements:few}); the numbers are from the "
        "backward pass"
    ),
    "note.by-elements": "{of} has no short formula over arrays; it is given element by element",
    "note.first-extreme": (
        "where several elements are the {function}, the formula counts each of them; the gradient goes to the "
        "first alone"
    ),
    "note.repeated": (
        "the formula for {of} is {own:said}; its elements are repeated to the array's own shape, {whole:said}"
    ),
    "note.formula-not-finite": "the formula for {of} has no finite value here",
    "note.name": "{name} is a variable here, as it is given a value, and not the constant",
    "note.uncertain": (
        "the uncertainty is [{percent:rounded 2} % of the value|larger than the value, {compared}]: "
        "first order may not do"
    ),
    "note.uncertain-input": (
        "the uncertainty of {variable:cut} is [{percent:rounded 2} % of its value|larger than its value, {compared}]: "
        "first order may not do"
    ),
    "note.uncertain-kink": (
        "within the uncertainty of {variable:cut} there is a kink, a jump or no value: first order does not see it"
    ),
    "note.uncertain-kink-together": (
        "within the uncertainties together there is a kink, a jump or no value: first order does not see it"
    ),
    "note.uncertain-bend": (
        "within the uncertainty of {variable:cut} the value is no straight line: first order does not see that"
    ),
    "note.uncertain-bend-together": (
        "within the uncertainties together the value is no straight line: first order does not see that"
    ),
    "note.uncertain-left-out": (
        "whether there is a kink within the uncertainties is left out: there are too many nodes"
    ),
    "note.no-variable": "the expression has no variable, so there is nothing to derive for",
    "note.no-gradient": "no gradient is required for: {names:listed}",
    "note.no-point": "without --at the tables have no numbers[; with numbers: {command}]",
    "note.many-edges": "{edges:,} edges; Mermaid draws {most} unless its maxEdges is set higher",
    "note.no-font": "no font here has the characters {letters:cut}; boxes stand for them, but not in SVG",
    "note.direction": "in the terminal the picture goes to the right; --direction is for files",
    "note.not-drawn": "not drawn, since the output does not depend on it: {names}",
    "note.long-table": "the table has {rows:,} rows; --format markdown writes them faster",
    "note.bad-rows": "{bad:,} of {rows:,} rows {bad:has|have} no value or slope; the cells are empty there",
    "note.bad-rows-null": "{bad:,} of {rows:,} rows {bad:has|have} no value or slope; null stands there",
    "note.bad-rows-summed": (
        "{bad:,} of {rows:,} rows {bad:has|have} no value or slope, so there is none over all rows "
        "(--skip-bad leaves such rows out)"
    ),
    "note.bad-rows-skipped": ("{bad:,} of {rows:,} rows {bad:has|have} no value or slope and {bad:is|are} left out"),
    "note.bad-row": "[{file}, ][line {line}|row {row}]: {reason:said}",
    "note.no-workers": (
        "the Dask cluster at {address:quoted} has no workers; the rows wait up to {seconds} seconds for one"
    ),
    "note.noted-rows": "{count:,} {count:row has|rows have} the note '{noted}'",
    "note.no-rows": "there is no row of which to take the mean",
    "note.sum-too-large": "the sum is too large for double precision: {names:listed}",
    "note.more": "and {more} more; --json has them all",
    "noted": "note: {message}",
}
