"""Conferences of the small province, brought to where a test begins."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from permissions.catalogue import Act
from permissions.checks import today
from permissions.models import User
from processes.audit.models import AuditEntry
from processes.cases.models import Case, CaseTask
from processes.cases.rules import rules_of
from processes.conferences import writers
from processes.conferences.models import Conference, CountEntry, Summons
from processes.flows import AppointmentInPlaceFlow
from processes.organisation.people import Cadre, Kinship
from tests.world import World

BODIES = {
    "c1": ("conference_1", "leadership"),
    "c2": ("conference_2", "extended"),
    "c3": ("conference_3", "leadership"),
    "c4": ("conference_4", "key"),
    "c5": ("conference_5", "leadership"),
    "sc_policy": ("decide_policy", "standing_committee"),
}
WITHOUT_SLIP = ("c1", "sc_policy")


def new_task(world: World, code: str = "c3", edition: str = "R80_2022") -> CaseTask:
    """A case that stands at a conference."""
    position = world.positions["party"]
    case = Case.objects.create(
        flow_class=AppointmentInPlaceFlow, code=f"BN-{Case.objects.count() + 1}",
        position=position, unit=position.unit, province=world.units["P26"],
        opened_by=world["clerk"], opened_on=today(), edition=edition, editions=[edition],
    )  # fmt: skip
    step = getattr(AppointmentInPlaceFlow, BODIES[code][0])
    return CaseTask.objects.create(
        process=case, flow_task=step, act=Act.CONDUCT, unit=position.unit, owner=world["clerk"]
    )


def members(world: World, code: str = "c3") -> list[Cadre]:
    """Who sits, head first; the second, third and fourth have accounts."""
    seats = world.bodies[BODIES[code][1]].memberships.order_by("pk")
    return [seat.cadre for seat in seats.select_related("cadre__user")]


def call(world: World, task: CaseTask, code: str = "c3", **changes: Any) -> Conference:
    """Call the conference with two tellers and two people on the slip."""
    people = members(world, code)
    call = {
        "by": world["clerk"],
        "code": code,
        "body": world.bodies[BODIES[code][1]],
        "held_on": today(),
        "place": "Phòng họp số 1",
        "chair": people[0],
        "secretary": people[-1],
        "tellers": [] if code == "c1" else people[1:3],
        "candidates": [] if code in WITHOUT_SLIP else world.candidates[:2],
        "rules": rules_of(task.process),
    }
    return writers.call(task, **call | changes)


def called(world: World, code: str = "c3", **changes: Any) -> Conference:
    return call(world, new_task(world, code), code, **changes)


def sitting(world: World, code: str = "c3", absent: int = 0, **changes: Any) -> Conference:
    """Everybody came but the last `absent`: not the head, nor those who count."""
    meeting = called(world, code, **changes)
    people = [cadre.pk for cadre in members(world, code)]
    writers.take_attendance(meeting, by=world["clerk"], present=people[: len(people) - absent])
    return meeting


def counting(world: World, code: str = "c3", **changes: Any) -> Conference:
    meeting = sitting(world, code, **changes)
    writers.open_count(meeting, by=world["clerk"])
    return meeting


def counted(world: World, code: str = "c3", *votes: int, **changes: Any) -> Conference:
    """All tellers have counted the same."""
    meeting = counting(world, code, **changes)
    for teller in tellers(meeting):
        enter(meeting, teller, *votes)
    return meeting


def closed(world: World, code: str = "c3", *votes: int, **changes: Any) -> Conference:
    meeting = counted(world, code, *votes, **changes)
    close(meeting, world["clerk"])
    return meeting


def tellers(meeting: Conference) -> list[User]:
    return [teller.cadre.user for teller in meeting.tellers.order_by("pk")]


def slips(meeting: Conference, *votes: int, **changes: Any) -> dict[str, Any]:
    """Everybody present voted validly: `votes` for one line after the other."""
    came = meeting.summonses.filter(present=True, barred="").count()
    lines = list(meeting.candidacies.order_by("pk").values_list("cadre", flat=True)) or [0]
    agree = dict(zip(lines, votes or [came] + [0] * (len(lines) - 1), strict=True))
    boxes = rules_of(meeting.case).value(f"conferences.{meeting.code}")["ballot"]
    against = {line: came - number for line, number in agree.items()}
    count = {"issued": came, "collected": came, "valid": came, "invalid": 0, "blank": 0}
    count |= {"agree": agree, "disagree": against if boxes == "agree_disagree" else {}}
    return count | changes


def enter(meeting: Conference, by: User, *votes: int, **changes: Any) -> CountEntry:
    return writers.enter_count(meeting, by=by, **slips(meeting, *votes, **changes))


def close(meeting: Conference, by: User, **changes: Any) -> Any:
    said = {"minutes": "Biên bản", "rules": rules_of(meeting.case)}
    return writers.close(meeting, by=by, **said | changes)


def make_kin(one: Cadre, other: Cadre) -> None:
    Kinship.objects.create(cadre=one, relative=other, relation="anh em")


def told(case: Case) -> dict[str, Any]:
    """The last entry of the case: what it says."""
    said = ("event", "by", "role", "step", "outcome", "reason", "facts")
    entry = case.entries.order_by("seq").last()
    return {name: getattr(entry, name) for name in said}


def entry(world: World, event: str, meeting: Conference, **changes: Any) -> dict[str, Any]:
    """What the conductor's entry about a conference says; `facts` stand beside its number."""
    usual = {"by": world["clerk"], "role": "unit_clerk", "outcome": "", "reason": ""}
    facts = {"conference": meeting.pk, **changes.pop("facts", {})}
    step = meeting.task.flow_task.name
    return {"event": event, "step": step, **usual, **changes, "facts": facts}


@contextmanager
def nothing_moves() -> Iterator[None]:
    """Whatever happens inside leaves conferences and the trail as they were."""
    before = _everything()
    yield
    assert _everything() == before


def _everything() -> list[list[Any]]:
    models = (Conference, Summons, CountEntry, AuditEntry)
    return [list(model.objects.order_by("pk").values()) for model in models]
