"""What else changes when a step is concluded. Each takes the activation and who acts."""

from typing import Any

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from permissions.checks import today
from permissions.models import User
from processes.cases.clocks import pause_clocks, resume_clocks, stop_clocks
from processes.cases.models import Case, Clock
from processes.cases.rules import note_rules, rules_of
from processes.cases.workdays import add
from processes.conferences.writers import void_open
from processes.dossiers.drawing import draw
from processes.dossiers.numbering import take_number
from processes.eligibility.roster import build_roster, guard_eligible
from processes.flows import choices, delegations
from processes.flows.keeping import (
    DECISION,
    PROCESS,
    RETURNED,
    choose,
    complete,
    forget_candidate,
    guard_result_counts,
    issue,
    leave_chosen,
    make_room,
    new_round,
    organ,
    received,
    remember,
    renew_time,
    report_opinions,
    start,
    submit,
    vote_again,
)
from processes.flows.rulings import check_ahead
from processes.organisation.lookups import competence
from processes.organisation.people import PostHeld
from processes.steps.automatic import TERM_TIMER
from processes.steps.base import StepActivation, role_in
from processes.steps.many import flag

Facts = dict[str, Any] | None

#: What is promulgated: the decision of the Party, and for a post of the State that of the chair.
DECISIONS = ("party_decision", "state_decision")


def request_made(
    activation: StepActivation, *, by: User, outcome: str, reason: str, **asked: Any
) -> Facts:
    """Keep what the unit asks for."""
    remember(activation.process, request=asked)
    return None


def request_checked(activation: StepActivation, *, outcome: str, **_said: Any) -> Facts:
    """Policy is asked for, or not, as the competence matrix says."""
    case = activation.process
    row = competence(case.post.group, case.flow_class.action, province=case.province, on=today())
    if outcome == "not_needed" and row.policy_request:
        raise ValidationError(
            {"outcome": _("The competence matrix asks for a policy request for this post.")}
        )
    if outcome == "ok" and not row.policy_request:
        raise ValidationError(
            {"outcome": _("This post is delegated: no policy request is needed.")}
        )
    if outcome == "not_needed":  # nobody approves, so the time runs from here
        start(activation.process, PROCESS)
    return {"competence": row.pk}


def policy_decided(activation: StepActivation, *, outcome: str, **_said: Any) -> Facts:
    """From the approval on the unit has the edition's time for its procedure."""
    if outcome == "approve":
        start(activation.process, PROCESS)
    return None


def roster_built(case: Case) -> str:
    """Check everybody in planning for the post (procedures.md 11.2)."""
    lines = build_roster(case, by=None, on=today())
    return "ok" if any(line.eligible for line in lines) else "none_eligible"


def tie_ruled(activation: StepActivation, *, go_on: Any, **_said: Any) -> Facts:
    """Keep who goes on: those ahead of the tie, and whom the ruling adds."""
    case = activation.process
    conference = choices.tied_conference(case)
    check_ahead(case, conference, go_on)
    fact = "ruling_2" if conference == "c2" else "ruling"
    remember(case, **{fact: {"round": case.round, "people": [cadre.pk for cadre in go_on]}})
    return None


def committee_commented(
    activation: StepActivation, *, outcome: str, basis: str = "", comment: str, **_said: Any
) -> Facts:
    """Keep the comment; a new issue holds the case on its written basis."""
    remember(activation.process, committee_comment=comment)
    if outcome == "new_issue":
        activation.task.data = {"basis": basis}
    return None


def ready_for_last_conference(case: Case) -> None:
    """The committee's written comment comes before conference 5 (QĐ 727/QĐ-BNV)."""
    complete(case, "a10")


def candidate_selected(
    activation: StepActivation, *, by: User, outcome: str, meeting: Any = None, **_said: Any
) -> Facts:
    """Whoever is selected is the candidate of the case from now on."""
    if outcome != "selected" or meeting is None:
        return None
    return choose(activation.process, int(meeting.result["advancing"][0]), by=by)


def head_picked(
    activation: StepActivation, *, by: User, pick: Any, reason: str, differing: str, **_s: Any
) -> Facts:
    """The head chooses at exactly half; differing opinions go along in a report.

    It is of whoever decides: of the Standing Board where the head must keep out.
    """
    case = activation.process
    facts = choose(case, pick.pk, by=by)
    return facts | report_opinions(activation, by=by, reason=reason, said=differing)


def run_again(
    activation: StepActivation, *, outcome: str, approval: str = "", **_said: Any
) -> Facts:
    """A rerun is a new round under a new approval."""
    if outcome == "rerun":
        new_round(activation.process)
        start(activation.process, PROCESS)
    return {"approval": approval}


def dossier_submitted(activation: StepActivation, *, by: User, **_said: Any) -> Facts:
    """The unit's submission is drawn up and numbered each time; nothing may be missing."""
    case = activation.process
    submit(case, by=by)
    complete(case, "a12")
    if case.facts.get(RETURNED):
        remember(case, **{RETURNED: False})
        resume_clocks(case, on=today())
    return {"documents": list(case.documents.values_list("sha256", flat=True))}


def dossier_checked(activation: StepActivation, *, outcome: str, **_said: Any) -> Facts:
    """The clock of the appraisal starts when the dossier is complete (R80 Điều 20).

    Deadlines stand still while a returned dossier is supplemented (procedures.md 5.4).
    """
    case = activation.process
    if outcome != "complete":
        received(case, None)
        remember(case, **{RETURNED: True})
        pause_clocks(case, on=today())
        return None
    complete(case, "a12")
    received(case, today())
    stop_clocks(case, on=today(), rule=PROCESS)
    return None


def appraised(
    activation: StepActivation, *, by: User, outcome: str, report: str, basis: str = "", **_s: Any
) -> Facts:
    """The appraisal report goes to the Standing Committee with every differing opinion."""
    case = activation.process
    if outcome == "hold":
        activation.task.data = {"basis": basis}
        return None
    if outcome == "supplement":
        received(case, None)
        return None
    flag(case, "not_recommended", on=outcome == "not_recommended")
    number = take_number(organ(activation), "BC", on=today())
    document = draw(
        case, "appraisal_report", by=by, context={"report": report}, number=number,
        cadre=case.candidate,
    )  # fmt: skip
    return {"number": number, "report": document.sha256}


def hold_ended(
    activation: StepActivation,
    *,
    by: User,
    outcome: str,
    reason: str,
    restart_from: str = "",
    **_said: Any,
) -> Facts:
    """A restart before the votes is a new round; one among the votes forgets the candidate."""
    case = activation.process
    if "filled_on" in case.facts and outcome != "resume":
        raise ValidationError(_("The decision has been carried out; the case goes on to its end."))
    if outcome != "resume":
        void_open(case, by=by, reason=reason, role=role_in(activation.task, by))
    if outcome == "resume" and case.facts.get(RETURNED):
        pause_clocks(case, on=today())  # the dossier is still with the unit
    if outcome != "restart":
        return None
    _restarted(case, restart_from)
    return {"round": case.round}


def _restarted(case: Case, restart_from: str) -> None:
    """Forget what the steps that are gone through again will say anew."""
    if case.facts.get(RETURNED):
        remember(case, **{RETURNED: False})
    if restart_from in case.flow_class.new_round_at:
        new_round(case, roster=restart_from not in case.flow_class.by_way_of)
        if restart_from != case.flow_class.first:  # the approval that follows starts it there
            renew_time(case)
    elif restart_from in case.flow_class.votes_again_at:
        forget_candidate(case)
        vote_again(case, getattr(case.flow_class, restart_from).code)


def scheduled(activation: StepActivation, *, outcome: str, meeting_on: Any, **_said: Any) -> Facts:
    """The day of the meeting is the day on which freshness counts."""
    if outcome == "scheduled":
        case = activation.process
        case.meeting_on = meeting_on
        case.save(update_fields=["meeting_on"])
    return None


def ready_for_decision(case: Case) -> None:
    """Eligibility is checked again on the day of the decision (procedures.md 12.8.10)."""
    complete(case, "a16")
    guard_result_counts(case)
    guard_eligible(
        case,
        _("Not eligible on the day of the decision: %(checks)s. Grant an exception or defer."),
    )


def standing_committee_decided(
    activation: StepActivation, *, by: User, outcome: str, **_said: Any
) -> Facts:
    """A re-run is a new round; a State post gets the Party's conclusion first."""
    case = activation.process
    if outcome == "rerun":
        new_round(case)
        renew_time(case)
    if outcome == "supplement":
        received(case, None)
    if outcome == "defer":  # a day that has passed says nothing of what will be fresh
        case.meeting_on = None
        case.save(update_fields=["meeting_on"])
    if outcome == "approve" and choices.authority(case) == "state_post":
        return issue(activation, "party_conclusion", "KL", by=by)
    return None


def decision_signed(
    activation: StepActivation, *, by: User, outcome: str, under: str = "", **_said: Any
) -> Facts:
    """The Party's decision takes its number when it is signed, by right or under a delegation."""
    if outcome != "signed":
        return None
    stop_clocks(activation.process, on=today(), rule=DECISION)
    if not under:
        return issue(activation, "party_decision", "QĐ", by=by)
    signed = delegations.use(under, activation.process, by=by)
    facts = issue(activation, "party_decision", "QĐ", by=by, **signed)
    return facts | {"signature": ", ".join(signed.values())}


def state_decision_issued(
    activation: StepActivation, *, by: User, outcome: str, **_said: Any
) -> Facts:
    """The State decision takes its number when it is issued."""
    if outcome != "issued":
        return None
    stop_clocks(activation.process, on=today(), rule=DECISION)
    return issue(activation, "state_decision", "QĐ", by=by)


def promulgated(
    activation: StepActivation, *, effective_on: Any, announced_at: str, **_said: Any
) -> Facts:
    """The term counts from the day on which the decision takes effect (NĐ 138 Điều 41).

    That is the day of the decision or a later one: nobody has held the post before.
    """
    decision = activation.process.documents.filter(item__in=DECISIONS).order_by("pk").last()
    if decision and effective_on < decision.issued_on:
        said = _("The decision is of %(day)s: it takes effect on that day or later.")
        when = {"day": date_format(decision.issued_on, "SHORT_DATE_FORMAT")}
        raise ValidationError({"effective_on": said % when})
    remember(activation.process, effective_on=effective_on.isoformat(), announced_at=announced_at)
    return None


def record_updated(case: Case) -> str:
    """Enter the post with its term, and set the timer that starts the reappointment."""
    rules = rules_of(case)
    since = today().fromisoformat(case.facts["effective_on"])
    years = case.post.term_years or rules.value("term.years")
    ends = since + relativedelta(years=years)
    position = case.post
    leave_chosen(case, on=since)
    make_room(position, [case.candidate_id], since=since)
    PostHeld.objects.create(
        cadre_id=case.candidate_id,
        position=position,
        title=position.title,
        group=position.group,
        unit=position.unit,
        since=since,
        term_ends_on=ends,
    )
    notice = rules.get("reappointment_notice")
    due = add(ends, -notice.value, notice.unit)
    Clock.objects.create(case=case, rule=TERM_TIMER, started_on=since, due_on=due)
    remember(case, term_ends_on=ends.isoformat())
    note_rules(case, rules)
    return "updated"
