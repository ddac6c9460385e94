"""Questions to an inspection: which one a person may see, which units it is about, who is asked."""

from django.db.models import Count, QuerySet

from permissions.catalogue import GRANTS, Act
from permissions.checks import today, units_where
from permissions.models import Holding, User
from processes.cases.bars import closed_cases
from processes.cases.models import Case, CaseTask
from processes.inspections.models import InspectedCase, InspectionRequest
from processes.organisation.units import Unit

#: How the database names the procedure; `processes.flows.inspection` is above this layer.
FLOW = "processes/flows.inspection.InspectionFlow"


def inspections_for(user: User) -> QuerySet[Case]:
    """Inspections of the provinces that the person inspects; for others there are none.

    Not those of a case that is the person's own or a relative's.
    """
    provinces = units_where(user, Act.INSPECT)
    found = Case.objects.filter(province__in=provinces, flow_class=FLOW)
    if shut := closed_cases(user):
        found = found.exclude(inspected__case__in=shut)
    return found.annotate(
        cases=Count("inspected", distinct=True),
        findings=Count("inspectionfindings", distinct=True),
    ).select_related("opened_by")


def units_of(inspection: Case) -> QuerySet[Unit]:
    """The units whose cases are inspected, and those that took part in them."""
    cases = InspectedCase.objects.filter(inspection=inspection).values("case")
    taking_part = Unit.objects.filter(
        pk__in=Case.objects.filter(pk__in=cases).values("participants__unit")
    )
    return taking_part.exclude(pk=inspection.province_id).order_by("name", "pk")


def answering_units(inspection: Case) -> QuerySet[Unit]:
    """Those of them for which somebody can explain something in writing."""
    roles = [role for role, acts in GRANTS.items() if Act.ANSWER in acts]
    held = Holding.objects.in_force(today()).filter(role__in=roles)
    return units_of(inspection).filter(pk__in=held.values("unit"))


def pending(inspection: Case) -> QuerySet[InspectionRequest]:
    """Requests that are written and not sent yet."""
    return InspectionRequest.objects.filter(inspection=inspection, sent_on__isnull=True)


def asked_units(inspection: Case) -> list[Unit]:
    """The units to which requests of the last sending went, in the order of their names."""
    sent = InspectionRequest.objects.filter(inspection=inspection, round=_last_round(inspection))
    return list(Unit.objects.filter(pk__in=sent.values("unit")).order_by("name", "pk"))


def requests_to(task: CaseTask) -> list[InspectionRequest]:
    """What the unit of a task is asked."""
    sent = InspectionRequest.objects.filter(inspection=task.process_id, unit=task.unit_id)
    number = _last_round(task.process)
    return list(sent.filter(round=number).select_related("case").order_by("pk"))


def _last_round(inspection: Case) -> int:
    """How often requests were sent; 0 before the first time."""
    return int(inspection.facts.get("asked", 0))
