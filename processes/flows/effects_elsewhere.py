"""What else changes in an appointment from elsewhere (procedures.md 6 and 12.2)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from permissions.checks import today
from permissions.models import User
from processes.cases.clocks import stop_clocks
from processes.cases.lanes import source_of
from processes.cases.models import Case, Opinion, RosterLine
from processes.cases.opinions import about_candidate, against
from processes.eligibility.roster import recheck
from processes.flows import effects
from processes.flows.effects import Facts
from processes.flows.keeping import complete, leave, received, remember, report_opinions, start
from processes.steps.base import StepActivation
from processes.steps.many import flag, hold_opinion

#: A flag that travels with the case: one side sees it differently (Nghị định 170/2025 Điều 33.3).
DIFFER = "opinions_differ"


def person_named(case: Case) -> None:
    """Keep where the person works now, because they move before the case ends; check them."""
    person = case.candidate
    if person is None or person.unit_id == case.post.unit_id:
        raise ValidationError({"candidate": _("Choose somebody who works in another unit.")})
    remember(case, source=person.unit_id)
    recheck(case, person, by=None, on=today(), stage=RosterLine.Stage.ROSTER)


def need_approved(activation: StepActivation, *, outcome: str, **_said: Any) -> Facts:
    """From the approval on the edition's time for the personnel procedure runs."""
    if outcome == "approve":
        start(activation.process, "deadlines.process")
    return None


def receiving_unit_heard(
    activation: StepActivation, *, by: User, outcome: str, opinion: str, **_said: Any
) -> Facts:
    """What the receiving unit's leadership holds travels with the case; it stops nothing."""
    stand = Opinion.Stand.ADVERSE if outcome == "differ" else Opinion.Stand.AGREE
    hold_opinion(activation, by=by, stand=stand, text=opinion)
    if outcome == "differ":
        flag(activation.process, DIFFER)
    return {"stand": stand.value}


def head_ruled(
    activation: StepActivation, *, by: User, outcome: str, reason: str, differing: str, **_said: Any
) -> Facts:
    """The head decides at exactly half; every differing opinion goes along in a report.

    Nghị định 138/2020/NĐ-CP Điều 46.3, Nghị định 170/2025/NĐ-CP Điều 33.3.
    """
    case = activation.process
    flag(case, DIFFER)
    stand = Opinion.Stand.AGREE if outcome == "in_favour" else Opinion.Stand.ADVERSE
    hold_opinion(activation, by=by, stand=stand, text=reason)
    report = report_opinions(activation, by=by, reason=reason, said=differing)
    return report | {"stand": stand.value}


def vote_lost(activation: StepActivation, *, outcome: str, **_said: Any) -> Facts:
    """The competent level may still be told: then the vote travels as a flag."""
    if outcome == "report":
        flag(activation.process, "vote_not_carried")
    return None


def evaluation_sent(
    activation: StepActivation, *, by: User, stand: str, evaluation: str, **_said: Any
) -> Facts:
    """The unit where the person works evaluates them and sends a complete dossier."""
    case = activation.process
    complete(case, "b05")
    hold_opinion(activation, by=by, stand=stand, text=evaluation)
    if stand == Opinion.Stand.ADVERSE:
        flag(case, DIFFER)
    received(case, today())
    stop_clocks(case, on=today(), rule="deadlines.process")
    return {"documents": list(case.documents.values_list("sha256", flat=True))}


def person_met(activation: StepActivation, *, talk: str, **_said: Any) -> Facts:
    """Keep what was said about the task."""
    remember(activation.process, talk=talk)
    return None


def opinions_appraised(activation: StepActivation, *, outcome: str, **said: Any) -> Facts:
    """Nobody reports agreement where a side is against: every opinion goes to the decision."""
    case = activation.process
    lost = "vote_not_carried" in case.flags
    if outcome == "report" and (lost or against(about_candidate(case))):
        raise ValidationError(
            {"outcome": _("A side is against or the vote was lost: report the differing opinions.")}
        )
    if outcome == "differ":
        flag(case, DIFFER)
    return effects.appraised(activation, outcome=outcome, **said)


def person_moved(case: Case) -> str:
    """Enter the new post with its term; the posts held elsewhere end that day."""
    source, since = source_of(case), today().fromisoformat(case.facts["effective_on"])
    person = case.candidate
    if person is None:
        raise ValidationError(_("The case has no candidate."))
    leave(person, person.posthelds.filter(unit=source, until__isnull=True), on=since)
    outcome = effects.record_updated(case)
    person.unit = case.post.unit
    person.save(update_fields=["unit", "name_sort"])
    return outcome
