"""The paths of an inspection: cases, findings, explanation, conclusion, second signature."""

from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from docx import Document as Docx

from permissions.catalogue import Act, Role
from permissions.checks import today
from permissions.errors import Conflict, Refused
from permissions.grants import grant
from processes.audit.models import AuditEntry, Event
from processes.audit.verify import verify
from processes.cases.models import Case, Opinion
from processes.demo import stories_inspection as story
from processes.demo.opened import go
from processes.demo.stories_inspection import MAIN, PLANS, act, draft, live, suspend, write
from processes.demo.stories_sanction import against_person
from processes.demo.walk import Walk
from processes.dossiers.store import content_of
from processes.flows.inspection import InspectionFlow
from processes.flows.sanction import SanctionFlow
from processes.inspections import queries, writers
from processes.inspections.models import InspectionFinding, InspectionRequest
from processes.notices.models import Notice
from processes.organisation.people import Kinship
from processes.steps.befall import CASE_ACTIONS
from processes.steps.sweep import sweep
from processes.steps.who_can import who_can
from tests.flows.support import Browser, browser, road, world
from tests.world import SINCE, World, make_cadre, make_user

__all__ = ["browser", "road", "world"]


@pytest.fixture
def case(world: World) -> Case:
    """A case about somebody of the department, which has had no step of it yet."""
    walk = against_person(world.units["P26"], world.candidates[0])
    return walk.do("receive_finding", "ask").case


@pytest.fixture
def walk(world: World, case: Case) -> Walk:
    """An inspection of that case, by one of two inspectors."""
    world.people["second"] = make_user("second")
    grant(world["second"], Role.INSPECTOR, world.units["P26"], by=None, since=SINCE)
    return story.inspect(world.units["P26"], [case])


def finding(walk: Walk) -> InspectionFinding:
    return InspectionFinding.objects.get(inspection=walk.case)


def test_an_inspection_ends_with_a_conclusion_that_a_second_inspector_signs(
    walk: Walk, world: World
) -> None:
    go(walk, MAIN)
    signed = walk.case.facts["signed"]
    assert (walk.case.outcome, signed["by"]) == ("inspected", world["second"].pk)
    assert finding(walk).upheld is True


def test_the_conclusion_is_a_paper_with_findings_answers_and_recommendations(walk: Walk) -> None:
    go(walk, MAIN)
    paper = walk.case.documents.get(item="inspection_conclusion")
    told = "\n".join(line.text for line in Docx(BytesIO(content_of(paper))).paragraphs)
    for said in ("Chưa lấy ý kiến", "Mức độ: vi phạm", "Do sơ suất", "Rà soát, chấn chỉnh"):
        assert said in told


def test_everything_written_has_an_entry_in_the_chain_of_the_inspection(walk: Walk) -> None:
    draft(go(walk, MAIN, "draft_conclusion"))
    events = list(walk.case.entries.values_list("event", flat=True))
    wanted = [Event.INSPECTED, Event.NOTED, Event.FOUND, Event.EXPLANATION_ASKED, Event.RECOMMENDED]
    assert [event for event in events if event in wanted] == wanted
    assert verify(walk.case.pk).sound


def test_a_request_becomes_a_task_of_the_unit_with_a_deadline(walk: Walk, world: World) -> None:
    write(walk).do("examine_cases", "ask")
    task = walk.task("explain_to_inspectors")
    assert (task.unit, task.act) == (world.units["SNV"], Act.ANSWER)
    assert task.due_on > today()
    assert Notice.objects.filter(task=task, person=world["head"]).exists()
    form = task.flow_task.form_class(task=task, user=world["head"])
    assert "Đề nghị giải trình" in form.said


def test_an_explanation_is_kept_and_its_entry_has_the_digest_only(walk: Walk) -> None:
    go(walk, MAIN, "draft_conclusion")
    text = Opinion.objects.get(case=walk.case).text
    entry = walk.case.entries.get(step="explain_to_inspectors", event=Event.CONCLUDED)
    assert entry.facts["sha256"] == sha256(text.encode()).hexdigest()
    assert text not in entry.reason


def test_the_clock_reminds_then_names_who_has_not_explained(walk: Walk, world: World) -> None:
    go(walk, MAIN, "explain_to_inspectors")
    due = walk.task("explain_to_inspectors").due_on
    sweep(due)
    assert walk.case.entries.filter(event=Event.REMINDED).exists()
    sweep(due + timedelta(days=1))
    walk.done()
    assert (walk.at, walk.case.flags) == (["draft_conclusion"], ["not_explained"])
    late = walk.case.entries.get(event=Event.ESCALATED)
    assert late.unit == world.units["SNV"]
    assert Notice.objects.filter(kind="escalation", person=world["head"]).exists()


def test_nobody_is_asked_without_a_request(walk: Walk) -> None:
    with pytest.raises(ValidationError, match="outcome"):
        walk.do("examine_cases", "ask")
    walk.do("examine_cases", "conclude")
    assert walk.at == ["draft_conclusion"]


def test_a_written_request_is_not_forgotten(walk: Walk) -> None:
    with pytest.raises(ValidationError, match="not sent"):
        write(walk).do("examine_cases", "conclude")


def test_more_can_be_asked_after_an_explanation(walk: Walk) -> None:
    go(walk, MAIN, "draft_conclusion").do("draft_conclusion", "examine", text="Làm rõ thêm.")
    assert walk.at == ["examine_cases"]
    write(walk).do("examine_cases", "ask")
    asked = queries.requests_to(walk.task("explain_to_inspectors"))
    assert [one.round for one in asked] == [2]


def test_a_conclusion_says_of_each_finding_whether_it_stands(walk: Walk) -> None:
    go(walk, MAIN, "draft_conclusion")
    with pytest.raises(ValidationError, match="upheld_"):
        walk.do("draft_conclusion", "submit", text="Xong.")


def test_where_nothing_stands_nothing_was_found(walk: Walk) -> None:
    live(walk, "nothing upheld")
    assert (walk.case.outcome, finding(walk).upheld) == ("nothing_found", False)


def test_a_finding_starts_a_sanction_once_it_is_signed(walk: Walk, world: World) -> None:
    live(walk, "leads to a sanction")
    started = finding(walk).sanction
    assert (started.flow_class, started.parent) == (SanctionFlow, walk.case)
    assert started.opened_by is None
    assert started.facts["finding"]["basis"].startswith(walk.case.facts["signed"]["number"])
    assert started.facts["asked"] == [world.units["SNV"].pk]


def test_a_finding_about_a_person_starts_a_sanction_about_them(walk: Walk, world: World) -> None:
    cadre = world.candidates[1]
    writers.find(
        walk.case, by=world["inspector"], text="Kê khai không đúng.", level="serious",
        unit=world.units["SNV"], basis="Quy định", cadre=cadre, to_sanction=True,
    )  # fmt: skip
    draft(walk.do("examine_cases", "conclude")).do("sign_conclusion", "signed")
    assert finding(walk).sanction.candidate == cadre


def test_whoever_drafted_does_not_sign(walk: Walk, world: World) -> None:
    go(walk, MAIN, "sign_conclusion")
    task = walk.task("sign_conclusion")
    assert task.flow_task.why_not(world["inspector"], task)
    assert task.flow_task.why_not(world["second"], task) == ""


def test_who_can_sign_is_who_is_let_through(walk: Walk, world: World) -> None:
    go(walk, MAIN, "sign_conclusion")
    task = walk.task("sign_conclusion")
    named = who_can(walk.case, [(task.act, task.unit_id)])[task.act, task.unit_id]
    free = [one for one in world.people.values() if not task.flow_task.why_not(one, task)]
    assert named == free == [world["second"]]


def test_whoever_wrote_a_note_does_not_sign(walk: Walk, world: World) -> None:
    writers.note(walk.case, by=world["second"], text="Đã đọc biên bản.")
    go(walk, MAIN, "sign_conclusion")
    task = walk.task("sign_conclusion")
    assert "second inspector" in task.flow_task.why_not(world["second"], task)


def test_the_second_inspector_may_return_the_draft(walk: Walk) -> None:
    live(walk, "draft returned")
    assert walk.at == ["draft_conclusion"]
    form = walk.task("draft_conclusion").flow_task.form_class(
        task=walk.task("draft_conclusion"), user=story.inspector(walk)
    )
    assert form.fields["text"].initial.startswith("Đơn vị cơ bản")


def test_nothing_is_added_while_the_conclusion_waits_for_its_signature(walk: Walk) -> None:
    go(walk, MAIN, "sign_conclusion")
    with pytest.raises(Refused, match="signature"):
        writers.note(walk.case, by=story.inspector(walk), text="Thêm.")


def test_nothing_is_added_once_it_is_over(walk: Walk) -> None:
    go(walk, MAIN)
    with pytest.raises(Conflict, match="ended"):
        writers.note(walk.case, by=story.inspector(walk), text="Thêm.")


def test_a_held_inspection_resumes_restarts_or_ends(walk: Walk) -> None:
    suspend(go(walk, MAIN, "draft_conclusion"))
    with pytest.raises(Refused, match="hold"):
        writers.note(walk.case, by=story.inspector(walk), text="Thêm.")
    walk.do("held", "resume", reason="Xong.")
    assert walk.at == ["draft_conclusion"]
    suspend(walk).do("held", "restart", restart_from="examine_cases", reason="Tình tiết mới.")
    assert walk.at == ["examine_cases"]
    suspend(walk).do("held", "reject", reason="Trùng.")
    assert walk.case.outcome == "rejected"


def action(name: str) -> object:
    return next(one for one in CASE_ACTIONS if one.name == name)


@pytest.mark.parametrize("name", ["oc_head", "head", "standing", "ic_head", "admin"])
def test_nobody_else_holds_or_breaks_off_an_inspection(walk: Walk, world: World, name: str) -> None:
    for what in ("hold", "withdraw"):
        assert action(what).why_not(world[name], walk.case)


def test_an_inspector_gives_a_unit_more_time_to_explain(walk: Walk, world: World) -> None:
    clock = go(walk, MAIN, "explain_to_inspectors").case.clocks.get(stopped_on__isnull=True)
    assert action("extend").why_not(world["oc_head"], walk.case)
    day = clock.due_on + timedelta(days=7)
    said = {"clock": str(clock.pk), "due_on": day, "reason": "Nhiều vụ việc."}
    act(walk, "extend", by=world["inspector"], **said)
    assert walk.task("explain_to_inspectors").due_on == day


def test_only_a_second_inspector_breaks_an_inspection_off(walk: Walk, world: World) -> None:
    with pytest.raises(Refused, match="second inspector"):
        act(walk, "withdraw", by=world["inspector"], reason="x")
    act(walk, "withdraw", by=world["second"], reason="Mở nhầm.")
    assert walk.case.outcome == "withdrawn"


def test_nobody_inspects_a_relatives_case(walk: Walk, world: World, case: Case) -> None:
    kin = make_cadre(world.units["UBKTTU"], world["second"])
    Kinship.objects.create(cadre=case.candidate, relative=kin, relation="anh em ruột")
    with pytest.raises(Refused, match="relative"):
        writers.note(walk.case, by=world["second"], text="x")
    go(walk, MAIN, "draft_conclusion")
    task = walk.task("draft_conclusion")
    assert "relative" in task.flow_task.why_not(world["second"], task)
    assert not queries.inspections_for(world["second"]).exists()
    with pytest.raises(ValidationError, match="relative"):
        story.inspect(world.units["P26"], [case], by=world["second"])


@pytest.mark.parametrize("codes", ["KHONG-CO-1", "inspection"])
def test_only_cases_of_the_province_are_inspected(walk: Walk, world: World, codes: str) -> None:
    told = walk.case.code if codes == "inspection" else codes
    with pytest.raises(ValidationError, match="codes"):
        story.begin(
            InspectionFlow, world.units["P26"], title="x", basis="x", codes=told, secrecy="secret"
        )


@pytest.mark.parametrize("plan", PLANS)
def test_the_demo_can_tell_each_of_its_plans(walk: Walk, plan: str) -> None:
    live(walk, plan)
    step = PLANS[plan][0]
    assert plan != f"at {step}" or walk.at == [step]


def test_only_inspectors_open_inspections(world: World, browser: Browser) -> None:
    begin = reverse("begin_without", args=["inspection"])
    assert browser("inspector").get(begin).status_code == 200
    for name in ("oc_clerk", "ic_clerk"):
        assert browser(name).get(begin).status_code == 403
    for name in ("sanction", "consultation_round", "delegation"):
        address = reverse("begin_without", args=[name])
        assert browser("inspector").get(address).status_code == 403


def test_an_inspection_is_led_by_its_pages(
    walk: Walk, world: World, case: Case, browser: Browser
) -> None:
    client = browser("inspector")
    page = client.get(reverse("case", args=[case.pk])).content.decode()
    assert f"{reverse('begin_without', args=['inspection'])}?q={case.code}" in page
    unit = world.units["SNV"].pk
    for what, said in (
        ("note", {"text": "Ghi nhận."}),
        ("finding", {"unit": unit, "text": "Thiếu biên bản.", "level": "violation", "basis": "QT"}),
        ("request", {"unit": unit, "text": "Giải trình việc thiếu biên bản."}),
        ("recommendation", {"unit": unit, "text": "Bổ sung biên bản.", "due_on": ""}),
    ):
        answer = client.post(reverse("inspection_add", args=[walk.case.pk, what]), said)
        assert answer.status_code == 302, answer.content.decode()
    page = client.get(reverse("inspection", args=[walk.case.pk])).content.decode()
    for text in ("Ghi nhận.", "Thiếu biên bản.", "Giải trình việc", "Bổ sung biên bản."):
        assert text in page


def test_a_wrong_addition_says_why_and_keeps_what_was_typed(
    walk: Walk, world: World, browser: Browser
) -> None:
    said = {"unit": world.units["SNV"].pk, "person": "000", "text": "Giữ lại.", "basis": "QT"}
    address = reverse("inspection_add", args=[walk.case.pk, "finding"])
    answer = browser("inspector").post(address, said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Giữ lại." in page
    assert "Nobody in this unit" in page
    late = {"unit": world.units["SNV"].pk, "text": "Giữ lại.", "due_on": "2020-01-01"}
    address = reverse("inspection_add", args=[walk.case.pk, "recommendation"])
    assert browser("inspector").post(address, late).status_code == 422


def test_a_refused_addition_leaves_an_entry(walk: Walk, browser: Browser) -> None:
    go(walk, MAIN, "sign_conclusion")
    address = reverse("inspection_add", args=[walk.case.pk, "note"])
    assert browser("inspector").post(address, {"text": "x"}).status_code == 403
    assert walk.case.entries.filter(event=Event.REFUSED).exists()


@pytest.mark.parametrize("name", ["head", "oc_head", "ic_head", "admin", "stranger"])
def test_to_others_the_page_of_an_inspection_does_not_exist(
    walk: Walk, browser: Browser, name: str
) -> None:
    go(walk, MAIN, "explain_to_inspectors")
    client = browser(name)
    assert client.get(reverse("inspection", args=[walk.case.pk])).status_code == 404
    assert client.get(reverse("inspections")).status_code == 403


def test_a_unit_sees_its_task_and_nothing_of_what_inspectors_write(
    walk: Walk, browser: Browser
) -> None:
    go(walk, MAIN, "explain_to_inspectors")
    client = browser("head")
    pages = [client.get(reverse(name, args=[walk.case.pk])) for name in ("case", "case_trail")]
    for page in pages:
        assert page.status_code == 200
        assert "Biên bản lập sau" not in page.content.decode()
        assert "wrote a note" not in page.content.decode()


def test_a_unit_replays_no_inspection(walk: Walk, browser: Browser) -> None:
    go(walk, MAIN, "explain_to_inspectors")
    address = reverse("case_replay", args=[walk.case.pk])
    assert browser("head").get(address).status_code == 403
    assert browser("inspector").get(address).status_code == 200


def test_what_one_unit_explains_another_body_does_not_read(walk: Walk, browser: Browser) -> None:
    go(walk, MAIN, "draft_conclusion")
    address = reverse("case", args=[walk.case.pk])
    assert "Do sơ suất" in browser("head").get(address).content.decode()
    assert "Do sơ suất" not in browser("sc_clerk").get(address).content.decode()


def test_a_list_of_inspections_costs_as_much_with_more(
    walk: Walk, world: World, case: Case, browser: Browser, django_assert_max_num_queries: object
) -> None:
    for _n in range(5):
        story.inspect(world.units["P26"], [case])
    client = browser("inspector")
    client.get(reverse("inspections"))
    with django_assert_max_num_queries(8):
        page = client.get(reverse("inspections")).content.decode()
    assert page.count("KTRA-") >= 6


def test_the_reading_of_an_inspection_is_in_its_chain(walk: Walk, browser: Browser) -> None:
    browser("inspector").get(reverse("inspection", args=[walk.case.pk]))
    assert AuditEntry.objects.filter(case=walk.case, event=Event.READ).count() == 1


def test_requests_wait_until_they_are_sent(walk: Walk) -> None:
    write(walk)
    assert InspectionRequest.objects.get().sent_on is None
    walk.do("examine_cases", "ask")
    assert InspectionRequest.objects.get().sent_on == today()
