"""Who holds a post now, for what begins or ends a term."""

from processes.organisation.people import Cadre, PostHeld
from processes.organisation.positions import Position


def held_now(position: Position, person: Cadre | None) -> PostHeld | None:
    """The person's present term in the position; None where they hold it no more."""
    if person is None:
        return None
    held = PostHeld.objects.filter(position=position, cadre=person, until__isnull=True)
    return held.order_by("-since").first()
