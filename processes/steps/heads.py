"""Who decides where the head of a unit would, while every head of it must keep out of the case.

A head is barred as anybody is: own case, kin, four eyes (Quy định 114-QĐ/TW); a deputy who stands
in for them is barred with them. Who decides then was not found, so the edition's parameter says it.
"""

from django.utils.translation import gettext as _

from permissions.catalogue import Act, Lane
from permissions.checks import holders, today
from processes.cases.lanes import unit_in_lane
from processes.cases.models import Case, CaseTask
from processes.cases.rules import note_rules, rules_of
from processes.steps.bars import bar

#: The parameter, and the flag that travels with a case that was decided so.
DECIDED_BY = "head_barred.decided_by"
HEAD_BARRED = "head_barred"


def head_or_instead(case: Case, lane: Lane) -> Lane:
    """The lane of the head, or of whom the edition names while each of the heads is barred."""
    heads = holders(Act.HEAD_DECIDE, [unit_in_lane(case, lane, on=today()).pk])
    if not heads or not all(bar(one, case, Act.HEAD_DECIDE) for one in heads):
        return lane
    rules = rules_of(case)
    instead = rules.value(DECIDED_BY) == "standing_board"
    note_rules(case, rules)
    if instead and HEAD_BARRED not in case.flags:
        case.flags = [*case.flags, HEAD_BARRED]
        case.save(update_fields=["flags"])
    return Lane.STANDING if instead else lane


def why_instead(task: CaseTask) -> str:
    """What somebody reads who decides in the place of a head; empty for the head."""
    case = task.process
    if HEAD_BARRED not in case.flags or task.act != Act.HEAD_DECIDE:
        return ""
    if task.unit_id != unit_in_lane(case, Lane.STANDING, on=today()).pk:
        return ""
    said = _("The head must keep out of this case; the Standing Board decides instead.")
    if rules_of(case).get(DECIDED_BY).confirmed:
        return said
    unsure = _("No rule was found that says who does: this value is unconfirmed.")
    return f"{said} {unsure}"
