"""What stands in the way of a change to a conference, and in which words it is refused."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from permissions.checks import today
from permissions.errors import Closed, Conflict, Personal, Unfit
from permissions.models import User
from processes.audit.models import Event
from processes.cases.models import Case, CaseTask
from processes.conferences.models import Bar, Conference
from processes.conferences.queries import OPEN_STATES, on_slip, tellers_of, under_way
from processes.conferences.tally import Rule
from processes.organisation.bodies import Body
from processes.organisation.lookups import kin_of
from processes.organisation.people import Cadre

#: What people on the slip, and their kin, cannot do at a conference.
_UNFIT: Mapping[str, Mapping[str, Promise]] = {
    Bar.CANDIDATE: {
        "chair": gettext_lazy("%(person)s is on the slip and cannot chair the conference."),
        "secretary": gettext_lazy("%(person)s is on the slip and cannot write the minutes."),
        "tellers": gettext_lazy("%(person)s is on the slip and cannot count the slips."),
    },
    Bar.KIN: {
        "chair": gettext_lazy("%(person)s is a relative of a candidate and cannot chair."),
        "tellers": gettext_lazy(
            "%(person)s is a relative of a candidate and cannot count the slips."
        ),
    },
}
#: The same where the form offers them.
_IN_SHORT: Mapping[str, Promise] = {
    Bar.CANDIDATE: gettext_lazy("on the slip"),
    Bar.KIN: gettext_lazy("relative of somebody on the slip"),
}
_STANDS: Mapping[str, Promise] = {
    Conference.State.CALLED: gettext_lazy("The attendance of this conference is not taken yet."),
    Conference.State.SITTING: gettext_lazy("The conference is sitting; the count is not open."),
    Conference.State.COUNTING: gettext_lazy("The slips of this conference are being counted."),
}


@dataclass(frozen=True)
class Slip:
    """Who is on a slip, and who is tied to them by family."""

    people: frozenset[int]
    kin: frozenset[int]

    @classmethod
    def of(cls, people: Sequence[int]) -> Self:
        """Look up the families of the people on the slip."""
        on_it = set(people)
        return cls(frozenset(on_it), frozenset(kin_of(on_it) if on_it else ()))

    def bar(self, cadre_id: int, *, votes: bool = True) -> str:
        """Why a member who is called does not vote; empty when they do.

        A seat without a vote comes first: whoever has one counts in no base, on the slip or not.
        """
        if not votes:
            return Bar.NO_VOTE
        if cadre_id in self.people:
            return Bar.CANDIDATE
        return Bar.KIN if cadre_id in self.kin else ""


def lock(task: CaseTask) -> Case:
    """Hold the case until the transaction ends; everything about a conference waits for it."""
    if _is_held(task, "process"):
        return task.process
    return Case.objects.select_for_update(no_key=True).get(pk=task.process_id)


def lock_conference(conference: Conference) -> Slip:
    """Hold the case, read the conference as it is now, and tell who is on its slip.

    A conference that was read for a task under the lock is as it is now already.
    """
    if not _is_held(conference, "case"):
        case = Case.objects.select_for_update(no_key=True).get(pk=conference.case_id)
        conference.refresh_from_db()
        conference.case = case
    return Slip.of(on_slip(conference))


def _is_held(row: Conference | CaseTask, name: str) -> bool:
    """Whether the row's case is one that whoever asks has read under its lock."""
    return row._meta.get_field(name).is_cached(row) and getattr(row, name).locked  # type: ignore[union-attr]


def check_impartial(by: User, slip: Slip) -> None:
    """Nobody runs or counts a vote on themselves or their kin (Quy định 114-QĐ/TW).

    Raises Refused.
    """
    cadre = getattr(by, "cadre", None)
    bar = slip.bar(cadre.pk) if cadre else ""
    if bar == Bar.CANDIDATE:
        raise Personal(_("You are on the slip of this conference."))
    if bar == Bar.KIN:
        raise Personal(_("A relative of yours is on the slip of this conference."))


def check_officers(
    slip: Slip, *, chair: Cadre, secretary: Cadre, tellers: Sequence[Cadre], needed: int
) -> None:
    """Refuse a chair, secretary or counting team that cannot be.

    Raises Unfit for candidates and their kin, and ValidationError for the rest.
    """
    wrong: dict[str, list[str]] = {}
    for field, people in (("chair", [chair]), ("secretary", [secretary]), ("tellers", tellers)):
        for cadre in people:
            words = _UNFIT.get(slip.bar(cadre.pk), {})
            if field in words:
                wrong.setdefault(field, []).append(words[field] % {"person": cadre})
    if wrong:
        raise Unfit(wrong)
    if chair == secretary:
        raise ValidationError({"secretary": _("Name another person than the chair.")})
    if problems := _team_problems(tellers, needed):
        raise ValidationError({"tellers": problems})


def why_unfit(slip: Slip, office: str) -> dict[int, str]:
    """The people who cannot hold an office while such a slip stands, and why, in a few words."""
    barred = ((Bar.KIN, slip.kin), (Bar.CANDIDATE, slip.people))  # whoever is both is on the slip
    return {
        number: str(_IN_SHORT[bar])
        for bar, numbers in barred
        if office in _UNFIT[bar]
        for number in numbers
    }


def check_members(
    body: Body,
    held_on: date,
    members: Collection[int],
    *,
    chair: Cadre,
    secretary: Cadre,
    tellers: Sequence[Cadre],
) -> None:
    """Refuse whoever does not sit in the body on the day of the conference.

    Raises ValidationError, beside each field.
    """
    said = _(
        "%(people)s does not sit in “%(body)s” on %(day)s: choose a member of that day, or "
        "another day."
    )
    facts = {"body": body, "day": date_format(held_on, "SHORT_DATE_FORMAT")}
    named = {"chair": [chair], "secretary": [secretary], "tellers": tellers}
    wrong = {}
    for field, people in named.items():
        if strangers := [str(cadre) for cadre in people if cadre.pk not in members]:
            wrong[field] = said % {**facts, "people": ", ".join(strangers)}
    if wrong:
        raise ValidationError(wrong)


def check_slip(rule: Rule, slip: Slip) -> None:
    """Refuse a slip that the rule of the conference cannot count. Raises ValidationError."""
    if rule.kind == "over_half" and len(slip.people) > 1:
        raise ValidationError(_("One proposal is voted on: put one person on the slip."))
    if rule.ballot != "none" and rule.kind != "over_half" and not slip.people:
        raise ValidationError(_("Nobody is on the slip: put at least one person on it."))


def check_voters(body: Body, held_on: date, bars: Sequence[str]) -> None:
    """Refuse a body in which nobody may vote, and say what to do. Raises ValidationError."""
    if not all(bars):
        return
    facts = {"body": body, "day": date_format(held_on, "SHORT_DATE_FORMAT"), "all": len(bars)}
    if not bars:
        raise ValidationError(_("“%(body)s” has no members on %(day)s; enter them first.") % facts)
    facts |= {bar.value: bars.count(bar) for bar in Bar}
    said = _(
        "Nobody in “%(body)s” may vote on %(day)s. Of its members (%(all)s) are on the slip: "
        "%(candidate)s, relatives of somebody on it: %(kin)s, with a seat that has no vote: "
        "%(no_vote)s. Leave somebody off the slip and say why, enter members whom the slip does "
        "not concern, or ask the competent level which body is to vote instead."
    )
    raise ValidationError(said % facts)


def check_free(task: CaseTask, code: str) -> None:
    """Refuse a second conference where one is under way; raises Conflict, or Closed."""
    if CaseTask.objects.filter(pk=task.pk, finished__isnull=False).exists():
        raise Closed(_("This step is over; no conference can be called in it any more."))
    if under_way(case=task.process_id, code=code):
        raise Conflict(_("The conference has been called already; look at where it stands now."))


def check_day(case: Case, held_on: date) -> None:
    """Refuse a day before the case began or before its last conference. Raises ValidationError."""
    before = case.conferences.filter(state=Conference.State.CLOSED).order_by("held_on").last()
    first = max(case.opened_on, before.held_on) if before else case.opened_on
    if held_on >= first:
        return
    said = _("The conference before was on %(day)s; choose that day or a later one.")
    if not before or before.held_on < first:
        said = _("The case began on %(day)s; choose that day or a later one.")
    raise ValidationError({"held_on": said % {"day": date_format(first, "SHORT_DATE_FORMAT")}})


def check_has_come(conference: Conference) -> None:
    """Refuse an attendance before the day of the conference. Raises ValidationError."""
    if conference.held_on > today():
        raise ValidationError(
            _(
                "The conference is on %(day)s: take the attendance that day, or declare the "
                "ballot void and call it for another day."
            )
            % {"day": date_format(conference.held_on, "SHORT_DATE_FORMAT")}
        )


def check_at_work(conference: Conference) -> None:
    """Refuse a sitting whose chair or tellers did not come. Raises ValidationError."""
    absent = set(conference.summonses.exclude(present=True).values_list("cadre", flat=True))
    tellers = [teller.cadre for teller in tellers_of(conference)]
    missing = [cadre for cadre in (conference.chair, *tellers) if cadre.pk in absent]
    if missing:
        said = _(
            "%(people)s is to chair or to count the slips and is not ticked. Tick them if they "
            "came; else declare the ballot void and call the conference with somebody else."
        )
        people = ", ".join(str(cadre) for cadre in dict.fromkeys(missing))
        raise ValidationError({"present": said % {"people": people}})


def check_stands(conference: Conference, *states: str) -> None:
    """Refuse what does not fit the state: raises Closed when it is over, else Conflict."""
    if conference.state in states:
        return
    check_open(conference)
    raise Conflict(_STANDS[conference.state])


def check_open(conference: Conference) -> None:
    """Refuse any change of a conference that is over; raises Closed with since when."""
    if conference.state in OPEN_STATES:
        return
    when = {"when": _ended(conference)}
    if conference.state == Conference.State.VOID:
        raise Closed(
            _("The ballot was declared void on %(when)s; call the conference again.") % when
        )
    raise Closed(
        _("The conference was closed on %(when)s; nothing can be entered any more.") % when
    )


def check_counting(conference: Conference) -> None:
    """Refuse a count outside of the count; raises Closed."""
    check_open(conference)
    if conference.state != Conference.State.COUNTING:
        raise Closed(_STANDS[conference.state])


def required(field: str, text: str, message: str) -> str:
    """Give the text without white space around it; raises ValidationError when it is empty."""
    if not text.strip():
        raise ValidationError({field: message})
    return text.strip()


def why_left_out(people: Collection[int], reason: str) -> str:
    """Why people who could stand on the slip do not; raises ValidationError where nobody says it.

    The conference before has nominated them, or they meet the conditions (Quy định 80-QĐ/TW
    Điều 21.1): who conducts the vote does not decide that alone and in silence.
    """
    if not people:
        return ""
    return required(
        "reason", reason, _("Say why somebody who could stand on the slip is left out.")
    )


def told_left_out(people: Collection[int]) -> dict[str, list[int]]:
    """Who was left out, for the entry."""
    return {"left_out": sorted(people)} if people else {}


def _team_problems(tellers: Sequence[Cadre], needed: int) -> list[str]:
    problems, people = [], {teller.pk for teller in tellers}
    if len(people) < len(tellers):
        problems.append(_("Name each teller once."))
    if len(people) < needed:
        message = ngettext(
            "The counting team needs at least %(number)s teller.",
            "The counting team needs at least %(number)s tellers.",
            needed,
        )
        problems.append(message % {"number": needed})
    problems += [
        _("%(person)s has no account to enter a count with; name another teller.")
        % {"person": teller}
        for teller in tellers
        if teller.user is None or not teller.user.is_active
    ]
    return problems


def _ended(conference: Conference) -> str:
    """When the conference ended, by the trail."""
    ends = (Event.ATTENDED, Event.VOTE_CLOSED, Event.VOIDED)
    entries = conference.case.entries.filter(event__in=ends, facts__conference=conference.pk)
    at = entries.order_by("seq").values_list("at", flat=True).last()
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT") if at else ""
