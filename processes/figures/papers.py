"""Papers of open cases that lapse, under the editions in force on a day."""

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import Exists, OuterRef, Q, QuerySet

from processes.dossiers.checklist import asked_for
from processes.dossiers.models import OF_CANDIDATE, Document
from processes.flows import FLOWS
from processes.rules import load

#: How far ahead papers are counted, in days.
DAYS = 30


@dataclass(frozen=True)
class Paper:
    """A paper that an edition asks for, and for how many months it counts."""

    name: str
    months: int


def papers_that_lapse(on: date) -> dict[str, Paper]:
    """Every paper that counts for a time only, by its code."""
    found: dict[str, Paper] = {}
    for flow_class in FLOWS.values():
        rules = load().for_case(on, False, flow_class.families)
        for code, name, item in asked_for(rules, flow_class.dossier):
            if months := item.value["valid_months"]:
                found.setdefault(code, Paper(name, months))
    return found


def lapsing(on: date) -> "QuerySet[Document]":
    """Papers of open cases that lapse within the next days; of each the last one of its case.

    Papers of a former candidate, or of one who was not chosen, count no more.
    """
    return _lapse(on, on, on + relativedelta(days=DAYS))


def lapsed(on: date) -> "QuerySet[Document]":
    """Those that have lapsed before that day."""
    return _lapse(on, date(1900, 1, 1), on)


def _lapse(on: date, since: date, until: date) -> "QuerySet[Document]":
    lapse = Q(pk__in=())
    for code, paper in papers_that_lapse(on).items():
        span = relativedelta(months=paper.months)
        lapse |= Q(item=code, issued_on__gte=since - span, issued_on__lt=until - span)
    newer = Document.objects.filter(
        OF_CANDIDATE, case=OuterRef("case"), item=OuterRef("item"), pk__gt=OuterRef("pk")
    )
    papers = Document.objects.filter(lapse, OF_CANDIDATE, case__finished__isnull=True)
    return papers.exclude(Exists(newer)).order_by()
