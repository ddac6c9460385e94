"""The call of a conference by its page: who cannot hold an office, and how that is said."""

import pytest
from django.urls import reverse

from permissions.checks import today
from permissions.models import User
from processes.audit.models import Event
from processes.organisation.people import Cadre, Kinship
from processes.steps.actions import take
from tests.pages.conftest import words

pytestmark = pytest.mark.stands("conference_2")


@pytest.fixture
def task(walk):
    """The conductor's task, before the call."""
    walk.conference("conference_2", until="call")
    task = walk.task("conference_2")
    take(task.pk, by=walk.actor(task))
    return walk.task("conference_2")


def url(task):
    return reverse("task", args=[task.process_id, task.pk])


def fields(browser, task):
    return browser(task.owner).get(url(task)).context["form"].fields


def member_of(walk, task):
    """Somebody with an account who sits in the body."""
    seats = task.flow_task.body(walk.case, today()).memberships.filter(cadre__user__isnull=False)
    return seats.select_related("cadre").order_by("pk")[1].cadre


def make_kin(world, cadre):
    Kinship.objects.create(cadre=world.candidates[0], relative=cadre, relation="anh em ruột")


def test_whom_the_slip_keeps_out_of_an_office_is_marked_where_it_is_filled(
    walk, task, world, browser
):
    kin = member_of(walk, task)
    make_kin(world, kin)
    offered = fields(browser, task)
    said = {name: dict(offered[name].choices)[kin.pk] for name in ("chair", "secretary", "tellers")}
    marked = f"{kin} (relative of somebody on the slip)"
    assert said == {"chair": marked, "secretary": str(kin), "tellers": marked}


def test_a_teller_whose_account_is_closed_is_marked(walk, task, browser):
    closed = member_of(walk, task)
    User.objects.filter(pk=closed.user_id).update(is_active=False)
    page = browser(task.owner).get(url(task))
    assert f"{closed} (the account is closed)" in words(page)


def test_a_relative_on_the_counting_team_is_told_at_the_field_and_is_a_refusal_in_the_trail(
    walk, task, world, browser
):
    sent = walk.call_data(task) | {"place": "Phòng họp số 7"}
    kin = Cadre.objects.get(pk=sent["tellers"][0])
    make_kin(world, kin)
    page = browser(task.owner).post(url(task), sent)
    said = f"{kin} is a relative of a candidate and cannot count the slips."
    assert (page.status_code, page.context["form"].errors) == (422, {"tellers": [said]})
    assert 'value="Phòng họp số 7"' in words(page)
    (entry,) = walk.case.entries.filter(event=Event.REFUSED)
    assert (entry.by, entry.reason) == (task.owner, said)
    assert not walk.case.conferences.filter(code="c2").exists()


def test_everything_that_is_wrong_with_those_named_is_told_at_once(walk, task, world, browser):
    sent = walk.call_data(task)
    for cadre in Cadre.objects.filter(pk__in=[sent["chair"], *sent["tellers"]]):
        make_kin(world, cadre)
    errors = browser(task.owner).post(url(task), sent).context["form"].errors
    assert {name: len(said) for name, said in errors.items()} == {"chair": 1, "tellers": 2}
