"""Who holds a post now, for what begins or ends a term."""

from permissions.checks import today
from processes.organisation.people import Cadre, PostHeld
from processes.organisation.positions import Position


def held_now(position: Position, person: Cadre | None) -> PostHeld | None:
    """The person's present term in the position; None where they hold it no more."""
    if person is None:
        return None
    held = PostHeld.objects.filter(position=position, cadre=person, until__isnull=True)
    return held.order_by("-since").first()


def posts_beside(position: Position, person: Cadre | None) -> list[PostHeld]:
    """What else the person holds today; a post that has its end already is not asked about."""
    held = PostHeld.objects.filter(cadre=person, until__isnull=True, since__lte=today())
    others = held.exclude(position=position).select_related("unit")
    return list(others.order_by("since", "pk")) if person else []
