"""Traces: what each node does with the gradient, by the kind of its rule; and errors. In English."""

TEXTS = {
    "unknown-chain": "unknown form of the chain {given:quoted}; there are {known:quoted}",
    "not-opened": (
        "{name:quoted} is no operation over arrays here[; did you mean {suggestion:quoted}?|"
        "; those of this trace are {known:listed}]"
    ),
    "chains-too-long": (
        "written in full the products of the chain rule have {count:,} factors (limit {limit:,}); "
        "with --chain short each has two"
    ),
    "rule.begins": "{node}: the backward pass begins with 1",
    "rule.array": "{node}: {to} gets {formula}",
    "rule.array-passes": "{node}: the incoming {incoming} goes on to {to} as it is",
    "rule.array-sign": "{node}: the incoming {incoming} goes on to {to} with its sign changed",
    "rule.array-other": "{node}: the incoming {incoming} times {other}, the value from the other input",
    "rule.array-each": "{node}: each element of the incoming {incoming} times {other}, that of the other input",
    "rule.array-slopes": "{node}: each element of the incoming {incoming} times its own local derivative {local}",
    "rule.array-gate": (
        "{node}: {open} of {count} are open: there the incoming {incoming} goes on to {to} as it is, elsewhere {to} "
        "gets 0"
    ),
    "rule.array-summed": ("{node}: {to} is used more than once (broadcasting), and its gradients add up: {formula}"),
    "rule.matmul-left": "{node}: the incoming {incoming} is multiplied by the transpose of {other} from the right",
    "rule.matmul-right": "{node}: the incoming {incoming} is multiplied by the transpose of {other} from the left",
    "rule.array-sum": "{node}: every element of {to} gets the incoming {incoming}",
    "rule.array-mean": "{node}: every element of {to} gets the incoming {incoming}, divided by their number {count}",
    "rule.array-extreme": "{node}: the element taken gets the incoming {incoming}, the others of {to} get 0",
    "rule.array-softmax": (
        "{node}: {to} gets {formula}: what all elements have in common makes no difference, and is subtracted"
    ),
    "rule.array-logsumexp": "{node}: the incoming {incoming} is divided among {to} in the parts softmax({to})",
    "rule.array-transpose": "{node}: the incoming {incoming} is transposed back",
    "rule.array-part": "{node}: the incoming {incoming} goes to its place in the array, {to}; the rest gets 0",
    "rule.array-literal": "{node}: {to} gets its place in the incoming {incoming}",
    "rule.passes": "{node}: the incoming {incoming} goes on to {to} as it is",
    "rule.sign": "{node}: the incoming {incoming} with its sign changed is {result}",
    "rule.other": "{node}: the incoming {incoming} times {other}, the value from the other input, is {result}",
    "rule.divisor": "{node}: the incoming {incoming} divided by {other}, the denominator, is {result}",
    "rule.own": "{node}: the incoming {incoming} times {own}, the value of the node itself, is {result}",
    "rule.general": "{node}: the incoming {incoming} times the local derivative {local}, is {result}",
    "rule.flat": "{node}: the function is flat here, and {to} gets 0",
    "rule.open": "{node}: open, as {where}: the incoming {incoming} goes on to {to} as it is",
    "rule.closed": "{node}: closed, as {where}: {to} gets 0",
    "rule.taken": "{node}: it takes {taken}: the incoming {incoming} goes on to {to} as it is",
    "rule.left": "{node}: it takes {taken}: {to} gets 0",
    "rule.kink": "by convention at its kink {where}",
    "rule.kink-taken": (
        "{node}: at its kink ({where}) it takes {taken} by convention: the incoming {incoming} goes on to {to} as it is"
    ),
    "rule.kink-left": "{node}: at its kink ({where}) it takes {taken} by convention: {to} gets 0",
    "rule.jump": (
        "{node}: it jumps here, and by convention the slope beside it is used: "
        "the incoming {incoming} times {local} is {result}"
    ),
    "rule.cone": (
        "{node}: at its kink the slope {local} is used by convention: the incoming {incoming} times {local} is {result}"
    ),
    "rule.tie": "{node}: equal arguments: the first of them, {to}, gets the whole incoming {incoming}",
    "rule.tied": "{node}: equal arguments: the first of them, {taken}, gets all, {to} gets 0",
    "rule.untied": "{node}: {to} is none of the equal arguments, and gets 0",
    "rule.shared": "{node}: equal arguments share the gradient: the incoming {incoming} times {local} is {result}",
    "rule.chosen": (
        "{node}: where {where}, the rule minnorm chooses the slope {local}: the incoming {incoming} times {local}"
        " is {result}"
    ),
    "rule.stopped": "{node}: the incoming gradient is 0, and {to} gets 0",
    "rule.fork": "Fork: {name} is used {count} times, and its gradients add up: {sum}",
    "formula.passes": "{node}: {local}: what comes in goes on as it is",
    "formula.sign": "{node}: {local}: what comes in changes its sign",
    "formula.other": "{node}: {local}, the other input",
    "formula.divisor": "{node}: {local}, one over the denominator",
    "formula.own": "{node}: {local}, the value of the node itself",
    "formula.general": "{node}: {local}",
    "formula.flat": "{node}: {local}: the function is flat",
    "formula.cases": "{node}: {local}",
    "formula.fork": "Fork: {name} is used {count} times, and its gradients add up",
    "formula.given": "{value} where {condition}",
    "formula.fails": "{value} where {condition} is false",
    "formula.otherwise": "{value} otherwise",
    "ways.exactly": "{count:,} {count:way|ways}",
    "ways.many": "{count:,} ways or more",
    "ways.of-elements": "The ways of arrays are those of their elements, one by one.",
    "ways.unwritten": (
        "{equation} is the sum over {ways}; a line has room for {most} ways and {factors} factors in all"
        "[; {option} lists them]"
    ),
    "ways.cut": (
        "{name}: of {ways} {listed:,} {listed:is|are} listed, at most {most}, and none of more than {factors} factors"
    ),
    "rule.not-taken": "{name} is used only on branches that are not taken here: its gradient is 0",
    "rule.no-way": "{name} is used only in conditions, or where derivatives hold it: its gradient is 0",
    "rule.unused": "the output does not depend on {name}: its gradient is 0",
    "rule.constant": "Nothing goes to {to}: it is a constant",
    "rule.held": "Nothing goes to {to}: derivatives hold it at its value",
}
