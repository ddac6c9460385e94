"""Fills the site's tables with the common shape, each chain of the trail hashed as it should be."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from viewflow.workflow.fields import get_flow_ref, get_task_ref
from viewflow.workflow.status import PROCESS, STATUS

from bench.bulk import load, quickly
from bench.shape import CaseRow, Shape
from permissions.catalogue import Act
from permissions.checks import today
from processes.audit.chain import COVERED, FORMAT, digest_2, instant, new_salts
from processes.audit.models import AuditEntry, ChainHead, Event
from processes.cases.models import Case, CaseTask, Clock, Participant
from processes.flows.appointment_in_place import AppointmentInPlaceFlow as Procedure
from processes.organisation.people import Cadre
from processes.organisation.positions import Position
from processes.rules import load as load_rules

from . import province

#: What is done, and where a case is open, at each place of the shape's four tasks.
DONE = ("request_policy", "check_request", "head_decides", "rejected")
OPEN = ("request_policy", "assemble_dossier", "head_decides")
OUTCOMES = {"request_policy": "submit", "check_request": "ok", "head_decides": "pick"}
TASK = (
    "id", "process_id", "flow_task", "flow_task_type", "status", "created", "assigned", "finished",
    "owner_id", "token", "act", "unit_id", "due_on", "outcome",
)  # fmt: skip


def fill(shape: Shape) -> None:
    """A province, then cases, tasks and the trail."""
    with quickly([*province.TABLES, Case, CaseTask, CaseTask.previous.through, Participant, Clock,
                  AuditEntry, ChainHead]):  # fmt: skip
        province.build(shape)
        oc = province.organ("OC").pk
        load_cases(shape.cases())
        load(CaseTask, TASK, (row for case in shape.cases() for row in _tasks(case, oc)))
        load(CaseTask.previous.through, ("from_casetask_id", "to_casetask_id"), (
            pair for case in shape.cases() for pair in zip(case.tasks[1:], case.tasks, strict=False)
        ))  # fmt: skip
        load(Participant, ("case_id", "unit_id"), (
            (case.number, unit) for case in shape.cases() for unit in (case.unit, oc)
        ))  # fmt: skip
        load(Clock, ("case_id", "rule", "started_on", "due_on", "stopped_on"), (
            (case.number, "deadlines.process", case.created.date(), _due(case),
             _due(case) if case.over else None)
            for case in shape.cases()
        ))  # fmt: skip
        edition = load_rules().for_case(today(), False).leading.key
        _trail(shape, edition, oc)


def load_cases(cases: Iterable[CaseRow]) -> None:
    """Rows of cases, about posts and cadres in turn."""
    reference = get_flow_ref(Procedure)
    edition = load_rules().for_case(today(), False).leading.key
    posts = list(Position.objects.values_list("pk", flat=True))
    cadres = list(Cadre.objects.values_list("pk", flat=True))
    home = province.organ("PROVINCE").pk
    load(
        Case,
        ("id", "flow_class", "status", "created", "finished", "code", "position_id", "unit_id",
         "province_id", "candidate_id", "opened_by_id", "opened_on", "title", "edition",
         "editions", "outcome"),
        (
            (case.number, reference, PROCESS.DONE if case.over else PROCESS.NEW, case.created,
             case.created + timedelta(days=9) if case.over else None, f"BN-{case.number:07d}",
             posts[case.number % len(posts)], case.unit, home, cadres[case.number % len(cadres)],
             case.doers[0], case.created.date(), "Phó thủ trưởng, Cơ quan", edition,
             [edition], "rejected" if case.over else "")
            for case in cases
        ),
    )  # fmt: skip


def _tasks(case: CaseRow, oc: int) -> Iterator[tuple[Any, ...]]:
    for place, number in enumerate(case.tasks):
        is_open = not case.over and number == case.tasks[-1]
        node = Procedure.instance.node((OPEN if is_open else DONE)[place])
        owner = case.owner if is_open else case.doers[place] if place < 3 else None
        created = case.created + timedelta(days=3 * place)
        status = (STATUS.ASSIGNED if owner else STATUS.NEW) if is_open else STATUS.DONE
        yield (
            number, case.number, get_task_ref(node), node.task_type, status, created,
            created if owner else None, None if is_open else created + timedelta(days=2), owner,
            "start", node.act, (oc if node.act == Act.CHECK else case.unit) if node.act else None,
            _due(case) if is_open else None, "" if is_open else OUTCOMES.get(node.name, ""),
        )  # fmt: skip


def _due(case: CaseRow) -> Any:
    return case.created.date() + timedelta(days=30)


def _trail(shape: Shape, edition: str, oc: int) -> None:
    """An entry for every case that was opened and every step that was concluded."""
    heads: list[tuple[int, int, str]] = []

    def entries() -> Iterator[list[Any]]:
        for case in shape.cases():
            last = ""
            for seq, said in enumerate(_said(case, oc), start=1):
                values = {"chain": case.number, "case_id": case.number, "seq": seq,
                          "prev_hash": last, "edition": edition, **said}  # fmt: skip
                hashed = values | {"at": instant(values["at"])}
                salts = new_salts()
                last = digest_2([hashed[name] for name in COVERED], salts)
                yield [*(values[name] for name in COVERED), last, FORMAT, salts]
            heads.append((case.number, seq, last))

    load(AuditEntry, (*COVERED, "hash", "format", "salts"), entries())
    load(ChainHead, ("chain", "seq", "hash"), heads)


def _said(case: CaseRow, oc: int) -> Iterator[dict[str, Any]]:
    common = {"behalf_id": None, "reason": "", "documents": [], "facts": {}}
    yield common | {
        "event": Event.OPENED.value, "at": case.created, "by_id": case.doers[0],
        "role": "unit_clerk", "unit_id": case.unit, "task": None, "step": "", "outcome": "",
    }  # fmt: skip
    for place, task in enumerate(case.tasks[: 3 if case.over else -1]):
        step = DONE[place]
        yield common | {
            "event": Event.CONCLUDED.value, "at": case.created + timedelta(days=3 * place + 2),
            "by_id": case.doers[place], "role": "oc_clerk" if place == 1 else "unit_clerk",
            "unit_id": oc if place == 1 else case.unit, "task": task, "step": step,
            "outcome": OUTCOMES[step],
        }  # fmt: skip
