"""A row of a procedure that a person carries out, and the one door through which it ends.

`Finish.conclude` is the only way forward of a human step: it checks nothing twice and
forgets nothing - one entry, clocks stopped, the next steps made, inboxes told after commit.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from viewflow.this_object import this
from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Edge, Node
from viewflow.workflow.nodes.view import ViewActivation
from viewflow.workflow.status import STATUS

from permissions.catalogue import Act, Lane
from permissions.checks import may, role_for, today
from permissions.errors import Conflict
from permissions.models import User
from permissions.writing import Beside, insert
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.announce import announce_on_commit
from processes.cases.clocks import new_clock, stop_clocks
from processes.cases.lanes import unit_in_lane
from processes.cases.models import Case, CaseTask, Clock, Participant
from processes.cases.rules import note_rules, rules_of
from processes.notices.writers import tell_of
from processes.organisation.units import Unit
from processes.steps.bars import why_barred
from processes.steps.known import Known
from processes.steps.standing_in import (
    is_anothers,
    principal_of,
    taken_by_another,
    why_not_as_deputy,
)

#: From which task a task came.
_Path = CaseTask.previous.through
Effect = Callable[..., Mapping[str, Any] | None]


@dataclass(frozen=True)
class Opening:
    """Stands where the first task of a case has no task before it."""

    process: Case
    token: Any
    task: CaseTask | None = None


def token_of(previous: "Activation | Opening") -> Any:
    """The token that goes on from a step, or with which a case begins."""
    return previous.task.token if previous.task is not None else previous.token


def create_task(
    node: "Row",
    previous: "Activation | Opening",
    token: Any,
    clock: Clock | None = None,
    **extra: Any,
) -> CaseTask:
    """Insert the task of a step, with who may take it; the unit becomes a participant.

    A clock starts with it.
    """
    case: Case = previous.process
    task = CaseTask(process=case, flow_task=node, token=token, round=case.round, **extra)
    if node.lane and task.unit_id is None:
        task.unit = node.unit_of(case)
    task.flow_task_type = node.task_type
    beside = []
    if previous.task is not None:
        path = _Path(to_casetask_id=previous.task.pk)
        beside.append(Beside(path, of="from_casetask"))
    if task.unit_id:
        beside.append(Beside(Participant(case=case, unit_id=task.unit_id), once=True))
    if clock:
        beside.append(Beside(clock, of="task"))
    insert(task, *beside)
    case.made = (*case.made, task)
    return task


class Branching:
    """Goes where the outcome of the task points."""

    task: CaseTask
    flow_task: "Row"

    @Activation.status.transition(source="DONE")
    def create_next(self) -> Iterator[Activation]:
        """Make the tasks of the step that the outcome leads to."""
        target = self.flow_task.outcomes[self.task.outcome]
        yield from target.enter(self)


class StepActivation(Branching, ViewActivation):
    """A human task at work."""

    process: Case

    @classmethod
    def create(cls, flow_task: "Step", prev_activation: Activation, token: Any, **extra: Any):  # type: ignore[no-untyped-def]
        """Make the task, and start its deadline where the edition sets one."""
        extra = {key: value for key, value in extra.items() if value is not None}
        case: Case = prev_activation.process
        clock = None
        if flow_task.deadline and not extra.get("seat"):
            clock = flow_task.clock_for(case)
        if clock:
            extra["due_on"] = clock.due_on
        return cls(
            create_task(flow_task, prev_activation, token, clock, act=flow_task.act, **extra)
        )

    def conclude(
        self,
        *,
        by: User,
        outcome: str,
        reason: str = "",
        facts: Mapping[str, Any] | None = None,
        documents: list[str] | None = None,
    ) -> None:
        """Record the outcome and move the case on; ValidationError for an unknown outcome."""
        if outcome not in self.flow_task.outcomes:
            raise ValidationError({"outcome": _("Choose one of the outcomes of this step.")})
        task = self.task
        if task.owner_id is None:
            task.owner, task.assigned, task.status = by, timezone.now(), STATUS.ASSIGNED
        task.outcome = outcome
        record(
            Event.CONCLUDED,
            by=by,
            role=role_in(task, by),
            behalf=task.behalf,
            unit=task.unit,
            case=self.process,
            task=task.pk,
            step=self.flow_task.name,
            outcome=outcome,
            reason=reason,
            documents=documents or (),
            facts=facts,
        )
        if self.flow_task.deadline:
            stop_clocks(self.process, on=today(), task=task)
        if getattr(task, "has_drafts", True):
            task.drafts.filter(by=by).delete()
        self.start(None)
        self.execute()
        made = self.process.made
        tell_of(self.process, by=by, decided=task.act == Act.PROMULGATE)
        wide = any(one.flow_task.seen_by_all for one in made)
        announce_on_commit(self.process, *([] if wide else [task, *made]))


class Row(Node):
    """What every row of a procedure's table has: a code, a title, a lane and outcomes."""

    kind = "user"
    #: Whether it may be decided for several cases at once (`InBulk`).
    in_bulk = False
    #: Whether reaching it changes what is said of the case in every inbox that shows it.
    seen_by_all = False
    #: Whether several units have a part of it at the same time.
    many = False
    lane: Lane | None = None
    #: The procedure that it starts, or in which the matter goes on.
    starts = ""
    shape = {"width": 150, "height": 100, "svg": ""}
    bpmn_element = "userTask"

    def __init__(self, code: str, title: Any, lane: Lane | None = None, act: str = "") -> None:
        super().__init__()
        self.code = code
        self.task_title = title
        self.lane = lane
        self.act = act
        self.lane_of: Callable[[Case], Lane] | None = None
        self._targets: dict[str, Any] = {}
        self.outcomes: dict[str, Row] = {}

    def On(self, outcome: str, target: Any) -> "Row":
        """Lead to `target` when the step ends with this outcome."""
        self._targets[outcome] = target
        return self

    def In(self, lane_of: Callable[[Case], Lane]) -> Any:
        """Let the case say whose step it is, as where the edition names the voting unit.

        The lane of the row is the one that the law book's table prints.
        """
        self.lane_of = lane_of
        return self

    def _resolve(self, instance: Any) -> None:
        super()._resolve(instance)
        self.outcomes = {
            outcome: this.resolve(instance, _aimed(instance, target))
            for outcome, target in self._targets.items()
        }

    def _outgoing(self) -> Iterator[Edge]:
        for outcome, target in self.outcomes.items():
            yield Edge(src=self, dst=target, edge_class="next", label=outcome)

    def unit_of(self, case: Case) -> Unit:
        """The unit that stands in the step's lane for this case today."""
        lane = self.lane_of(case) if self.lane_of else self.lane
        return unit_in_lane(case, lane or Lane.UNIT, on=today())

    def enter(self, previous: "Activation | Opening") -> Iterator[Activation]:
        """Make the step's task; a step of many makes one for each."""
        yield self._create(previous, token_of(previous))


class Step(Row):
    """A step that one person of a lane carries out with a form.

    `deadline` names the parameter of the edition that limits it; `reasons` are the outcomes
    that need a reason in writing; `Does` names what else changes when it is concluded.
    """

    activation_class = StepActivation
    template_name = "steps/step.html"
    #: A hold stops every step but the one that ends it.
    goes_on_in_hold = False
    #: Whether its holder may let another prepare it.
    can_be_entrusted = True
    task_type = "HUMAN"

    def __init__(
        self,
        code: str,
        title: Any,
        lane: Lane,
        act: Act,
        *,
        form: Any = None,
        deadline: str = "",
        reasons: tuple[str, ...] = (),
    ) -> None:
        super().__init__(code, title, lane, act)
        self.form = form
        self.deadline = deadline
        self.reasons = reasons
        self.effect: Effect | None = None
        self.choices_of: Callable[[Case], list[Any]] = lambda _case: []

    def Does(self, effect: Effect) -> "Step":
        """Call `effect(activation, by=, outcome=, **fields)` before the case moves on.

        What it returns joins the facts of the entry; a ValidationError stops the step.
        """
        self.effect = effect
        return self

    def Among(self, choices_of: Callable[[Case], list[Any]]) -> "Step":
        """Name the people among whom the step's form lets choose."""
        self.choices_of = choices_of
        return self

    def InBulk(self) -> "Step":
        """Let it be decided for several cases with one form: what it asks depends on no case."""
        self.in_bulk = True
        return self

    def clock_for(self, case: Case) -> Clock | None:
        """The step's deadline in this case, not saved yet; None where the edition sets none."""
        rules = rules_of(case)
        clock = new_clock(case, self.deadline, rules=rules, on=today())
        note_rules(case, rules)
        return clock

    def form_class(self, *, task: CaseTask, user: User, **kwargs: Any) -> Any:
        """The form that this person fills in for this task now; None when there is none."""
        from processes.steps.forms import StepForm

        return (self.form or StepForm)(task=task, user=user, **kwargs)

    def apply(
        self, activation: StepActivation, *, by: User, outcome: str, reason: str = "", **fields: Any
    ) -> None:
        """Carry out the step: its own effect first, then the door."""
        if outcome in self.reasons and not reason.strip():
            raise ValidationError({"reason": _("Say why: this outcome needs a reason.")})
        facts = {key: plain(value) for key, value in fields.items()}
        if self.effect:
            facts |= self.effect(activation, by=by, outcome=outcome, reason=reason, **fields) or {}
        activation.conclude(by=by, outcome=outcome, reason=reason, facts=facts)

    def too_late(self, task: CaseTask, reason: str) -> NoReturn:
        """Turn away whoever comes when the step is over. Raises Conflict."""
        raise Conflict(reason)

    def why_not(
        self, user: User | AnonymousUser, task: CaseTask, known: Known | None = None
    ) -> str:
        """Why this person may not carry out this task; empty when they may.

        `known` is what was read with the task; without it, it is read now.
        """
        case = task.process
        if task.finished or case.finished:
            return _("This step is over.")
        known = known or Known.of(user, task)
        if known.on_hold and not self.goes_on_in_hold:
            return _("The case is on hold.")
        if is_anothers(user, task):
            return taken_by_another(user, task)
        if task.entrusted_by_id:
            return _("You prepare this; hand it in, and %(person)s concludes it.") % {
                "person": task.entrusted_by
            }
        principal = principal_of(user, task)
        if principal is not None and not user.is_anonymous:
            return why_not_as_deputy(user, principal, task, known)
        return self.why_not_theirs(user, task, known)

    def why_not_theirs(
        self, user: User | AnonymousUser, task: CaseTask, known: Known | None = None
    ) -> str:
        """Why the task is not one for this person, whoever has it now: role, kin, four eyes."""
        if not self.entitled(user, task):
            return _("This step belongs to %(unit)s: %(act)s.") % {
                "unit": task.unit,
                "act": Act(task.act).label,
            }
        known = known or Known.of(user, task)
        papers, personal = known.own_papers, known.personal
        return why_barred(user, task.process, own_papers=papers, personal=personal)  # type: ignore[arg-type]

    def entitled(self, user: User | AnonymousUser, task: CaseTask) -> bool:
        """Whether the person's roles give this task to them."""
        return task.unit_id is not None and may(user, Act(task.act), task.unit_id)

    def is_own(self, user: User | AnonymousUser, task: CaseTask) -> bool:
        """Whether it is the person's own part in a case about them; few steps are."""
        return False

    def can_execute(self, user: Any, task: CaseTask) -> bool:
        """Viewflow's question, answered by `why_not`."""
        return not self.why_not(user, task)

    can_assign = can_execute

    def can_unassign(self, user: Any, task: CaseTask) -> bool:
        """Only the holder gives a task back."""
        return task.owner_id == user.pk


@dataclass(frozen=True)
class Named:
    """A target that each procedure names for itself, in an attribute."""

    attribute: str


def named(attribute: str) -> Named:
    """Lead to the step whose name the procedure keeps in this attribute: `rerun_from`."""
    return Named(attribute)


def _aimed(instance: Any, target: Any) -> Any:
    if isinstance(target, Named):
        return getattr(this, getattr(instance, target.attribute))
    return target


def role_in(task: CaseTask, by: User) -> str:
    """The role in which a person acts on a task: as a deputy, the other's; a teller's seat."""
    if task.seat:
        return task.seat
    principal = task.behalf if task.owner_id == by.pk else None
    return role_for(principal or by, Act(task.act), task.unit_id) if task.act else ""


def plain(value: Any) -> Any:
    """A form's value as the trail keeps it: JSON, numbers as integers, the rest as text."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if hasattr(value, "pk"):
        return value.pk
    if isinstance(value, list | tuple | set) or hasattr(value, "iterator"):
        return [plain(item) for item in value]
    return str(value)
