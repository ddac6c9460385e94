"""Records of cadres: who reads them, what is in them, what is kept from whom they are about."""

from datetime import timedelta

import pytest
from django.urls import reverse

from permissions.catalogue import Role
from permissions.checks import today
from permissions.grants import grant
from processes.audit.models import SITE_CHAIN, AuditEntry, Event
from processes.organisation.people import Cadre, Kinship, PendingMatter, PostHeld
from processes.organisation.units import Unit
from processes.rotation.missions import MissionOrder, ProductTargetSet, RotationReview
from processes.standards.models import TrainingCourse, TrainingLine
from tests.pages.conftest import words
from tests.world import SINCE, make_cadre, make_user

LIST = "/cadres/"
MATTER = "Xác minh đơn thư"


@pytest.fixture
def cadre(world):
    """A cadre of the department, about whom a matter is pending."""
    found = world.candidates[0]
    PendingMatter.objects.create(cadre=found, matter=MATTER, opened_on=SINCE)
    return found


def url(cadre):
    return reverse("person", args=[cadre.pk])


def entries(event, user):
    return AuditEntry.objects.filter(chain=SITE_CHAIN, event=event, by=user)


def listed(client, **wish):
    return client.get(LIST, wish).context["page"].rows


def tables(client, cadre):
    return {table.name: table for table in client.get(url(cadre)).context["record"].tables}


@pytest.mark.parametrize("who", ["oc_clerk", "oc_head", "head", "inspector"])
def test_who_has_the_right_reads_the_record_and_an_entry_says_so_once_a_day(
    cadre, world, browser, who
):
    client = browser(who)
    assert {client.get(url(cadre)).status_code for _time in range(2)} == {200}
    (entry,) = entries(Event.READ, world[who])
    assert (entry.facts, entry.unit) == ({"cadre": cadre.pk}, cadre.unit)
    assert entry.role in {"oc_clerk", "oc_head", "unit_head", "inspector"}


@pytest.mark.parametrize("who", ["clerk", "party", "stranger", "admin", "secretary", "ic"])
def test_to_who_has_not_the_record_does_not_exist(cadre, world, browser, who):
    assert browser(who).get(url(cadre)).status_code == 404
    assert not entries(Event.READ, world[who]).exists()


@pytest.mark.parametrize("who", ["clerk", "party", "stranger", "admin"])
@pytest.mark.parametrize("address", [LIST, "/cadres.csv", "/cadres.xlsx"])
def test_who_reads_no_records_has_no_list_of_them(browser, who, address):
    assert browser(who).get(address).status_code == 403


def test_the_head_reads_the_unit_and_the_organization_committee_the_province(world, browser):
    elsewhere = make_cadre(world.units["STC"])
    assert elsewhere not in listed(browser("head"), q=elsewhere.code)
    assert browser("head").get(url(elsewhere)).status_code == 404
    assert listed(browser("oc_clerk"), q=elsewhere.code) == [elsewhere]


def test_a_head_at_the_province_reads_its_own_people_only(world, browser):
    chief = make_user("chief")
    grant(chief, Role.UNIT_HEAD, world.units["P26"], by=None, since=SINCE)
    there = {cadre.unit.code for cadre in listed(browser(chief))}
    assert there == {"P26"}


def test_the_people_of_another_province_are_nobodys_here(world, browser):
    level = world.units["P26"].level
    other = Unit.objects.create(code="P99", name="Tỉnh Khác", level=level, valid_from=SINCE)
    far = make_cadre(other)
    for who in ("oc_head", "inspector"):
        assert browser(who).get(url(far)).status_code == 404


def test_the_right_ends_with_the_organ_in_the_lane(world, browser):
    world.units["P26"].lanes.filter(lane="OC").update(valid_to=today())
    assert {cadre.unit.code for cadre in listed(browser("oc_head"))} <= {"BTCTU"}


def test_the_record_holds_posts_planning_and_what_is_pending(cadre, browser):
    found = tables(browser("oc_head"), cadre)
    assert [row[0] for row in found["posts"].rows] == ["Trưởng phòng"]
    assert found["planning"].rows
    assert len(found["evaluations"].rows) == 4
    assert found["pending"].rows[0][0] == MATTER


def test_it_holds_the_training_planned_and_taken(cadre, world, browser):
    course = TrainingCourse.objects.create(
        province=world.units["P26"], name="Cao cấp lý luận chính trị", gives="theory",
        level="advanced",
    )  # fmt: skip
    TrainingLine.objects.create(cadre=cadre, course=course, year=2026, planned_by=world["oc_clerk"])
    (row,) = tables(browser("head"), cadre)["training"].rows
    assert row[:3] == (course.name, 2026, "planned")


@pytest.mark.stands("check_dossier")
def test_it_names_the_cases_that_the_reader_may_read(walk, cadre, browser):
    walk.case.candidate = cadre
    walk.case.save()
    assert [str(row[0]) for row in tables(browser("oc_head"), cadre)["cases"].rows] == [
        walk.case.code
    ]


@pytest.mark.stands("check_dossier")
def test_it_names_no_case_that_the_reader_may_not_know_of(walk, cadre, browser):
    walk.case.candidate, walk.case.secrecy = cadre, "secret"
    walk.case.save()
    reader = make_user("reader")
    grant(reader, Role.UNIT_HEAD, cadre.unit, by=None, since=SINCE)
    walk.case.participants.all().delete()
    assert tables(browser(reader), cadre)["cases"].rows == []


@pytest.mark.stands("check_dossier")
def test_the_own_record_is_shown_without_cases_and_pending_matters(walk, cadre, world, browser):
    walk.case.candidate = cadre
    walk.case.save()
    cadre.user = world["stranger"]
    cadre.save()
    client = browser("stranger")
    assert {"cases", "pending"}.isdisjoint(tables(client, cadre))
    page = words(client.get(url(cadre)))
    assert "This is your own record." in page
    assert MATTER not in page
    assert walk.case.code not in page
    assert not entries(Event.READ, world["stranger"]).exists()


def test_the_navigation_leads_to_the_own_record(world, browser):
    own = Cadre.objects.get(user=world["head"])
    assert f'href="{url(own)}"' in words(browser("head").get("/inbox/"))
    assert "My record" not in words(browser("stranger").get("/inbox/"))


def test_a_relatives_record_is_closed_with_the_reason_and_one_entry(cadre, world, browser):
    reader = make_cadre(world.units["BTCTU"], world["oc_head"])
    Kinship.objects.create(cadre=cadre, relative=reader, relation="anh em ruột")
    client = browser("oc_head")
    for _time in range(2):
        response = client.get(url(cadre))
        assert response.status_code == 403
        assert "the record is closed to you" in words(response)
    (entry,) = entries(Event.REFUSED, world["oc_head"])
    assert entry.facts == {"cadre": cadre.pk}
    assert not entries(Event.READ, world["oc_head"]).exists()


def test_the_list_names_a_relative_and_closes_the_rest(cadre, world, browser):
    reader = make_cadre(world.units["BTCTU"], world["oc_head"])
    Kinship.objects.create(cadre=reader, relative=cadre, relation="anh em ruột")
    found = words(browser("oc_head").get(LIST, {"q": cadre.code}))
    assert str(cadre) in found
    assert "closed to you" in found
    assert url(cadre) not in found


def test_the_list_is_narrowed_by_name_number_and_unit(cadre, browser):
    client = browser("oc_head")
    assert listed(client, q=cadre.code) == [cadre]
    assert cadre in listed(client, q=f"{cadre.given_name} SNV")
    assert listed(client, q=f"{cadre.code} không") == []


def test_the_list_is_in_the_order_of_vietnamese_lists(browser):
    keys = [bytes(cadre.name_sort) for cadre in listed(browser("inspector"))]
    assert keys == sorted(keys)


def test_the_case_leads_to_the_record_for_who_may_read_it(walk, cadre, browser):
    walk.case.candidate = cadre
    walk.case.save()
    address = reverse("case", args=[walk.case.pk])
    assert url(cadre) in words(browser("head").get(address))
    assert url(cadre) not in words(browser("clerk").get(address))


def test_an_inspector_finds_the_reading_in_the_trail(cadre, world, browser):
    browser("oc_head").get(url(cadre))
    told = words(browser("inspector").get("/trail/", {"event": "read"}))
    assert f"read the record of {cadre}." in told


def test_a_record_costs_the_same_however_much_is_in_it(
    cadre, world, browser, django_assert_max_num_queries
):
    client = browser("oc_head")
    client.get(url(cadre))
    for days in range(1, 30):
        PostHeld.objects.create(
            cadre=cadre, title=f"Phó trưởng phòng {days}", group=world.group, unit=cadre.unit,
            since=SINCE + timedelta(days=days),
        )  # fmt: skip
    with django_assert_max_num_queries(20):
        assert len(client.get(url(cadre)).context["record"].posts) == 30


def test_the_list_costs_ten_queries_at_most(browser, django_assert_max_num_queries):
    client = browser("oc_head")
    with django_assert_max_num_queries(10):
        client.get(LIST)


@pytest.fixture
def mission(cadre, world):
    """A mission of the cadre, with a concluded review and one that is open."""
    post = world.positions["party"]
    chosen = ProductTargetSet.objects.create(
        province=world.units["P26"], title="Vị trí chọn", valid_from=SINCE, source="test"
    )
    order = MissionOrder.objects.create(
        target_set=chosen, cadre=cadre, position=post, province=world.units["P26"],
        unit=post.unit, number="12-QĐ/TU", ordered_on=SINCE, since=SINCE,
    )  # fmt: skip
    done = {"concluded_on": today(), "total": "91.50", "level": "excellent"}
    RotationReview.objects.create(
        order=order, kind="quarter", year=2026, number=2, opened_on=SINCE, **done
    )
    RotationReview.objects.create(order=order, kind="year", year=2026, opened_on=SINCE)
    return order


@pytest.mark.parametrize("who", ["oc_head", "stranger"])
def test_missions_and_their_concluded_reviews_are_shown_to_the_cadre_as_well(
    cadre, mission, world, browser, who
):
    cadre.user = world["stranger"]
    cadre.save()
    found = tables(browser(who), cadre)
    assert [str(row[2]) for row in found["missions"].rows] == ["12-QĐ/TU"]
    assert [row[:3] for row in found["reviews"].rows] == [("II/2026", "Phó giám đốc", "91.50")]


def test_a_mission_of_a_case_that_the_reader_may_not_know_of_is_left_out(
    walk, cadre, mission, browser
):
    mission.case, mission.target_set = walk.case, None
    mission.save()
    walk.case.participants.all().delete()
    found = tables(browser("oc_head"), cadre)
    assert found["missions"].rows == found["reviews"].rows == []
