"""Who holds a post now, for what begins or ends a term."""

from collections.abc import Iterable

from permissions.checks import today
from processes.organisation.people import Cadre, PostHeld
from processes.organisation.positions import Position


def held_now(position: Position, person: Cadre | None) -> PostHeld | None:
    """The person's present term in the position; None where they hold it no more."""
    if person is None:
        return None
    held = PostHeld.objects.filter(position=position, cadre=person, until__isnull=True)
    return held.order_by("-since").first()


def posts_beside(position: Position, people: Iterable[Cadre]) -> list[PostHeld]:
    """What else they hold today, person by person; a post that has its end is left out."""
    held = PostHeld.objects.filter(cadre__in=people, until__isnull=True, since__lte=today())
    others = held.exclude(position=position).select_related("cadre", "unit")
    return list(others.order_by("cadre__name_sort", "cadre", "since", "pk"))
