"""Which times of deputies a person may see, and for whom they may appoint."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404

from permissions.catalogue import GRANTS, Act, Role
from permissions.checks import role_held, today, units_where
from permissions.models import Holding, StandIn, User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.deputies.scope import step_acts
from processes.dossiers.store import read
from processes.organisation.units import Unit


def known_to(user: User) -> QuerySet[StandIn]:
    """Their own, those of people of their units, and for inspectors those of the province."""
    heads = Holding.objects.filter(unit__in=units_where(user, Act.APPOINT_DEPUTY))
    inspected = Holding.objects.filter(unit__province__in=units_where(user, Act.INSPECT))
    theirs = Q(principal__in=heads.values("user")) | Q(principal__in=inspected.values("user"))
    found = StandIn.objects.filter(theirs | Q(principal=user) | Q(deputy=user))
    return found.select_related("principal", "deputy", "appointed_by", "ended_by")


def people_of(user: User) -> QuerySet[User]:
    """For whom a head may appoint deputies: people with tasks at their units."""
    units = units_where(user, Act.APPOINT_DEPUTY)
    held = Holding.objects.in_force(today()).filter(unit__in=units, role__in=roles_with_tasks())
    return User.objects.filter(is_active=True, pk__in=held.values("user")).exclude(pk=user.pk)


def colleagues_of(principal: User) -> QuerySet[User]:
    """Who could stand in: everybody with a role at a unit for which the person has tasks."""
    roles = Holding.objects.in_force(today())
    units = roles.filter(user=principal, role__in=roles_with_tasks()).values("unit")
    found = User.objects.filter(is_active=True, pk__in=roles.filter(unit__in=units).values("user"))
    return found.exclude(pk=principal.pk).order_by("first_name", "last_name", "pk")


def roles_with_tasks() -> list[Role]:
    """Roles whose holders carry out steps."""
    acts = step_acts()
    return [role for role in Role if GRANTS[role] & acts]


@transaction.atomic
def open_authorisation(number: int, *, by: User) -> tuple[StandIn, bytes]:
    """The document under which somebody is a deputy, with an entry. Raises Http404, Altered."""
    stand_in = known_to(by).filter(pk=number).first()
    if stand_in is None:
        raise Http404
    content = read(stand_in.file, stand_in.sha256, stand_in.document)
    facts = {"title": stand_in.document, "version": 1, "stand_in": stand_in.pk}
    role, place = role_held(by)
    unit = Unit.objects.filter(pk=place).first()
    record(Event.DOWNLOADED, by=by, role=role, unit=unit, documents=[stand_in.sha256], facts=facts)
    return stand_in, content
