"""The demo's appointments from elsewhere and reappointments: each step, branch and end."""

from collections.abc import Iterator
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from permissions.catalogue import Role
from permissions.checks import today
from permissions.models import Holding
from processes.cases.models import Case
from processes.cases.rivals import rival_about, rival_for
from processes.demo import stories_elsewhere as elsewhere
from processes.demo import stories_reappointment as renewal
from processes.demo.newcomers import add_newcomers
from processes.demo.stories import Stage
from processes.demo.walk import Walk
from processes.demo.wanted import unwanted_first
from processes.eligibility.roster import assess
from processes.flows.appointment_from_elsewhere import AppointmentFromElsewhereFlow
from processes.flows.reappointment import ReappointmentFlow
from processes.organisation.bodies import Body, Membership
from processes.organisation.people import Cadre, PostHeld
from processes.organisation.positions import Position
from processes.organisation.units import Unit
from processes.rules import load

#: Ages of men and women who retire within two years (Nghị định 135/2020/NĐ-CP Điều 4).
NEARLY_RETIRED = (61, 57)


@dataclass(frozen=True)
class Moved:
    """A post, and somebody of another unit who meets its conditions."""

    position: Position
    person: Cadre


def build_appointments() -> list[Case]:
    """A case for each plan, as of now; those who move come first.

    Each takes somebody whom no other case moves, so that some people come beforehand.
    """
    add_newcomers(_staffed())
    return [*_from_elsewhere(), *_renewed()]


def _from_elsewhere() -> Iterator[Case]:
    for number, (name, (until, then)) in enumerate(elsewhere.PLANS.items()):
        found = _mover(number, kind=_kind(name))
        walk = Walk.begin(
            AppointmentFromElsewhereFlow, found.position, candidate=found.person,
            parent=_parent(found.position),
        )  # fmt: skip
        yield _live(elsewhere.go(walk, until), then)


def _renewed() -> Iterator[Case]:
    for number, (name, (until, then)) in enumerate(renewal.PLANS.items()):
        account = until == "self_report" and not then
        post = _held() if account else _new_term(number, _kind(name), whole="half" in name)
        _ends_soon(post, close="exten" in name)
        walk = Walk.begin(ReappointmentFlow, post.position, candidate=post.cadre)
        if "exten" in name and until != "notify":
            renewal.notify_extension(walk)
        yield _live(renewal.renew(walk, until), then)


def _kind(plan: str) -> str:
    """Of which kind the post of a plan has to be, if of any."""
    kinds = [kind for kind in Position.Kind.values if kind.title() in plan]
    return kinds[0] if kinds else ""


def _live(walk: Walk, then: tuple[Stage, ...]) -> Case:
    for stage in then:
        stage(walk)
    return walk.case


def _staffed(kind: str = "") -> list[Unit]:
    """Units whose clerk and head have accounts, in the order of their codes.

    With a kind only those where the post of a deputy is of it.
    """
    at = [set(Holding.objects.in_force(today()).filter(role=role).values_list("unit", flat=True))
          for role in (Role.UNIT_CLERK, Role.UNIT_HEAD)]  # fmt: skip
    units = Unit.objects.filter(pk__in=at[0] & at[1]).order_by("code")
    return [unit for unit in units if kind in ("", _deputy_of(unit).kind)]


def _deputy_of(unit: Unit) -> Position:
    """The highest post of a unit below its head."""
    posts = Position.objects.filter(unit=unit, is_head=False).select_related("group")
    return posts.order_by("group__rank", "code")[0]


def _mover(number: int, *, kind: str) -> Moved:
    """A post in one unit by turns, and who may come to it from another.

    The case in place that leads elsewhere is followed first.
    """
    everywhere, units = _staffed(), _staffed(kind)
    for parent in Case.objects.filter(outcome="elsewhere", children__isnull=True):
        if parent.position and (person := _person(parent.position, everywhere)):
            return Moved(parent.position, person)
    for turn in range(len(units)):
        post = _new_post(units[(number + turn) % len(units)], number, "E")
        if person := _person(post, everywhere):
            return Moved(post, person)
        post.delete()
    raise LookupError("nobody can be appointed from elsewhere")


def _parent(position: Position) -> Case | None:
    ended = Case.objects.filter(position=position, outcome="elsewhere", children__isnull=True)
    return ended.first()


def _new_post(unit: Unit, number: int, mark: str) -> Position:
    """One more deputy's post of a unit."""
    like = _deputy_of(unit)
    return Position.objects.create(
        code=f"{unit.code}-{mark}{number:02}", unit=unit, title=like.title, group=like.group,
        kind=like.kind, term_years=like.term_years, valid_from=like.valid_from,
    )  # fmt: skip


def _person(position: Position, units: list[Unit]) -> Cadre | None:
    """Somebody of another unit who is in planning high enough, free, and meets every check."""
    others = Cadre.objects.filter(unit__in=[u for u in units if u != position.unit], user=None)
    planned = others.filter(plannings__group__rank__lte=position.group.rank).distinct()
    people = [one for one in unwanted_first(planned.order_by("code")) if not _kept(one)]
    rules = load().for_case(today(), position.kind == Position.Kind.STATE)
    found = assess(people, position, rules, today())
    fit = (p for p in people if all(check.verdict == "yes" for check in found[p.pk]))
    return next(fit, None)


def _kept(person: Cadre) -> bool:
    """Whether a case moves the person, or they head a unit and are wanted to chair its votes."""
    heads = Membership.objects.filter(cadre=person, seat=Membership.Seat.HEAD)
    return rival_about(person) is not None or heads.filter(body__kind=Body.Kind.LEADERSHIP).exists()


def _ends_soon(post: PostHeld, *, close: bool) -> None:
    """Let the term end in four months; for an extension its holder is close to retirement."""
    ends = today() + relativedelta(months=4)
    post.since, post.term_ends_on = ends - relativedelta(years=5), ends
    post.save()
    men, women = NEARLY_RETIRED if close else (50, 50)
    age = men if post.cadre.sex == Cadre.Sex.MALE else women
    born = ends.replace(day=1) - relativedelta(years=age)
    Cadre.objects.filter(pk=post.cadre_id).update(born_on=born)
    post.cadre.refresh_from_db()


def _held() -> PostHeld:
    """A deputy's post whose holder has an account.

    Such people count votes where they work, so only one who reports is chosen here.
    """
    held = PostHeld.objects.filter(
        until=None,
        position__is_head=False,
        position__unit__in=_staffed(),
        cadre__user__isnull=False,
    )
    posts = held.select_related("position__group", "position__unit", "cadre")
    return next(
        post
        for post in posts.order_by("position__code")
        if post.position and not rival_for(post.position) and _fit(post.cadre, post.position)
    )


def _new_term(number: int, kind: str, *, whole: bool) -> PostHeld:
    """One more deputy's post of a unit by turns, held by somebody without an account.

    With `whole` by somebody who is not of the leadership, so that all of it votes.
    """
    units = _staffed(kind)
    for turn in range(len(units)):
        unit = units[(number + turn) % len(units)]
        position = _new_post(unit, number, "R")
        people = Cadre.objects.filter(unit=unit, user=None).order_by("code")
        others = people.exclude(posthelds__position__code__contains="-R")
        if whole:
            others = others.exclude(memberships__body__kind=Body.Kind.LEADERSHIP)
        if person := next((p for p in unwanted_first(others) if _fit(p, position)), None):
            return PostHeld(
                cadre=person, position=position, title=position.title, group=position.group,
                unit=unit,
            )  # fmt: skip
        position.delete()
    raise LookupError("nobody can hold one more post")


def _fit(person: Cadre, position: Position) -> bool:
    """Whether no case moves the person, who meets what is asked of a holder."""
    if _kept(person):
        return False
    rules = load().for_case(today(), position.kind == Position.Kind.STATE)
    checks = assess([person], position, rules, today())[person.pk]
    waived = ReappointmentFlow.waived_checks
    return all(check.verdict == "yes" for check in checks if check.code not in waived)
