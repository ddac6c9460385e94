"""Rulings on a tie: who goes on where the votes do not say it, and how long that holds."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from processes.cases.models import Case
from processes.organisation.people import Cadre
from processes.steps.vote import last_sitting


def ruled(case: Case, fact: str, conference: str) -> list[int]:
    """Numbers of those who go on by the ruling that the case keeps as `fact`; none without one.

    A ruling is about one sitting. Where the conference was held again in the same round, after a
    hold, and did not end in a tie, that sitting says who goes on.
    """
    ruling = case.facts.get(fact, {})
    if ruling.get("round") != case.round:
        return []
    meeting = last_sitting(case, conference)
    return list(ruling["people"]) if meeting and meeting.result["needs_ruling"] else []


def check_ahead(case: Case, conference: str, chosen: Iterable[Cadre]) -> None:
    """Let a ruling be about the tie only: whoever is ahead of it goes on by their votes.

    Raises ValidationError.
    """
    left_out = ahead(case, conference) - {cadre.pk for cadre in chosen}
    if left_out:
        people = ", ".join(map(str, Cadre.objects.filter(pk__in=left_out).order_by("name_sort")))
        said = _("%(people)s goes on by the votes: choose them too, the ruling is on the tie only.")
        raise ValidationError({"go_on": said % {"people": people}})


def ahead(case: Case, conference: str) -> set[int]:
    """Numbers of those with more votes than the ones who are level."""
    meeting = last_sitting(case, conference)
    if meeting is None:
        return set()
    votes = {line["candidate"]: line["agree"] for line in meeting.result["shares"]}
    going = meeting.result["advancing"]
    level = min(votes[pk] for pk in going)
    return {pk for pk in going if votes[pk] > level}
