"""What a page says that a person may do is what the server lets them do, and nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from viewflow.workflow.token import Token

from permissions.catalogue import Role
from permissions.checks import today
from permissions.grants import grant
from permissions.models import User
from processes.cases.models import Case, CaseTask
from processes.demo.stories import hold
from processes.deputies.writers import Scope, appoint
from processes.organisation.people import Kinship
from processes.pages.sheet import Sheet
from processes.steps.actions import take
from processes.steps.befall import CASE_ACTIONS
from processes.steps.holding import TASK_ACTIONS, why_not_take
from processes.steps.known import Known
from processes.steps.who_can import who_can
from tests.dossiers.papers import PDF
from tests.pages.conftest import words
from tests.world import SINCE, STAFF, make_cadre, make_user

INSIDERS = [name for name in STAFF if name not in ("stranger", "admin")]
ROUTES = {
    "take": ("take", ()),
    "give_back": ("give_back", ()),
    "hand_over": ("hand", ("hand-over",)),
    "entrust": ("hand", ("entrust",)),
    "hand_in": ("hand_in", ()),
    "get_back": ("get_back", ()),
}


def accepted(send: Any) -> bool:
    """Whether a form is let through to what it says; what it does is undone."""
    with transaction.atomic():
        status = send().status_code
        transaction.set_rollback(True)
    assert status in (200, 302, 403, 404, 409, 422), status
    return status not in (403, 404, 409)


def done(client: Any, address: str, data: dict[str, Any]) -> bool:
    """Whether a form that is filled in does what it says; that is undone."""
    with transaction.atomic():
        status = client.post(address, data).status_code
        transaction.set_rollback(True)
    return status == 302


def filled(action: Any, case: Case) -> dict[str, Any]:
    """The form of an action on a case with what it takes."""
    said = {"reason": "Theo kết luận.", "basis": "CV 12", "document": "KL 05-KL/TU"}
    fields = action.form_class(case=case).fields
    firsts = {name: fields[name].choices[0][0] for name in ("line", "clock") if name in fields}
    later = {"due_on": (today() + timedelta(days=90)).isoformat()}
    return said | firsts | later | {"priority": Case.Priority.URGENT.value}


def check_task(who: str, task: CaseTask, world: Any, browser: Any) -> None:
    client = browser(who)
    for action in (one for one in TASK_ACTIONS if one.offered(task)):
        route, more = ROUTES[action.name]
        address = reverse(route, args=[task.pk, *more])
        said = not action.why_not(world[who], task)
        assert accepted(lambda url=address: client.post(url)) is said, (who, action.name)


@pytest.mark.stands("appraise")
@pytest.mark.parametrize("who", INSIDERS)
def test_what_may_be_done_with_a_task_is_let_through(who, walk, world, browser):
    task = walk.task("appraise")
    check_task(who, task, world, browser)
    take(task.pk, by=world["oc_head"])
    check_task(who, walk.task("appraise"), world, browser)


@pytest.mark.stands("appraise")
@pytest.mark.parametrize("held", [False, True], ids=["open", "on hold"])
@pytest.mark.parametrize("who", INSIDERS)
def test_what_may_be_done_to_a_case_is_let_through(who, held, walk, world, browser):
    if held:
        hold(walk)
    case, client = Case.objects.get(pk=walk.case.pk), browser(who)
    page = words(client.get(reverse("case", args=[case.pk])))
    for action in (one for one in CASE_ACTIONS if one.offered(case)):
        address = reverse("case_action", args=[case.pk, action.name])
        said = not action.why_not(world[who], case)
        assert (f'href="{address}"' in page) is said
        assert accepted(lambda url=address: client.post(url, {})) is said, (who, action.name)
        if said:
            assert done(client, address, filled(action, case)), (who, action.name)


@pytest.mark.stands("appraise")
def test_who_can_is_who_is_let_through(walk, world):
    task = walk.task("appraise")
    named = who_can(walk.case, [(task.act, task.unit_id)])[task.act, task.unit_id]
    may = [p for p in world.people.values() if not task.flow_task.why_not(p, task)]
    assert named == may == [world["oc_head"]]


@pytest.mark.stands("appraise")
def test_whoever_may_not_reads_why_and_who_can(walk, world, browser):
    for address in ("case", "task"):
        number = [walk.case.pk] + [walk.task("appraise").pk] * (address == "task")
        page = words(browser("clerk").get(reverse(address, args=number)))
        assert f"Who can: {world['oc_head']}." in page


@pytest.mark.stands("appraise")
def test_whoever_holds_a_task_is_named_to_others_who_may_not_pass_it_on(walk, world, browser):
    task = walk.task("appraise")
    address, said = reverse("task", args=[walk.case.pk, task.pk]), f"Who can: {world['oc_head']}."
    take(task.pk, by=world["oc_head"])
    assert words(browser("oc_clerk").get(address)).count(said) == 3
    assert said not in words(browser("oc_head").get(address))


@pytest.mark.stands("appraise")
def test_nobody_is_named_while_the_case_stands_still(walk, world):
    hold(walk)
    offers = {one.what.flow_task.name: one for one in Sheet(walk.case, world["clerk"]).open_tasks}
    assert (offers["appraise"].who, bool(offers["appraise"].why_not)) == ("", True)


@pytest.mark.stands("appraise")
@pytest.mark.parametrize("who", INSIDERS)
def test_a_row_of_the_inbox_says_why_it_cannot_be_taken(walk, world, browser, who):
    """What stands beside a row is what the guard says when the task is taken."""
    user, client = world[who], browser(who)
    if who == "oc_head":
        hold(walk)
    listed = [line.task for line in client.get("/inbox/?tab=take").context["lines"]]
    said = client.get(reverse("inbox_why"), {"task": [task.pk for task in listed]})
    for task in listed:
        with override("en"):
            reason = why_not_take(user, CaseTask.objects.get(pk=task.pk))
        assert (f'id="why-{task.pk}"' in words(said)) == bool(reason)
        assert (disabled(task) in words(said)) == bool(reason)
        assert reason in words(said)


def disabled(task: CaseTask) -> str:
    """The button that takes the place of the one in the row: it sends nothing and names why."""
    return (
        f'<button type="button" class="btn btn-primary disabled" id="take-{task.pk}"'
        f' aria-disabled="true" aria-describedby="step-{task.pk} why-{task.pk}"'
    )


def statements(client: Any, tasks: list[CaseTask]) -> int:
    """How many statements it takes to say why the person may not take these."""
    with CaptureQueriesContext(connection) as sent:
        said = client.get(reverse("inbox_why"), {"task": [task.pk for task in tasks]})
    assert said.status_code == 200
    return len(sent)


@pytest.mark.stands("appraise")
@pytest.mark.parametrize("who", ["oc_head", "deputy"])
def test_many_rows_are_asked_about_in_as_many_statements_as_one(walk, world, browser, who):
    """One has a relative and so must be asked about each case; the other stands in for them."""
    head, tasks = world["oc_head"], rows_like(walk.task("appraise"), 12)
    kin = make_cadre(world.units["BTCTU"])
    Kinship.objects.create(
        cadre=make_cadre(world.units["BTCTU"], head), relative=kin, relation="Vợ"
    )
    if who == "deputy":
        world.people["deputy"] = deputy_of(head, world)
    client = browser(who)
    statements(client, tasks)  # prepares what every page asks
    assert statements(client, tasks) == statements(client, tasks[:1]) <= 12


@pytest.mark.stands("appraise")
@pytest.mark.parametrize("still", [False, True])
@pytest.mark.parametrize("who", ["clerk", "oc_clerk", "oc_head", "deputy"])
def test_what_is_read_for_many_is_what_is_read_for_one(walk, world, who, still):
    if still:
        hold(walk)
    tasks = list(CaseTask.objects.filter(process=walk.case).exclude(act=""))
    world.people["deputy"] = deputy_of(world["oc_head"], world)
    user = world[who]
    known = Known.of_all(user, tasks)
    for task in tasks:
        alone, among = Known.of(user, task), known[task.pk]
        assert (among.on_hold, among.own_papers) == (alone.on_hold, alone.own_papers)
        assert task.flow_task.why_not(user, task, among) == task.flow_task.why_not(user, task)
    assert any(one.on_hold for one in known.values()) == still


def rows_like(task: CaseTask, count: int) -> list[CaseTask]:
    """So many tasks more that are like this one; of its case."""
    return CaseTask.objects.bulk_create(
        CaseTask(
            process=task.process, flow_task=task.flow_task, token=Token(f"start/{n}"),
            act=task.act, unit=task.unit,
        )
        for n in range(count)
    )  # fmt: skip


def deputy_of(principal: User, world: Any) -> User:
    """A colleague without tasks of their own, who stands in for somebody now."""
    person = make_user("deputy")
    grant(person, Role.MEMBER, world.units["BTCTU"], by=None, since=SINCE)
    paper = SimpleUploadedFile("uy-quyen.pdf", PDF)
    dates = {"since": today(), "until": today() + timedelta(days=3), "issued_on": today()}
    appoint(principal, person, by=principal, reason="Đi công tác.", document="01", file=paper,
            scope=Scope(), **dates)  # fmt: skip
    return person
