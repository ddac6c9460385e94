"""Signing: by whoever has the right to it, or by whoever a body has authorised; until a day."""

from collections.abc import Callable
from datetime import date

from django.contrib.auth.models import AnonymousUser

from permissions.catalogue import Act
from permissions.checks import may, today
from permissions.models import User
from processes.cases.models import Case, CaseTask, Clock
from processes.steps.base import Step
from processes.steps.until import Until

#: The rule of the clock that ends a delegation.
LAST_DAY = "delegation.until"


class SignStep(Step):
    """The signature of a decision; a delegation in force lets another sign it as well.

    `Under` names the open tasks of the delegations for a case.
    """

    can_be_entrusted = False
    delegations_of: Callable[[Case], list[CaseTask]]

    def Under(self, delegations_of: Callable[[Case], list[CaseTask]]) -> "SignStep":
        """Say where the delegations in force for a case are found."""
        self.delegations_of = delegations_of
        return self

    def delegations_for(self, user: User | AnonymousUser, case: Case) -> list[CaseTask]:
        """The delegations under which this person may sign."""
        found = self.delegations_of(case)
        return [task for task in found if task.unit_id and may(user, Act(task.act), task.unit_id)]

    def entitled(self, user: User | AnonymousUser, task: CaseTask) -> bool:
        """By role, or by a delegation that is in force for this case."""
        return super().entitled(user, task) or bool(self.delegations_for(user, task.process))


class DelegatedStep(Until):
    """What a delegate does until the last day of the delegation; then the step ends by itself."""

    can_be_entrusted = False

    def clock_for(self, case: Case) -> Clock:
        """The last day that the body has set."""
        due_on = date.fromisoformat(case.facts["delegation"]["until"])
        return Clock(case=case, rule=LAST_DAY, started_on=today(), due_on=due_on)
