"""Rotation, training and terms on the day of a merger: one stated rule for each kind of row."""

from datetime import date
from decimal import Decimal

import pytest

from processes.dossiers.models import Term
from processes.organisation.people import PostHeld
from processes.organisation.units import Unit
from processes.restructuring.carry_out import restructure
from processes.rotation import planning, writers
from processes.rotation.missions import ChosenPost, MissionOrder, ProductTargetSet
from processes.rotation.schemes import Direction, RotationScheme, SchemeMove, SchemeTarget
from processes.standards.models import TrainingCourse
from tests.restructuring.conftest import DAY
from tests.world import SINCE

FIRST = date(2025, 7, 1)
SECTOR, DISTRICT = Direction.LATERAL_SECTOR, Direction.DOWN_PROVINCE_DISTRICT


@pytest.fixture
def carried(plan, clock):
    """Carry the plan out on its day."""

    def carry(**said):
        clock.move_to(DAY)
        return restructure(plan(**said))

    return carry


@pytest.fixture
def scheme(world):
    return RotationScheme.objects.create(
        province=world.units["P26"], term="2020-2025", title="Đề án", valid_from=SINCE
    )


@pytest.fixture
def order(world):
    """Products of the holder of a chosen post."""
    position, cadre = world.positions["party"], world.candidates[0]
    PostHeld.objects.create(
        cadre=cadre, position=position, title="x", group=world.group, unit=position.unit,
        since=SINCE,
    )  # fmt: skip
    chosen = ProductTargetSet.objects.create(
        province=world.units["P26"], title="Thí điểm", valid_from=SINCE, source="test"
    )
    ChosenPost.objects.create(target_set=chosen, position=position)
    task = writers.Task("Việc", "Sản phẩm", "cái", Decimal(1), 100, FIRST)
    return writers.order_products(chosen, position=position, items=[task], by=world["oc_clerk"])


def new(code):
    return Unit.objects.get(code=code, province__code="P25")


def wanted(scheme):
    lines = SchemeTarget.objects.filter(scheme=scheme).order_by("year", "pk")
    return list(lines.values_list("direction", "unit", "year", "number"))


def test_a_scheme_goes_on_with_what_it_still_wants(world, scheme, carried):
    stc, snv = world.units["STC"], world.units["SNV"]
    for direction, unit, year, number in (
        (SECTOR, None, 2024, 5), (SECTOR, None, 2025, 4), (SECTOR, stc, 2026, 2),
        (SECTOR, snv, 2026, 3), (DISTRICT, None, 2026, 1),
    ):  # fmt: skip
        SchemeTarget.objects.create(
            scheme=scheme, direction=direction, unit=unit, year=year, number=number
        )
    move = carried()
    go_on = move.schemes[scheme.pk]
    scheme.refresh_from_db()
    assert (scheme.valid_to, go_on.province, go_on.title) == (FIRST, new("P25"), "Đề án")
    assert wanted(go_on) == [(SECTOR, None, 2025, 4), (SECTOR, new("SNV").pk, 2026, 5)]
    assert len(wanted(scheme)) == 5


def test_moves_under_way_count_in_the_new_scheme(world, walk, scheme, carried):
    line = SchemeMove.objects.create(
        scheme=scheme, case=walk.case, direction=SECTOR, unit=world.units["SNV"], year=2025
    )
    move = carried()
    line.refresh_from_db()
    assert (line.scheme, line.unit) == (move.schemes[scheme.pk], new("SNV"))


def on_paper(world, scheme):
    chain = planning.make_chain(
        world.units["P26"], title="Chuỗi", scheme=scheme, by=world["oc_clerk"]
    )
    planning.add_move(
        chain, cadre=world.candidates[1], position=world.positions["state"], direction=SECTOR,
        by=world["oc_clerk"],
    )  # fmt: skip
    return chain


def test_a_chain_on_paper_goes_on_with_its_posts(world, scheme, carried):
    chain = on_paper(world, scheme)
    move = carried()
    chain.refresh_from_db()
    assert (chain.province, chain.scheme) == (new("P25"), move.schemes[scheme.pk])
    assert chain.moves.get().position.code == "P25.SNV-state"


def test_a_chain_on_paper_with_a_post_that_ends_is_dropped(world, scheme, carried):
    chain = on_paper(world, scheme)
    carried(positions={"SNV-state": "end"})
    chain.refresh_from_db()
    assert chain.dropped_on == FIRST


def test_a_mission_and_the_choice_of_its_post_go_on(world, order, carried):
    move = carried()
    order.refresh_from_db()
    assert (order.unit, order.province, order.ended_on) == (new("SNV"), new("P25"), None)
    assert order.position.code == "P25.SNV-party"
    assert order.target_set in move.sets.values()
    assert order.target_set.posts.get().position == order.position


def test_a_mission_whose_post_ends_is_over_with_an_entry(world, order, carried):
    carried(positions={"SNV-party": "end"})
    order.refresh_from_db()
    assert (order.ended_on, order.unit) == (FIRST, world.units["SNV"])
    assert not MissionOrder.objects.filter(ended_on=None).exists()


def test_courses_and_the_term_of_the_committee_go_on(world, carried):
    course = TrainingCourse.objects.create(
        province=world.units["P26"], name="Cao cấp", gives="theory", level="advanced"
    )
    Term.objects.create(
        province=world.units["P26"], name="2020-2025", valid_from=SINCE, valid_to=date(2025, 10, 1)
    )
    carried()
    course.refresh_from_db()
    assert course.province == new("P25")
    assert Term.on(new("SNV"), FIRST) == "2020-2025"
    assert Term.objects.get(province=new("P25")).valid_to == date(2025, 10, 1)
