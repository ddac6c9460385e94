"""Cases that have ended and go on in another procedure, and who is to start it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from permissions.catalogue import Act
from permissions.checks import units_where
from permissions.models import User
from processes.cases.bars import closed_cases
from processes.cases.models import Case
from processes.flows import FLOWS
from processes.organisation.horizon import row_number
from processes.organisation.positions import Position
from processes.steps.automatic import CaseEnd
from processes.steps.flow import CaseFlow


@dataclass(frozen=True)
class Onward:
    """A case that has ended, and the procedure in which its matter goes on."""

    case: Case
    flow: type[CaseFlow]
    url: str


def begins_cases(user: User) -> bool:
    """Whether cases that go on in another procedure are the person's to start."""
    return bool(units_where(user, Act.INITIATE))


def onward(user: User, case: Case | None = None) -> list[Onward]:
    """What the person is to start because a case has ended so; only for that case, if given."""
    if not begins_cases(user) or (case and not case.finished):
        return []
    found = _waiting(user)
    if case is not None:
        found = found.filter(pk=case.pk)
    return [_onward(one) for one in found.select_related("position").order_by("pk")]


def parent_of(request: HttpRequest, procedure: str, position: Position | None) -> Case | None:
    """The case that a new one is to grow out of; Http404 for one that does not lead there."""
    number = request.GET.get("parent", "")
    if not number:
        return None
    user: User = request.user  # type: ignore[assignment]
    waiting = _waiting(user, procedure).filter(position=position)
    return get_object_or_404(waiting, pk=row_number(number))


def _waiting(user: User, procedure: str = "") -> QuerySet[Any]:
    """Cases at such an end, known and open to the person, out of which no case has grown yet."""
    ends = Q(pk__in=())
    for flow_class in FLOWS.values():
        for row in flow_class.rows():
            if isinstance(row, CaseEnd) and row.starts and procedure in ("", row.starts):
                ends |= Q(flow_class=flow_class, outcome=row.outcome)
    found = Case.objects.visible_to(user).filter(ends, children__isnull=True)
    return found.exclude(pk__in=closed_cases(user))


def _onward(case: Case) -> Onward:
    rows = case.flow_class.rows()
    name = next(r.starts for r in rows if isinstance(r, CaseEnd) and r.outcome == case.outcome)
    url = reverse("begin", args=[name, case.position_id])
    return Onward(case, FLOWS[name], f"{url}?{urlencode({'parent': case.pk})}")
