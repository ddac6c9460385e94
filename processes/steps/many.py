"""A step that several organs carry out side by side, one task each (BPMN: multi-instance)."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.utils import timezone
from viewflow.workflow.activation import Activation
from viewflow.workflow.status import STATUS

from permissions.checks import today
from permissions.models import User
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.clocks import stop_clocks
from processes.cases.models import Case, CaseTask, Clock, Opinion
from processes.cases.opinions import about_candidate, against
from processes.cases.workdays import WORKING_DAY
from processes.organisation.lookups import consulted_organs
from processes.organisation.units import Unit
from processes.steps.base import Step, StepActivation, token_of

#: An organ that was consulted is against.
ADVERSE = "adverse_opinion"
#: Conference 3 has other leaders than conference 2; true of its last sitting.
DIFFERS = "differs_from_conference_2"
#: Flags about the candidate: what was voted, said and found about them. They go with the person.
ABOUT_CANDIDATE = frozenset({
    ADVERSE, "cadre_objects", "dossier_late", "not_recommended", "opinions_differ",
    "vote_not_carried",
})  # fmt: skip


class ConsultActivation(StepActivation):
    """One organ's part; the last one, or the deadline, moves the case on."""

    @Activation.status.transition(source=STATUS.DONE)
    def create_next(self) -> Iterator[Activation]:
        """Go on when no part is open any more."""
        if self.flow_task.open_parts(self.task).exists():
            return
        adverse = _adverse(self.task)
        flag(self.process, ADVERSE, on=adverse)
        outcome = "adverse" if adverse else self.task.outcome
        yield from self.flow_task.outcomes[outcome].enter(self)


class Consult(Step):
    """Ask every consulted organ; go on when all have answered or the deadline has passed.

    An adverse opinion travels with the case as a flag and never stops it
    (differing opinions are reported in full: Nghị định 170/2025/NĐ-CP Điều 33.3). Whoever is
    asked again about the same candidate may change it.
    """

    activation_class = ConsultActivation
    many = True

    def enter(self, previous: Activation) -> Iterator[Activation]:
        """One task for each unit that is asked."""
        for unit in self.asked(previous.process):
            yield self.activation_class.create(self, previous, token_of(previous), unit=unit)

    def asked(self, case: Case) -> list[Unit]:
        """The consulted organs of the province; a step that asks others overrides it."""
        return [row.unit for row in consulted_organs(case.province, today())]

    def open_parts(self, task: CaseTask):  # type: ignore[no-untyped-def]
        """Parts of this step that are open beside the given one."""
        parts = CaseTask.objects.filter(process=task.process, flow_task=self, finished__isnull=True)
        return parts.exclude(pk=task.pk)

    def apply(self, activation: StepActivation, *, by: User, **fields: Any) -> None:
        """Keep the organ's opinion, then conclude its part."""
        case, stand, text = activation.process, fields["stand"], fields["text"]
        hold_opinion(activation, by=by, stand=stand, text=text)
        if stand == Opinion.Stand.ADVERSE:
            flag(case, ADVERSE)
        activation.conclude(
            by=by, outcome="all_in", reason=text, facts={"stand": stand, "act": self.act}
        )

    def expire(self, task: CaseTask) -> None:
        """Close a part that has not answered by its deadline; the last one moves the case on.

        A part that was given more time than the others is waited for.
        """
        _record_silence(task, self.name)
        stop_clocks(task.process, on=today(), task=task)
        if self.open_parts(task).exists():
            task.status, task.finished = STATUS.CANCELED, timezone.now()
            task.save(update_fields=["status", "finished"])
            return
        task.outcome, task.status = "deadline", STATUS.STARTED
        self.activation_class(task).execute()


class ConsultNamed(Consult):
    """Ask the units that the case itself names in its fact `asked`.

    Where the case has set a day for the answers (`answer_by`), that day is the deadline.
    """

    def asked(self, case: Case) -> list[Unit]:
        """The units named, in the order of their names."""
        return list(Unit.objects.filter(pk__in=case.facts["asked"]).order_by("name", "pk"))

    def clock_for(self, case: Case) -> Clock | None:
        """The edition's deadline, moved to the day that the case has set."""
        clock = super().clock_for(case)
        if day := case.facts.get("answer_by"):
            clock = clock or Clock(
                case=case, rule=self.deadline, unit=WORKING_DAY, started_on=today()
            )
            clock.due_on = date.fromisoformat(day)
        return clock


def hold_opinion(activation: StepActivation, *, by: User, stand: str, text: str) -> Opinion:
    """Keep what the unit of a task holds about the case; it is shown at the decision."""
    task = activation.task
    return Opinion.objects.create(
        case=activation.process,
        cadre_id=activation.process.candidate_id,
        unit_id=task.unit_id,
        step=task.flow_task.name,
        stand=stand,
        text=text,
        by=by,
        given_on=today(),
        round=activation.process.round,
    )


def flag(case: Any, name: str, *, on: bool = True) -> None:
    """Let a flag travel with the case until its end, or until it holds no more."""
    if on is not (name in case.flags):
        case.flags = [*case.flags, name] if on else [one for one in case.flags if one != name]
        case.save(update_fields=["flags"])


def drop_flags(case: Any, names: Collection[str]) -> None:
    """Let flags travel no more that are about what begins again; the trail has told of them."""
    kept = [name for name in case.flags if name not in names]
    if kept != case.flags:
        case.flags = kept
        case.save(update_fields=["flags"])


def _adverse(task: CaseTask) -> bool:
    step = task.flow_task.name
    return any(one.step == step for one in against(about_candidate(task.process)))


def _record_silence(task: CaseTask, step: str) -> None:
    record(
        Event.CONCLUDED,
        by=None,
        unit=task.unit,
        case=task.process,
        task=task.pk,
        step=step,
        outcome="deadline",
    )
