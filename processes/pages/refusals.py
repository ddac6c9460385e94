"""What is closed to a person: own cases and those of relatives, and pages; each with its entry."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from permissions.errors import Personal
from permissions.models import User
from processes.audit.models import Event
from processes.cases.bars import personal_bar
from processes.cases.models import Case, CaseTask
from processes.pages.reading import note_emergency, note_page_refused, noted_today
from processes.steps.actions import refuse

#: An address is kept up to so many characters: enough to know the page by.
LONGEST = 200


def why_closed(user: User, case: Case) -> str:
    """Why what is in this case is closed to the person; empty when it is open.

    Nobody in their own case, no family ties at any stage: Quy định 114-QĐ/TW (2023). That it
    bars from reading as well as from acting is design.
    """
    reason = personal_bar(user, case)
    if not reason:
        return ""
    said = _("%(reason)s Its dossier, results and trail are closed to you.")
    return said % {"reason": reason}


def note_refusal(request: HttpRequest, error: PermissionDenied) -> None:
    """Enter that a page was refused, unless what refused it has done so.

    Once for each person, page and day. Who has not signed in is nobody whom the trail could name,
    and whoever likes could fill it: a visitor leaves no entry.
    """
    user = request.user
    if not isinstance(user, User) or getattr(error, "noted", False):
        return
    note_page_refused(request.path[:LONGEST], by=user, reason=str(error))


def readable_case(request: HttpRequest, case_id: int, cases: QuerySet[Case]) -> Case:
    """One of these cases, for a page that shows what is in it. Raises Http404 and Personal."""
    case = get_object_or_404(cases, pk=case_id)
    guard(request, case)
    note_emergency(case, by=request.user)  # type: ignore[arg-type]
    return case


def guard(request: HttpRequest, case: Case, task: CaseTask | None = None) -> None:
    """Let nobody read or work in their own or a relative's case. Raises Refused.

    A form that was sent leaves an entry each time, like any refusal; attempts to look leave
    one for each person, case and day, like readings.
    """
    user: User = request.user  # type: ignore[assignment]
    reason = why_closed(user, case)
    if not reason or (task is not None and task.flow_task.is_own(user, task)):
        return
    with transaction.atomic():
        if request.method == "POST" or not noted_today(Event.REFUSED, case, by=user):
            refuse(case, by=user, reason=reason, task=task)
    raise Personal(reason, noted=True)
