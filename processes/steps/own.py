"""A step of the person whom the case is about: the one thing that they do in their own case."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext as _
from viewflow.workflow.activation import Activation
from viewflow.workflow.status import STATUS

from permissions.models import User
from processes.cases.bars import family_of
from processes.cases.models import Case, CaseTask
from processes.steps.base import Step, token_of
from processes.steps.known import Known
from processes.steps.standing_in import taken_by_another


class OwnStep(Step):
    """Done by the person concerned with their own account, and by nobody else.

    Where the person has no account, the personnel clerk of their unit files the signed paper.
    Nobody acts in their own case (Quy định 114-QĐ/TW) but for this, which the regulations ask of
    them: a self-assessment (Nghị định 170/2025 Điều 39).
    """

    template_name = "steps/own.html"
    can_be_entrusted = False

    def enter(self, previous: Activation) -> Iterator[Activation]:
        """The task is the person's from the beginning."""
        account = account_of(previous.process)
        taken: dict[str, Any] = {}
        if account is not None:
            taken = {"owner": account, "status": STATUS.ASSIGNED, "assigned": timezone.now()}
        yield self.activation_class.create(self, previous, token_of(previous), **taken)

    def is_own(self, user: User | AnonymousUser, task: CaseTask) -> bool:
        """Whether the task is with the person concerned, and this is that person."""
        concerned = task.process.candidate_id in family_of(user).own
        return concerned and user.is_active and task.owner_id == user.pk

    def why_not(
        self, user: User | AnonymousUser, task: CaseTask, known: Known | None = None
    ) -> str:
        """The person concerned is not barred from their own step; all others as everywhere."""
        if not self.is_own(user, task):
            return super().why_not(user, task, known)
        if task.finished or task.process.finished:
            return _("This step is over.")
        known = known or Known.of(user, task)
        return _("The case is on hold.") if known.on_hold else ""

    def why_not_theirs(
        self, user: User | AnonymousUser, task: CaseTask, known: Known | None = None
    ) -> str:
        """What the person concerned has is no task that another could have had instead."""
        others = task.owner_id not in (None, user.pk)
        account = account_of(task.process) if others else None
        if account is not None and account.pk == task.owner_id:
            return taken_by_another(user, task)
        return super().why_not_theirs(user, task, known)

    def entitled(self, user: User | AnonymousUser, task: CaseTask) -> bool:
        """The person concerned by being it; a clerk of their unit by role."""
        return self.is_own(user, task) or super().entitled(user, task)

    def can_unassign(self, user: Any, task: CaseTask) -> bool:
        """Nobody else could take what is the person's own."""
        return super().can_unassign(user, task) and not self.is_own(user, task)


def account_of(case: Case) -> User | None:
    """The account with which the person of the case signs in, if they have one in use."""
    account: User | None = case.candidate.user if case.candidate else None
    return account if account is not None and account.is_active else None
