"""The paths of a sanction: finding, explanation, conclusion, vote, record."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from permissions.catalogue import Role
from permissions.checks import today
from permissions.grants import grant
from permissions.models import User
from processes.audit.models import AuditEntry
from processes.cases.models import Case, Opinion
from processes.demo.opened import go
from processes.demo.stories import against, befall, hold
from processes.demo.stories_sanction import (
    MAIN,
    PLANS,
    against_person,
    against_unit,
    conclude,
    explain,
    live,
)
from processes.demo.walk import Walk
from processes.flows import AppointmentInPlaceFlow
from processes.flows.sanction import SanctionFlow, open_sanction
from processes.notices.deadlines import tell_of_deadline
from processes.notices.kinds import Kind
from processes.notices.models import Notice
from processes.organisation.people import Cadre, Discipline
from processes.rotation.missions import Finding, MissionOrder, ProductTargetSet, RotationReview
from processes.steps.befall import CASE_ACTIONS
from processes.steps.sweep import sweep
from tests.flows.support import Browser, browser, road, world
from tests.world import SINCE, World

__all__ = ["browser", "road", "world"]


@pytest.fixture
def accused(world: World) -> Cadre:
    return world.candidates[0]


@pytest.fixture
def walk(world: World, accused: Cadre) -> Walk:
    """A finding about a person of the department."""
    return against_person(world.units["P26"], accused)


@pytest.fixture
def about_unit(world: World) -> Walk:
    """A finding about the department itself."""
    return against_unit(world.units["P26"], world.units["SNV"])


def test_a_person_is_disciplined_and_the_record_says_so(walk: Walk, accused: Cadre) -> None:
    go(walk, MAIN)
    kept = Discipline.objects.get(cadre=accused)
    assert (walk.case.outcome, kept.form, kept.decided_on) == ("disciplined", "reprimand", today())
    assert kept.document == walk.case.facts["discipline"]["number"]


def test_a_unit_is_disciplined_and_a_note_says_so(about_unit: Walk, world: World) -> None:
    go(about_unit, MAIN)
    note = world.units["SNV"].notes.get()
    assert (about_unit.case.outcome, note.form) == ("disciplined", "reprimand")
    assert "cô lập" in note.text
    assert Discipline.objects.count() == 0


def test_the_papers_of_a_sanction_are_drawn_up(walk: Walk) -> None:
    go(walk, MAIN)
    drawn = set(walk.case.documents.values_list("item", flat=True))
    assert drawn == {"inspection_report", "discipline_decision", "vote_summary"}


def test_a_finding_without_ground_ends_the_case(walk: Walk) -> None:
    walk.do("receive_finding", "no_ground", reason="Không đủ căn cứ.")
    assert walk.case.outcome == "rejected"


def test_a_finding_is_not_dropped_without_a_reason(walk: Walk) -> None:
    with pytest.raises(ValidationError, match="reason"):
        walk.do("receive_finding", "no_ground")


def test_the_unit_of_the_person_enters_the_explanation(walk: Walk, world: World) -> None:
    go(walk, MAIN, "explain_finding")
    assert walk.task("explain_finding").unit == world.units["SNV"]
    explain(walk)
    assert (walk.at, Opinion.objects.get(case=walk.case).stand) == (["conclude_finding"], "comment")


def test_nobody_explains_their_own_case(walk: Walk, world: World, accused: Cadre) -> None:
    go(walk, MAIN, "explain_finding")
    become(accused, world["head"])
    task = walk.task("explain_finding")
    assert task.flow_task.why_not(world["head"], task) == "This case is about you."
    assert task.flow_task.why_not(world["party"], task) == ""


def become(cadre: Cadre, user: User) -> None:
    """Let an account be the account of this cadre."""
    Cadre.objects.filter(user=user).update(user=None)
    Cadre.objects.filter(pk=cadre.pk).update(user=user)


def test_without_an_explanation_the_deadline_goes_on(walk: Walk) -> None:
    go(walk, MAIN, "explain_finding")
    sweep(today() + timedelta(days=60))
    assert walk.at == ["conclude_finding"]
    assert AuditEntry.objects.filter(case=walk.case, outcome="deadline").exists()


def test_no_violation_ends_the_case(walk: Walk, accused: Cadre) -> None:
    conclude(go(walk, MAIN, "conclude_finding"), "no_violation")
    assert (walk.case.outcome, accused.disciplines.count()) == ("cleared", 0)


def test_a_reminder_is_no_discipline(walk: Walk, accused: Cadre) -> None:
    conclude(go(walk, MAIN, "conclude_finding"), "remind")
    assert (walk.case.outcome, accused.disciplines.count()) == ("reminded", 0)


def test_a_reminder_of_a_unit_is_noted(about_unit: Walk, world: World) -> None:
    conclude(go(about_unit, MAIN, "conclude_finding"), "remind")
    assert about_unit.case.outcome == "reminded"
    assert world.units["SNV"].notes.get().form == "reminder"


def test_discipline_is_proposed_in_one_of_its_forms(walk: Walk) -> None:
    go(walk, MAIN, "conclude_finding")
    with pytest.raises(ValidationError, match="proposal"):
        conclude(walk, proposal="")


def test_a_unit_is_not_removed_from_office(about_unit: Walk) -> None:
    go(about_unit, MAIN, "conclude_finding")
    with pytest.raises(ValidationError, match="proposal"):
        conclude(about_unit, proposal="removal")


def test_whoever_received_the_finding_does_not_conclude(walk: Walk, world: World) -> None:
    grant(world["ic_clerk"], Role.IC_HEAD, world.units["UBKTTU"], by=None, since=SINCE)
    go(walk, MAIN, "conclude_finding")
    task = walk.task("conclude_finding")
    assert "prepared papers" in task.flow_task.why_not(world["ic_clerk"], task)


def test_the_standing_board_may_return_the_proposal(walk: Walk) -> None:
    go(walk, MAIN, "schedule").do("schedule", "return", reason="Làm rõ mức độ.")
    assert walk.at == ["conclude_finding"]


def test_the_standing_committee_may_return_the_proposal(walk: Walk) -> None:
    go(walk, MAIN, "decide_discipline").motion("decide_discipline", "return", "Xem lại hình thức.")
    conclude(walk, proposal="warning")
    go(walk, MAIN)
    assert Discipline.objects.get().form == "warning"


def test_the_standing_committee_may_reject_the_proposal(walk: Walk) -> None:
    go(walk, MAIN, "decide_discipline").conference("decide_discipline", against)
    assert (walk.case.outcome, Discipline.objects.count()) == ("rejected", 0)


def test_without_a_quorum_the_vote_is_called_again(walk: Walk) -> None:
    go(walk, MAIN, "decide_discipline").conference("decide_discipline", absent=99)
    assert walk.at == ["decide_discipline"]


def test_a_held_sanction_resumes_restarts_or_ends(walk: Walk) -> None:
    hold(go(walk, MAIN, "schedule")).do("held", "resume", reason="Xong.")
    assert walk.at == ["schedule"]
    restart = {"restart_from": "conclude_finding", "reason": "Tình tiết mới."}
    hold(walk).do("held", "restart", **restart)
    assert walk.at == ["conclude_finding"]
    hold(walk).do("held", "reject", reason="Người vi phạm đã chết.")
    assert walk.case.outcome == "rejected"


def test_that_a_sanction_is_late_is_told_to_who_leads_it_and_gives_it_more_time(
    walk: Walk, world: World
) -> None:
    clock = go(walk, MAIN, "explain_finding").case.clocks.get(stopped_on__isnull=True)
    case = walk.case
    Notice.objects.all().delete()
    tell_of_deadline(Kind.ESCALATION, clock)
    told = {User.objects.get(pk=one.person_id).username for one in Notice.objects.filter(case=case)}
    assert "ic_head" in told
    assert not told & {"oc_head", "standing"}


@pytest.mark.parametrize("name", ["hold", "prioritise"])
def test_the_head_of_the_organ_that_leads_the_case_leads_it_alone(
    walk: Walk, world: World, name: str
) -> None:
    (action,) = (action for action in CASE_ACTIONS if action.name == name)
    assert not action.why_not(world["ic_head"], walk.case)
    assert str(world.units["UBKTTU"]) in action.why_not(world["oc_head"], walk.case)
    assert str(action.title) in action.why_not(world["oc_head"], walk.case)


def test_the_unit_concerned_cannot_withdraw_the_case(about_unit: Walk, world: World) -> None:
    action = next(action for action in CASE_ACTIONS if action.name == "withdraw")
    assert action.why_not(world["head"], about_unit.case)


def test_the_head_of_the_organ_that_leads_the_case_gives_more_time(
    walk: Walk, world: World
) -> None:
    clock = go(walk, MAIN, "explain_finding").case.clocks.get(stopped_on__isnull=True)
    day = clock.due_on + timedelta(days=7)
    (extend,) = (action for action in CASE_ACTIONS if action.name == "extend")
    for name in ("head", "standing", "oc_head"):
        why = extend.why_not(world[name], walk.case)
        assert str(world.units["UBKTTU"]) in why
        assert why.endswith(f": {extend.title}.")
    befall(walk, "extend", reason="Vụ việc phức tạp.", clock=str(clock.pk), due_on=day)
    entry = walk.case.entries.latest("seq")
    assert (walk.task("explain_finding").due_on, entry.by) == (day, world["ic_head"])


@pytest.mark.parametrize("plan", PLANS)
def test_the_demo_can_tell_each_of_its_plans(walk: Walk, plan: str) -> None:
    live(walk, plan)
    step = PLANS[plan][0]
    assert plan != f"at {step}" or walk.at == [step]


def review_of(world: World, parent: Case, **about: object) -> Finding:
    """A finding of a review of somebody's mission."""
    post = world.positions["party"]
    chosen = ProductTargetSet.objects.create(
        province=world.units["P26"], title="Thí điểm", valid_from=SINCE, source="test"
    )
    order = MissionOrder.objects.create(
        target_set=chosen, cadre=world.candidates[0], position=post, province=world.units["P26"],
        unit=post.unit, ordered_on=today(), since=today(),
    )  # fmt: skip
    review = RotationReview.objects.create(
        order=order, kind="quarter", year=2026, number=2, opened_on=today()
    )
    return Finding.objects.create(review=review, text="Cô lập cán bộ.", **about)


def test_the_finding_of_a_review_starts_a_sanction(walk: Walk, world: World) -> None:
    unit = world.units["SNV"]
    finding = review_of(world, walk.case, kind="locality_isolation", unit=unit)
    case = open_sanction(finding, parent=walk.case)
    assert (case.flow_class, case.parent, case.opened_by) == (SanctionFlow, walk.case, None)
    assert (finding.sanction, case.facts["asked"]) == (case, [unit.pk])
    go(Walk(case), MAIN, "conclude_finding")


def test_the_case_of_a_review_is_named_only_to_whoever_may_know_of_it(
    walk: Walk, world: World, browser: Browser
) -> None:
    parent = Walk.begin(AppointmentInPlaceFlow, world.positions["state"], secrecy="secret").case
    finding = review_of(world, parent, kind="locality_isolation", unit=world.units["SNV"])
    case = open_sanction(finding, parent=parent)
    assert parent.code not in case.facts["finding"]["basis"]
    page = reverse("case", args=[case.pk])
    told = {name: browser(name).get(page).content.decode() for name in ("ic_clerk", "inspector")}
    assert {name: parent.code in text for name, text in told.items()} == {
        "ic_clerk": False,
        "inspector": True,
    }
    assert "Grew out of" not in told["ic_clerk"]


@pytest.mark.parametrize(
    ("person", "unit", "field"),
    [(False, False, "accused_unit"), (True, True, "accused_unit"), ("none", False, "person")],
)
def test_a_finding_is_about_one_known_person_or_unit(
    world: World, accused: Cadre, person: object, unit: bool, field: str
) -> None:
    said = {
        "person": {True: accused.code, False: "", "none": "000"}[person],
        "accused_unit": world.units["SNV"].pk if unit else "",
    }
    with pytest.raises(ValidationError, match=field):
        against_unit(world.units["P26"], world.units["SNV"], **said)


def test_only_the_inspection_committee_starts_a_sanction(browser: Browser) -> None:
    begin = reverse("begin_without", args=["sanction"])
    assert browser("ic_clerk").get(begin).status_code == 200
    assert browser("oc_clerk").get(begin).status_code == 403


def test_a_sanction_is_started_and_received_by_its_pages(
    world: World, accused: Cadre, browser: Browser
) -> None:
    clerk = browser("ic_clerk")
    said = {
        "kind": "other", "person": accused.code, "accused_unit": "", "finding": "Chậm trễ kéo dài.",
        "basis": "BC 9", "secrecy": "secret", "reason": "",
    }  # fmt: skip
    clerk.post(reverse("begin_without", args=["sanction"]), said)
    case = Case.objects.get(flow_class=SanctionFlow)
    page = clerk.get(reverse("case", args=[case.pk])).content.decode()
    assert "Chậm trễ kéo dài." in page
    task = Walk(case).task("receive_finding")
    clerk.post(reverse("task", args=[case.pk, task.pk]), {"outcome": "ask", "reason": ""})
    assert Walk(case).at == ["explain_finding"]


def test_an_explanation_is_entered_and_concluded_on_by_pages(
    walk: Walk, world: World, browser: Browser
) -> None:
    go(walk, MAIN, "explain_finding")
    for name, step, said in (
        ("party", "explain_finding", {"text": "Xin giải trình."}),
        ("ic_head", "conclude_finding", {"outcome": "remind", "report": "Nhẹ.", "proposal": ""}),
    ):
        task = walk.task(step)
        user = browser(name)
        user.post(reverse("take", args=[task.pk]))
        answer = user.post(reverse("task", args=[walk.case.pk, task.pk]), said)
        assert answer.status_code == 302, answer.content.decode()
    walk.case.refresh_from_db()
    assert walk.case.outcome == "reminded"


def test_whom_a_sanction_is_about_sees_only_its_cover(
    walk: Walk, world: World, accused: Cadre, browser: Browser
) -> None:
    go(walk, MAIN, "explain_finding")
    become(accused, world["head"])
    page = browser("head").get(reverse("case", args=[walk.case.pk])).content.decode()
    assert walk.case.facts["finding"]["text"] not in page
