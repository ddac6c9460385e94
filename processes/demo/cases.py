"""Cases at every step and every end of the procedures, made by the actions that pages use."""

from datetime import date

from permissions.catalogue import Role
from permissions.checks import today
from permissions.models import Holding
from processes.cases.models import Case
from processes.demo.clock import OfficeClock
from processes.demo.favourites import Favourites
from processes.demo.past import Past
from processes.demo.plans import Plan
from processes.demo.province import Province
from processes.demo.timetable import Visit
from processes.organisation.people import Planning
from processes.organisation.positions import Competence, Position
from processes.steps.flow import CaseFlow


def build_cases(
    flow_class: type[CaseFlow],
    plans: dict[str, Plan],
    visits: list[Visit],
    *,
    clock: OfficeClock,
    until: date,
) -> list[Case]:
    """One case for each plan, with a past that ends on the day `until`."""
    posts = posts_of(plans, Province().for_cases())
    planned = {name: post for name, post in posts.items() if not plans[name].delegated}
    favourites = Favourites(planned, plans, until)
    return Past(flow_class, posts, clock).live(visits, favourites, until)


def posts_of(plans: dict[str, Plan], free: list[Position]) -> dict[str, Position]:
    """A post for each plan, because a position has one open case at a time.

    `free` takes turns among units: those who get appointed come first, in different ones.
    """
    left = list(free)
    posts: dict[str, Position] = {}
    for name, plan in sorted(plans.items(), key=lambda item: _turn(item[1])):
        if plan.delegated:
            posts[name] = _unplanned(len(posts))
            continue
        posts[name] = next(post for post in left if _suits(post, plan))
        left.remove(posts[name])
    return posts


def _turn(plan: Plan) -> tuple[bool, bool, bool]:
    """Posts are given out to those appointed first, then to those that ask for a unit or kind."""
    return (bool(plan.until), not plan.unit, not plan.kind)


def _suits(post: Position, plan: Plan) -> bool:
    return plan.kind in ("", post.kind) and plan.unit in ("", post.unit.code)


def _unplanned(number: int) -> Position:
    """A delegated post of a unit that has nobody in planning, but a clerk who asks."""
    clerks = Holding.objects.in_force(today()).filter(role=Role.UNIT_CLERK).values("unit")
    heads = Position.objects.filter(is_head=True, unit__in=clerks).select_related("unit", "group")
    head = heads.exclude(unit__in=Planning.objects.values("unit")).order_by("code")[0]
    delegated = Competence.objects.in_force(today()).filter(policy_request=False)
    return Position.objects.create(
        code=f"{head.unit.code}-N{number}",
        unit=head.unit,
        title=f"Phó {head.title} {number}",
        group=delegated.filter(group__rank__gt=head.group.rank).order_by("group__rank")[0].group,
        kind=head.kind,
        valid_from=head.valid_from,
    )
