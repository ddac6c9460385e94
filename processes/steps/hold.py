"""The held case: a written basis, clocks that stand still, and three ways out."""

from collections.abc import Iterator
from typing import Any

from viewflow.workflow.activation import Activation
from viewflow.workflow.status import STATUS

from permissions.checks import today
from permissions.models import User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.clocks import pause_clocks, resume_clocks
from processes.cases.models import Case, Hold
from processes.steps.automatic import cancel_open_tasks
from processes.steps.base import Step, StepActivation, role_in


class HoldActivation(StepActivation):
    """The task of ending a hold."""

    @Activation.status.transition(source=STATUS.DONE)
    def create_next(self) -> Iterator[Activation]:
        """Back to where the case stood, to the chosen step, or to the end."""
        outcome, nodes = self.task.outcome, self.flow_class.instance
        if outcome == "reject":
            yield from self.flow_task.outcomes["reject"].enter(self)
        elif outcome == "restart":
            step = self.task.data["restart_from"]
            yield from nodes.node(self.flow_class.by_way_of.get(step, step)).enter(self)
        elif self.task.data.get("origin"):
            yield from nodes.node(self.task.data["origin"]).enter(self)


class HoldStep(Step):
    """Shared end step z_hold: resume, restart from a step, or reject (procedures.md 12.7)."""

    activation_class = HoldActivation
    goes_on_in_hold = True
    seen_by_all = True

    @property
    def restartable(self) -> tuple[str, ...]:
        """The steps that a held case of this procedure may be restarted from."""
        return self.flow_class.restart_from

    def enter(self, previous: Activation) -> Iterator[Activation]:
        """Reached by an outcome: the step it came from is where a resumed case goes on."""
        case, step = previous.process, previous.flow_task.name
        basis = previous.task.data.get("basis", "")
        by = previous.task.owner
        role = role_in(previous.task, by)
        begin_hold(case, by=by, role=role, reason=basis, basis=basis, origin=step)
        activation = self.activation_class.create(self, previous, previous.task.token)
        activation.task.data = {"origin": step}
        activation.task.save(update_fields=["data"])
        yield activation

    def apply(
        self,
        activation: StepActivation,
        *,
        by: User,
        outcome: str,
        reason: str = "",
        restart_from: str = "",
        **fields: Any,
    ) -> None:
        """End the hold; a restart cancels what is open."""
        case, task = activation.process, activation.task
        case.holds.filter(ended_on__isnull=True).update(ended_on=today(), outcome=outcome)
        resume_clocks(case, on=today())
        if outcome == "restart":
            task.data = {"restart_from": restart_from}
            cancel_open_tasks(case, but=task.pk)
        event = Event.RESTARTED if outcome == "restart" else Event.RESUMED
        role = role_in(task, by)
        record(event, by=by, role=role, unit=task.unit, case=case, step=self.name, reason=reason)
        super().apply(activation, by=by, outcome=outcome, reason=reason, restart_from=restart_from)


def begin_hold(
    case: Case, *, by: User, reason: str, basis: str, role: str = "", origin: str = ""
) -> Hold:
    """Suspend a case: the written basis is kept, every clock stands still."""
    hold = Hold.objects.create(
        case=case, reason=reason, basis=basis, held_by=by, held_on=today(), origin=origin
    )
    pause_clocks(case, on=today())
    facts = {"basis": basis}
    record(
        Event.HELD,
        by=by,
        role=role,
        case=case,
        unit=case.unit,
        reason=reason,
        step=origin,
        facts=facts,
    )
    return hold
