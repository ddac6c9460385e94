"""How a conference begins: the body is called, and who came is kept."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from permissions.models import User
from permissions.writing import insert, update
from processes.audit.models import Event
from processes.cases.models import CaseTask
from processes.conferences import guards, results
from processes.conferences.entries import note
from processes.conferences.models import Candidacy, Conference, Summons, Teller
from processes.conferences.queries import (
    QUORUM_FAIL,
    attendance,
    conference_rule,
    nothing_counted,
    rule_of,
)
from processes.conferences.tally import Rule, decide, has_quorum
from processes.organisation.bodies import Body
from processes.organisation.lookups import members_on
from processes.organisation.people import Cadre
from processes.rules import CaseRules

State = Conference.State

#: An empty slip: in an election, whoever stands for it has a vote like the others.
NOBODY = guards.Slip(frozenset(), frozenset())


@transaction.atomic
def call(
    task: CaseTask,
    *,
    by: User,
    code: str,
    body: Body,
    held_on: date,
    place: str,
    chair: Cadre,
    secretary: Cadre,
    tellers: Sequence[Cadre],
    candidates: Sequence[Cadre],
    rules: CaseRules,
    seats: int = 1,
    left_out: Collection[int] = (),
    reason: str = "",
) -> Conference:
    """Call a body to a conference: a snapshot of who its members are that day.

    Raises Conflict when called already, Closed when the step is over, Refused for candidates and
    kin in office, ValidationError for too early a day, a wrong slip, people `left_out` unexplained.
    """
    case = guards.lock(task)
    rule, slip = conference_rule(code, rules, seats), guards.Slip.of([c.pk for c in candidates])
    guards.check_free(task, code)
    guards.check_day(case, held_on)
    guards.check_impartial(by, slip)
    needed = 0 if rule.ballot == "none" else rules.value("tellers_required")
    guards.check_officers(slip, chair=chair, secretary=secretary, tellers=tellers, needed=needed)
    guards.check_slip(rule, slip)
    reason = guards.why_left_out(left_out, reason)
    summoned = _snapshot(body, held_on, _without_vote(rule, rules, slip))
    conference = Conference(
        case=case, task=task, code=code, round=case.round, body=body, held_on=held_on,
        place=place, chair=chair, secretary=secretary,
        secret=rules.value(f"conferences.{code}")["vote"] == "secret", seats=seats,
    )  # fmt: skip
    facts = _enrol(conference, summoned, tellers, slip) | guards.told_left_out(left_out)
    note(Event.CALLED, conference, by, reason=reason, facts=facts)
    return conference


@transaction.atomic
def take_attendance(conference: Conference, *, by: User, present: Collection[int]) -> bool:
    """Keep who came, and tell whether there is a quorum; without one the conference is over.

    The quorum is a share of those summoned (Quy định 80-QĐ/TW Điều 21.1). Raises Conflict or
    Closed when the attendance has been taken, Refused, and ValidationError for strangers, before
    the day of the conference, and where it would sit without its chair or a teller.
    """
    guards.check_impartial(by, guards.lock_conference(conference))
    guards.check_stands(conference, State.CALLED)
    guards.check_has_come(conference)
    called = set(conference.summonses.values_list("cadre", flat=True))
    if strangers := set(present) - called:
        message = _("%(number)s of those present were not called; only members can attend.")
        raise ValidationError({"present": message % {"number": len(strangers)}})
    conference.summonses.filter(cadre__in=present).update(present=True)
    conference.summonses.exclude(cadre__in=present).update(present=False)
    quorate = _weigh(conference)
    if quorate:
        guards.check_at_work(conference)
    facts = {
        "summoned": conference.result["summoned"],
        "present": conference.result["present"],
        "absent": sorted(called - set(present)),
    }
    note(Event.ATTENDED, conference, by, outcome=conference.outcome, facts=facts)
    return quorate


def _snapshot(body: Body, held_on: date, slip: guards.Slip) -> dict[int, str]:
    """Members of that day and why they do not vote; several seats are one vote."""
    votes: dict[int, bool] = {}
    for seat in members_on(body, held_on):
        votes[seat.cadre_id] = votes.get(seat.cadre_id, False) or seat.votes
    summoned = {cadre: slip.bar(cadre, votes=may_vote) for cadre, may_vote in votes.items()}
    if all(summoned.values()):
        message = _("Nobody in “%(body)s” may vote on %(day)s; add members or change the slip.")
        raise ValidationError(message % {"body": body, "day": f"{held_on:%d/%m/%Y}"})
    return summoned


def _follow(conference: Conference) -> None:
    """Number the conference after the ones before; it repeats one that did not count."""
    before = Conference.objects.filter(
        case=conference.case, code=conference.code, round=conference.round
    )
    last = before.order_by("pk").last()
    conference.attempt = len(before) + 1
    if last and (last.state == State.VOID or last.outcome == QUORUM_FAIL):
        conference.repeats = last


def _without_vote(rule: Rule, rules: CaseRules, slip: guards.Slip) -> guards.Slip:
    """Whose candidacy keeps them and their kin from voting."""
    voting = rule.kind == "elect" and rules.value("election.candidates_vote")
    return NOBODY if voting else slip


def _enrol(
    conference: Conference, summoned: dict[int, str], tellers: Sequence[Cadre], slip: guards.Slip
) -> dict[str, Any]:
    """Keep the conference with everybody who is called to it, and give what is told of it."""
    _follow(conference)
    insert(conference)
    Summons.objects.bulk_create(
        Summons(conference=conference, cadre_id=cadre, barred=bar)
        for cadre, bar in summoned.items()
    )
    Teller.objects.bulk_create(Teller(conference=conference, cadre=cadre) for cadre in tellers)
    Candidacy.objects.bulk_create(
        Candidacy(conference=conference, cadre_id=cadre) for cadre in sorted(slip.people)
    )
    return _called(conference, summoned, tellers, slip)


def _called(
    conference: Conference,
    summoned: dict[int, str],
    tellers: Sequence[Cadre],
    slip: guards.Slip,
) -> dict[str, Any]:
    return {
        "code": conference.code,
        "attempt": conference.attempt,
        "repeats": conference.repeats_id,
        "body": conference.body_id,
        "held_on": conference.held_on.isoformat(),
        "chair": conference.chair_id,
        "secretary": conference.secretary_id,
        "tellers": sorted(teller.pk for teller in tellers),
        "candidates": sorted(slip.people),
        "summoned": len(summoned),
        **({"seats": conference.seats} if conference.seats > 1 else {}),
        "barred": {str(cadre): str(bar) for cadre, bar in sorted(summoned.items()) if bar},
    }


def _weigh(conference: Conference) -> bool:
    """Let the conference sit, or end it where too few have come."""
    rule = rule_of(conference)
    came = attendance(conference)
    quorate = has_quorum(came.summoned, came.present, rule)
    conference.state = State.SITTING
    conference.result = {"summoned": came.summoned, "present": came.present}
    if not quorate:
        counted = nothing_counted(conference)
        conference.state, conference.outcome = State.CLOSED, QUORUM_FAIL
        conference.result = results.kept(decide(counted, rule), counted, ballot=False)
    update(conference, "state", "outcome", "result")
    return quorate
