"""A conference by its pages: call, attendance, slips, two counts, recount, close."""

from datetime import timedelta

import pytest
from django.urls import reverse

from permissions.catalogue import TELLER
from permissions.checks import today
from processes.cases.models import CaseTask
from processes.conferences.models import Bar, Conference
from processes.demo.stories import hold, nobody
from processes.demo.walk import slips, unanimous
from processes.organisation.bodies import Body, Membership
from processes.steps.actions import take
from tests.pages.conftest import words

pytestmark = pytest.mark.stands("conference_2")


def url(task):
    return reverse("task", args=[task.process_id, task.pk])


def slip(walk):
    """Who is on the slip, in the order in which the demo's votes take them."""
    meeting = walk.case.conferences.get(code="c2", state=Conference.State.COUNTING)
    return [row.cadre for row in meeting.candidacies.order_by("pk")]


def under_way(walk, until):
    """The conductor's task, with the conference gone as far as a part."""
    walk.conference("conference_2", until=until)
    task = walk.task("conference_2", seat="")
    if task.owner is None:
        take(task.pk, by=walk.actor(task))
        task.refresh_from_db()
    return task


def seats(walk):
    seats = CaseTask.objects.filter(process=walk.case, seat=TELLER, finished__isnull=True)
    return list(seats.select_related("owner").order_by("pk"))


def counted(walk, seat, votes=unanimous, **changed):
    meeting = walk.case.conferences.get(code="c2", state=Conference.State.COUNTING)
    said = slips(meeting, seat.flow_task.settings(walk.case), votes)
    return {**said, **changed}


def differ(walk, browser):
    """The tellers enter counts that are not the same."""
    for seat, votes in zip(seats(walk), (unanimous, nobody), strict=True):
        response = browser(seat.owner).post(url(seat), counted(walk, seat, votes))
        assert response.status_code == 302


def test_the_call_offers_the_members_of_the_body(walk, browser):
    task = under_way(walk, "call")
    page = browser(task.owner).get(url(task))
    assert page.context["part"] == "call"
    assert "Call the conference" in words(page)


def test_a_day_on_which_the_body_was_not_there_is_told_at_its_field(walk, browser):
    task = under_way(walk, "call")
    sent = walk.call_data(task) | {"held_on": "1999-12-31", "place": "Phòng họp số 7"}
    page = browser(task.owner).post(url(task), sent)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["held_on"])
    assert "Phòng họp số 7" in words(page)


def test_a_body_that_has_ended_since_the_form_was_opened_is_told_and_nothing_typed_is_lost(
    walk, browser
):
    task = under_way(walk, "call")
    sent = walk.call_data(task) | {"place": "Phòng họp số 7"}
    body = task.flow_task.body(walk.case, today())
    Body.objects.filter(pk=body.pk).update(valid_to=walk.case.opened_on)
    page = browser(task.owner).post(url(task), sent)
    assert (page.status_code, page.context["form"]) == (422, None)
    assert ("Place", "Phòng họp số 7") in page.context["unsent"]
    assert "This step cannot begin" in words(page)
    Body.objects.filter(pk=body.pk).update(valid_to=None)
    assert 'value="Phòng họp số 7"' in words(browser(task.owner).get(url(task)))


def test_a_draft_is_kept_although_the_body_has_ended(walk, browser):
    task = under_way(walk, "call")
    body = task.flow_task.body(walk.case, today())
    Body.objects.filter(pk=body.pk).update(valid_to=walk.case.opened_on)
    sent = {"part": "call", "place": "Phòng họp số 7", "keep_draft": "1"}
    assert browser(task.owner).post(url(task), sent).status_code == 302
    assert ("Place", "Phòng họp số 7") in browser(task.owner).get(url(task)).context["unsent"]


def test_whoever_joins_later_is_offered_and_can_chair_a_later_day(walk, browser):
    task, day = under_way(walk, "call"), today() + timedelta(10)
    sent = walk.call_data(task)
    Membership.objects.filter(cadre=sent["chair"]).update(valid_from=day)
    client = browser(task.owner)
    form = client.get(url(task)).context["form"]
    assert sent["chair"] in form.fields["chair"].queryset.values_list("pk", flat=True)
    refused = client.post(url(task), sent)
    assert "choose a member of that day" in str(refused.context["form"].errors["chair"])
    assert client.post(url(task), sent | {"held_on": day.isoformat()}).status_code == 302


def test_whoever_leaves_before_the_day_is_named_at_the_field(walk, browser):
    task, day = under_way(walk, "call"), today() + timedelta(10)
    sent = walk.call_data(task) | {"held_on": day.isoformat()}
    Membership.objects.filter(cadre=sent["chair"]).update(valid_to=day)
    page = browser(task.owner).post(url(task), sent)
    assert list(page.context["form"].errors) == ["chair"]


def test_an_empty_slip_is_refused_and_not_filled_with_everybody(walk, browser):
    task = under_way(walk, "call")
    page = browser(task.owner).post(url(task), walk.call_data(task) | {"candidates": []})
    assert list(page.context["form"].errors) == ["candidates"]
    assert not walk.case.conferences.filter(code="c2").exists()


def moved(walk, world, number):
    """Other cases move so many of those whom the slip may name."""
    for candidate in world.candidates[:number]:
        other = walk.case.__class__.objects.get(pk=walk.case.pk)
        other.pk, other.code, other.candidate = None, f"X-{candidate.pk}", candidate
        other.save(force_insert=True)


@pytest.mark.parametrize(("number", "folded"), [(1, False), (3, True)])
def test_whom_other_cases_move_is_counted_and_each_folded_away(
    walk, world, browser, number, folded
):
    task = under_way(walk, "call")
    moved(walk, world, number)
    page = words(browser(task.owner).get(url(task)))
    assert page.count("moves") == number
    assert ("Other cases move 3 of these people" in page) is folded
    assert ("<summary>Each person and the case</summary>" in page) is folded


@pytest.mark.stands("conference_1")
def test_a_conference_without_slips_goes_on_after_its_call(walk, browser):
    walk.conference("conference_1", until="attendance")
    task = walk.task("conference_1")
    take(task.pk, by=walk.actor(task))
    page = browser(walk.task("conference_1").owner).get(url(task))
    assert page.context["part"] == "attendance"
    assert "The counts differ" not in words(page)
    assert "Counting team" not in words(page)


def test_candidates_are_offered_for_the_slip(walk, world, browser):
    task = under_way(walk, "call")
    form = browser(task.owner).get(url(task)).context["form"]
    assert set(form.fields["candidates"].queryset) == set(world.candidates)


def test_nothing_is_offered_for_a_conference_of_a_held_case(walk, browser):
    task = under_way(walk, "attendance")
    hold(walk)
    page = browser(task.owner).get(url(task))
    assert ("void_form" in page.context, page.context["form"]) == (False, None)
    assert "The case is on hold." in words(page)


def test_whoever_does_not_vote_is_named_as_such(walk, browser):
    task = under_way(walk, "attendance")
    meeting = task.flow_task.open_conference(task)
    barred = meeting.summonses.order_by("pk")[:1]
    meeting.summonses.filter(pk=barred[0].pk).update(barred=Bar.NO_VOTE)
    page = words(browser(task.owner).get(url(task)))
    assert f'Without a vote:</p><ul class="mb-0"><li>{barred[0].cadre}: attends' in page


def test_attendance_leads_to_the_slips(walk, browser):
    task = under_way(walk, "attendance")
    meeting = task.flow_task.open_conference(task)
    present = list(meeting.summonses.values_list("cadre", flat=True))
    client = browser(task.owner)
    response = client.post(url(task), {"part": "attendance", "present": present})
    assert response.url == url(task)
    assert client.get(url(task)).context["part"] == "open"


def test_too_few_end_the_conference(walk, browser):
    task = under_way(walk, "attendance")
    response = browser(task.owner).post(url(task), {"part": "attendance"})
    assert response.url == reverse("case", args=[walk.case.pk])
    assert walk.at == ["conference_2"]


def test_a_teller_enters_a_count_once(walk, browser):
    under_way(walk, "wait")
    seat = seats(walk)[0]
    client, data = browser(seat.owner), counted(walk, seat)
    assert client.post(url(seat), data).url == reverse("case", args=[walk.case.pk])
    assert client.post(url(seat), data).status_code == 409


def test_a_teller_who_comes_after_the_ballot_was_voided_is_told_since_when(walk, browser):
    task = under_way(walk, "wait")
    seat = seats(walk)[0]
    data = counted(walk, seat)
    browser(task.owner).post(url(task), {"part": "void", "reason": "Phiếu in sai."})
    late = browser(seat.owner).post(url(seat), data)
    assert late.status_code == 423
    assert "The vote is closed" in words(late)
    assert "The ballot was declared void on" in words(late)


def test_each_seat_is_told_of_the_ballot_for_which_it_was_made(walk, browser):
    task = under_way(walk, "wait")
    seat = seats(walk)[0]
    data = counted(walk, seat)
    browser(task.owner).post(url(task), {"part": "void", "reason": "Phiếu in sai."})
    walk.conference("conference_2")
    late = browser(seat.owner).post(url(seat), data)
    assert (late.status_code, "was declared void on" in words(late)) == (423, True)
    again = CaseTask.objects.filter(process=walk.case, seat=TELLER, owner=seat.owner).last()
    late = browser(seat.owner).post(url(again), data)
    assert (late.status_code, "The conference was closed on" in words(late)) == (423, True)


def test_an_impossible_count_names_the_equation(walk, browser):
    under_way(walk, "wait")
    seat = seats(walk)[0]
    response = browser(seat.owner).post(url(seat), counted(walk, seat, issued=99))
    assert response.status_code == 422
    assert "issued ≤ present does not hold" in words(response)


def test_nobody_sees_a_count_before_all_are_in(walk, browser):
    task = under_way(walk, "wait")
    first, second = seats(walk)
    browser(first.owner).post(url(first), counted(walk, first))
    page = browser(second.owner).get(url(second))
    assert page.context["sitting"].counts == []
    assert "1 of 2" in words(browser(task.owner).get(url(task)))


def test_counts_that_differ_are_told_without_their_numbers(walk, browser):
    task = under_way(walk, "wait")
    differ(walk, browser)
    page = browser(task.owner).get(url(task))
    assert page.context["part"] == "recount"
    assert page.context["sitting"].counts == []
    assert page.context["differences"] == [f"Agree: {slip(walk)[0]}"]


def test_a_recount_gives_the_tellers_new_seats(walk, browser):
    task = under_way(walk, "wait")
    differ(walk, browser)
    assert seats(walk) == []
    browser(task.owner).post(url(task), {"part": "recount", "reason": "Hai số khác nhau."})
    assert len(seats(walk)) == 2


def test_minutes_close_the_conference(walk, browser):
    task = under_way(walk, "close")
    data = {"part": "close", "minutes": "Biên bản."}
    assert browser(task.owner).post(url(task), data).url == reverse("case", args=[walk.case.pk])
    assert walk.at == ["conference_3"]


def test_a_part_that_is_over_is_a_conflict(walk, browser):
    task = under_way(walk, "wait")
    response = browser(task.owner).post(url(task), {"part": "open"})
    assert response.status_code == 409
    assert "moved on" in words(response)


def test_a_void_ballot_needs_its_reason_and_is_kept(walk, browser):
    task = under_way(walk, "wait")
    client = browser(task.owner)
    page = client.post(url(task), {"part": "void", "reason": ""})
    assert (page.status_code, page.context["void_form"].is_bound) == (422, True)
    client.post(url(task), {"part": "void", "reason": "Phiếu in sai tên."})
    assert walk.case.conferences.filter(code="c2", state=Conference.State.VOID).exists()
    assert client.get(url(task)).context["part"] == "call"


def test_a_draft_of_one_part_does_not_come_back_in_another(walk, browser):
    task = under_way(walk, "attendance")
    client = browser(task.owner)
    page = reverse("task", args=[walk.case.pk, task.pk])
    client.post(page, {"part": "call", "place": "Phòng họp", "keep_draft": "1"})
    assert client.get(url(task)).context["form"].draft.stored is None
    client.post(page, {"part": "attendance", "present": ["1"], "keep_draft": "1"})
    assert client.get(url(task)).context["form"].draft.stored
