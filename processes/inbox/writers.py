"""The only writers of what people make of their inbox.

What concerns the person alone - columns, start page, a task put off - is no change of the site
and leaves no entry. A filter that others see does, when it is shared and when it goes.
"""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from permissions.catalogue import Role
from permissions.checks import holdings_of, today
from permissions.errors import Refused
from permissions.models import User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.models import CaseTask
from processes.inbox.models import Desk, SavedFilter, Snooze
from processes.organisation.units import Unit

#: More than that nobody reads, and each is counted whenever the inbox changes.
MOST_FILTERS = 20


def filters_of(user: User) -> QuerySet[SavedFilter]:
    """The person's own, and those shared with a role that they hold or a unit they work for."""
    held = holdings_of(user)
    roles, units = {role for role, _unit in held}, {unit for _role, unit in held}
    with_role = Q(role__in=roles) & (Q(unit__isnull=True) | Q(unit__in=units))
    shared = with_role | Q(role="", unit__in=units)
    found = SavedFilter.objects.filter(Q(owner=user) | shared).select_related("owner", "unit")
    return found.order_by("name", "pk")


@transaction.atomic
def save_filter(
    *, by: User, name: str, query: str, role: str = "", unit: Unit | None = None
) -> SavedFilter:
    """Keep a filter under a name; one of the same name is replaced.

    Raises Refused for a role or unit that the person does not have, ValidationError when there
    are too many.
    """
    _guard_sharing(by, role, unit)
    own = SavedFilter.objects.filter(owner=by)
    if not own.filter(name=name).exists() and own.count() >= MOST_FILTERS:
        raise ValidationError(
            _("You have %(most)s saved filters. Remove one that you do not need any more.")
            % {"most": MOST_FILTERS}
        )
    former = own.filter(name=name).first()
    found, _made = SavedFilter.objects.update_or_create(
        owner=by, name=name, defaults={"query": query, "role": role, "unit": unit}
    )
    if role or unit or (former and (former.role or former.unit_id)):
        _enter(found, by, shared=bool(role or unit))
    return found


@transaction.atomic
def remove_filter(saved: SavedFilter, *, by: User) -> None:
    """Take an own filter away. Raises Refused for somebody else's."""
    if saved.owner_id != by.pk:
        raise Refused(_("Only who has saved a filter can remove it."))
    if saved.role or saved.unit_id:
        _enter(saved, by, shared=False)
    saved.delete()


def begin_with(saved: SavedFilter | None, *, by: User) -> None:
    """Let a filter be the page with which the person begins; None for the inbox as it is."""
    Desk.objects.update_or_create(person=by, defaults={"start": saved})


def choose_columns(names: Collection[str], *, by: User) -> None:
    """Keep which columns the person wants to see."""
    Desk.objects.update_or_create(person=by, defaults={"columns": list(names)})


def end_tour(*, by: User) -> None:
    """Keep that the person has seen the tour of the site, or does not want to."""
    Desk.objects.update_or_create(person=by, defaults={"toured_at": timezone.now()})


def snooze(task: CaseTask, *, by: User, until: date | None) -> None:
    """Put a task off the person's lists until a day; None brings it back.

    Raises ValidationError for a day that is not to come, or after the task is due.
    """
    if until is None:
        Snooze.objects.filter(task=task, person=by).delete()
        return
    if until <= today():
        raise ValidationError({"until": _("Give a day that is still to come.")})
    if task.due_on and task.due_on >= today() and until > task.due_on:
        raise ValidationError(
            {
                "until": _("The task is due on %(day)s. Give a day until then.")
                % {"day": f"{task.due_on:%d/%m/%Y}"}
            }
        )
    Snooze.objects.update_or_create(task=task, person=by, defaults={"until": until})


def _guard_sharing(by: User, role: str, unit: Unit | None) -> None:
    held = holdings_of(by)
    if role and role not in {name for name, _unit in held}:
        raise Refused(_("A filter is shared with a role that you hold yourself."))
    if unit and unit.pk not in {number for _name, number in held}:
        raise Refused(_("A filter is shared with a unit that you work for."))


def _enter(saved: SavedFilter, by: User, *, shared: bool) -> None:
    facts = {
        "model": SavedFilter._meta.label_lower,
        "id": saved.pk,
        "label": saved.name,
        "new": {"shared": shared, "role": saved.role, "query": saved.query},
    }
    role = next((Role(name) for name, _unit in sorted(holdings_of(by))), "")
    record(Event.CHANGED, by=by, role=role, unit=saved.unit, facts=facts)
