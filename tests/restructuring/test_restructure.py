"""A merger on its day: units, posts, people, bodies, lanes and rights go on; open cases too."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from permissions.catalogue import Act, Lane
from permissions.checks import may, today
from permissions.models import Holding, StandIn, User
from processes.audit.models import AuditEntry, Event
from processes.audit.verify import verify
from processes.cases.models import CaseTask
from processes.demo.stories import REQUEST, advance
from processes.demo.walk import Walk
from processes.organisation.bodies import Body, Membership
from processes.organisation.lookups import organ_in_lane
from processes.organisation.people import Cadre, Planning, PostHeld
from processes.organisation.positions import Competence, Position
from processes.organisation.units import LaneUnit, Unit
from processes.restructuring.carry_out import Unfinished, restructure
from processes.restructuring.plan import WrongPlan, read
from tests.restructuring.conftest import DAY

FIRST = date(2025, 7, 1)


@pytest.fixture
def carried(plan, clock):
    """Carry the plan out on its day."""

    def carry(**said):
        clock.move_to(DAY)
        return restructure(plan(**said))

    return carry


def new(code):
    return Unit.objects.get(code=code, province__code="P25")


def test_units_end_and_have_successors_while_history_keeps_the_old_names(world, carried):
    old = world.units["SNV"]
    carried()
    old.refresh_from_db()
    assert (old.valid_to, old.successor, old.name) == (FIRST, new("SNV"), "Cơ quan SNV")
    assert new("SNV").name == "Cơ quan mới SNV"
    assert Unit.objects.get(pk=world.units["STC"].pk).successor == new("SNV")
    entry = AuditEntry.objects.get(event=Event.CHANGED, unit=old)
    assert (entry.facts["label"], entry.facts["new"]["successor"]) == (old.name, "Cơ quan mới SNV")


@pytest.mark.parametrize("step", [
    "check_request", "conference_2", "check_dossier", "appraise", "standing_committee",
])  # fmt: skip
def test_an_open_case_is_carried_over_the_day_and_goes_on_to_its_end(
    world, walk, carried, clock, step
):
    advance(walk, step)
    before = walk.case.entries.count()
    carried()
    walk.done()
    case = walk.case
    assert (case.unit, case.province, case.position.code) == (
        new("SNV"),
        new("P25"),
        "P25.SNV-state",
    )
    assert set(
        case.task_set.filter(finished=None, seat="").values_list("unit__province", flat=True)
    ) == {new("P25").pk}
    entry = case.entries.get(event=Event.MOVED)
    assert entry.facts["old"] == {"unit": "Cơ quan SNV", "province": "Tỉnh Thử Nghiệm"}
    assert case.entries.filter(seq__lte=before).filter(unit=world.units["SNV"]).exists()
    # people ask again: nothing of yesterday's rights is remembered
    advance(Walk(type(case).objects.get(pk=case.pk)))
    case.refresh_from_db()
    assert (case.outcome, bool(case.finished)) == ("appointed", True)
    held = PostHeld.objects.get(cadre=case.candidate, position=case.position)
    assert held.unit == new("SNV")
    assert verify(case.pk).sound


def test_a_case_in_the_middle_of_consultation_asks_the_organs_under_their_new_names(
    world, walk, carried
):
    advance(walk, "consult_organs")
    carried()
    open_tasks = CaseTask.objects.filter(process=walk.case, finished=None)
    assert {task.unit.name for task in open_tasks} == {
        f"Cơ quan mới {code}" for code in ("UBKTTU", "BNCTU", "CAT")
    }


def test_posts_go_on_at_the_successor_and_keep_who_held_them(world, carried):
    position, cadre = world.positions["party"], world.candidates[0]
    old = PostHeld.objects.create(
        cadre=cadre, position=position, title="Phó giám đốc", group=world.group,
        unit=world.units["SNV"], since=date(2020, 1, 1), term_ends_on=date(2026, 1, 1),
    )  # fmt: skip
    carried()
    old.refresh_from_db()
    now = PostHeld.objects.get(cadre=cadre, position__code="P25.SNV-party")
    assert (old.until, now.since, now.until) == (FIRST, FIRST, None)
    assert (now.unit, now.term_ends_on) == (new("SNV"), date(2026, 1, 1))
    assert Position.objects.get(pk=position.pk).valid_to == FIRST


def test_people_and_planning_go_on_at_the_successor(world, carried):
    cadre = world.candidates[0]
    carried()
    assert Cadre.objects.get(pk=cadre.pk).unit == new("SNV")
    [old, now] = Planning.objects.filter(cadre=cadre).order_by("pk")
    assert (old.until, now.unit, now.approved_on) == (FIRST, new("SNV"), old.approved_on)


def test_planning_that_is_approved_later_has_not_been_at_the_old_unit(world, carried):
    planned = Planning.objects.filter(cadre=world.candidates[0])
    planned.update(approved_on=date(2025, 9, 1))
    carried()
    [old, now] = planned.order_by("pk")
    assert (old.until, now.unit, now.until) == (old.approved_on, new("SNV"), None)


def test_rights_go_on_at_the_successor_and_end_at_the_old_unit(world, carried):
    carried()
    clerk = User.objects.get(pk=world["clerk"].pk)
    assert may(clerk, Act.START_CASE, new("SNV").pk)
    assert not may(clerk, Act.START_CASE, world.units["SNV"].pk)
    old = Holding.objects.get(user=clerk, unit=world.units["SNV"])
    assert old.valid_until == date(2025, 6, 30)
    assert AuditEntry.objects.filter(event=Event.GRANTED, unit=new("SNV")).count() == 4


def test_bodies_of_merged_units_sit_together_under_one_head(world, carried):
    body = Body.objects.create(
        unit=world.units["STC"], kind="leadership", name="x", valid_from=date(2015, 1, 1)
    )
    head = Cadre.objects.create(
        code="x1", family_name="A", given_name="B", born_on=date(1980, 1, 1), sex="male",
        unit=world.units["STC"],
    )  # fmt: skip
    Membership.objects.create(body=body, cadre=head, seat="head", valid_from=date(2015, 1, 1))
    carried()
    [merged] = Body.objects.filter(unit=new("SNV"), kind="leadership")
    assert merged.memberships.filter(seat="head").count() == 1
    assert merged.memberships.get(cadre=head).seat == "member"
    assert Body.objects.get(pk=body.pk).valid_to == FIRST


def test_lanes_and_the_competence_matrix_hold_in_the_new_province(world, carried):
    lane = LaneUnit.objects.get(lane="OC", valid_to=None)
    carried()
    assert organ_in_lane(Lane.OC, province=new("P25"), on=today()) == new("BTCTU")
    assert LaneUnit.objects.get(pk=lane.pk).valid_to == FIRST
    assert Competence.objects.in_force(today()).filter(province=new("P25")).count() == 1
    assert Competence.objects.in_force(date(2025, 6, 30)).get().province == world.units["P26"]


def test_the_plan_names_another_unit_for_a_lane(world, carried):
    carried(lanes={"IA": "UBKTTU"})
    assert LaneUnit.objects.get(province=new("P25"), lane="IA").unit == new("UBKTTU")


def test_a_dry_run_says_it_all_and_changes_nothing(world, walk, plan):
    before = Unit.objects.count(), AuditEntry.objects.count(), Holding.objects.count()
    move = restructure(plan(), dry_run=True)
    assert (move.counts["cases"], move.counts["positions"], move.left) == (1, 2, [])
    assert (Unit.objects.count(), AuditEntry.objects.count(), Holding.objects.count()) == before


def test_before_its_day_nothing_is_carried_out(world, plan):
    with pytest.raises(WrongPlan):
        restructure(plan())


def test_a_plan_is_carried_out_once(world, carried):
    carried()
    with pytest.raises(WrongPlan):
        carried()


def test_a_case_about_a_post_that_ends_is_named_and_nothing_is_done(world, walk, carried):
    with pytest.raises(Unfinished) as failure:
        carried(positions={"SNV-state": "end"})
    assert [left.partition(":")[0] for left in failure.value.left] == [walk.case.code]
    assert not Unit.objects.filter(code="P25").exists()


def test_what_is_left_is_named_in_the_trail_and_can_be_withdrawn(world, walk, plan, clock):
    clock.move_to(DAY)
    restructure(plan(positions={"SNV-state": "end"}), leave=True)
    walk.done()
    assert (walk.case.unit, walk.case.province) == (world.units["SNV"], new("P25"))
    entry = AuditEntry.objects.get(event=Event.IMPORTED, facts__what="restructuring")
    assert walk.case.code in entry.facts["left"][0]
    walk.do("request_policy", "withdraw", reason="Vị trí không còn.", **REQUEST)
    assert walk.case.outcome == "withdrawn"


def test_two_heads_of_a_merged_unit_are_named(world, carried):
    for code, unit in (("SNV-h", "SNV"), ("STC-h", "STC")):
        Position.objects.create(
            code=code, unit=world.units[unit], title="Giám đốc", group=world.group, kind="state",
            is_head=True, valid_from=date(2015, 1, 1),
        )  # fmt: skip
    with pytest.raises(Unfinished) as failure:
        carried()
    assert "STC" in failure.value.left[0]
    assert carried(positions={"STC-*": "end"}).left == []


@pytest.mark.parametrize("said", [
    {"units": {"LẠ": "SNV"}}, {"units": {"STC": "LẠ"}}, {"province": {"P26": "P99"}},
])  # fmt: skip
def test_a_plan_that_names_what_is_not_there_is_refused(world, carried, said):
    with pytest.raises(WrongPlan):
        carried(**said)
    assert not Unit.objects.filter(code="P25").exists()


@pytest.mark.parametrize("said", [
    {"lanes": {"LẠ": "SNV"}}, {"positions": {"SNV-state": "keep"}}, {"lạ": 1}, {"day": "mai"},
])  # fmt: skip
def test_a_plan_that_cannot_be_read_is_refused(plan, said):
    with pytest.raises(WrongPlan):
        plan(**said)


def test_the_command_names_what_it_did_and_what_is_left(world, walk, plan, clock, tmp_path, capsys):
    plan(positions={"SNV-state": "end"})
    clock.move_to(DAY)
    with pytest.raises(CommandError, match=walk.case.code):
        call_command("restructure", tmp_path / "plan.yaml")
    call_command("restructure", tmp_path / "plan.yaml", dry_run=True)
    assert "positions: 1" in capsys.readouterr().out
    call_command("restructure", tmp_path / "plan.yaml", leave=True)
    assert f"left: {walk.case.code}" in capsys.readouterr().out


def test_a_file_that_is_no_plan_is_refused(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text("- a\n", "utf-8")
    with pytest.raises(WrongPlan):
        read(path)


def test_a_deputy_for_units_that_end_covers_less_and_never_more(world, carried):
    """Without named units a deputy covers what the person does at the successor."""
    old, principal, deputy = world.units["SNV"], world["head"], world["clerk"]
    said = {"principal": principal, "valid_from": today(), "valid_until": date(2025, 12, 31)}
    said |= {"issued_on": today(), "appointed_by": principal}
    named = StandIn.objects.create(deputy=deputy, units=[old.pk], **said)
    everything = StandIn(deputy=deputy, **said)
    carried()
    named.refresh_from_db()
    covers = [one.covers("flow", "step", new("SNV").pk) for one in (named, everything)]
    assert covers == [False, True]
