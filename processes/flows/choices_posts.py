"""Which posts a row asks about, when somebody is given another one: whether they are kept."""

from processes.cases.lanes import source_of
from processes.cases.models import Case
from processes.flows import choices
from processes.flows import choices_nomination as who
from processes.organisation.people import PostHeld
from processes.steps.terms import posts_beside


def of_candidate(case: Case) -> list[PostHeld]:
    """What the candidate holds beside the post of the case."""
    return posts_beside(case.post, choices.candidate(case))


def outside_source(case: Case) -> list[PostHeld]:
    """The same without the unit that the candidate leaves: posts there end by themselves."""
    left = source_of(case).pk
    return [post for post in of_candidate(case) if post.unit_id != left]


def of_elected(case: Case) -> list[PostHeld]:
    """What those hold, person by person, whom the case enters after a congress has elected."""
    return posts_beside(case.post, who.entered(case))
