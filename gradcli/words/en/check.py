"""Errors of claims, verdicts, and what is said of a claim, in English."""

TEXTS = {
    "claim-held": "{name:quoted} is held fixed: --wrt varies {varied:listed} alone",
    "claim-twice": "there are two claims for {name:quoted}",
    "claim-shape": (
        "the gradient of {name:quoted} has its shape: it is {shape:said}, this is {own:said}"
        "[; did you mean {transpose} of it, the transpose?|; did you mean {sum}?]"
    ),
    "not-a-claim": "a claim is name=derivative, such as a=x or b=4",
    "empty-claim": "the claim has no right side",
    "claim-equals": "a claim has one equals sign; each claim has a --claim of its own",
    "not-the-output": "{name:quoted} is not the output; a claim is for the output's derivatives",
    "unknown-in-claim": (
        "{name:quoted} is no variable and no step of the expression; [it is written with {character:point}, "
        "the name that has a value with {other:point}|for a product write {write}|for a difference write "
        "{difference}|did you mean {suggestion:quoted}?|there {known:is|are} {known:few}|it has none]"
    ),
    "verdict.right": "right",
    "verdict.right-where-tried": "right where tried",
    "verdict.wrong": "wrong",
    "verdict.inconclusive": "inconclusive",
    "consistent": "consistent with {mistake}",
    "mistake.claim": "the wrong claim for {name}, carried on correctly",
    "mistake.multiple": "a constant factor: {factor} times the right value",
    "mistake.half": "a constant factor: half the right value",
    "mistake.transposed": "the transpose",
    "mistake.not-averaged": "a division by {count} forgotten, as of a mean",
    "mistake.averaged": "a division by {count} too much, as of a mean",
    "mistake.batch-sum": "the sum over the batch forgotten: one row alone",
    "mistake.other-product": "the product {taken} in place of {rule}",
    "mistake.softmax": "{at} taken element by element: {taken} in place of {rule}",
    "mistake.sum-for-mean": "a sum in place of the mean {at}",
    "mistake.mean-for-sum": "a mean in place of the sum {at}",
    "mistake.gradient": "{taken} in place of the gradient {rule}",
    "mistake.times": "the right value times {taken}",
    "mistake.divided": "the right value divided by {taken}",
    "mistake.twice": "the derivative of {at} multiplied twice",
    "mistake.symmetric": "{name} taken to be symmetric",
    "mistake.sign": "the opposite sign",
    "mistake.path": "a path left out at the fork {fork}: the one through {via} (gradients add)",
    "mistake.only-path": "the path through {via} alone, at the fork {fork} (gradients add)",
    "mistake.multiplied": "contributions multiplied instead of added at the fork {fork}",
    "mistake.subtracted": "contributions subtracted instead of added at the fork {fork}",
    "mistake.own-input": "the wrong factor of the product {at}: its own input {input} instead of {other}",
    "mistake.other-factor": "the wrong factor of the product {at}: {taken} instead of {other}",
    "mistake.without": "{taken} left out of {at} altogether",
    "mistake.open": "a closed branch treated as open, at {at}",
    "mistake.closed": "an open branch treated as closed, at {at}",
    "mistake.branch": "the branch that is {takes}, everywhere, at {at}",
    "mistake.loser": "the gradient given to the wrong argument of {at}, at {input}",
    "mistake.shared": "the gradient shared in halves at {at}",
    "mistake.factor": "a factor of the chain missing: the derivative of {at} with respect to {input}",
    "mistake.edge-sign": "a wrong sign of the derivative of {at} with respect to {input}",
    "mistake.one-factor": "one of the two terms of the product rule alone, at {at}[: the one for {input}]",
    "mistake.inside-product": "the derivatives of the factors multiplied, for the product rule at {at}",
    "mistake.inside-quotient": "the derivative of one divided by that of the other, for the quotient rule at {at}",
    "mistake.inside": "the derivatives of the arguments put into {at} instead of the arguments",
    "mistake.other-argument": "the derivative for the other argument of {at}",
    "mistake.rule": "{taken} for the derivative of {at} with respect to {input}, which is {rule}",
    "mistake.stops-early": "a chain that stops early, at the gradient of {node}",
    "mistake.starts-late": "a chain that starts late: the derivative of {node}, without what follows it",
    "mistake.other-gradient": "the gradient of {name}",
    "mistake.constant": "{node} held constant, though it depends on the variable",
    "mistake.both-constant": "{one} and {other} held constant, though they depend on the variable",
    "mistake.at-output": "the derivative of {at} taken at its output, not at its input {input}",
    "mistake.for-output": ("the input {input} in place of the output in the derivative of {at}: {taken} for {rule}"),
    "mistake.integral": "the integral instead of the derivative",
    "mistake.place": "the derivative of the outer function taken at {target} instead of {input}, at {at}",
    "mistake.value": "the value of the function instead of its derivative",
    "mistake.inverse": "one over the derivative",
    "remark.elements": "{count} of {total} elements[: {names:whole}]",
    "remark.of-element": "{name}: {text}",
    "remark.rounded": "as rounded to the digits given",
    "remark.within": "within the relative error that is allowed (--rtol)",
    "remark.close": "close: right to {digits} digits",
    "remark.close-1": "close: right to 1 digit",
    "remark.near": "close: at the points tested it differs by {percent:rounded 2} percent at most",
    "remark.near-number": "close: it differs by {percent:rounded 2} percent",
    "remark.point-only": "tested at the point only: no other point of the domain was found",
    "remark.elsewhere": (
        "it holds at the point, but not at [{at:rounded}: there it is|others: at one of them it is] {right}, "
        "not {claimed}[ ({varied:few} {varied:was|were} varied; --wrt NAMES varies these alone)]"
    ),
    "remark.hidden-here": (
        "rounding hides the answer at the point, but it does not hold at "
        "[{at:rounded}: there it is|others: at one of them it is] {right}, not {claimed}"
        "[ ({varied:few} {varied:was|were} varied; --wrt NAMES varies these alone)]"
    ),
    "remark.labels": "it holds for {name} as given, a sum of 1, and not for all other values of {name}",
    "remark.untried": "no point was found at which {branches:whole}",
    "remark.kink": "the point is on a kink; gradcli uses {right} (see --kink in gradcli eval)",
    "remark.one-sided": (
        "the point is on a kink: the slope is {left} from the left and {above} from the right; gradcli uses {right}"
    ),
    "remark.smooth": (
        "kinks cancel here: the derivative is {derivative} from both sides; gradcli's rule of branches uses {right}"
    ),
    "remark.edge": "the point is on the edge of a condition; gradcli uses {right}, the slope of the branch taken",
    "remark.beside-jump": (
        "a jump at the point changes the function beside it; gradcli uses {right}, the slope without the jump"
    ),
    "remark.beside": (
        "the point is on the edge of a condition: beside it the slope is {left} on the left and {above} on "
        "the right; gradcli uses {right}"
    ),
    "remark.off-kink": (
        "the point is on a kink, but it does not hold at [{at:rounded} either: there it is|others either: at one of "
        "them it is] {right}, not {claimed}"
    ),
    "remark.undefined": "the claim has no value here, where the derivative is {right}",
    "remark.undefined-elsewhere": "it has no value at [{at:rounded}|another point], where the derivative is {right}",
    "remark.beyond-doubles": "there are no doubles here to test it with",
    "remark.not-finite": "the derivative has no finite value here",
    "remark.claim-not-finite": "the claim has no finite value here",
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
