"""Who holds which post on a day, what is vacant, and which terms end soon."""

from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import Count, F, Prefetch, Q, QuerySet

from processes.organisation.people import PostHeld
from processes.organisation.positions import Position

#: How far a unit looks ahead at terms that end: enough for the notice of a reappointment, which
#: comes 90 days or 90 working days before the end (design).
AHEAD = relativedelta(years=1)


def held_on(on: date, prefix: str = "") -> Q:
    """Posts that are held that day; `until` is the first day on which one no longer is."""
    over = Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gt": on})
    return Q(**{f"{prefix}since__lte": on}) & over


def staffed(positions: QuerySet[Position], on: date) -> QuerySet[Position]:
    """Positions with their holders of that day (`held_by`), heads of units first."""
    held = PostHeld.objects.filter(held_on(on)).select_related("cadre__unit")
    return (
        positions.select_related("unit", "group")
        .prefetch_related(Prefetch("holders", held.order_by("since", "pk"), to_attr="held_by"))
        .order_by("unit__name", "-is_head", "group__rank", "code")
    )


def vacant_seats(position: Position) -> int:
    """Seats of a position from `staffed` that nobody holds."""
    return max(position.seats - len(position.held_by), 0)  # type: ignore[attr-defined]


def with_vacancies(positions: QuerySet[Position], on: date) -> QuerySet[Position]:
    """Positions of which a seat is free that day."""
    taken = Count("holders", filter=held_on(on, "holders__"))
    return positions.annotate(taken=taken).filter(taken__lt=F("seats"))


def terms_ending(posts: QuerySet[PostHeld], on: date) -> QuerySet[PostHeld]:
    """Posts held that day whose term ends within the time that a unit looks ahead, or is over."""
    found = posts.filter(held_on(on), term_ends_on__lte=on + AHEAD)
    return found.select_related("cadre__unit").order_by("term_ends_on", "pk")
