"""Chains on paper, schemes, and the board: what is read, refused and entered."""

from datetime import date

import pytest
from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError

from permissions.checks import today
from permissions.errors import Conflict, Refused
from processes.audit.models import AuditEntry, Event
from processes.cases.models import Case
from processes.flows import AppointmentInPlaceFlow
from processes.organisation.people import Kinship, PostHeld
from processes.organisation.positions import Position
from processes.organisation.units import Level, Unit
from processes.rotation import planning, writers
from processes.rotation.board import board, posts_of
from processes.rotation.progress import by_year, progress
from processes.rotation.schemes import PlannedMove
from processes.rotation.trial import try_chain
from processes.steps.opening import open_case
from tests.rotation.conftest import seat
from tests.rotation.rows import task
from tests.world import SINCE, make_cadre

pytestmark = pytest.mark.django_db
SECTOR = "lateral_sector"


@pytest.fixture
def commune(world):
    """A commune with a vacant head post, and somebody who was born there."""
    level = Level.objects.get_or_create(code="commune", defaults={"name": "xã", "rank": 9})[0]
    place = Unit.objects.create(
        code="X1", name="Xã Thử", level=level, province=world.units["P26"],
        parent=world.units["P26"], valid_from=SINCE,
    )  # fmt: skip
    return Position.objects.create(
        code="X1-BT", unit=place, title="Bí thư", group=world.group, kind="party", is_head=True,
        valid_from=SINCE,
    )  # fmt: skip


def plan(chain, cadre, position, by, **more):
    return planning.add_move(chain, cadre=cadre, position=position, direction=SECTOR, by=by, **more)


def codes(chain):
    return [sorted(c.code for c in tried.conflicts) for tried in try_chain(chain, today()).moves]


def row_of(world, position):
    rows = board(list(posts_of([world.units["P26"].pk], today())), today())
    return next(row for row in rows if row.position == position)


def test_a_chain_and_its_moves_are_entered(world, chain):
    move = plan(chain, world.candidates[1], world.positions["party"], world["oc_clerk"])
    planning.remove_move(move, by=world["oc_clerk"])
    planning.drop_chain(chain, by=world["oc_clerk"], reason="Không còn cần")
    entries = AuditEntry.objects.filter(event=Event.PLANNED).order_by("pk")
    assert [entry.facts["what"] for entry in entries] == [
        "chain_made", "move_added", "move_removed", "chain_dropped",
    ]  # fmt: skip
    assert entries[1].facts["cadre"] == world.candidates[1].pk
    assert {entry.role for entry in entries} == {"oc_clerk"}


@pytest.mark.parametrize("who", ["clerk", "head", "inspector", "admin"])
def test_only_the_organization_committee_plans(world, chain, who):
    with pytest.raises(Refused):
        plan(chain, world.candidates[1], world.positions["party"], world[who])
    with pytest.raises(Refused):
        planning.make_chain(world.units["P26"], title="x", by=world[who])


def test_nobody_plans_a_relatives_move(world, chain):
    own = make_cadre(world.units["BTCTU"], world["oc_clerk"])
    Kinship.objects.create(cadre=own, relative=world.candidates[1], relation="anh em")
    for cadre in (own, world.candidates[1]):
        with pytest.raises(Refused, match="their own move"):
            plan(chain, cadre, world.positions["party"], world["oc_clerk"])


def test_a_dropped_chain_takes_no_moves(world, chain):
    planning.drop_chain(chain, by=world["oc_clerk"], reason="x")
    with pytest.raises(Conflict):
        plan(chain, world.candidates[1], world.positions["party"], world["oc_clerk"])


def test_people_and_posts_are_of_the_chains_province(world, chain):
    other = Unit.objects.create(
        code="P99", name="Tỉnh Khác", level=world.units["P26"].level, valid_from=SINCE
    )
    with pytest.raises(ValidationError):
        plan(chain, make_cadre(other), world.positions["party"], world["oc_clerk"])


def test_a_held_post_is_not_free_until_its_holder_moves_too(world, chain):
    holder, comer = world.candidates[:2]
    plan(chain, comer, world.positions["state"], world["oc_clerk"])
    assert codes(chain) == [["not_vacated"]]
    plan(chain, holder, world.positions["party"], world["oc_clerk"])
    assert codes(chain) == [[], []]


def test_the_post_that_a_move_opens_is_named(world, chain):
    plan(chain, world.candidates[0], world.positions["party"], world["oc_clerk"])
    (tried,) = try_chain(chain, today()).moves
    assert tried.opens == tried.leaves == (world.positions["state"],)
    assert row_of(world, world.positions["state"]).opens


def test_an_open_case_stands_in_the_way(world, chain):
    case = open_case(AppointmentInPlaceFlow, by=world["clerk"], position=world.positions["party"])
    plan(chain, world.candidates[1], world.positions["party"], world["oc_clerk"])
    trial = try_chain(chain, today())
    assert trial.blocked
    assert trial.moves[0].conflicts[0].facts == {"case": case.code}


def test_whoever_is_of_the_place_needs_an_exception_to_lead_it(world, chain, commune):
    local = make_cadre(world.units["SNV"])
    local.origin = commune.unit
    local.save()
    plan(chain, local, commune, world["oc_clerk"])
    assert codes(chain) == [["non_local"]]
    assert not try_chain(chain, today()).blocked


def test_a_rotation_shorter_than_36_months_is_marked(world, chain, commune):
    seat(world.candidates[1], commune, since=today() - relativedelta(months=10))
    case = open_case(AppointmentInPlaceFlow, by=world["clerk"], position=world.positions["party"])
    Case.objects.filter(pk=case.pk).update(position=commune)
    case.refresh_from_db()
    writers.order_mission(
        case, cadre=world.candidates[1], items=[task()], by=None,
        since=today() - relativedelta(months=10),
    )  # fmt: skip
    holder = row_of(world, commune).holders[0]
    assert holder.mark == today() - relativedelta(months=10) + relativedelta(months=36)
    assert 25 <= holder.months_left <= 27
    plan(chain, world.candidates[1], world.positions["party"], world["oc_clerk"])
    assert "early" in codes(chain)[0]


def test_the_board_counts_terms_and_marks_the_limit_of_heads(world, commune):
    ends = [today() - relativedelta(years=9), today() - relativedelta(years=4)]
    first = seat(world.candidates[2], commune, since=ends[0])
    PostHeld.objects.filter(pk=first.pk).update(until=ends[1])
    seat(world.candidates[2], commune, since=ends[1])
    (holder,) = row_of(world, commune).holders
    assert (holder.tenure.terms, holder.tenure.since, holder.at_limit) == (2, ends[0], True)


def test_the_board_shows_vacant_seats(world):
    assert row_of(world, world.positions["party"]).vacant == 1
    assert row_of(world, world.positions["state"]).vacant == 0


def test_the_board_reads_as_much_for_many_posts_as_for_few(world, django_assert_max_num_queries):
    for number in range(20):
        post = world.positions["party"]
        post = another_post(post, number)
        seat(make_cadre(world.units["SNV"]), post)
    posts = posts_of([world.units["P26"].pk], today())
    with django_assert_max_num_queries(7):
        assert len(board(list(posts), today())) >= 22


def another_post(post, number):
    return Position.objects.create(
        code=f"many{number}", unit=post.unit, title=post.title, group=post.group, kind=post.kind,
        valid_from=SINCE,
    )  # fmt: skip


def test_targets_are_set_and_counted(world, scheme, chain):
    oc, year = world["oc_clerk"], today().year
    planning.set_target(scheme, direction=SECTOR, year=year, number=3, by=oc)
    planning.set_target(
        scheme, direction=SECTOR, year=year, number=1, unit=world.units["STC"], by=oc
    )
    plan(chain, world.candidates[1], world.positions["party"], oc)
    running = open_case(
        AppointmentInPlaceFlow, by=world["clerk"], position=world.positions["party"]
    )
    done = open_case(AppointmentInPlaceFlow, by=world["clerk"], position=world.positions["state"])
    for case in (running, done):
        planning.join_scheme(case, scheme=scheme, direction=SECTOR, by=oc)
    writers.order_mission(done, cadre=world.candidates[3], items=[task()], by=None)
    rows = {row.target.unit: row for row in progress(scheme)}
    counted = rows[None]
    assert (counted.drafted, counted.running, counted.done, counted.missing) == (1, 1, 1, 1)
    assert (rows[world.units["STC"]].done, rows[world.units["STC"]].missing) == (0, 1)
    (bar,) = by_year(rows.values())
    assert (bar.year, bar.wanted, bar.done, bar.running) == (year, 4, 1, 1)


def test_a_case_that_ended_without_a_mission_does_not_count(world, scheme):
    planning.set_target(scheme, direction=SECTOR, year=today().year, number=1, by=world["oc_clerk"])
    case = open_case(AppointmentInPlaceFlow, by=world["clerk"], position=world.positions["party"])
    planning.join_scheme(case, scheme=scheme, direction=SECTOR, by=None)
    Case.objects.filter(pk=case.pk).update(finished=case.created)
    (row,) = progress(scheme)
    assert (row.running, row.done, row.missing) == (0, 0, 1)


def test_a_target_is_changed_not_doubled(world, scheme):
    wanted = {"direction": SECTOR, "year": 2026, "by": world["oc_clerk"]}
    planning.set_target(scheme, number=3, **wanted)
    planning.set_target(scheme, number=5, **wanted)
    assert list(scheme.targets.values_list("number", flat=True)) == [5]


def test_a_target_names_a_unit_of_the_province(world, scheme):
    other = Unit.objects.create(
        code="P98", name="Tỉnh Khác", level=world.units["P26"].level, valid_from=date(2020, 1, 1)
    )
    with pytest.raises(ValidationError):
        planning.set_target(
            scheme, direction=SECTOR, year=2026, number=1, unit=other, by=world["oc_clerk"]
        )


def test_a_started_chain_keeps_its_cases(world, chain):
    move = plan(chain, world.candidates[1], world.positions["party"], world["oc_clerk"])
    case = open_case(AppointmentInPlaceFlow, by=world["clerk"], position=world.positions["party"])
    planning.started(chain, {move.pk: case}, by=world["oc_clerk"], on=today())
    assert PlannedMove.objects.get(pk=move.pk).case == case
    with pytest.raises(Conflict):
        planning.remove_move(move, by=world["oc_clerk"])
