from viewflow import this
from viewflow.workflow import flow, lock
from viewflow.workflow.flow import views

from .models import PermitProcess


class PermitFlow(flow.Flow):
    """Register, check, approve, end."""

    process_class = PermitProcess
    process_title = "Permit"
    process_summary_template = "Permit {{ process.pk }}: {{ process.note }}"
    lock_impl = lock.select_for_update_lock

    register = (
        flow.Start(views.CreateProcessView.as_view(fields=["note"]))
        .Permission("stock.add_permitprocess")
        .Next(this.check)
    )
    check = (
        flow.View(views.UpdateProcessView.as_view(fields=["checked"]))
        .Permission("stock.check_permit", obj=lambda process: process.artifact)
        .Next(this.approve)
    )
    approve = (
        flow.View(views.UpdateProcessView.as_view(fields=["approved"]))
        .Permission("stock.approve_permit", obj=lambda process: process.artifact)
        .Next(this.end)
    )
    end = flow.End()
