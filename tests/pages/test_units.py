"""A unit's page: who holds which post, what is vacant, whose term ends, who sits in which body."""

from datetime import timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.urls import reverse

from permissions.checks import today
from processes.organisation.people import PostHeld
from processes.organisation.positions import Position
from processes.organisation.units import Unit, UnitName
from tests.pages.conftest import words
from tests.world import SINCE, make_cadre

LIST = "/units/"


@pytest.fixture
def department(world):
    return world.units["SNV"]


@pytest.fixture
def hold(world, department):
    """Let somebody hold the Party post."""

    def held(**dates):
        post = world.positions["party"]
        return PostHeld.objects.create(
            cadre=make_cadre(department), position=post, title=post.title, group=post.group,
            unit=department, **{"since": SINCE} | dates,
        )  # fmt: skip

    return held


def url(unit):
    return reverse("unit", args=[unit.pk])


def sheet(client, unit):
    return client.get(url(unit)).context["sheet"]


def holders(client, unit):
    return [str(row[2]) for row in sheet(client, unit).positions.rows]


@pytest.mark.parametrize("who", ["oc_clerk", "head", "inspector", "clerk"])
def test_who_reads_its_people_or_starts_its_cases_sees_the_unit(department, browser, who):
    assert browser(who).get(url(department)).status_code == 200


def test_the_clerk_of_another_unit_does_not(department, world, browser):
    assert browser("stranger").get(url(department)).status_code == 404
    assert browser("stranger").get(url(world.units["STC"])).status_code == 200


@pytest.mark.parametrize("who", ["party", "secretary", "admin"])
def test_who_has_neither_right_sees_no_unit(department, browser, who):
    for address in (LIST, url(department), "/units/positions.csv"):
        assert browser(who).get(address).status_code == 403


def test_a_free_seat_is_vacant_until_somebody_holds_it(department, hold, browser):
    assert holders(browser("oc_head"), department) == ["vacant", "vacant"]
    post = hold()
    found = sheet(browser("oc_head"), department)
    assert str(post.cadre) in holders(browser("oc_head"), department)
    assert (found.seats, found.vacant) == (2, 1)


def test_who_has_left_or_has_not_come_yet_holds_nothing(department, hold, browser):
    hold(until=today())
    hold(since=today() + timedelta(days=1))
    assert sheet(browser("oc_head"), department).vacant == 2


def test_free_seats_of_one_position_are_one_row(department, hold, world, browser):
    Position.objects.filter(pk=world.positions["party"].pk).update(seats=3)
    hold()
    assert "vacant: 2 seats" in holders(browser("oc_head"), department)


def test_terms_that_end_within_a_year_are_named_and_overdue_ones_too(department, hold, browser):
    overdue, soon, _later = (
        hold(term_ends_on=today() + relativedelta(days=days)) for days in (-1, 300, 400)
    )
    rows = sheet(browser("oc_head"), department).ending.rows
    assert [str(row[0]) for row in rows] == [str(overdue.cadre), str(soon.cadre)]


def test_members_of_the_bodies_are_named(department, world, browser):
    found = {table.title: table for table in sheet(browser("oc_head"), department).bodies}
    body = world.bodies["committee"]
    assert len(found[body.name].rows) == body.memberships.count()


def test_who_has_left_a_body_is_not(department, world, browser):
    body = world.bodies["committee"]
    body.memberships.filter(pk=body.memberships.earliest("pk").pk).update(valid_to=today())
    found = {table.title: table for table in sheet(browser("oc_head"), department).bodies}
    assert len(found[body.name].rows) == body.memberships.count() - 1


def test_names_lead_to_the_records_of_who_may_read_them(department, hold, browser):
    address = reverse("person", args=[hold().cadre.pk])
    assert address in words(browser("oc_head").get(url(department)))
    assert address not in words(browser("clerk").get(url(department)))


def test_former_names_and_what_it_grew_out_of_stay_known(department, world, browser):
    UnitName.objects.create(
        unit=department, name="Ban Tổ chức chính quyền", valid_from=SINCE, valid_to=today()
    )
    Unit.objects.filter(pk=world.units["STC"].pk).update(successor=department)
    found = words(browser("oc_head").get(url(department)))
    assert "Ban Tổ chức chính quyền" in found
    assert f'<a href="{url(world.units["STC"])}">' in found


def test_the_list_is_narrowed_by_word_and_vacancy(department, world, browser):
    def listed(**wish):
        return browser("oc_head").get(LIST, wish).context["page"].rows

    assert listed(q="SNV") == [department]
    assert listed(q="SNV", vacant="on") == [department]
    assert listed(q="STC", vacant="on") == []
    assert world.units["P26"] in listed()


def test_an_ended_unit_is_not_listed_and_its_page_says_so(world, browser):
    Unit.objects.filter(pk=world.units["STC"].pk).update(valid_to=today())
    assert browser("oc_head").get(LIST, {"q": "STC"}).context["page"].rows == []
    assert "Ended" in words(browser("oc_head").get(url(world.units["STC"])))


def test_the_case_leads_to_its_unit(walk, department, browser):
    address = reverse("case", args=[walk.case.pk])
    assert f'href="{url(department)}"' in words(browser("clerk").get(address))
    assert f'href="{url(department)}"' not in words(browser("secretary").get(address))


def test_a_unit_costs_the_same_however_many_work_there(
    department, hold, browser, django_assert_max_num_queries
):
    client = browser("oc_head")
    for _n in range(20):
        hold(term_ends_on=today())
    with django_assert_max_num_queries(14):
        client.get(url(department))


def test_the_list_costs_eight_queries_at_most(browser, django_assert_max_num_queries):
    client = browser("oc_head")
    with django_assert_max_num_queries(8):
        client.get(LIST)
