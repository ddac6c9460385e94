"""Which entries of the trail an inspector reads."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from permissions.models import Holding, User
from processes.audit.models import SITE_CHAIN, AuditEntry
from processes.cases.bars import closed_cases


def entries_of(provinces: Collection[int]) -> QuerySet[AuditEntry]:
    """Entries of the provinces' cases, and of the site's chain what concerns the provinces."""
    here = Q(unit__province__in=provinces) | Q(unit__in=provinces)
    people = Holding.objects.filter(here).values("user")
    site = here | Q(unit__isnull=True, by__in=people) | Q(unit__isnull=True, by__isnull=True)
    whole = Q(case__province__in=provinces) | (Q(chain=SITE_CHAIN) & site)
    return AuditEntry.objects.filter(whole).order_by("-pk")


def entries_for(user: User, provinces: Collection[int]) -> QuerySet[AuditEntry]:
    """Entries of the provinces, without those of the inspector's own or a relative's case."""
    return entries_of(provinces).exclude(case__in=closed_cases(user))


def entries_before(scope: dict[str, Any], size: int) -> QuerySet[AuditEntry]:
    """Entries within the scope of a question that stood in the log when it had so many."""
    found = entries_of(scope["provinces"]).exclude(case__in=scope["closed"])
    return found.filter(leaf__number__lt=size).select_related("leaf").order_by("leaf__number")
