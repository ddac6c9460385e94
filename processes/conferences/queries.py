"""Questions to a conference: its rule, how many vote, where the count stands, who may see it."""

from dataclasses import asdict, dataclass, replace
from typing import Literal

from django.db.models import Q
from django.utils.translation import gettext as _

from permissions.catalogue import Act
from permissions.checks import units_where
from permissions.compiled import Compiled
from permissions.models import User
from processes.audit.models import Event
from processes.cases.models import CaseTask
from processes.cases.rules import rules_of
from processes.conferences import results
from processes.conferences.models import (
    Bar,
    Candidacy,
    Conference,
    CountEntry,
    Summons,
    Teller,
)
from processes.conferences.sentences import explain, share_text
from processes.conferences.tally import Count, Difference, Reason, Rule, Share, compare, on_base
from processes.organisation.units import Unit
from processes.rules import CaseRules

OPEN_STATES = (Conference.State.CALLED, Conference.State.SITTING, Conference.State.COUNTING)

#: The conference of a case that is not over, with what each of its parts asks of it.
under_way = Compiled(
    lambda case, code: (
        Conference.objects.filter(case=case, code=code, state__in=OPEN_STATES)
        .select_related("task__unit", "body")
        .order_by("-pk")[:1]
    ),
    case=int,
    code=str,
)

_voters = Compiled(
    lambda conference: (
        Summons.objects.filter(conference=conference)
        .exclude(barred=Bar.NO_VOTE)
        .values_list("present", "barred")
    ),
    conference=int,
)
_slip = Compiled(
    lambda conference: (
        Candidacy.objects.filter(conference=conference)
        .select_related("cadre")
        .order_by("cadre__name_sort")
    ),
    conference=int,
)
_on_slip = Compiled(
    lambda conference: Candidacy.objects.filter(conference=conference).values_list("cadre"),
    conference=int,
)
_tellers = Compiled(
    lambda conference: (
        Teller.objects.filter(conference=conference).select_related("cadre__user").order_by("pk")
    ),
    conference=int,
)
_counts = Compiled(
    lambda conference: CountEntry.objects.filter(conference=conference).order_by("pk"),
    conference=int,
)

#: The outcome of a conference to which too few came.
QUORUM_FAIL = "quorum_fail"

Standing = Literal["waiting", "agree", "differ"]


@dataclass(frozen=True)
class Attendance:
    """How many people whose seat has a vote were summoned, and how many of them came.

    `barred` are those of them who must not vote: on the slip, or tied to it.
    """

    summoned: int
    present: int
    barred: int = 0
    barred_present: int = 0


_NOBODY = Attendance(0, 0)


@dataclass(frozen=True)
class Line:
    """A line of the result: a person, or the proposal itself."""

    name: str
    share: Share
    disagree: int | None

    @property
    def text(self) -> str:
        """The share with its base: "31/45 summoned = 68.9%"."""
        return share_text(self.share)


def conference_rule(
    code: str, rules: CaseRules, seats: int = 1, *, barred_in_base: bool = True
) -> Rule:
    """How this conference votes under the rules of its case, for so many seats.

    A conference whose share is another than half has a threshold of its own.
    """
    own = f"thresholds.{code}"
    return Rule.from_parameters(
        rules.value(f"conferences.{code}"),
        quorum=rules.value("quorum"),
        threshold=rules.value(own if rules.knows(own) else "threshold"),
        base=rules.value("vote_base"),
        top_n=rules.value("top_n"),
        tie=rules.value("tie_for_last_place"),
        seats=seats,
        barred_in_base=barred_in_base,
    )


def rule_of(conference: Conference, rules: CaseRules | None = None) -> Rule:
    """How this conference votes, by the edition of its case, on the base of the day of its call."""
    return conference_rule(
        conference.code,
        rules or rules_of(conference.case),
        conference.seats,
        barred_in_base=conference.barred_in_base,
    )


def attendance(conference: Conference) -> Attendance:
    """The numbers that quorum and base are counted on: people whose seat has a vote."""
    came = [(present, bool(barred)) for present, barred in _voters(conference=conference.pk)]
    return Attendance(
        summoned=len(came),
        present=sum(present is True for present, _barred in came),
        barred=sum(barred for _present, barred in came),
        barred_present=came.count((True, True)),
    )


def said_of_base(conference: Conference, came: Attendance) -> list[str]:
    """What follows for base and threshold where some of the people summoned must not vote."""
    return [explain(reason) for reason in on_base(_attended(came), rule_of(conference))]


def on_slip(conference: Conference) -> list[int]:
    """The numbers of the people on the slip."""
    return [cadre for (cadre,) in _on_slip(conference=conference.pk)]


def slip_lines(conference: Conference) -> dict[int, str]:
    """The lines of the slip with their names: a cadre each, or the proposal itself."""
    people = {row.cadre_id: str(row.cadre) for row in _slip(conference=conference.pk)}
    return people or {results.PROPOSAL: _("the proposal")}


def tellers_of(conference: Conference) -> list[Teller]:
    """The members of the counting team, with who they are."""
    return _tellers(conference=conference.pk)


def teller_who_is(user: User, conference: Conference) -> Teller | None:
    """The person's seat on the counting team; None for everybody else."""
    return next((one for one in tellers_of(conference) if one.cadre.user_id == user.pk), None)


def counted_by(seat: CaseTask) -> Conference | None:
    """The conference for whose count a seat on the counting team was made, by the trail."""
    begun = (Event.COUNT_OPENED, Event.RECOUNT)
    entries = seat.process.entries.filter(event__in=begun, step=seat.flow_task_name)
    entry = entries.filter(at__lte=seat.created).order_by("seq").last()
    if entry is None:
        return None
    meeting = Conference.objects.get(pk=entry.facts["conference"])
    meeting.case = seat.process
    return meeting


def counts(conference: Conference) -> list[CountEntry]:
    """What the tellers have entered in the present round, in the order of entering."""
    entered = _counts(conference=conference.pk)
    return [entry for entry in entered if entry.count_round == conference.count_round]


def as_count(entry: CountEntry, came: Attendance) -> Count:
    """What one teller counted, as the arithmetic takes it."""
    return replace(
        _attended(came),
        issued=entry.issued,
        collected=entry.collected,
        valid=entry.valid,
        invalid=entry.invalid,
        blank=entry.blank,
        agree={int(line): votes for line, votes in entry.agree.items()},
        disagree={int(line): votes for line, votes in entry.disagree.items()},
    )


def nothing_counted(conference: Conference) -> Count:
    """The count of a conference without slips: only who was called and came."""
    return _attended(attendance(conference))


def standing(conference: Conference, entered: list[CountEntry] | None = None) -> Standing:
    """Whether the tellers are still counting, and if not, whether they counted the same.

    `entered` is what `counts` has read already.
    """
    entered = counts(conference) if entered is None else entered
    if len(entered) < len(tellers_of(conference)):
        return "waiting"
    return "differ" if _compared(entered) else "agree"


def differences(conference: Conference) -> list[Difference]:
    """Every number that a teller entered otherwise than the first one; none while they count."""
    entered = counts(conference)
    if len(entered) < len(tellers_of(conference)):
        return []
    return _compared(entered)


def counts_visible_to(conference: Conference, user: User) -> list[CountEntry]:
    """Counts that the person may see, of all rounds.

    A teller never sees another's count before all are in; whoever may see the result sees
    the counts behind it when the conference is over.
    """
    entries = conference.counts.select_related("teller__cadre").order_by("count_round", "pk")
    teller = teller_who_is(user, conference)
    if conference.state not in OPEN_STATES and result_visible_to(conference, user):
        return list(entries)
    if teller is None:
        return []
    complete = conference.count_round - (standing(conference) == "waiting")
    return list(entries.filter(Q(teller=teller) | Q(count_round__lte=complete)))


def result_visible_to(conference: Conference, user: User) -> bool:
    """Whether the person may see the result (procedures 4.2, 12.8.4).

    What the edition does not announce is seen by the counting team and by those who may read
    hidden results in the province, unless they are on the slip themselves.
    """
    if conference.announced or conference.outcome == QUORUM_FAIL:
        return True
    if teller_who_is(user, conference):
        return True
    if conference.candidacies.filter(cadre__user=user).exists():
        return False
    province = conference.case.province_id
    readable = Unit.objects.filter(pk__in=units_where(user, Act.READ_HIDDEN))
    return readable.filter(Q(pk=province) | Q(province=province)).exists()


def explanation(conference: Conference) -> list[str]:
    """One sentence for each rule that was applied to the count."""
    names = slip_lines(conference)
    return [_sentence(reason, names) for reason in results.reasons(conference.result)]


def result_lines(conference: Conference) -> list[Line]:
    """The result line by line, most votes first."""
    names = slip_lines(conference)
    lines = [
        Line(names[kept["candidate"]], results.share(kept), kept["disagree"])
        for kept in conference.result.get("shares", [])
    ]
    return sorted(lines, key=lambda line: -line.share.agree)


def _attended(came: Attendance) -> Count:
    """A count in which no slip has been given out yet."""
    return Count(**asdict(came), issued=0, collected=0, valid=0, invalid=0, blank=0)


def _compared(entered: list[CountEntry]) -> list[Difference]:
    """Where the counts differ; the attendance is the same for all of them."""
    told = [as_count(entry, _NOBODY) for entry in entered]
    found = (difference for other in told[1:] for difference in compare(told[0], other))
    return list(dict.fromkeys(found))


def _sentence(reason: Reason, names: dict[int, str]) -> str:
    return explain(reason, name=names.__getitem__)
