"""The paths of a delegation: resolution, signature in another's name, end by the clock."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from docx import Document as Docx

from permissions.catalogue import Lane, Role
from permissions.checks import today
from permissions.grants import grant
from permissions.models import User
from processes.audit.models import AuditEntry
from processes.cases.models import Case
from processes.demo.opened import go
from processes.demo.stories import advance, against, hold
from processes.demo.stories_delegation import MAIN, PLANS, about_case, about_document, live
from processes.demo.walk import Walk
from processes.dossiers.store import content_of
from processes.flows import AppointmentInPlaceFlow
from processes.flows.delegation import DelegationFlow
from processes.organisation.bodies import Body
from processes.organisation.units import LaneUnit
from processes.steps.sweep import sweep
from tests.flows.support import Browser, browser, road, world
from tests.world import SINCE, World, make_body, make_cadre, make_user

__all__ = ["browser", "road", "world"]


@pytest.fixture
def ready(world: World) -> World:
    """The province with an Executive Committee that meets."""
    unit = world.units["P26"]
    if not Body.objects.filter(unit=unit, kind="executive_committee").exists():
        members = [make_cadre(unit, make_user(f"ec{number}")) for number in range(5)]
        make_body(unit, Body.Kind.EXECUTIVE_COMMITTEE, members)
    LaneUnit.objects.get_or_create(
        province=unit, lane=Lane.EC, unit=unit, defaults={"valid_from": SINCE}
    )
    return world


@pytest.fixture
def walk(ready: World) -> Walk:
    """The Executive Committee is asked to let the Standing Committee sign."""
    return about_document(ready.units["P26"])


@pytest.fixture(scope="module")
def unsigned(road: World) -> int:
    """The number of an appointment that was walked to the signature of its decision."""
    walk = Walk.begin(AppointmentInPlaceFlow, road.positions["party"])
    return int(advance(walk, "sign_or_issue").case.pk)


@pytest.fixture
def parent(unsigned: int, ready: World) -> Walk:
    """An appointment that waits for the signature of its decision."""
    return Walk(Case.objects.get(pk=unsigned))


def words_of(case: Case, item: str) -> str:
    """What stands in a document, its tables included."""
    docx = Docx(BytesIO(content_of(case.documents.filter(item=item).latest("pk"))))
    cells = [cell for table in docx.tables for row in table.rows for cell in row.cells]
    paragraphs = [*docx.paragraphs, *(p for cell in cells for p in cell.paragraphs)]
    return "\n".join(paragraph.text for paragraph in paragraphs)


def test_the_executive_committee_lets_the_standing_committee_sign(walk: Walk) -> None:
    go(walk, MAIN)
    assert walk.case.outcome == "signed"
    drawn = words_of(walk.case, "delegated_document")
    assert "T/M BAN THƯỜNG VỤ" in drawn
    assert walk.case.facts["resolution"] in drawn


def test_the_resolution_names_delegate_scope_and_last_day(walk: Walk) -> None:
    go(walk, MAIN, "sign_for_body")
    drawn = words_of(walk.case, "delegation_resolution")
    last = today() + timedelta(days=30)
    assert "BAN CHẤP HÀNH QUYẾT ĐỊNH" in drawn
    assert "Ủy quyền Ban Thường vụ Tỉnh ủy hoàn thiện và ký" in drawn
    assert f"đến hết ngày {last:%d/%m/%Y}" in drawn


@pytest.mark.parametrize(
    ("body", "delegate", "authority"),
    [
        ("standing_committee", "secretary", "T/M BAN THƯỜNG VỤ, BÍ THƯ"),
        ("executive_committee", "secretary", "T/M BAN CHẤP HÀNH, BÍ THƯ"),
        ("standing_committee", "deputy_secretary",
         "T/M BAN THƯỜNG VỤ, K/T BÍ THƯ, PHÓ BÍ THƯ"),
        ("standing_committee", "oc_head", "T/L BAN THƯỜNG VỤ, TRƯỞNG BAN TỔ CHỨC"),
    ],
)  # fmt: skip
def test_the_signature_says_in_whose_name(
    ready: World, body: str, delegate: str, authority: str
) -> None:
    walk = go(about_document(ready.units["P26"], body=body, delegate=delegate), MAIN)
    entry = AuditEntry.objects.get(case=walk.case, outcome="signed", step="sign_for_body")
    assert entry.facts["signature"] == authority


def test_the_head_of_the_organization_committee_signs_what_was_delegated_to_them(
    ready: World,
) -> None:
    walk = about_document(ready.units["P26"], body="standing_committee", delegate="oc_head")
    go(walk, MAIN, "sign_for_body")
    assert walk.actor(walk.task("sign_for_body")) == ready["oc_head"]


def test_the_body_may_refuse(walk: Walk) -> None:
    go(walk, MAIN, "executive_committee_authorises")
    walk.conference("executive_committee_authorises", against)
    assert walk.case.outcome == "rejected"


@pytest.mark.parametrize("body", ["standing_committee", "executive_committee"])
def test_the_body_may_return_the_draft(ready: World, body: str) -> None:
    walk = about_document(ready.units["P26"], body=body, delegate="secretary")
    step = f"{body}_authorises"
    go(walk, MAIN, step).motion(step, "return", "Làm rõ phạm vi.")
    assert walk.at == ["draft_delegation"]


@pytest.mark.parametrize("body", ["standing_committee", "executive_committee"])
def test_without_a_quorum_the_body_is_called_again(ready: World, body: str) -> None:
    walk = about_document(ready.units["P26"], body=body, delegate="secretary")
    step = f"{body}_authorises"
    go(walk, MAIN, step).conference(step, absent=99)
    assert walk.at == [step]


def test_the_standing_committee_may_refuse(ready: World) -> None:
    walk = about_document(ready.units["P26"], body="standing_committee", delegate="secretary")
    step = "standing_committee_authorises"
    go(walk, MAIN, step).conference(step, against)
    assert walk.case.outcome == "rejected"


def test_the_clock_ends_a_delegation_that_was_not_used(walk: Walk) -> None:
    go(walk, MAIN, "sign_for_body")
    sweep(today() + timedelta(days=30))
    assert walk.at == ["sign_for_body"]
    sweep(today() + timedelta(days=31))
    walk.case.refresh_from_db()
    assert walk.case.outcome == "expired"


def test_nothing_is_signed_after_the_last_day(walk: Walk) -> None:
    go(walk, MAIN, "sign_for_body")
    facts = walk.case.facts
    facts["delegation"]["until"] = (today() - timedelta(days=1)).isoformat()
    Case.objects.filter(pk=walk.case.pk).update(facts=facts)
    with pytest.raises(ValidationError, match="ended on"):
        MAIN["sign_for_body"](walk)


def test_a_held_delegation_resumes_restarts_or_ends(walk: Walk) -> None:
    hold(go(walk, MAIN, "sign_for_body")).do("held", "resume", reason="Xong.")
    assert walk.at == ["sign_for_body"]
    hold(walk).do("held", "restart", restart_from="draft_delegation", reason="Sửa.")
    assert walk.at == ["draft_delegation"]
    hold(walk).do("held", "reject", reason="Thôi.")
    assert walk.case.outcome == "rejected"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"until": "2020-01-01"}, "until"),
        ({"body": "standing_committee", "delegate": "standing_committee"}, "delegate"),
        ({"case_code": "BN-2020-00000"}, "case_code"),
    ],
)
def test_what_cannot_be_delegated_is_refused(
    ready: World, said: dict[str, str], field: str
) -> None:
    with pytest.raises(ValidationError, match=field):
        about_document(ready.units["P26"], **said)


def under(parent: Walk, delegation: Walk) -> str:
    """The choice of the signing form that stands for a delegation."""
    return str(delegation.task("sign_for_body").pk)


def test_a_case_is_signed_under_its_delegation(parent: Walk) -> None:
    delegation = go(about_case(parent.case), MAIN, "sign_for_body")
    parent.do("sign_decision", "signed", under=under(parent, delegation))
    delegation.case.refresh_from_db()
    assert (parent.at, delegation.case.outcome) == (["promulgate"], "signed")
    drawn = words_of(parent.case, "party_decision")
    assert "T/M BAN THƯỜNG VỤ, K/T BÍ THƯ" in drawn
    assert "PHÓ BÍ THƯ" in drawn


def test_the_trail_says_in_whose_name_a_decision_was_signed(parent: Walk, browser: Browser) -> None:
    delegation = go(about_case(parent.case), MAIN, "sign_for_body")
    parent.do("sign_decision", "signed", under=under(parent, delegation))
    page = browser("inspector").get(reverse("case_trail", args=[parent.case.pk]))
    said = "under a delegation, “T/M BAN THƯỜNG VỤ, K/T BÍ THƯ, PHÓ BÍ THƯ”"
    assert said in page.content.decode()


def second_head(ready: World) -> User:
    """A head of the Organization Committee who has not appraised the case."""
    user = make_user("oc_head2")
    grant(user, Role.OC_HEAD, ready.units["BTCTU"], by=None, since=SINCE)
    return user


def test_whoever_is_authorised_signs_without_being_the_secretary(
    parent: Walk, ready: World
) -> None:
    delegate = second_head(ready)
    task = parent.task("sign_decision")
    assert task.flow_task.why_not(delegate, task)
    delegation = go(about_case(parent.case, "oc_head"), MAIN, "sign_for_body")
    with pytest.raises(ValidationError, match="under"):
        parent.do("sign_decision", "signed", by=delegate)
    parent.do("sign_decision", "signed", by=delegate, under=under(parent, delegation))
    assert "T/L BAN THƯỜNG VỤ" in words_of(parent.case, "party_decision")


def test_whoever_appraised_a_case_does_not_sign_it_under_a_delegation(
    parent: Walk, ready: World
) -> None:
    go(about_case(parent.case, "oc_head"), MAIN, "sign_for_body")
    task = parent.task("sign_decision")
    assert "prepared papers" in task.flow_task.why_not(ready["oc_head"], task)


def test_the_secretary_still_signs_by_right(parent: Walk) -> None:
    delegation = go(about_case(parent.case), MAIN, "sign_for_body")
    parent.do("sign_decision", "signed", under="")
    assert (parent.at, delegation.at) == (["promulgate"], ["sign_for_body"])


def test_a_delegation_that_is_over_lets_nobody_sign(parent: Walk, ready: World) -> None:
    delegate = second_head(ready)
    go(about_case(parent.case, "oc_head"), MAIN, "sign_for_body")
    sweep(today() + timedelta(days=31))
    task = parent.task("sign_decision")
    assert task.flow_task.why_not(delegate, task)


def test_a_delegation_on_hold_lets_nobody_sign(parent: Walk, ready: World) -> None:
    hold(go(about_case(parent.case, "oc_head"), MAIN, "sign_for_body"))
    task = parent.task("sign_decision")
    assert task.flow_task.why_not(second_head(ready), task)


def test_the_decision_of_a_case_is_not_signed_in_the_delegation(parent: Walk) -> None:
    delegation = go(about_case(parent.case), MAIN, "sign_for_body")
    with pytest.raises(ValidationError, match="sign it there"):
        delegation.do("sign_for_body", "signed")


@pytest.mark.parametrize("plan", PLANS)
def test_the_demo_can_tell_each_of_its_plans(walk: Walk, plan: str) -> None:
    live(walk, plan)
    step = PLANS[plan][0]
    assert plan != f"at {step}" or walk.at == [step]


def test_a_delegation_is_started_and_signed_by_its_pages(ready: World, browser: Browser) -> None:
    said = {
        "title": "Quy chế phối hợp", "case_code": "", "body": "standing_committee",
        "delegate": "secretary", "scope": "Hoàn thiện, ký.", "secrecy": "internal", "reason": "",
        "until": (today() + timedelta(days=9)).isoformat(),
    }  # fmt: skip
    browser("oc_clerk").post(reverse("begin_without", args=["delegation"]), said)
    walk = go(Walk(Case.objects.get(flow_class=DelegationFlow)), MAIN, "sign_for_body")
    task, secretary = walk.task("sign_for_body"), browser("secretary")
    page = secretary.get(reverse("case", args=[walk.case.pk])).content.decode()
    assert "T/M BAN THƯỜNG VỤ, BÍ THƯ" in page
    secretary.post(reverse("take", args=[task.pk]))
    form = {"outcome": "signed", "kind": "QC", "wording": "Điều 1.", "reason": ""}
    answer = secretary.post(reverse("task", args=[walk.case.pk, task.pk]), form)
    assert answer.status_code == 302, answer.content.decode()
    walk.case.refresh_from_db()
    assert walk.case.outcome == "signed"


def test_the_signing_page_offers_the_delegation(parent: Walk, browser: Browser) -> None:
    delegation = go(about_case(parent.case), MAIN, "sign_for_body")
    task, secretary = parent.task("sign_decision"), browser("secretary")
    secretary.post(reverse("take", args=[task.pk]))
    page = secretary.get(reverse("task", args=[parent.case.pk, task.pk])).content.decode()
    assert f"under delegation {delegation.case.code}, as a deputy secretary" in page
