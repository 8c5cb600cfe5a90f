"""`gradcli check`: tests claimed derivatives, and the gradient itself, and says where a claim goes wrong."""

from typing import Any

import click

from gradcli.commands.common import (
    InRange,
    completed,
    expression_command,
    finish,
    output_options,
    print_report,
)
from gradcli.commands.question import Question
from gradcli.language.names import output_name
from gradcli.report.output import Output


@expression_command(
    "check",
    examples=(
        'gradcli check "a*x + b*y" --at a=2,x=3,b=4,y=5 --claim a=x --claim b=4',
        'gradcli check "s = a*x; sin(s)" --at a=2,x=3 --claim "s=cos(s)" --claim "a=cos(s)"',
        'gradcli check "tanh(w*x + b)" --at w=1,x=2,b=0',
    ),
)
@click.option(
    "--claim",
    "claims",
    multiple=True,
    metavar="NAME=DERIVATIVE",
    shell_complete=completed("claim"),
    help="help.claim",
)
@click.option(
    "--claims",
    "file",
    metavar="@FILE",
    shell_complete=completed("files"),
    help="help.claims",
)
@click.option(
    "--rtol",
    type=InRange(0, 1, max_open=True),
    default=0.0,
    metavar="NUMBER",
    help="help.rtol",
)
@click.option("--digits", type=int, metavar="N", help="help.check.digits")
@click.option("--seed", type=int, metavar="N", default=0, help="help.seed")
@output_options
def command(
    question: Question,
    claims: tuple[str, ...],
    file: str | None,
    rtol: float,
    digits: int | None,
    seed: int,
    output: Output,
) -> None:
    """Test derivatives of EXPRESSION that were worked out by hand; without --claim, test gradcli's own."""
    from gradcli.check.judge import breaks_first
    from gradcli.check.trials.claims import read_claims, refuse_held
    from gradcli.check.trials.sides import claimed_names
    from gradcli.engine.binding import check_orders, targets_of, varied_of

    listed = question.claims(file)
    graph = question.graph(claimed_names([*claims, *listed.splitlines()]))
    if graph.arrays is not None and (claims or listed):
        _on_arrays(graph, question, (list(claims), rtol, listed), digits, seed, output)
        return
    read = read_claims(graph, list(claims), rtol, listed)
    if read:
        check_orders(graph, [claim.node for claim in read])
        varied = varied_of(graph, question.targets())
        refuse_held(graph, read, varied)
    names = [] if read else list(targets_of(graph, question.targets()))
    tests = _tests(graph, question, digits)
    asked: dict[str, Any] = {"expression": graph.text, "output": output_name(graph), "at": dict(tests.at)}
    if read:
        verdicts = tests.verdicts(read, seed, varied)
        first = breaks_first(graph, verdicts)

        def facts(language: str) -> dict[str, Any]:
            return asked | {"claims": [found.as_dict(language) for found in verdicts], "breaks_first": first}

        print_report(output, facts, "claims", verdicts, first)
        succeeded = all(found.verdict != "wrong" and found.is_settled for found in verdicts)
    else:
        agreed: list[Any] = tests.agreements(names, seed)
        view = "agreements"
        if graph.arrays is not None:
            from gradcli.check.arrays.agreements import grouped

            agreed, view = grouped(graph.arrays, agreed), "array_agreements"
            asked["at"] = graph.arrays.nested(tests.at)

        def facts(language: str) -> dict[str, Any]:
            return asked | {"claims": [], "gradient": [found.as_dict(language) for found in agreed]}

        print_report(output, facts, view, agreed, has_variable=bool(agreed))
        succeeded = all(found.verdict != "wrong" and found.is_settled for found in agreed)
    finish([], succeeded=succeeded)


def _on_arrays(
    graph: Any, question: Question, written: tuple[list[str], float, str], digits: int | None, seed: int, output: Output
) -> None:
    """The verdicts on claims about arrays."""
    from gradcli.check.arrays.claims import read_array_claims
    from gradcli.check.arrays.verdicts import array_verdicts
    from gradcli.check.judge import breaks_first
    from gradcli.check.trials.claims import refuse_held
    from gradcli.engine.binding import check_orders, varied_of
    from gradcli.errors import GradcliError

    try:
        read = read_array_claims(graph, *written)
    except GradcliError as error:
        name, _, value = (error.text or "").partition("=")
        if value.lstrip().startswith("("):
            from gradcli.commands.array_spellings import check_value

            check_value(error.text or "", name.strip(), "claim")
        raise
    elements = [element for claim in read for element in claim.elements]
    check_orders(graph, [claim.node for claim in elements])
    varied = varied_of(graph, question.targets())
    for claim in read:
        refuse_held(graph, claim.elements, varied, claim.name)
    tests = _tests(graph, question, digits)
    verdicts, flat = array_verdicts(tests, read, seed, varied)
    breaking = set(breaks_first(graph, flat))
    first = [claim.name for claim in read if any(element.name in breaking for element in claim.elements)]

    def facts(language: str) -> dict[str, Any]:
        return {
            "expression": graph.text,
            "output": output_name(graph),
            "at": graph.arrays.nested(tests.at),
            "claims": [found.as_dict(language) for found in verdicts],
            "breaks_first": first,
        }

    print_report(output, facts, "array_claims", verdicts, first)
    finish([], succeeded=all(found.verdict != "wrong" and found.is_settled for found in verdicts))


def _tests(graph: Any, question: Question, digits: int | None) -> Any:
    """The tests at the point, with digits where they are asked for."""
    if digits is None:
        from gradcli.check.inspection import Inspection

        return Inspection(graph, question.point(graph), lambda: question.exact_point(graph))
    from gradcli.check.digits import InspectionWithDigits

    return InspectionWithDigits(graph, question.exact_point(graph), digits)
