"""The only writers of conferences: call, attendance, count, recount, void, close.

Each holds the case, changes one thing and writes its entry, in one transaction.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from permissions.errors import Conflict, Refused
from permissions.models import User
from permissions.writing import insert, update
from processes.audit.models import Event
from processes.cases.models import Case
from processes.conferences import guards, results
from processes.conferences.calling import call, take_attendance
from processes.conferences.counting import check_count
from processes.conferences.entries import count_digest, hidden_digest, note
from processes.conferences.models import Conference, CountEntry
from processes.conferences.queries import (
    OPEN_STATES,
    as_count,
    attendance,
    conference_rule,
    counts,
    nothing_counted,
    rule_of,
    slip_lines,
    standing,
    teller_who_is,
)
from processes.conferences.tally import Count, Result, decide
from processes.rules import CaseRules

__all__ = [
    "call", "close", "conference_rule", "enter_count", "open_count", "recount", "standing",
    "take_attendance", "void", "void_open",
]  # fmt: skip

State = Conference.State


@transaction.atomic
def open_count(conference: Conference, *, by: User) -> None:
    """Hand out the slips; from now on the tellers enter what they count.

    Raises Conflict or Closed when the conference is not sitting, and Refused.
    """
    guards.check_impartial(by, guards.lock_conference(conference))
    guards.check_stands(conference, State.SITTING)
    if rule_of(conference).ballot == "none":
        raise Conflict(_("This conference has no ballot; close it with its minutes."))
    conference.state = State.COUNTING
    update(conference, "state")
    note(Event.COUNT_OPENED, conference, by, facts={"round": conference.count_round})


@transaction.atomic
def enter_count(
    conference: Conference,
    *,
    by: User,
    issued: int,
    collected: int,
    valid: int,
    invalid: int,
    blank: int,
    agree: Mapping[int, int],
    disagree: Mapping[int, int],
) -> CountEntry:
    """Keep what one teller counted, once in a round and unseen by the others.

    Raises Refused for others than tellers, Closed when no count is open, Conflict for a second
    entry, and ValidationError with every equation that does not hold.
    """
    slip = guards.lock_conference(conference)
    teller = teller_who_is(by, conference)
    if teller is None:
        raise Refused(_("Only a member of the counting team enters a count."))
    guards.check_impartial(by, slip)
    guards.check_counting(conference)
    if any(entry.teller_id == teller.pk for entry in counts(conference)):
        raise Conflict(_("You have entered your count already; it cannot be changed."))
    entry = CountEntry(
        conference=conference, teller=teller, count_round=conference.count_round,
        issued=issued, collected=collected, valid=valid, invalid=invalid, blank=blank,
        agree=_lines(agree), disagree=_lines(disagree),
    )  # fmt: skip
    counted = as_count(entry, attendance(conference))
    check_count(counted, rule_of(conference), slip_lines(conference))
    insert(entry)
    facts = {"round": entry.count_round, "teller": teller.cadre_id, "sha256": count_digest(entry)}
    note(Event.COUNTED, conference, by, facts=facts)
    return entry


@transaction.atomic
def recount(conference: Conference, *, by: User, reason: str) -> None:
    """Let the slips be counted again because the counts differ; the first ones are kept.

    Raises Conflict unless all counts are in and differ, Closed, Refused and ValidationError.
    """
    guards.check_impartial(by, guards.lock_conference(conference))
    guards.check_stands(conference, State.COUNTING)
    stand = standing(conference)
    if stand == "waiting":
        raise Conflict(_("Wait until every teller has entered a count."))
    if stand == "agree":
        raise Conflict(_("The counts agree; close the conference."))
    reason = guards.required("reason", reason, _("Say why the slips are counted again."))
    conference.count_round += 1
    update(conference, "count_round")
    facts = {"round": conference.count_round}
    note(Event.RECOUNT, conference, by, reason=reason, facts=facts)


@transaction.atomic
def void(conference: Conference, *, by: User, reason: str, role: str = "") -> None:
    """Declare a conference void; it is kept with all its counts, and may be called again.

    Raises Closed when it is over, Refused and ValidationError.
    """
    guards.check_impartial(by, guards.lock_conference(conference))
    guards.check_open(conference)
    reason = guards.required("reason", reason, _("Say why the ballot is void."))
    stood = conference.state
    conference.state, conference.void_reason, conference.void_by = State.VOID, reason, by
    update(conference, "state", "void_reason", "void_by")
    note(Event.VOIDED, conference, by, reason=reason, role=role, facts={"state": stood})


@transaction.atomic
def void_open(case: Case, *, by: User, reason: str, role: str) -> None:
    """Declare void what is under way in a case that ends or goes back: nobody counts on."""
    for meeting in case.conferences.filter(state__in=OPEN_STATES):
        void(meeting, by=by, reason=reason, role=role)


@transaction.atomic
def close(
    conference: Conference, *, by: User, minutes: str, rules: CaseRules, outcome: str = ""
) -> Result:
    """Close a conference with its minutes; the arithmetic finds the outcome of a ballot.

    `outcome` is what a conference without a ballot has agreed on. Raises Conflict while
    tellers count or their counts differ, Closed when it is over, Refused and ValidationError.
    """
    guards.check_impartial(by, guards.lock_conference(conference))
    rule = rule_of(conference, rules)
    ballot = rule.ballot != "none"
    guards.check_stands(conference, State.COUNTING if ballot else State.SITTING)
    minutes = guards.required("minutes", minutes, _("Write the minutes of the conference."))
    counted = _agreed(conference) if ballot else nothing_counted(conference)
    result = decide(counted, rule)
    conference.state, conference.minutes = State.CLOSED, minutes
    conference.outcome = result.outcome if ballot else outcome or result.outcome
    conference.result = results.kept(result, counted, ballot=ballot)
    conference.announced = rules.value(f"conferences.{conference.code}")["announced"]
    update(conference, "state", "minutes", "outcome", "result", "announced")
    facts = {
        "announced": conference.announced,
        "result": hidden_digest(conference, conference.result),
        "minutes": hidden_digest(conference, minutes),
    }
    said = conference.outcome if conference.announced else ""
    note(Event.VOTE_CLOSED, conference, by, outcome=said, facts=facts)
    return result


def _agreed(conference: Conference) -> Count:
    """The count on which all tellers agree; raises Conflict where there is none."""
    entered = counts(conference)
    stand = standing(conference, entered)
    if stand == "waiting":
        raise Conflict(_("Wait until every teller has entered a count."))
    if stand == "differ":
        raise Conflict(_("The counts of the tellers differ; order a recount."))
    return as_count(entered[0], attendance(conference))


def _lines(votes: Mapping[int, int]) -> dict[str, int]:
    return {str(line): number for line, number in sorted(votes.items())}
