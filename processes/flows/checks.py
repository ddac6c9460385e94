"""System check: the editions say what the rows of the procedures can carry out.

The rules know no procedure; what they say of one that it cannot do is found here.
"""

from collections.abc import Iterator, Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register

from processes.conferences.tally import OUTCOMES
from processes.flows import FLOWS
from processes.rules import Rulebook, RuleError, load
from processes.rules.edition import Parameter
from processes.steps.vote import ConferenceStep

HALF = "exactly_50"
ITEMS = ".items."
CONFERENCES = "conferences."


@register()
def rules_fit_the_procedures(
    app_configs: Sequence[AppConfig] | None, **_: object
) -> list[CheckMessage]:
    """Name file and key of what no procedure can carry out."""
    hint = "Correct the edition; docs/procedures.md lists the rows with their outcomes."
    try:
        rulebook = load()
    except RuleError as error:
        return [Error(str(error), hint, id="processes.E002")]
    return [
        Error(f"{one.stated_in}.yaml: {one.key}: {problem}", hint, id="processes.E002")
        for one, problem in misfits(rulebook)
    ]


def misfits(rulebook: Rulebook) -> Iterator[tuple[Parameter, str]]:
    """Each parameter that the procedures cannot carry out, with what is wrong."""
    rows = [row for flow in FLOWS.values() for row in flow.rows()]
    codes = {row.code for row in rows}
    votes = [row for row in rows if isinstance(row, ConferenceStep)]
    for edition in rulebook.editions:
        for key, one in edition.parameters.items():
            if one.inherited:
                continue
            if ITEMS in key and one.value["before"] not in codes:
                yield one, f"before: no procedure has a step {one.value['before']!r}"
            if key.startswith(CONFERENCES):
                found = (_unfit(row, one) for row in votes if CONFERENCES + row.conference == key)
                yield from ((one, problem) for problem in sorted({*found} - {""}))


def _unfit(row: ConferenceStep, one: Parameter) -> str:
    """What the row cannot do with the words of the edition on its conference; empty if nothing."""
    if one.value["vote"] == "none":
        return ""
    step, half = f"step {row.code}", one.value["at_half"]
    if (HALF in row.outcomes) != bool(half):
        does = "needs somebody who decides" if half is None else "has no outcome"
        return f"at_half: {step} {does} at exactly half"
    if row.refine:
        return ""
    known = {row.translate.get(name, name) for name in OUTCOMES[one.value["rule"]]}
    lacking = sorted(known - row.outcomes.keys())
    return f"rule: {step} has no outcome {', '.join(lacking)}" if lacking else ""
