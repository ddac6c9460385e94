"""Steps of an inspection: who must keep out of it, and units that explain apart from each other."""

from hashlib import sha256
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from permissions.catalogue import Act
from permissions.checks import today
from permissions.models import User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.models import Case, CaseTask, Opinion
from processes.inspections.models import parts
from processes.inspections.queries import asked_units, requests_to
from processes.inspections.writers import why_kept_out
from processes.notices.deadlines import tell_of_deadline
from processes.notices.kinds import Kind
from processes.organisation.units import Unit
from processes.steps.base import Step, StepActivation
from processes.steps.hold import HoldStep
from processes.steps.known import Known
from processes.steps.many import Consult, flag, hold_opinion


class _KeptOut:
    """Nobody takes part in the inspection of their own or a relative's case (114-QĐ/TW)."""

    def why_not_theirs(
        self, user: User | AnonymousUser, task: CaseTask, known: Known | None = None
    ) -> str:
        """What bars the person from any step, and what bars them from this inspection."""
        reason: str = super().why_not_theirs(user, task, known)  # type: ignore[misc]
        if reason or user.is_anonymous:
            return reason
        return why_out_of(user, task.process, task.act)


class InspectorStep(_KeptOut, Step):
    """A step of inspectors."""


class InspectorHold(_KeptOut, HoldStep):
    """The hold of an inspection: nobody who is inspected can suspend it."""


class ExplainStep(_KeptOut, Consult):
    """Each unit that was asked explains; what it writes is for the inspectors alone.

    So the entry of an explanation has the digest of its text and not the text.
    """

    def asked(self, case: Case) -> list[Unit]:
        """The units of the requests that have just been sent."""
        return asked_units(case)

    def apply(self, activation: StepActivation, *, by: User, **fields: Any) -> None:
        """Keep the explanation, then conclude this unit's part."""
        text = fields["text"]
        hold_opinion(activation, by=by, stand=Opinion.Stand.COMMENT, text=text)
        digest = sha256(text.encode()).hexdigest()
        requests = [one.pk for one in requests_to(activation.task)]
        facts = {"sha256": digest, "requests": requests}
        activation.conclude(by=by, outcome="all_in", facts=facts)

    def expire(self, task: CaseTask) -> None:
        """Who has not explained in time is named, and everybody whom it concerns is told."""
        for late in (task, *self.open_parts(task)):
            record(Event.ESCALATED, by=None, case=task.process, unit=late.unit, task=late.pk,
                   step=self.name, facts={"rule": self.deadline})  # fmt: skip
            for clock in late.clocks.filter(stopped_on__isnull=True):
                clock.case, clock.escalated_on = task.process, today()
                clock.save(update_fields=["escalated_on"])
                tell_of_deadline(Kind.ESCALATION, clock)
        flag(task.process, "not_explained")
        super().expire(task)


def why_out_of(user: User, case: Case, act: str) -> str:
    """Four eyes besides: whoever opened the inspection or wrote in it neither signs nor ends it."""
    reason = why_kept_out(user, case)
    if reason or act != Act.SIGN_OFF:
        return reason
    wrote = (row.by_id for name, rows in parts(case).items() if name != "cases" for row in rows)
    if user.pk == case.opened_by_id or user.pk in wrote:
        return _("You have worked on this inspection; a second inspector signs it off.")
    return ""
