"""How a conference begins: the body is called, and who came is kept."""

from collections.abc import Collection, Sequence, Set
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
from processes.conferences.models import Bar, Candidacy, Conference, Summons, Teller
from processes.conferences.queries import (
    QUORUM_FAIL,
    conference_rule,
    nothing_counted,
    rule_of,
)
from processes.conferences.tally import Rule, decide, quorate
from processes.conferences.tally.slips import ATTENDED
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

    Raises Conflict or Closed, Refused for candidates and kin in office, else ValidationError.
    """
    case = guards.lock(task)
    rule, slip = conference_rule(code, rules, seats), guards.Slip.of([c.pk for c in candidates])
    guards.check_free(task, code)
    guards.check_day(case, held_on)
    guards.check_impartial(by, slip)
    summoned = _snapshot(body, held_on, rule, rules, slip)
    needed = 0 if rule.ballot == "none" else rules.value("tellers_required")
    guards.check_officers(slip, chair=chair, secretary=secretary, tellers=tellers, needed=needed)
    guards.check_members(body, held_on, summoned, chair=chair, secretary=secretary, tellers=tellers)
    reason = guards.why_left_out(left_out, reason)
    conference = Conference(
        case=case, task=task, code=code, round=case.round, body=body, held_on=held_on,
        place=place, chair=chair, secretary=secretary,
        secret=rules.value(f"conferences.{code}")["vote"] == "secret", seats=seats,
        barred_in_base=_barred_in_base(summoned, rules),
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
    enough = _weigh(conference)
    if enough:
        guards.check_at_work(conference)
    told = ATTENDED if conference.result["barred"] else ATTENDED[:2]
    numbers = {name: conference.result[name] for name in told}
    facts = {**numbers, "absent": sorted(called - set(present))}
    note(Event.ATTENDED, conference, by, outcome=conference.outcome, facts=facts)
    return enough


def _snapshot(
    body: Body, held_on: date, rule: Rule, rules: CaseRules, slip: guards.Slip
) -> dict[int, str]:
    """Members of that day and why they do not vote; several seats are one vote.

    Raises ValidationError for a slip that cannot be counted, and where nobody may vote.
    """
    guards.check_slip(rule, slip)
    votes: dict[int, bool] = {}
    for seat in members_on(body, held_on):
        votes[seat.cadre_id] = votes.get(seat.cadre_id, False) or seat.votes
    slip = _without_vote(rule, rules, slip, members=votes.keys())
    summoned = {cadre: slip.bar(cadre, votes=may_vote) for cadre, may_vote in votes.items()}
    guards.check_voters(body, held_on, [*summoned.values()])
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


def _without_vote(
    rule: Rule, rules: CaseRules, slip: guards.Slip, *, members: Set[int]
) -> guards.Slip:
    """Whose candidacy keeps them and their kin from voting.

    Outside of elections the parameter is read only where a member is on the slip; their kin are
    recused in any case (procedures 11.2).
    """
    if rule.kind == "elect":
        return NOBODY if rules.value("election.candidates_vote") else slip
    if slip.people & members and rules.value("vote.candidates_vote"):
        return guards.Slip(frozenset(), slip.kin)
    return slip


def _barred_in_base(summoned: dict[int, str], rules: CaseRules) -> bool:
    """Whether base and quorum count people who must not vote; not asked where there are none."""
    return _some_barred(summoned) and bool(rules.value("vote.barred_in_base"))


def _some_barred(summoned: dict[int, str]) -> bool:
    return not {Bar.CANDIDATE, Bar.KIN}.isdisjoint(summoned.values())


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
        **({"barred_in_base": conference.barred_in_base} if _some_barred(summoned) else {}),
    }


def _weigh(conference: Conference) -> bool:
    """Let the conference sit, or end it where too few have come."""
    rule, counted = rule_of(conference), nothing_counted(conference)
    enough = quorate(counted, rule)
    conference.state = State.SITTING
    conference.result = {name: getattr(counted, name) for name in ATTENDED}
    if not enough:
        conference.state, conference.outcome = State.CLOSED, QUORUM_FAIL
        conference.result = results.kept(decide(counted, rule), counted, ballot=False)
    update(conference, "state", "outcome", "result")
    return enough
