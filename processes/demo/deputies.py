"""Deputies and tasks that changed hands in the demonstration, by the writers that the pages use."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from permissions.checks import today
from permissions.models import StandIn, User
from processes.cases.models import CaseTask
from processes.demo.province import Province
from processes.demo.walk import PDF
from processes.deputies.writers import Scope, appoint, end
from processes.steps.actions import take
from processes.steps.handing import entrust, hand_over
from processes.steps.holding import preparers

#: How long the head is away.
MISSION = timedelta(days=6)


def change_hands(province: Province) -> None:
    """The head lets a specialist prepare an appraisal and leaves; another one stands in.

    Whoever checked a dossier does not appraise it (four eyes), so the deputy is somebody who
    checks few. They have a task of a colleague, and stood in for that one until they came back.
    """
    head, clerk = province.account("oc.head"), province.account("oc.clerk")
    deputy = province.account("oc.deputy")
    entrusted = _taken(head, "appraise")
    to = next(one for one in preparers(entrusted, by=head) if one == clerk)
    entrust(entrusted.pk, by=head, to=to, reason="Dự thảo báo cáo thẩm định trước ngày 15.")
    checked = _taken(clerk, "check_request")
    hand_over(checked.pk, by=clerk, to=deputy, reason="Bận phục vụ đoàn kiểm tra.")
    ended = _appoint(
        clerk,
        deputy,
        until=today() + MISSION,
        reason="Nghỉ phép năm.",
        document="16-GUQ/BTCTU",
    )
    end(ended, by=clerk, reason="Trở lại làm việc sớm hơn dự kiến.")
    _appoint(
        head,
        deputy,
        until=today() + MISSION,
        reason="Đi công tác theo Kế hoạch khảo sát của Ban Tổ chức Trung ương.",
        document="17-GUQ/BTCTU",
    )


def _appoint(principal: User, deputy: User, *, until: date, reason: str, document: str) -> StandIn:
    """By whoever is stood in for, for all of their tasks."""
    paper = SimpleUploadedFile("giay-uy-quyen.pdf", PDF, "application/pdf")
    return appoint(
        principal, deputy, by=principal, since=today(), until=until, reason=reason,
        document=document, issued_on=today(), file=paper, scope=Scope(),
    )  # fmt: skip


def _taken(by: User, step: str) -> CaseTask:
    """Take the first task of this step that waits and that the person may carry out."""
    waiting = CaseTask.objects.to_take(by).filter(owner=None, flow_task__endswith=f".{step}")
    task = next(one for one in waiting.order_by("pk") if not one.flow_task.why_not(by, one))
    take(task.pk, by=by)
    return CaseTask.objects.get(pk=task.pk)
