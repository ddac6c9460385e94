"""Reminders of papers that soon count no more: whoever prepares the case asks for new ones."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Q

from permissions.catalogue import Act
from permissions.checks import holders
from processes.cases.models import Case
from processes.cases.rules import rules_of
from processes.cases.workdays import add
from processes.dossiers.checklist import Line, checklist
from processes.dossiers.models import Document
from processes.notices.kinds import Kind
from processes.notices.models import Notice
from processes.notices.writers import notify
from processes.rules import load

#: Further ahead nobody is reminded, whatever an edition says; it bounds what is read.
FURTHEST = timedelta(days=60)


def remind_of_papers(on: date) -> int:
    """Tell of each paper of an open case once before its last day; how many papers were told of."""
    return sum(_remind(case, line, on) for case, line in _lapsing(on))


def _lapsing(on: date) -> Iterator[tuple[Case, Line]]:
    """Papers in force whose reminder is due and has not gone out.

    The time before the last day is that of deadlines, `deadlines.reminder_before`; that it holds
    for papers too is design.
    """
    cases = Case.objects.filter(pk__in=_candidates(on), finished__isnull=True).order_by("pk")
    for case in cases.select_related("position", "province", "unit"):
        for line in checklist(case, on=on):
            if line.document is None or line.fresh_until is None or not line.fresh:
                continue
            if on <= line.fresh_until and on >= _from(case, line.fresh_until):
                yield case, line


def _candidates(on: date) -> set[int]:
    """Cases with a paper that nears its end, without a notice for it; few of all cases."""
    spans = Q()
    for months in _months():
        back = relativedelta(months=months)
        spans |= Q(issued_on__range=(on - back, on + FURTHEST - back))
    near = Document.objects.filter(spans, case__finished__isnull=True)
    known = {_key(pk): case for pk, case in near.values_list("pk", "case_id")}
    told = set(Notice.objects.filter(key__in=known).values_list("key", flat=True))
    return {case for key, case in known.items() if key not in told}


@cache
def _months() -> frozenset[int]:
    """How long papers count under any edition; None where a paper counts for good."""
    items = (
        parameter.value.get("valid_months")
        for edition in load().editions
        for key, parameter in edition.parameters.items()
        if ".items." in key
    )
    return frozenset(months for months in items if months)


def _from(case: Case, last: date) -> date:
    before = rules_of(case).get("deadlines.reminder_before")
    return last if before.value is None else add(last, -before.value, before.unit)


@transaction.atomic
def _remind(case: Case, line: Line, on: date) -> bool:
    document = line.document
    people = holders(Act.PREPARE, [case.unit_id])
    if document is None or Notice.objects.filter(key=_key(document.pk)).exists():
        return False
    facts = {"paper": line.code, "due_on": line.fresh_until.isoformat() if line.fresh_until else ""}
    notify(Kind.PAPER, people, key=_key(document.pk), by=None, case=case, facts=facts)
    return bool(people)


def _key(document: int) -> str:
    return f"paper:{document}"
