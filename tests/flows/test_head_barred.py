"""Where the head decides at exactly half and must keep out: who decides instead."""

import pytest
from django.urls import reverse

from permissions.catalogue import Role
from permissions.checks import today
from permissions.grants import grant
from processes.audit.models import AuditEntry
from processes.audit.sentences import names_of, sentence
from processes.demo.stories import advance, halves, scattered
from processes.demo.walk import Walk
from processes.notices.models import Notice
from processes.organisation.people import Cadre, Kinship
from processes.pages.entries import labels
from processes.pages.holders import holders_of
from processes.rules import load
from processes.steps.actions import take
from processes.steps.heads import DECIDED_BY
from processes.steps.sweep import sweep
from tests.pages.conftest import browser, words
from tests.rules.put import put
from tests.world import SINCE, World, make_user

__all__ = ["browser"]
pytestmark = pytest.mark.stands("conference_3")


def to_half(walk: Walk) -> list[Cadre]:
    """Conference 5 has counted exactly half, and is not closed yet; gives who has it."""
    advance(walk, "conference_3").conference("conference_3", scattered)
    advance(walk, "conference_5").conference("conference_5", halves, until="close")
    return walk.task("conference_5").flow_task.candidates_of(walk.case)


def close(walk: Walk) -> Walk:
    return walk.conference("conference_5", halves)


def bar_head(world: World, relative: Cadre) -> None:
    """The head turns out to be kin of somebody."""
    own = Cadre.objects.get(user=world["head"])
    Kinship.objects.create(cadre=own, relative=relative, relation="Vợ")


@pytest.fixture
def barred(walk: Walk, world: World) -> Walk:
    """The head is kin of one of the two who share the votes."""
    bar_head(world, to_half(walk)[0])
    return close(walk)


def test_a_head_who_may_act_decides(walk: Walk, world: World) -> None:
    to_half(walk)
    task = close(walk).task("head_decides")
    assert (task.unit.code, walk.case.flags) == ("SNV", [])
    assert DECIDED_BY not in walk.case.used_rules


def test_the_standing_board_decides_for_a_head_who_must_keep_out(
    barred: Walk, world: World
) -> None:
    task = barred.task("head_decides")
    assert (task.unit.code, barred.case.flags) == ("P26", ["head_barred"])
    assert task.flow_task.why_not(world["head"], task)
    chosen = task.flow_task.choices_of(barred.case)[1]
    barred.do(
        "head_decides", "pick", differing="Không có.", pick=chosen.pk, reason="Phù hợp vị trí hơn."
    )
    entry = AuditEntry.objects.get(case=barred.case, step="head_decides", event="concluded")
    assert (entry.by, entry.unit.code) == (world["standing"], "P26")
    assert (barred.at, barred.case.candidate) == (["assemble_dossier"], chosen)
    assert barred.case.documents.filter(item="opinions_report").exists()


def test_the_case_goes_on_to_its_end(barred: Walk) -> None:
    chosen = barred.task("head_decides").flow_task.choices_of(barred.case)[1]
    barred.do(
        "head_decides", "pick", differing="Không có.", pick=chosen.pk, reason="Phù hợp vị trí hơn."
    )
    assert advance(barred).case.outcome == "appointed"


def test_a_head_who_is_a_candidate_does_not_decide(walk: Walk, world: World) -> None:
    candidate = to_half(walk)[0]
    Cadre.objects.filter(user=world["head"]).update(user=None)
    Cadre.objects.filter(pk=candidate.pk).update(user=world["head"])
    assert close(walk).task("head_decides").unit.code == "P26"


def test_another_head_of_the_unit_who_may_act_decides(walk: Walk, world: World) -> None:
    acting = make_user("acting")
    grant(acting, Role.UNIT_HEAD, world.units["SNV"], by=None, since=SINCE)
    bar_head(world, to_half(walk)[0])
    assert close(walk).task("head_decides").unit.code == "SNV"


def test_the_edition_may_leave_the_case_with_the_head(
    walk: Walk, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(monkeypatch, DECIDED_BY, "head")
    bar_head(world, to_half(walk)[0])
    assert close(walk).task("head_decides").unit.code == "SNV"


def test_a_head_who_turns_out_to_be_kin_while_deciding_gives_way_to_the_standing_board(
    walk: Walk, world: World
) -> None:
    relative = to_half(walk)[0]
    task = close(walk).task("head_decides")
    take(task.pk, by=world["head"])
    bar_head(world, relative)
    assert (sweep(today()).passed_on, sweep(today()).passed_on) == (1, 0)
    task = walk.task("head_decides")
    assert (task.unit.code, task.owner, task.process.flags) == ("P26", None, ["head_barred"])
    assert [(one.person, one.until is None) for one in holders_of([task])[0].spans] == [
        (str(world["head"]), False)
    ]
    assert not task.flow_task.why_not(world["standing"], task)
    moved = AuditEntry.objects.get(case=walk.case, event="moved")
    assert moved.facts["old"] != moved.facts["new"] == {"unit": task.unit.name}
    assert "không người đứng đầu nào" in sentence(moved, names_of([moved], labels()))
    assert Notice.objects.filter(task=task, person=world["standing"]).exists()
    walk.do(
        "head_decides",
        "pick",
        differing="Không có.",
        pick=relative.pk,
        reason="Phù hợp vị trí hơn.",
    )
    assert walk.at == ["assemble_dossier"]


def test_a_decision_stays_with_a_head_who_may_act(walk: Walk, world: World) -> None:
    to_half(walk)
    task = close(walk).task("head_decides")
    take(task.pk, by=world["head"])
    assert sweep(today()).passed_on == 0
    assert walk.task("head_decides").owner == world["head"]


def test_whoever_decides_reads_that_no_rule_was_found(barred: Walk, browser) -> None:  # type: ignore[no-untyped-def]
    task, client = barred.task("head_decides"), browser("standing")
    client.post(reverse("take", args=[task.pk]))
    step = words(client.get(reverse("task", args=[barred.case.pk, task.pk])))
    assert "The head must keep out of this case; the Standing Board decides instead." in step
    assert "this value is unconfirmed" in step
    case = words(client.get(reverse("case", args=[barred.case.pk])))
    assert DECIDED_BY in case
    assert "the head keeps out" in case


def test_no_edition_claims_to_know() -> None:
    assert DECIDED_BY in {parameter.key for parameter in load().unconfirmed()}
