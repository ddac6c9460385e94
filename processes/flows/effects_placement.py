"""What else changes while a cadre is on rotation: reception, reviews, findings, placement."""

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from permissions.checks import today
from permissions.models import User
from processes.cases.clocks import stop_clocks
from processes.cases.lanes import source_of
from processes.cases.models import Case, Clock
from processes.cases.rules import note_rules, rules_of
from processes.flows.effects_posts import Answers, posts_answered
from processes.flows.keeping import complete, leave, leave_chosen, remember
from processes.organisation.lookups import NotSetUp
from processes.organisation.people import PostHeld
from processes.organisation.positions import Position
from processes.rotation.entitlements import (
    close_entitlements,
    grant_entitlements,
    review_entitlements,
)
from processes.rotation.missions import Finding
from processes.rotation.queries import mission_of
from processes.rotation.writers import (
    Found,
    begin_mission,
    conclude_review,
    end_mission,
    open_review,
)
from processes.rules import NoEdition
from processes.steps.base import StepActivation
from processes.steps.many import flag
from processes.steps.missions import periods_due
from processes.steps.opening import open_case

Facts = dict[str, Any] | None

#: The clock that ends a rotation, and the names under which other procedures are found.
TERM = "rotation.min_months"
SANCTION, ELSEWHERE, IN_PLACE = "sanction", "appointment_from_elsewhere", "appointment_in_place"


def cadre_received(
    activation: StepActivation,
    *,
    by: User,
    received_on: date,
    basis: str,
    former_posts: Answers,
    **amounts: Any,
) -> Facts:
    """The cadre holds the post from that day; policy and the term of rotation begin.

    Posts in the sending unit end; of each other one the step says it.
    """
    case = activation.process
    cadre, post = case.candidate, case.post
    assert cadre is not None  # noqa: S101 -- chosen in row e04c
    complete(case, "e11")
    _guard_seat(case)
    ends = received_on + relativedelta(months=case.facts["plan"]["months"])
    posts = posts_answered(activation, former_posts, on=received_on, field="received_on")
    held = cadre.posthelds.filter(until__isnull=True)
    leave(cadre, held.filter(unit=source_of(case)), on=received_on)
    leave_chosen(case, on=received_on)
    PostHeld.objects.create(
        cadre=cadre, position=post, title=post.title, group=post.group, unit=post.unit,
        since=received_on, term_ends_on=ends,
    )  # fmt: skip
    cadre.unit = post.unit
    cadre.save(update_fields=["unit"])
    begin_mission(mission_of(case), since=received_on, until=ends, by=by)
    kinds = ("allowance", "housing", "travel", "preserved")
    granted = {kind: amounts[kind] for kind in kinds if amounts.get(kind)}
    grant_entitlements(case, by=by, amounts=granted, basis=basis, since=received_on)
    Clock.objects.create(case=case, rule=TERM, started_on=received_on, due_on=ends)
    remember(case, filled_on=received_on.isoformat())
    return posts | {"until": ends.isoformat()}


def mission_reported(activation: StepActivation, *, report: str, **_said: Any) -> Facts:
    """The report waits for the review that it is for."""
    remember(activation.process, mission_report=report)
    return None


def mission_reviewed(
    activation: StepActivation, *, by: User, outcome: str, comment: str, reason: str, **_s: Any
) -> Facts:
    """Conclude the reviews that are due, look at the policy again, and follow up a finding."""
    case = activation.process
    order = mission_of(case)
    found = {
        "finding_conflict_avoidance": Found("conflict_avoidance", reason, cadre=order.cadre),
        "finding_isolation": Found("locality_isolation", reason, unit=order.unit),
    }.get(outcome)
    reviews = [open_review(order, period, by=by) for period in periods_due(case)]
    for place, review in enumerate(reviews):
        findings = [found] if found and place == 0 else []
        conclude_review(review, by=by, comment=comment, findings=findings)
    review_entitlements(case, by=by)
    started = [start_sanction(case, finding) for finding in reviews[0].findings.all()]
    return {
        "reviews": [review.period for review in reviews],
        "sanctions": [sub.code for sub in started if sub is not None],
    }


def start_sanction(case: Case, finding: Finding) -> Case | None:
    """Start the sanction sub-case of a finding; None where that procedure is not there.

    Which finding it was stands in the entry of the review.
    """
    from processes.flows import FLOWS

    if SANCTION not in FLOWS:
        return None
    from processes.flows.sanction import open_sanction

    return open_sanction(finding, parent=case)


def rotation_evaluated(
    activation: StepActivation, *, text: str, proposal: str, **_said: Any
) -> Facts:
    """Keep what the sending unit says; the clock of the term has done its part."""
    case = activation.process
    stop_clocks(case, on=today(), rule=TERM)
    remember(case, evaluation={"text": text, "proposal": proposal})
    return None


def placement_proposed(
    activation: StepActivation, *, kind: str, text: str, position: Position | None = None, **_s: Any
) -> Facts:
    """Keep the proposal that the Standing Committee votes on."""
    placement = {"kind": kind, "position": position.pk if position else None, "text": text}
    remember(activation.process, placement=placement)
    return None


def placement_decided(activation: StepActivation, *, by: User, outcome: str, **_said: Any) -> Facts:
    """With the placement the mission ends and its policy is closed (R65 Điều 11, D170 Điều 50)."""
    case = activation.process
    if outcome not in ("stay_local", "go_home", "promote"):
        return None
    end_mission(mission_of(case), by=by)
    closed = close_entitlements(case, by=by)
    return {"placement": outcome, "entitlements": len(closed)}


def appointment_started(case: Case) -> str:
    """Start the appointment to the post that was decided, where nothing stands in the way.

    From the unit's own ranks, if the post is at the receiving unit; else as from elsewhere.
    """
    from processes.flows import FLOWS

    post = Position.objects.get(pk=case.facts["placement"]["position"])
    outside = post.unit_id != case.post.unit_id and ELSEWHERE in FLOWS
    flow_class = FLOWS[ELSEWHERE if outside else IN_PLACE]
    named = case.candidate if flow_class.candidate_is_named else None
    try:
        with transaction.atomic():
            child = open_case(
                flow_class, by=None, position=post, candidate=named, parent=case,
                secrecy=case.secrecy, reason=case.facts["placement"]["text"],
            )  # fmt: skip
    except (ValidationError, NotSetUp, NoEdition):
        flag(case, "appointment_not_started")
        return "not_started"
    remember(case, appointment=child.code)
    return "started"


def _guard_seat(case: Case) -> None:
    """No extra posts for rotation but by the Politburo (R65 Điều 1)."""
    rules, post = rules_of(case), case.post
    taken = post.holders.filter(until__isnull=True).exclude(cadre=case.candidate).count()
    alone = rules.value("rotation.extra_posts") == "politburo_only"
    note_rules(case, rules)
    if alone and taken >= post.seats:
        raise ValidationError(
            _("Nobody has left this post yet: there are no extra posts for rotation.")
        )
