"""A case as it was: at any moment of its life, from what was written then."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from permissions.catalogue import Role
from permissions.checks import today
from permissions.grants import grant
from processes.audit.models import Event
from processes.audit.trail import record
from processes.cases.clocks import extend_clock
from processes.conferences.models import Conference
from processes.dossiers.store import keep
from processes.pages.replay import Day
from processes.pages.replay_rights import editions_then, rights_then
from processes.pages.replay_then import History, Then
from tests.pages.conftest import words
from tests.world import make_user

pytestmark = pytest.mark.stands("appraise")


def then_at(walk, moment, user):
    """The case as it was just before a moment; a test's whole case lives within a day."""
    then = Then(History(walk.case, user), today())
    then.until = moment
    return then


def entry_of(walk, event, step=""):
    found = walk.case.entries.filter(event=event)
    return (found.filter(step=step) if step else found).order_by("seq")[0]


@pytest.fixture
def reader(world):
    return world["inspector"]


def page(walk, browser, who="inspector", **asked):
    return browser(who).get(reverse("case_replay", args=[walk.case.pk]), asked)


def test_steps_are_open_then_done_and_later_ones_are_said_to_be_later(walk, reader):
    moment = entry_of(walk, Event.CONCLUDED, "check_request").at
    states = {one.row.name: one.state.name for one in then_at(walk, moment, reader).steps}
    assert states["request_policy"] == "done"
    assert states["check_request"] == "open"
    assert states["assemble_dossier"] == "later"
    now = {one.row.name: one.state.name for one in Then(History(walk.case, reader), today()).steps}
    assert (now["check_request"], now["appraise"]) == ("done", "open")


def test_before_its_first_entry_there_was_no_case(walk, reader, browser):
    assert not then_at(walk, entry_of(walk, Event.OPENED).at, reader).begun
    early = today() - timedelta(days=30)
    answer = page(walk, browser, on=today(), beside=early)
    assert "The case had not begun." in words(answer)


def test_open_tasks_name_who_had_them(walk, world, reader):
    task = walk.task("appraise")
    before = timezone.now()
    from processes.steps.actions import take

    take(task.pk, by=world["oc_head"])
    (waiting,) = [t for t in then_at(walk, before, reader).open_tasks if t.task.pk == task.pk]
    assert waiting.person == ""
    (had,) = [t for t in then_at(walk, timezone.now(), reader).open_tasks if t.task.pk == task.pk]
    assert had.person == str(world["oc_head"])


def test_the_dossier_has_the_versions_of_then(walk, world, reader):
    paper = walk.case.documents.filter(generated=False).first()
    before = timezone.now()
    keep(walk.case, b"%PDF-1.4 other", by=world["clerk"], item=paper.item, title=paper.title,
         mime=paper.mime, extension="pdf", issued_on=today(), cadre=paper.cadre)  # fmt: skip

    def version(moment):
        papers = then_at(walk, moment, reader).papers
        (one,) = [p for p in papers if p.document.item == paper.item]
        return one

    assert version(before).document == paper
    assert version(before).in_trail
    after = version(timezone.now())
    assert (after.document.version, after.versions, after.in_trail) == (2, 2, False)


def test_results_are_told_from_when_they_were_closed(walk, reader):
    closed = entry_of(walk, Event.VOTE_CLOSED, "conference_2")
    number = closed.facts["conference"]

    def meeting(moment):
        (one,) = [m for m in then_at(walk, moment, reader).meetings if m.meeting.pk == number]
        return one

    assert meeting(closed.at).lines == []
    assert meeting(closed.at).state == Conference.State.COUNTING.label
    assert meeting(closed.at + timedelta(microseconds=1)).lines


def test_hidden_results_stay_hidden(walk, world, browser):
    Conference.objects.filter(case=walk.case).update(announced=False)
    hidden = Then(History(walk.case, world["clerk"]), today()).meetings
    assert any(one.hidden for one in hidden)
    assert not any(one.lines for one in hidden if one.hidden)
    assert "the result is not announced" in words(page(walk, browser, "clerk"))
    told = Then(History(walk.case, world["inspector"]), today()).meetings
    assert not any(one.hidden for one in told)


def test_an_extended_deadline_has_its_former_day_before(walk, world, reader):
    clock = walk.case.clocks.filter(stopped_on__isnull=True).first()
    was, before = clock.due_on, timezone.now()
    until = was + timedelta(days=9)
    facts = {"clock": clock.pk, "rule": clock.rule, "from": str(was), "until": str(until)}
    extend_clock(clock, until)
    record(Event.EXTENDED, by=world["standing"], case=walk.case, facts=facts)
    place = list(walk.case.clocks.order_by("pk")).index(clock)
    assert then_at(walk, before, reader).deadlines[place].due == was
    assert then_at(walk, timezone.now(), reader).deadlines[place].due == until


def test_a_deadline_that_a_hold_has_moved_is_not_known(walk, world, reader):
    before = timezone.now()
    record(Event.HELD, by=world["oc_head"], case=walk.case, facts={"basis": "x"})
    assert then_at(walk, timezone.now(), reader).on_hold
    record(Event.RESUMED, by=world["oc_head"], case=walk.case)
    then = then_at(walk, before, reader)
    running = [one for one in then.deadlines if one.stopped_on is None]
    assert all(one.due is None for one in running)
    assert any("hold has moved" in line or "tạm dừng" in line for line in then.unknown)
    assert not then_at(walk, timezone.now(), reader).on_hold


def test_rights_are_those_of_the_day(walk, world, reader):
    yesterday = today() - timedelta(days=1)
    guest = make_user("guest")
    grant(guest, Role.UNIT_CLERK, walk.case.unit, by=None, since=today())
    history = History(walk.case, reader)

    def clerks(day):
        rights = rights_then(Then(history, day))
        return {p for r in rights if r.role == Role.UNIT_CLERK.label for p in r.people}

    assert str(guest) in clerks(today())
    assert str(guest) not in clerks(yesterday)
    assert str(world["clerk"]) in clerks(yesterday)


def test_the_rules_are_those_that_bound_the_case_then(walk, reader):
    before = timezone.now()
    former = list(walk.case.editions)
    walk.case.editions = ["R80_2022"]
    walk.case.save()
    facts = {"old": former, "new": ["R80_2022"], "rule": "transition.on_end"}
    record(Event.ADOPTED, by=None, case=walk.case, edition="R80_2022", facts=facts)
    assert [one.edition.key for one in editions_then(then_at(walk, before, reader))] == former
    (now,) = editions_then(then_at(walk, timezone.now(), reader))
    assert now.edition.key == "R80_2022"


def test_the_rules_are_told_in_words_beside_their_keys(walk, browser):
    answer = page(walk, browser, place=0)
    told = {one.told.key: one for one in answer.context["day"].rules}
    quorum = told["quorum"]
    assert quorum.told.value == "2/3 of everybody summoned"
    assert quorum.text == '{"den":3,"num":2,"of":"summoned"}'
    assert all(part in words(answer) for part in ("quorum", quorum.told.value))


def test_two_days_are_compared_fact_by_fact(walk, reader):
    early = Day(then_at(walk, entry_of(walk, Event.CONCLUDED, "check_request").at, reader)).facts()
    late = Day(Then(History(walk.case, reader), today())).facts()
    changed = {key for key in {*early, *late} if early.get(key) != late.get(key)}
    steps = {what.split()[0] for part, what in changed if part in ("Bước", "Step")}
    assert "A02" in {one.upper() for one in steps}
    assert not any(part in ("Quy định", "Rule") for part, _what in changed)


def test_the_page_has_a_slider_that_works_without_scripts(walk, browser):
    answer = page(walk, browser, place=0)
    assert 'type="range"' in words(answer)
    assert answer.context["day"].then.day == answer.context["days"][0]
    assert page(walk, browser, place=99999).status_code == 200
    assert page(walk, browser, on="1990-01-01").context["day"].then.day == today()
    assert "Enter a valid date" in words(page(walk, browser, on="x"))


def test_comparing_a_day_with_itself_changes_nothing(walk, browser):
    answer = page(walk, browser, on=today(), beside=today())
    assert answer.context["changes"] == []
    assert "Nothing." in words(answer)


def test_looking_is_a_reading(walk, world, browser):
    page(walk, browser)
    page(walk, browser)
    assert walk.case.entries.filter(event=Event.READ, by=world["inspector"]).count() == 1


def test_the_page_sends_few_statements(walk, browser):
    client, address = browser("inspector"), reverse("case_replay", args=[walk.case.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as sent:
        client.get(address)
    assert len(sent) <= 60
