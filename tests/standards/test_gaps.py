"""Gaps of units and cadres, the training that closes them, and who may."""

import csv
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from permissions.checks import today
from permissions.errors import Conflict, Refused
from permissions.models import User
from processes.audit.models import AuditEntry, Event
from processes.eligibility.gaps import gaps_of_cadre, gaps_of_unit
from processes.eligibility.gather import post_of
from processes.organisation.people import Degree, Kinship, PostHeld
from processes.organisation.positions import StandardCondition, TitleStandard
from processes.standards.models import TrainingCourse, TrainingLine
from processes.standards.training import confirm, drop, plan, take
from tests.pages.conftest import client_with, session_of, words
from tests.world import SINCE, make_candidate, make_user


@pytest.fixture
def two_degrees(world):
    """The province asks for a second degree beside the general standard."""
    return TitleStandard.objects.create(
        group=world.group, province=world.units["P26"], degrees=2, valid_from=SINCE, source="tỉnh"
    )


@pytest.fixture
def course(world):
    return TrainingCourse.objects.create(
        province=world.units["P26"], name="Đại học Luật văn bằng hai", gives="degrees", field="Luật"
    )


@pytest.fixture
def cadre(world, two_degrees):
    """Somebody in planning, whom one degree is missing."""
    return world.candidates[0]


def missing(cadre):
    [gap] = [gap for gap in gaps_of_cadre(cadre, today()) if gap.planned]
    return [answer.condition.kind for answer in gap.missing]


def test_what_a_province_adds_binds_there_only(world, two_degrees):
    position = world.positions["party"]
    assert [one.source for one in post_of(position, today()).standards] == ["tỉnh", "test"]
    TitleStandard.objects.filter(pk=two_degrees.pk).update(province=world.units["SNV"])
    assert [one.source for one in post_of(position, today()).standards] == ["test"]


def test_of_the_general_standards_the_latest_counts(world):
    TitleStandard.objects.create(
        group=world.group, degrees=3, valid_from=date(2020, 1, 1), source="later"
    )
    assert post_of(world.positions["party"], today()).standard == "later"


def test_further_conditions_are_rows_of_the_standard(world):
    StandardCondition.objects.create(
        standard=world.group.standards.get(), kind="months_in_rank", amount=6, group=world.group,
        source="R365", confidence="recalled",
    )  # fmt: skip
    [standard] = post_of(world.positions["party"], today()).standards
    last = standard.conditions[-1]
    assert (last.kind, last.rank, last.confirmed) == ("months_in_rank", world.group.rank, False)


def test_a_unit_lists_holders_and_planned_with_what_they_lack(world, cadre):
    PostHeld.objects.create(
        cadre=cadre, position=world.positions["party"], title="Phó giám đốc", group=world.group,
        unit=world.units["SNV"], since=SINCE,
    )  # fmt: skip
    gaps = gaps_of_unit(world.units["SNV"], today())
    assert [gap.cadre for gap in gaps if not gap.planned] == [cadre]
    assert {gap.cadre for gap in gaps if gap.planned} == set(world.candidates)
    assert {gap.verdict for gap in gaps} == {"no"}


def test_the_list_of_a_unit_takes_as_many_queries_for_many_people(world, two_degrees):
    def queries():
        with CaptureQueriesContext(connection) as found:
            gaps_of_unit(world.units["SNV"], today())
        return len(found)

    few = queries()
    for _n in range(5):
        make_candidate(world)
    assert queries() == few <= 15


def test_a_confirmed_course_closes_the_gap(world, cadre, course):
    assert missing(cadre) == ["degrees"]
    line = plan(cadre, course, today().year, by=world["clerk"])
    [gap] = [gap for gap in gaps_of_cadre(cadre, today()) if gap.planned]
    assert gap.courses == [line]
    take(line, "123/VB", today(), by=world["clerk"])
    assert missing(cadre) == ["degrees"]
    confirm(line, by=world["oc_clerk"])
    assert missing(cadre) == []
    assert Degree.objects.filter(cadre=cadre, field="Luật").count() == 2


def test_a_course_of_theory_raises_the_level_and_never_lowers_it(world, cadre):
    for level, after in (("advanced", "advanced"), ("intermediate", "advanced")):
        course = TrainingCourse.objects.create(
            province=world.units["P26"], name=level, gives="theory", level=level
        )
        line = plan(cadre, course, today().year, by=world["clerk"])
        take(line, "1", today(), by=world["clerk"])
        confirm(line, by=world["oc_clerk"])
        cadre.refresh_from_db()
        assert cadre.theory == after


def test_every_step_of_the_plan_is_an_entry(world, cadre, course):
    line = plan(cadre, course, today().year, by=world["clerk"])
    drop(line, by=world["clerk"])
    entries = AuditEntry.objects.filter(event=Event.CHANGED, facts__model="processes.trainingline")
    states = [
        (e.facts["old"].get("state"), e.facts["new"]["state"]) for e in entries.order_by("pk")
    ]
    assert states == [(None, "planned"), ("planned", "dropped")]
    assert {entry.role for entry in entries} == {"unit_clerk"}


def test_who_prepares_cases_does_not_confirm_the_facts(world, cadre, course):
    line = plan(cadre, course, today().year, by=world["clerk"])
    take(line, "1", today(), by=world["clerk"])
    with pytest.raises(Refused):
        confirm(line, by=world["clerk"])


@pytest.mark.parametrize("who", ["stranger", "head", "inspector", "admin", "oc_head"])
def test_others_plan_nothing(world, cadre, course, who):
    with pytest.raises(Refused):
        plan(cadre, course, today().year, by=world[who])


def test_nobody_plans_for_a_relative(world, cadre, course):
    other = world.candidates[1]
    other.user = world["clerk"]
    other.save()
    Kinship.objects.create(cadre=cadre, relative=other, relation="anh em ruột")
    with pytest.raises(Refused):
        plan(cadre, course, today().year, by=User.objects.get(pk=world["clerk"].pk))


def test_a_course_is_planned_once_and_for_a_year_to_come(world, cadre, course):
    with pytest.raises(ValidationError):
        plan(cadre, course, today().year - 1, by=world["clerk"])
    line = plan(cadre, course, today().year, by=world["clerk"])
    with pytest.raises(ValidationError):
        plan(cadre, course, today().year, by=world["clerk"])
    drop(line, by=world["clerk"])
    plan(cadre, course, today().year, by=world["clerk"])
    with pytest.raises(Conflict):
        drop(line, by=world["clerk"])


def test_the_page_of_a_unit_says_who_lacks_what(world, cadre, browser):
    url = reverse("unit_standards", args=[world.units["SNV"].pk])
    said = words(browser("clerk").get(url))
    assert "1 of 2 university degrees." in said
    assert reverse("cadre_standards", args=[cadre.pk]) in said
    assert browser("stranger").get(url).status_code == 404
    assert browser("chair").get(url).status_code == 403


def test_the_list_is_taken_along_as_a_file(world, cadre, browser):
    url = reverse("unit_standards_file", args=[world.units["SNV"].pk, "csv"])
    content = b"".join(browser("inspector").get(url).streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(content.splitlines()))
    assert len(rows) == 1 + len(world.candidates)
    assert "1 of 2 university degrees." in rows[1]


def test_a_course_is_planned_taken_and_confirmed_through_the_pages(world, cadre, course, browser):
    url = reverse("cadre_standards", args=[cadre.pk])
    clerk, oc = browser("clerk"), browser("oc_clerk")
    assert clerk.post(url, {"course": course.pk, "year": today().year}).url == url
    line = TrainingLine.objects.get()
    act = reverse("training_line", args=[line.pk])
    assert f"Would be closed by: {line}" in words(clerk.get(url))
    clerk.post(act, {"certificate": "", "taken_on": ""})
    assert TrainingLine.objects.get().state == "planned"
    clerk.post(act, {"certificate": "5/VB", "taken_on": today().isoformat()})
    assert "Confirm the certificate" not in words(clerk.get(url))
    assert "Confirm the certificate" in words(oc.get(url))
    oc.post(act, {"confirm": 1})
    assert "2 of 2 university degrees." in words(oc.get(url))


def test_inspectors_read_and_plan_nothing(world, cadre, course, browser):
    url = reverse("cadre_standards", args=[cadre.pk])
    assert "Plan the course" not in words(browser("inspector").get(url))
    sent = browser("inspector").post(url, {"course": course.pk, "year": today().year})
    assert sent.status_code == 403
    assert AuditEntry.objects.filter(event=Event.READ, facts__cadre=cadre.pk).count() == 1


def test_ones_own_record_leads_to_the_unit_only_where_one_may_see_it(world, cadre, browser):
    cadre.user = make_user("cadre")
    cadre.save()
    page = reverse("cadre_standards", args=[cadre.pk])
    unit = reverse("unit_standards", args=[cadre.unit_id])
    own = client_with(session_of(cadre.user))
    for client, leads in ((own, False), (browser("clerk"), True)):
        assert (unit in words(client.get(page))) is leads
        assert (client.get(unit).status_code == 200) is leads
