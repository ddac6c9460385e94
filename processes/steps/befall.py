"""What may befall any case at any step: hold, withdrawal, exception, explained delay."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from permissions.catalogue import OWN_UNIT_LANES, Act, Lane
from permissions.checks import may, role_for, today
from permissions.errors import Conflict, Refused
from permissions.models import User
from processes.audit.behalf import in_role
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.announce import announce_on_commit
from processes.cases.clocks import extend_clock
from processes.cases.granting import (
    EXCEPT_ACTS,
    given_time_by,
    granted_by,
    granter,
    granting_body,
    held_by,
    taken_back_by,
)
from processes.cases.lanes import unit_in_lane
from processes.cases.models import Case, CaseTask, Clock, ExceptionRecord
from processes.cases.rules import note_rules, rules_of
from processes.conferences.writers import void_open
from processes.notices.deadlines import tell_of_deadline
from processes.notices.kinds import Kind
from processes.notices.writers import tell_of
from processes.organisation.lookups import NotSetUp
from processes.organisation.units import Unit
from processes.steps.actions import refuse
from processes.steps.bars import bar, not_competent
from processes.steps.fields import DayField
from processes.steps.forms import offer, text_field
from processes.steps.hold import begin_hold
from processes.steps.unfit import (
    RECALL,
    carried_out,
    deadline_name,
    extendable,
    failed_checks,
    held_already,
    not_late,
    not_recallable,
    nothing_failed,
    nothing_runs,
)
from processes.steps.until import stoppable

#: The exception from the least duration of a rotation.
MIN_36M = "min_36m"


class CaseForm(forms.Form):
    """A form about a whole case."""

    reason = text_field(gettext_lazy("Reason"))

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case


class HoldForm(CaseForm):
    """The written basis on which a case is held."""

    basis = forms.CharField(label=gettext_lazy("Written basis"), max_length=200)


class GrantForm(CaseForm):
    """By which document the body that appoints to the post grants an exception."""

    document = forms.CharField(
        label=gettext_lazy("Document of the competent level"), max_length=200
    )

    field_order: tuple[str, ...] = ("document", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = _("The body that appoints to this post grants it: %(body)s.")
        self.fields["document"].help_text = said % {"body": granter(self.case)}


class RecallForm(GrantForm):
    """By which document a rotation ends before its time."""


class PriorityForm(CaseForm):
    """How urgent a case is, and why."""

    priority = forms.TypedChoiceField(
        label=gettext_lazy("Priority"),
        choices=Case.Priority.choices,
        coerce=int,
        widget=forms.RadioSelect,
    )

    field_order = ("priority", "reason")


class ExceptionForm(GrantForm):
    """Which failed check of whom is passed, and by which document."""

    line = forms.ChoiceField(
        label=gettext_lazy("Failed check"),
        help_text=gettext_lazy(
            "It counts from the next check on: when the roster is built again, which a restart "
            "from the first conference does after a hold, or on the day of the decision."
        ),
    )

    field_order = ("line", "document", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "line", failed_checks(self.case))


class ExtendForm(CaseForm):
    """Which deadline gets more time, and until when."""

    clock = forms.ChoiceField(label=gettext_lazy("Deadline"))
    due_on = DayField(label=gettext_lazy("New day"))

    field_order = ("clock", "due_on", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "clock", [(str(one.pk), deadline_name(one)) for one in extendable(self.case)])


@dataclass(frozen=True)
class CaseAction:
    """Something that a person may do to a case whatever step it stands at."""

    name: str
    title: Any
    act: Act
    lane: Lane
    form_class: type[CaseForm]
    do: Callable[..., None]
    #: Why it is not to be done in this case at all; empty when it may be.
    unfit: Callable[[Case], str] = lambda _case: ""
    #: Act and lane, where the procedure says which they are.
    by_case: Callable[[Case], tuple[Act, Lane]] | None = None
    #: Whether it is offered in this case.
    offered: Callable[[Case], bool] = lambda _case: True

    def why_not(self, user: User | AnonymousUser, case: Case) -> str:
        """Why this person may not; empty when they may."""
        if case.finished:
            return _("The case has ended.")
        if reason := self.unfit(case):
            return reason
        try:
            act, unit = self.right(case)[0], self.unit_of(case)
        except NotSetUp as lack:
            return str(lack)
        if not may(user, act, unit.pk):
            return _("This belongs to %(unit)s: %(act)s.") % {"unit": unit, "act": self.title}
        reason = bar(user, case, act)  # type: ignore[arg-type]
        return reason or case.flow_class.keeps_out(user, case, act)

    def unit_of(self, case: Case) -> Unit:
        """The unit in whose name it is done."""
        return unit_in_lane(case, self.right(case)[1], on=today())

    def for_whom(self, case: Case) -> tuple[str, int] | None:
        """The act and the unit of whoever could; None where nobody can in this case."""
        try:
            act, unit = self.right(case)[0], self.unit_of(case)
        except NotSetUp:
            return None
        if self.unfit(case) or (act in EXCEPT_ACTS and not_competent(case)):
            return None
        return act.value, unit.pk

    def right(self, case: Case) -> tuple[Act, Lane]:
        """What a person must be entitled to do for it, and in which lane."""
        return self.by_case(case) if self.by_case else (self.act, self.lane)

    def perform(self, case_id: int, *, by: User, data: dict[str, Any]) -> None:
        """Do it under the lock of the case. Raises Refused, Conflict or ValidationError."""
        case = Case.objects.get(pk=case_id)
        try:
            with case.flow_class.lock(case_id):
                case = Case.objects.select_related("unit", "province").get(pk=case_id)
                reason = self.why_not(by, case)
                if case.finished:
                    raise Conflict(reason)
                if reason:
                    raise Refused(reason)
                role = role_for(by, self.right(case)[0], self.unit_of(case).pk)
                with in_role(by, lambda: role):
                    self.do(case, by=by, role=role, **data)
                tell_of(case, by=by)
                announce_on_commit(case)
        except Refused as refusal:
            refuse(case, by=by, reason=str(refusal))
            refusal.noted = True
            raise


def _last_activation(case: Case) -> Any:
    task = CaseTask.objects.filter(process=case).latest("pk")
    task.process = case
    return task.flow_task.activation_class(task)


def _hold(case: Case, *, by: User, role: str, reason: str, basis: str) -> None:
    begin_hold(case, by=by, role=role, reason=reason, basis=basis)
    node = case.flow_class.instance.node("held")
    last = _last_activation(case)
    node.activation_class.create(node, last, last.task.token)


def _withdraw(case: Case, *, by: User, role: str, reason: str) -> None:
    void_open(case, by=by, reason=reason, role=role)
    record(Event.WITHDRAWN, by=by, role=role, case=case, unit=case.unit, reason=reason)
    last = _last_activation(case)
    last._activate_next(set(case.flow_class.instance.node("withdrawn").enter(last)))


def _except(case: Case, *, by: User, role: str, reason: str, line: str, document: str) -> None:
    cadre_id, _sep, rule = line.partition(":")
    if line not in dict(failed_checks(case)):
        raise ValidationError({"line": _("This check has not failed.")})
    _grant(case, int(cadre_id), rule, by=by, role=role, reason=reason, document=document)


def _grant(
    case: Case, cadre_id: int | None, rule: str, *, by: User, role: str, reason: str, document: str
) -> None:
    """Keep an exception of the body that appoints to the post, with its entry."""
    body = granting_body(case)
    ExceptionRecord.objects.create(
        case=case,
        cadre_id=cadre_id,
        rule=rule,
        body=body,
        approver=by,
        reason=reason,
        document=document,
        granted_on=today(),
    )
    facts = {"cadre": cadre_id, "rule": rule, "body": body, "document": document}
    record(Event.EXCEPTED, by=by, role=role, case=case, unit=case.unit, reason=reason, facts=facts)


def _explain(case: Case, *, by: User, role: str, reason: str) -> None:
    case.flags = [*(name for name in case.flags if name != "late"), "late_explained"]
    case.save(update_fields=["flags"])
    record(Event.EXPLAINED, by=by, role=role, case=case, unit=case.unit, reason=reason)


def _prioritise(case: Case, *, by: User, role: str, reason: str, priority: int) -> None:
    """Let the case come first, or no longer, in the lists of everybody who has a step of it."""
    if priority == case.priority:
        raise ValidationError({"priority": _("The case has this priority already.")})
    facts = {"old": case.priority, "new": priority}
    case.priority = priority
    case.save(update_fields=["priority"])
    record(
        Event.PRIORITISED, by=by, role=role, case=case, unit=case.unit, reason=reason, facts=facts
    )


def _prioritised_by(case: Case) -> tuple[Act, Lane]:
    """Whoever leads the procedure says which case comes first; inspectors as they examine."""
    act, lane = held_by(case)
    return (Act.PRIORITISE if act == Act.HOLD else act), lane


def _answered_for(case: Case) -> tuple[Act, Lane]:
    """The proposing unit explains a delay; where an organ runs the procedure, that organ does."""
    lane = case.flow_class.started_in or Lane.OC
    return (Act.PREPARE if lane in OWN_UNIT_LANES else case.flow_class.start_act()), lane


def _recall(case: Case, *, by: User, role: str, reason: str, document: str) -> None:
    """End a rotation before its 36 months, by an exception of the competent level (R65 Điều 8)."""
    _grant(case, case.candidate_id, MIN_36M, by=by, role=role, reason=reason, document=document)
    task = stoppable(case, RECALL)
    assert task is not None  # noqa: S101 -- asked before, under the same lock
    task.flow_task.expire(task, task.flow_task.stops[RECALL], by=by)


def _extend(case: Case, *, by: User, role: str, reason: str, clock: str, due_on: date) -> None:
    """Give a deadline more time, a passed one too."""
    found = next((one for one in extendable(case) if str(one.pk) == clock), None)
    if found is None:
        raise ValidationError({"clock": _("This deadline does not run any more.")})
    if due_on <= found.due_on:
        raise ValidationError({"due_on": _("Choose a day after the present one.")})
    rules = rules_of(case)
    most = rules.value("deadlines.extensions")
    note_rules(case, rules)
    if most is not None and _times_extended(case, found) >= most:
        said = _("This deadline was extended as often as the edition allows: %(times)s.")
        raise ValidationError({"clock": said % {"times": most}})
    facts = {"clock": found.pk, "rule": found.rule, "from": found.due_on.isoformat()}
    facts["until"] = due_on.isoformat()
    extend_clock(found, due_on)
    record(Event.EXTENDED, by=by, role=role, case=case, unit=case.unit, reason=reason, facts=facts)
    if "late" in case.flags and not extendable(case).filter(escalated_on__isnull=False).exists():
        case.flags = [name for name in case.flags if name != "late"]
        case.save(update_fields=["flags"])
    tell_of_deadline(Kind.EXTENSION, found, by=by)


def _times_extended(case: Case, clock: Clock) -> int:
    return case.entries.filter(event=Event.EXTENDED, facts__clock=clock.pk).count()


CASE_ACTIONS = [
    CaseAction(
        "extend",
        gettext_lazy("Extend a deadline"),
        Act.EXCEPT,
        Lane.STANDING,
        ExtendForm,
        _extend,
        nothing_runs,
        by_case=given_time_by,
        offered=lambda case: extendable(case).exists(),
    ),
    CaseAction(
        "hold",
        gettext_lazy("Hold the case"),
        Act.HOLD,
        Lane.OC,
        HoldForm,
        _hold,
        held_already,
        by_case=held_by,
    ),
    CaseAction(
        "withdraw",
        gettext_lazy("Withdraw the case"),
        Act.WITHDRAW,
        Lane.UNIT,
        CaseForm,
        _withdraw,
        carried_out,
        by_case=taken_back_by,
    ),
    CaseAction(
        "prioritise",
        gettext_lazy("Set the priority"),
        Act.PRIORITISE,
        Lane.OC,
        PriorityForm,
        _prioritise,
        by_case=_prioritised_by,
    ),
    CaseAction(
        "except",
        gettext_lazy("Grant an exception"),
        Act.EXCEPT,
        Lane.STANDING,
        ExceptionForm,
        _except,
        nothing_failed,
        by_case=granted_by,
    ),
    CaseAction(
        "explain",
        gettext_lazy("Explain the delay in writing"),
        Act.PREPARE,
        Lane.UNIT,
        CaseForm,
        _explain,
        not_late,
        by_case=_answered_for,
    ),
    CaseAction(
        "recall",
        gettext_lazy("Recall from rotation"),
        Act.EXCEPT,
        Lane.STANDING,
        RecallForm,
        _recall,
        not_recallable,
        by_case=granted_by,
        offered=lambda case: "filled_on" in case.facts,
    ),
]
