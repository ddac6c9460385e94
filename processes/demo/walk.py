"""Walk a case through its procedure as the right people, by the forms that the pages use."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from permissions.catalogue import TELLER, Act
from permissions.checks import holders, today
from permissions.compiled import Compiled
from permissions.models import User
from processes.cases.models import Case, CaseTask
from processes.cases.rivals import moved_elsewhere
from processes.conferences.results import PROPOSAL
from processes.dossiers.checklist import checklist
from processes.dossiers.uploads import upload
from processes.organisation.bodies import Membership
from processes.organisation.people import Cadre
from processes.steps.actions import perform
from processes.steps.conference_forms import FORMS
from processes.steps.opening import open_case, starting_unit

#: Forms of a conference that are offered beside that of its next part.
BESIDE = {name: FORMS[name] for name in ("motion", "void")}

Votes = Callable[[list[Cadre], int], dict[int, int]]


class NobodyMay(Exception):
    """No account may carry out the step; the message says why not, for each."""


def unanimous(slip: list[Cadre], present: int) -> dict[int, int]:
    """Everybody names the first on the slip."""
    return {cadre.pk: (present if index == 0 else 0) for index, cadre in enumerate(slip)}


class Walk:
    """One case under way."""

    def __init__(self, case: Case) -> None:
        self.case = case

    @classmethod
    def begin(cls, flow_class: Any, position: Any, **kwargs: Any) -> Self:
        """Open a case about a position as somebody who may start the procedure."""
        province = position.unit.province or position.unit
        unit = starting_unit(flow_class, position.unit, province)
        clerk = holders(flow_class.start_act(), [unit.pk])[0]
        return cls(open_case(flow_class, by=clerk, position=position, **kwargs))

    def done(self) -> None:
        """An action is done; a walk through dated cases lets time pass here."""
        (now,) = _cases(case=self.case.pk)
        # As refresh_from_db does: whoever holds the case sees it as it is, its relations unread.
        self.case.__dict__.update(now.__dict__)

    def ranked(self, slip: list[Cadre]) -> list[Cadre]:
        """The people on a slip in the order in which votes think of them."""
        return slip

    @property
    def at(self) -> list[str]:
        """Names of the open steps, in order; tellers' seats left out."""
        return [task.flow_task.name for task in _open_tasks(case=self.case.pk) if not task.seat]

    def task(self, step: str, **wanted: Any) -> CaseTask:
        """The open task of a step; IndexError when there is none."""
        return self._tasks(step, **wanted)[0]

    def _tasks(self, step: str, **wanted: Any) -> list[CaseTask]:
        """The open tasks of a step that are as wanted: of that unit, of that seat."""
        node = self.case.flow_class.instance.node(step)
        return [
            task
            for task in _open_tasks(case=self.case.pk)
            if task.flow_task == node
            and all(getattr(task, name) == value for name, value in wanted.items())
        ]

    def actor(self, task: CaseTask) -> User:
        """Somebody who may carry out the task; NobodyMay with every reason when nobody may."""
        people = [task.owner] if task.owner else holders(Act(task.act), [task.unit_id])
        reasons = {}
        for person in people:
            reason = task.flow_task.why_not(person, task)
            if not reason:
                return person
            reasons[str(person)] = reason
        raise NobodyMay(f"{self.case} {task.flow_task.name}: {reasons}")

    def do(self, step: str, outcome: str = "", *, by: User | None = None, **fields: Any) -> "Walk":
        """Carry out a step with its form, as the page would."""
        task = self.task(step)
        self.send(task, by or self.actor(task), {"outcome": outcome, **fields})
        return self

    def send(self, task: CaseTask, by: User, data: Mapping[str, Any]) -> None:
        """Fill in the form and send it; ValidationError when the form refuses."""
        asked = BESIDE.get(data.get("part", ""), task.flow_task.form_class)
        form = asked(task=task, user=by, data=posted(data))
        if not form.is_valid():
            raise ValidationError(form.errors.as_data())
        perform(task.pk, by=by, data=form.cleaned_data)
        self.done()

    def conference(
        self,
        step: str,
        votes: Votes = unanimous,
        *,
        absent: int = 0,
        outcome: str = "",
        reason: str = "",
        until: str = "",
    ) -> "Walk":
        """Hold a whole conference: call, attendance, slips, two counts, close.

        `votes` says what the slips say; `until` stops before a part of that name.
        """
        conductor = self.actor(self.task(step))
        parts: dict[str, Callable[[CaseTask], dict[str, Any]]] = {
            "call": self.call_data,
            "attendance": lambda task: self._attendance(task, absent),
            "open": lambda task: {"part": "open"},
            "wait": lambda task: {},
            "close": lambda task: {
                "part": "close", "minutes": "Biên bản.", "outcome": outcome, "reason": reason
            },
        }  # fmt: skip
        for _turn in range(len(parts)):
            task = self._still(step)
            if task is None:
                break
            part = task.flow_task.part(task)
            if part == until:
                break
            if part == "wait":
                self.count(step, votes)
                continue
            self.send(task, conductor, parts[part](task))
            if part == "close" or (part == "attendance" and absent and self._failed(task)):
                break
        return self

    def _still(self, step: str) -> CaseTask | None:
        """The open task of a step in this round, if the case stands there still."""
        task = next(iter(self._tasks(step, seat="")), None)
        return task if task and task.round == self.case.round else None

    def motion(self, step: str, outcome: str, reason: str) -> "Walk":
        """Let the body decide without a ballot."""
        task = self.task(step)
        data = {"part": "motion", "outcome": outcome, "reason": reason}
        return self.send_part(task, data)

    def send_part(self, task: CaseTask, data: Mapping[str, Any]) -> "Walk":
        """Send a part that is offered beside the next one: motion or void."""
        self.send(task, self.actor(task), data)
        return self

    def _failed(self, task: CaseTask) -> bool:
        task.refresh_from_db()
        return task.finished is not None

    def count(self, step: str, *votes: Votes) -> None:
        """Every teller enters a count: the same for all, or one of their own for each."""
        seats = self._tasks(step, seat=TELLER)
        said = [self._slips(seats[0], one) for one in votes] if seats else []
        for index, seat in enumerate(seats):
            self.send(seat, seat.owner or self.actor(seat), said[index % len(said)])

    def _slips(self, seat: CaseTask, votes: Votes) -> dict[str, Any]:
        node = seat.flow_task
        meeting, settings = node.open_conference(seat), node.settings(self.case)
        return slips(meeting, settings, lambda slip, present: votes(self.ranked(slip), present))

    def call_data(self, task: CaseTask) -> dict[str, Any]:
        """What the conductor fills in to call a conference."""
        node, case = task.flow_task, self.case
        possible = node.candidates_of(case)
        moved = moved_elsewhere(case, possible, reader=self.actor(task)) if node.chooses else {}
        slip = [cadre for cadre in possible if cadre.pk not in moved]
        barred = {cadre.pk for cadre in slip}
        seats = _votes(body=node.body(case, today()).pk, on=today())
        members = [seat for seat in seats if seat.cadre_id not in barred]
        head = min(members, key=lambda seat: seat.seat != Membership.Seat.HEAD).cadre
        others = [seat.cadre for seat in members if seat.cadre != head]
        data = {
            "part": "call",
            "held_on": today().isoformat(),
            "place": "Phòng họp số 1",
            "chair": head.pk,
            "secretary": others[-1].pk,
        }
        if node.settings(case)["vote"] == "none":
            return data
        tellers = [cadre.pk for cadre in others if cadre.user_id][:2]
        why = {"reason": "Đang trong quy trình khác."} if moved else {}
        return data | why | {"tellers": tellers, "candidates": [cadre.pk for cadre in slip]}

    def _attendance(self, task: CaseTask, absent: int) -> dict[str, Any]:
        meeting = task.flow_task.open_conference(task)
        people = list(meeting.summonses.values_list("cadre", flat=True))
        return {"part": "attendance", "present": people[absent:]}

    def upload_dossier(self) -> "Walk":
        """Upload every paper that the checklist still lacks; about people once one is chosen."""
        asked = CaseTask.objects.filter(process=self.case, act=Act.PREPARE, finished__isnull=True)
        units = [*asked.values_list("unit", flat=True), self.case.unit_id]
        clerk = holders(Act.PREPARE, units[:1])[0]
        for line in checklist(self.case, on=today(), stage=None):
            if line.personal and not self.case.candidate:
                continue
            if line.form == "upload" and line.required == "always" and line.document is None:
                upload(
                    self.case,
                    by=clerk,
                    item=line.code,
                    file=SimpleUploadedFile(f"{line.code}.pdf", PDF, "application/pdf"),
                    issued_on=today(),
                )
                self.done()
        return self


_cases = Compiled(lambda case: Case.objects.filter(pk=case), case=int)
_open_tasks = Compiled(
    lambda case: (
        CaseTask.objects.filter(process=case, finished__isnull=True)
        .select_related("process__position", "unit", "owner__cadre")
        .order_by("pk")
    ),
    case=int,
)
_votes = Compiled(
    lambda body, on: (
        Membership.objects.in_force(on)
        .filter(body=body, votes=True)
        .select_related("cadre")
        .order_by("pk")
    ),
    body=int,
    on=date,
)

#: The smallest thing that a reader of PDF accepts.
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def slips(meeting: Any, settings: Mapping[str, Any], votes: Votes) -> dict[str, Any]:
    """What a teller types in when the slips say `votes`."""
    present = meeting.summonses.filter(present=True, barred="").count()
    people = [c.cadre for c in meeting.candidacies.select_related("cadre").order_by("pk")]
    agree = votes(people or [Cadre(pk=PROPOSAL)], present)
    data: dict[str, Any] = {
        "part": "count",
        "issued": present,
        "collected": present,
        "valid": present,
        "invalid": 0,
        "blank": 0,
    }
    for key, number in agree.items():
        data[f"agree_{key}"] = number
        if settings["ballot"] == "agree_disagree":
            data[f"disagree_{key}"] = present - number
    return data


def posted(data: Mapping[str, Any]) -> Any:
    """Data as a browser sends them."""
    from django.http import QueryDict

    posted = QueryDict(mutable=True)
    for key, value in data.items():
        posted.setlist(key, [str(v) for v in value] if isinstance(value, list) else [str(value)])
    return posted
