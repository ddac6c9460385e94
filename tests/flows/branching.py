"""Several ways on from one place: each is gone, looked at, and undone."""

from collections.abc import Mapping

from django.db import transaction

from processes.cases.models import Case
from processes.demo.stories import Stage, against
from processes.demo.walk import Walk

BODY = "standing_committee"

#: What the Standing Committee can do besides approving.
DECIDES: dict[str, Stage] = {
    "defer": lambda walk: walk.motion(BODY, "defer", "Lý do."),
    "supplement": lambda walk: walk.motion(BODY, "supplement", "Lý do."),
    "quorum_fail": lambda walk: walk.conference(BODY, absent=99),
    "reject": lambda walk: walk.conference(BODY, against),
}


def where(walk: Walk, ways: Mapping[str, Stage]) -> dict[str, str]:
    """At which step, or at which end, a case is after each of these ways."""
    return {name: _gone(walk, way) for name, way in ways.items()}


def _gone(walk: Walk, way: Stage) -> str:
    with transaction.atomic():
        gone = way(Walk(Case.objects.get(pk=walk.case.pk)))
        found = gone.case.outcome or ", ".join(gone.at)
        transaction.set_rollback(True)
    return found
