"""A conference of a body, with or without a ballot: one row of the table, several parts.

The conductor's task stays open while the conference goes through its parts (call,
attendance, count, close); each teller gets a task of their own while slips are counted.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NoReturn

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from viewflow.workflow.activation import Activation
from viewflow.workflow.status import STATUS

from permissions.catalogue import TELLER, Act, Lane
from permissions.errors import Conflict
from permissions.models import User
from processes.cases.announce import announce_on_commit
from processes.cases.models import Case, CaseTask
from processes.cases.rivals import moved_elsewhere
from processes.cases.rules import note_rules, rules_of
from processes.conferences import queries, writers
from processes.conferences.guards import check_open
from processes.conferences.models import Conference
from processes.dossiers.drawing import draw_count_minutes
from processes.notices.writers import tell_of
from processes.organisation.lookups import NotSetUp, body_at
from processes.organisation.people import Cadre
from processes.steps.base import Step, StepActivation

QUORUM_FAIL = "quorum_fail"

Candidates = Callable[[Case], list[Cadre]]


class ConferenceActivation(StepActivation):
    """A conductor's task, or a teller's, which moves nothing by itself."""

    @Activation.status.transition(source=STATUS.DONE)
    def create_next(self) -> Iterator[Activation]:
        """Only the close of the conference moves the case."""
        if self.task.seat == TELLER:
            return
        yield from self.flow_task.outcomes[self.task.outcome].enter(self)


class ConferenceStep(Step):
    """A row whose body meets: `conference` names it in the edition (c1...c5, sc_decision).

    `candidates` finds who is on the slip, `seats` how many are elected. `motions` are outcomes
    that the body may choose without a ballot; they need a reason. One that `chooses` the
    candidate of the case has nobody on its slip whom another case moves.
    """

    kind = "vote"
    activation_class = ConferenceActivation
    template_name = "steps/conference.html"
    can_be_entrusted = False
    #: Forms of parts that a kind of conference asks in its own way.
    own_forms: Mapping[str, type[Any]] = {}

    def __init__(
        self,
        code: str,
        title: Any,
        lane: Lane,
        act: Act,
        *,
        conference: str,
        candidates: Candidates | None = None,
        seats: Callable[[Case], int] | None = None,
        motions: tuple[str, ...] = (),
        deadline: str = "",
        chooses: bool = False,
    ) -> None:
        super().__init__(code, title, lane, act, deadline=deadline)
        self.conference = conference
        self.candidates_of = candidates or (lambda _case: [])
        self.seats_of = seats or (lambda _case: 1)
        self.motions = motions
        self.chooses = chooses
        self.translate: dict[str, str] = {}
        self.gate: Callable[[Case], None] | None = None
        self.refine: Callable[[Case, str, str], str] | None = None

    def Reads(self, **outcomes: str) -> "ConferenceStep":
        """Name the outcome of the row for an outcome of the count: `over50="go_on"`."""
        self.translate = outcomes
        return self

    def Refines(self, refine: Callable[[Case, str, str], str]) -> "ConferenceStep":
        """Look closer at the outcome of a count: `refine(case, outcome, reason)` names it anew."""
        self.refine = refine
        return self

    def Before(self, gate: Callable[[Case], None]) -> "ConferenceStep":
        """Check something before slips are handed out; ValidationError stops it."""
        self.gate = gate
        return self

    def settings(self, case: Case) -> dict[str, Any]:
        """The edition's words on this conference: body, ballot, rule, announced."""
        value = rules_of(case).value(f"conferences.{self.conference}")
        return dict(value)

    def open_conference(self, task: CaseTask) -> Conference | None:
        """The conference that is under way in this row, if any; it knows the task's case."""
        for meeting in queries.under_way(case=task.process_id, code=self.conference):
            meeting.case = task.process
            return meeting
        return None

    def sitting(self, task: CaseTask) -> Conference:
        """The conference that is under way; raises Conflict when there is none any more."""
        meeting = self.open_conference(task)
        if meeting is None:
            raise Conflict(_("The conference is over."))
        return meeting

    def part(self, task: CaseTask) -> str:
        """What comes next: call, attendance, open, count, wait, recount or close."""
        return self._next(task, self.open_conference(task))

    def _next(self, task: CaseTask, meeting: Conference | None) -> str:
        if task.seat == TELLER:
            return "count"
        if meeting is None:
            return "call"
        if meeting.state == Conference.State.CALLED:
            return "attendance"
        if meeting.state == Conference.State.SITTING:
            return "close" if self.settings(task.process)["vote"] == "none" else "open"
        standing = queries.standing(meeting)
        return {"waiting": "wait", "differ": "recount", "agree": "close"}[standing]

    def form_class(self, *, task: CaseTask, user: User, **kwargs: Any) -> Any:
        """The form of the part that comes next."""
        meeting = self.open_conference(task)
        form = self.form_of(self._next(task, meeting))
        return form(task=task, user=user, meeting=meeting, **kwargs)

    def form_of(self, part: str) -> type[Any]:
        """The form of a part that is named, where this conference has no other one for it."""
        from processes.steps.conference_forms import FORMS

        return self.own_forms.get(part) or FORMS[part]

    def entitled(self, user: User | AnonymousUser, task: CaseTask) -> bool:
        """Tellers by their seat on the counting team, the conductor by role."""
        return task.owner_id == user.pk if task.seat == TELLER else super().entitled(user, task)

    def too_late(self, task: CaseTask, reason: str) -> NoReturn:
        """Tell a late teller since when the vote is over, and why. Raises Closed, else Conflict."""
        meeting = queries.counted_by(task) if task.seat == TELLER else None
        if meeting is not None:
            check_open(meeting)
        super().too_late(task, reason)

    def apply(self, activation: StepActivation, *, by: User, **fields: Any) -> None:
        """Carry out one part; raises Conflict when the conference has moved on meanwhile."""
        part = fields.pop("part", "")
        task = activation.task
        meeting = self.open_conference(task)
        expected = self._next(task, meeting)
        if part != "call":
            fields["meeting"] = meeting
        if part == "void" and task.seat != TELLER and expected != "call":
            self._void(activation, by=by, **fields)
        elif part == "motion" and self.motions and expected in ("open", "attendance", "call"):
            self._motion(activation, by=by, **fields)
        elif part != expected or (part == "count" and meeting is None):
            raise Conflict(_("The conference has moved on; look at where it stands now."))
        else:
            getattr(self, f"_{part}")(activation, by=by, **fields)
        tell_of(activation.process, by=by)
        announce_on_commit(activation.process)

    def _call(self, activation: StepActivation, *, by: User, **fields: Any) -> None:
        case, rules = activation.process, rules_of(activation.process)
        try:
            body = self.body(case, fields["held_on"])
        except NotSetUp as lack:
            raise ValidationError({"held_on": str(lack)}) from lack
        eligible = self.candidates_of(case)
        slip = fields.pop("candidates", eligible)
        if eligible and not slip:
            said = _("Nobody is on the slip: put at least one person on it.")
            raise ValidationError({"candidates": said})
        if self.chooses and (moved := moved_elsewhere(case, slip, reader=by)):
            raise ValidationError({"candidates": list(moved.values())})
        left_out = {cadre.pk for cadre in eligible} - {cadre.pk for cadre in slip}
        meeting = writers.call(
            activation.task,
            by=by,
            code=self.conference,
            body=body,
            candidates=slip,
            left_out=left_out,
            rules=rules,
            seats=self.seats_of(case),
            **fields,
        )
        note_rules(case, rules)
        if self.conference == "sc_decision":
            Case.objects.filter(pk=case.pk).update(meeting_on=meeting.held_on)

    def body(self, case: Case, on: Any) -> Any:
        """The body that sits, by the composition data of edition, title group and province."""
        return body_at(
            self.conference,
            self.settings(case)["body"],
            edition=case.edition,
            unit=self.unit_of(case),
            province=case.province,
            group=case.position.group if case.position else None,
            on=on,
        )

    def _attendance(
        self, activation: StepActivation, *, by: User, meeting: Conference, present: Any
    ) -> None:
        quorate = writers.take_attendance(meeting, by=by, present={c.pk for c in present})
        if not quorate:
            activation.conclude(by=by, outcome=QUORUM_FAIL, facts={"conference": meeting.pk})

    def _open(self, activation: StepActivation, *, by: User, meeting: Conference) -> None:
        if self.gate:
            self.gate(activation.process)
        writers.open_count(meeting, by=by)
        self._seat_tellers(activation, meeting)

    def _seat_tellers(self, activation: StepActivation, meeting: Conference) -> None:
        for teller in queries.tellers_of(meeting):
            ConferenceActivation.create(
                self,
                activation,
                activation.task.token,
                seat=TELLER,
                owner=teller.cadre.user,
                status=STATUS.ASSIGNED,
                assigned=timezone.now(),
            )

    def _count(
        self, activation: StepActivation, *, by: User, meeting: Conference, **fields: Any
    ) -> None:
        writers.enter_count(meeting, by=by, **fields)
        task = activation.task
        task.outcome = "counted"
        activation.start(None)
        activation.execute()

    def _recount(
        self, activation: StepActivation, *, by: User, meeting: Conference, reason: str
    ) -> None:
        writers.recount(meeting, by=by, reason=reason)
        self._seat_tellers(activation, meeting)

    def _void(
        self, activation: StepActivation, *, by: User, meeting: Conference, reason: str
    ) -> None:
        if not reason.strip():
            raise ValidationError({"reason": _("Say why the ballot is void.")})
        writers.void(meeting, by=by, reason=reason)
        self._dismiss_tellers(activation.task)

    def _motion(
        self,
        activation: StepActivation,
        *,
        by: User,
        meeting: Conference | None,
        outcome: str,
        reason: str,
    ) -> None:
        if outcome not in self.motions:
            raise ValidationError({"outcome": _("Choose one of the motions of this step.")})
        if not reason.strip():
            raise ValidationError({"reason": _("Say why: this outcome needs a reason.")})
        if meeting is not None:
            writers.void(meeting, by=by, reason=reason)
        self._conclude(activation, by=by, outcome=outcome, reason=reason, facts={})

    def _close(
        self, activation: StepActivation, *, by: User, meeting: Conference, **fields: Any
    ) -> None:
        case, rules = activation.process, rules_of(activation.process)
        chosen, reason = fields.pop("outcome", ""), fields.pop("reason", "")
        result = writers.close(
            meeting, by=by, minutes=fields.pop("minutes"), rules=rules, outcome=chosen
        )
        note_rules(case, rules)
        self._dismiss_tellers(activation.task)
        found = chosen if self.settings(case)["vote"] == "none" else str(result.outcome)
        facts = {"conference": meeting.pk} | ({"found": found} if meeting.announced else {})
        if self.settings(case)["vote"] != "none":
            draw_count_minutes(meeting, by=by)
        outcome = self.translate.get(found, found)
        if self.refine:
            outcome = self.refine(case, outcome, reason)
        self._conclude(
            activation, by=by, outcome=outcome, reason=reason, facts=facts, meeting=meeting
        )

    def _conclude(self, activation: StepActivation, *, meeting: Any = None, **said: Any) -> None:
        if self.effect:
            told = {key: said[key] for key in ("by", "outcome", "reason")}
            said["facts"] |= self.effect(activation, meeting=meeting, **told) or {}
        activation.conclude(**said)

    def _dismiss_tellers(self, task: CaseTask) -> None:
        CaseTask.objects.filter(
            process=task.process_id, flow_task=self, seat=TELLER, finished__isnull=True
        ).update(status=STATUS.CANCELED, finished=timezone.now())


def last_sitting(case: Case, conference: str) -> Conference | None:
    """The last closed sitting of a conference in the present round; it had a quorum."""
    meetings = case.conferences.filter(
        code=conference, state=Conference.State.CLOSED, round=case.round
    )
    return meetings.exclude(outcome=QUORUM_FAIL).order_by("-pk").first()


def advancing(case: Case, conference: str) -> list[Cadre]:
    """Who went on from the last closed sitting of a conference in the present round."""
    meeting = last_sitting(case, conference)
    numbers = [int(pk) for pk in meeting.result.get("advancing", [])] if meeting else []
    return list(Cadre.objects.filter(pk__in=numbers))
