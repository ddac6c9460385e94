"""The only writers of what an inspection holds; each row has its entry in the chain."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from permissions.catalogue import Act
from permissions.checks import may, role_for, today
from permissions.errors import Conflict, Refused
from permissions.models import User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.announce import announce_on_commit
from processes.cases.bars import closed_cases
from processes.cases.models import Case, CaseTask
from processes.inspections.models import (
    InspectedCase,
    InspectionFinding,
    InspectionNote,
    InspectionRecommendation,
    InspectionRequest,
)
from processes.organisation.people import Cadre
from processes.organisation.units import Unit


def why_not_inspect(user: User, inspection: Case) -> str:
    """Why the person may not work on the inspection now; empty when they may.

    Nobody inspects a case that is their own or a relative's: Quy định 114-QĐ/TW (2023).
    """
    if not may(user, Act.EXAMINE, inspection.province_id):
        return _("Only inspectors of the province carry out inspections.")
    if reason := why_kept_out(user, inspection):
        return reason
    if inspection.finished:
        return _("The case has ended.")
    if inspection.holds.filter(ended_on__isnull=True).exists():
        return _("The case is on hold.")
    open_tasks = CaseTask.objects.filter(process=inspection, finished__isnull=True)
    if open_tasks.filter(act=Act.SIGN_OFF).exists():
        return _("The conclusion waits for its signature; nothing is added until it comes back.")
    return ""


def why_kept_out(user: User, inspection: Case) -> str:
    """Why the person must keep out of an inspection as a whole; empty when nothing bars them."""
    shut = closed_cases(user)
    if shut and InspectedCase.objects.filter(inspection=inspection, case__in=shut).exists():
        return _("One of the inspected cases is about you or about a relative of yours.")
    return ""


def take_in(inspection: Case, cases: Iterable[Case], *, by: User) -> None:
    """Let the inspection look at these cases as well. Raises ValidationError where it cannot."""
    with _working(inspection, by):
        add_cases(inspection, cases, by=by)


def add_cases(inspection: Case, cases: Iterable[Case], *, by: User | None) -> None:
    """The same, for whoever holds the lock of the inspection: it has just been opened."""
    known = set(InspectedCase.objects.filter(inspection=inspection).values_list("case", flat=True))
    added = [case for case in cases if case.pk not in known]
    if by is not None and closed_cases(by) & {case.pk for case in added}:
        raise ValidationError(
            _("One of these cases is about you or about a relative of yours; leave it to another.")
        )
    if not added:
        raise ValidationError(_("The inspection looks at these cases already."))
    InspectedCase.objects.bulk_create(
        InspectedCase(inspection=inspection, case=case) for case in added
    )
    codes = [case.code for case in added]
    facts = {"cases": [case.pk for case in added], "codes": ", ".join(codes)}
    _record(Event.INSPECTED, inspection, by, facts=facts)


def note(inspection: Case, *, by: User, text: str, case: Case | None = None) -> InspectionNote:
    """Keep a note of an inspector."""
    with _working(inspection, by):
        row = InspectionNote.objects.create(inspection=inspection, case=case, text=text, by=by)
        _record(Event.NOTED, inspection, by, facts=_about(row, case) | {"text": text})
        return row


def find(
    inspection: Case,
    *,
    by: User,
    text: str,
    level: str,
    unit: Unit,
    basis: str,
    case: Case | None = None,
    cadre: Cadre | None = None,
    to_sanction: bool = False,
) -> InspectionFinding:
    """Record a finding; it is about a unit, or about somebody of that unit."""
    with _working(inspection, by):
        row = InspectionFinding.objects.create(
            inspection=inspection, case=case, text=text, by=by, level=level, unit=unit,
            basis=basis, cadre=cadre, to_sanction=to_sanction,
        )  # fmt: skip
        facts = _about(row, case) | {"text": text, "level": level, "of": unit.pk, "basis": basis}
        facts |= {"to_sanction": to_sanction} | ({"cadre": cadre.pk} if cadre else {})
        _record(Event.FOUND, inspection, by, facts=facts)
        return row


def ask(
    inspection: Case, *, by: User, text: str, unit: Unit, case: Case | None = None
) -> InspectionRequest:
    """Write down what a unit is asked to explain; the step that sends all of them comes later."""
    with _working(inspection, by):
        row = InspectionRequest.objects.create(
            inspection=inspection, case=case, text=text, by=by, unit=unit
        )
        facts = _about(row, case) | {"text": text, "of": unit.pk}
        _record(Event.EXPLANATION_ASKED, inspection, by, facts=facts)
        return row


def recommend(
    inspection: Case,
    *,
    by: User,
    text: str,
    unit: Unit,
    due_on: date | None = None,
    case: Case | None = None,
) -> InspectionRecommendation:
    """Write down what a unit is to do. Raises ValidationError for a day that is over."""
    with _working(inspection, by):
        if due_on is not None and due_on <= today():
            raise ValidationError({"due_on": _("Give a day to come.")})
        row = InspectionRecommendation.objects.create(
            inspection=inspection, case=case, text=text, by=by, unit=unit, due_on=due_on
        )
        facts = _about(row, case) | {"text": text, "of": unit.pk}
        facts |= {"until": due_on.isoformat()} if due_on else {}
        _record(Event.RECOMMENDED, inspection, by, facts=facts)
        return row


@contextmanager
def _working(inspection: Case, by: User) -> Iterator[None]:
    """The lock of the inspection, with the right asked under it. Raises Refused and Conflict."""
    with inspection.flow_class.lock(inspection.pk):
        inspection.refresh_from_db()
        reason = why_not_inspect(by, inspection)
        if reason and inspection.finished:
            raise Conflict(reason)
        if reason:
            raise Refused(reason)
        yield
        announce_on_commit(inspection)


def _about(row: Any, case: Case | None) -> dict[str, Any]:
    about = {"row": row.pk}
    return about | {"about": case.pk, "codes": case.code} if case else about


def _record(event: Event, inspection: Case, by: User | None, *, facts: dict[str, Any]) -> None:
    role = role_for(by, Act.EXAMINE, inspection.province_id) if by else ""
    record(event, by=by, role=role, case=inspection, unit=inspection.unit, facts=facts)
