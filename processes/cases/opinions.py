"""What organs hold about the candidate of a case: all that was said, and what each holds now."""

from collections.abc import Iterable

from processes.cases.models import Case, Opinion


def about_candidate(case: Case) -> list[Opinion]:
    """Opinions of the present round about whoever is the candidate now, in the order given.

    What was said about a former candidate is no opinion about this one.
    """
    given = case.opinions.filter(round=case.round, cadre=case.candidate_id)
    return list(given.select_related("unit").order_by("pk"))


def positions(opinions: Iterable[Opinion]) -> list[Opinion]:
    """Of each organ the last answer at each step: an earlier one is no more what it holds."""
    last = {(one.unit_id, one.step): one for one in opinions}
    return sorted(last.values(), key=lambda one: one.pk)


def against(opinions: Iterable[Opinion]) -> list[Opinion]:
    """The positions of those who are against."""
    return [one for one in positions(opinions) if one.stand == Opinion.Stand.ADVERSE]
