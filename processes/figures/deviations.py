"""Cases that left the usual way: held, restarted, excepted, voided, withdrawn, or sent back."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from viewflow.workflow.status import STATUS

from processes.audit.models import AuditEntry
from processes.cases.models import Case, CaseTask
from processes.figures.rolling import DEVIATIONS, RETURNED, backwards


@dataclass(frozen=True)
class Deviating:
    """A case with what took it off its way, and how often."""

    case: Case
    numbers: dict[str, int]


def deviating(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Those of the cases that left the usual way at least once."""
    entries = AuditEntry.objects.filter(case=OuterRef("pk"), event__in=DEVIATIONS)
    back = _returns().filter(process=OuterRef("pk"))
    return cases.filter(Q(Exists(entries)) | Q(Exists(back)))


def told_of(cases: list[Case]) -> list[Deviating]:
    """How often each of these cases did; two statements."""
    numbers: dict[int, dict[str, int]] = defaultdict(dict)
    entries = AuditEntry.objects.filter(case__in=cases, event__in=DEVIATIONS).order_by()
    for case, event, number in entries.values_list("case", "event").annotate(Count("pk")):
        numbers[case][event] = number
    back = _returns().filter(process__in=cases).order_by()
    for case, number in back.values_list("process").annotate(Count("pk")):
        numbers[case][RETURNED] = number
    return [Deviating(case, numbers[case.pk]) for case in cases]


def _returns() -> QuerySet[CaseTask]:
    return CaseTask.objects.filter(backwards(), status=STATUS.DONE, seat="")
