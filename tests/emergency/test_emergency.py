"""Emergency access: two people, some hours, one case, every reading marked; nothing silent."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from permissions.catalogue import Role
from permissions.checks import forget_rights, rights_of, today
from permissions.errors import Conflict, Refused
from permissions.grants import grant
from permissions.models import EmergencyAccess, User
from processes.audit.models import AuditEntry, Event
from processes.audit.verify import verify
from processes.cases.models import Case
from processes.demo.stories_sanction import against_person
from processes.demo.walk import PDF
from processes.dossiers.access import open_document
from processes.dossiers.models import Document
from processes.dossiers.store import keep
from processes.dossiers.uploads import upload
from processes.emergency.writers import approve, ask, deny, end
from processes.inbox.models import SavedFilter
from processes.notices.kinds import Kind
from processes.notices.models import Notice
from processes.notices.writers import notify
from processes.organisation.people import Kinship
from processes.talk.writers import say
from tests.flows.support import Browser, browser, road, world
from tests.world import SINCE, World, make_cadre, make_user

__all__ = ["browser", "road", "world"]
WHY = "Hệ thống lỗi khi mở hồ sơ, cần kiểm tra ngay."


@pytest.fixture
def case(world: World) -> Case:
    """A confidential case of the Inspection Committee."""
    return against_person(world.units["P26"], world.candidates[0], secrecy="secret").case


@pytest.fixture
def paper(case: Case, world: World) -> Document:
    return keep(
        case, PDF, by=world["ic_clerk"], item="finding_paper", title="Văn bản", issued_on=today(),
        mime="application/pdf", extension="pdf", step="1", number="", generated=False, cadre=None,
    )  # fmt: skip


@pytest.fixture
def asked(world: World, case: Case) -> EmergencyAccess:
    return ask(world.units["P26"], by=world["admin"], code=case.code.lower(), reason=WHY, hours=2)


@pytest.fixture
def access(asked: EmergencyAccess, world: World) -> EmergencyAccess:
    found = approve(asked, by=world["secretary"])
    forget_rights(world["admin"])
    return found


def reads(case: Case) -> list[dict[str, int]]:
    """What the entries of the administrator's readings say."""
    entries = case.entries.filter(event__in=(Event.READ, Event.DOWNLOADED), by__username="admin")
    return [entry.facts for entry in entries.order_by("pk")]


@pytest.mark.parametrize("superuser", [False, True])
def test_an_administrator_reads_no_dossier(
    world: World, case: Case, paper: Document, browser: Browser, superuser: bool
) -> None:
    User.objects.filter(pk=world["admin"].pk).update(is_superuser=superuser, is_staff=True)
    client = browser("admin")
    for name in ("case", "case_trail", "talk"):
        assert client.get(reverse(name, args=[case.pk])).status_code == 404
    assert client.get(reverse("download", args=[paper.pk])).status_code == 404
    for label in ("case", "casetask", "document", "opinion", "auditentry"):
        assert client.get(f"/admin/processes/{label}/").status_code in (302, 403, 404)


def test_asking_gives_nothing(asked: EmergencyAccess, case: Case, browser: Browser) -> None:
    assert browser("admin").get(reverse("case", args=[case.pk])).status_code == 404


def test_a_second_person_lets_one_read_that_case_only(
    access: EmergencyAccess, case: Case, world: World, browser: Browser
) -> None:
    other = against_person(world.units["P26"], world.candidates[1]).case
    client = browser("admin")
    assert client.get(reverse("case", args=[case.pk])).status_code == 200
    assert client.get(reverse("case", args=[other.pk])).status_code == 404


def test_the_bell_counts_what_is_told_of_that_case_only(
    access: EmergencyAccess, case: Case, world: World, browser: Browser
) -> None:
    before = browser("admin").get(reverse("bell")).context["count"]
    other = against_person(world.units["P26"], world.candidates[1], secrecy="secret").case
    for one in (case, other):
        notify(Kind.MENTION, [world["admin"]], key=f"k{one.pk}", by=world["head"], case=one)
    assert browser("admin").get(reverse("bell")).context["count"] == before + 1


@pytest.mark.parametrize("tab", ["mine", "take", "done"])
def test_the_inbox_stands_open_while_it_lasts(
    access: EmergencyAccess, world: World, browser: Browser, tab: str
) -> None:
    SavedFilter.objects.create(owner=world["admin"], name="x", query="tab=mine")
    page = browser("admin").get(reverse("inbox"), {"tab": tab})
    assert (page.status_code, access.reader) == (200, world["admin"])


def test_each_reading_is_marked(
    access: EmergencyAccess, case: Case, paper: Document, browser: Browser
) -> None:
    client = browser("admin")
    for name in ("case", "case", "case_trail", "talk"):
        client.get(reverse(name, args=[case.pk]))
    client.get(reverse("download", args=[paper.pk]))
    assert [facts["emergency"] for facts in reads(case)] == [access.pk] * 6  # two of the paper
    page = browser("inspector").get(reverse("case_trail", args=[case.pk])).content.decode()
    assert f"under emergency access no. {access.pk}" in page
    assert verify(case.pk).sound


def test_whoever_may_read_anyway_leaves_the_usual_entry(
    access: EmergencyAccess, case: Case, paper: Document, world: World
) -> None:
    EmergencyAccess.objects.filter(pk=access.pk).update(reader=world["ic_clerk"])
    open_document(paper, by=world["ic_clerk"])
    assert "emergency" not in case.entries.get(event=Event.DOWNLOADED).facts


def test_it_gives_no_right_but_to_read(
    access: EmergencyAccess, case: Case, world: World, browser: Browser
) -> None:
    admin = world["admin"]
    assert {act for act, _unit in rights_of(admin)} == {
        "administer_data", "import_people", "ask_emergency",
    }  # fmt: skip
    with pytest.raises(Refused, match="reading is all"):
        say(case, by=admin, text="x")
    file = SimpleUploadedFile("a.pdf", PDF, "application/pdf")
    with pytest.raises(Refused):
        upload(case, by=admin, item="finding_paper", file=file, issued_on=today())
    task = case.task_set.get()
    assert task.flow_task.why_not(admin, task)
    assert browser("admin").post(reverse("case_action", args=[case.pk, "hold"])).status_code == 403


def test_it_ends_by_itself(access: EmergencyAccess, case: Case, world: World) -> None:
    past = timezone.now() - timedelta(seconds=1)
    EmergencyAccess.objects.filter(pk=access.pk).update(until=past)
    forget_rights(world["admin"])
    assert not Case.objects.visible_to(world["admin"]).filter(pk=case.pk).exists()


def test_it_ends_within_a_session_too(access: EmergencyAccess, case: Case, world: World) -> None:
    admin = world["admin"]
    assert Case.objects.visible_to(admin).filter(pk=case.pk).exists()
    admin.__dict__["_emergencies"][0].until = timezone.now() - timedelta(seconds=1)
    assert not Case.objects.visible_to(admin).filter(pk=case.pk).exists()


@pytest.mark.parametrize("who", ["admin", "secretary", "inspector"])
def test_it_is_ended_early(
    access: EmergencyAccess, case: Case, world: World, browser: Browser, who: str
) -> None:
    browser(who).post(reverse("emergency_answer", args=[access.pk]), {"wish": "end"})
    access.refresh_from_db()
    assert access.ended_by == world[who]
    assert browser("admin").get(reverse("case", args=[case.pk])).status_code == 404
    assert case.entries.filter(event=Event.EMERGENCY_ENDED).exists()


def test_inspectors_are_told_at_once(access: EmergencyAccess, world: World) -> None:
    told = Notice.objects.filter(kind="emergency", person=world["inspector"])
    assert sorted(told.values_list("facts__event", flat=True)) == [
        "emergency_asked", "emergency_opened",
    ]  # fmt: skip
    assert set(told.values_list("mailing", flat=True)) == {"now"}


def test_both_names_and_the_reason_are_in_the_trail(
    access: EmergencyAccess, case: Case, world: World
) -> None:
    wanted = AuditEntry.objects.get(event=Event.EMERGENCY_ASKED)
    opened = case.entries.get(event=Event.EMERGENCY_OPENED)
    assert (wanted.by, wanted.case, wanted.reason) == (world["admin"], None, WHY)
    assert (opened.by, opened.role, opened.reason) == (world["secretary"], "secretary", WHY)
    assert (opened.facts["user"], opened.facts["hours"]) == (world["admin"].pk, 2)


@pytest.mark.parametrize("who", ["admin", "inspector", "clerk", "ic_head", "standing", "stranger"])
def test_only_those_who_answer_for_it_approve(
    asked: EmergencyAccess, world: World, who: str
) -> None:
    with pytest.raises(Refused):
        approve(asked, by=world[who])
    asked.refresh_from_db()
    assert asked.until is None


def test_nobody_approves_their_own(asked: EmergencyAccess, world: World) -> None:
    EmergencyAccess.objects.filter(pk=asked.pk).update(reader=world["secretary"])
    with pytest.raises(Refused, match="second person"):
        approve(asked, by=world["secretary"])
    with pytest.raises(IntegrityError), transaction.atomic():
        EmergencyAccess.objects.filter(pk=asked.pk).update(answered_by=world["secretary"])


@pytest.mark.parametrize("whose", ["secretary", "admin"])
def test_nobody_comes_to_a_relatives_case_by_it(
    asked: EmergencyAccess, case: Case, world: World, whose: str
) -> None:
    user = world[whose]
    relative = getattr(user, "cadre", None) or make_cadre(world.units["VPTU"], user)
    Kinship.objects.create(cadre=case.candidate, relative=relative, relation="anh em ruột")
    with pytest.raises(Refused, match="relative"):
        approve(
            EmergencyAccess.objects.get(pk=asked.pk), by=User.objects.get(pk=world["secretary"].pk)
        )


def test_an_answer_is_given_once(access: EmergencyAccess, world: World) -> None:
    with pytest.raises(Conflict, match="answered"):
        deny(access, by=world["oc_head"], answer="Không cần.")


def test_it_is_denied_with_a_reason(asked: EmergencyAccess, world: World, browser: Browser) -> None:
    address = reverse("emergency_answer", args=[asked.pk])
    browser("oc_head").post(address, {"wish": "deny", "answer": ""})
    asked.refresh_from_db()
    assert asked.answered_by is None
    browser("oc_head").post(address, {"wish": "deny", "answer": "Không khẩn cấp."})
    asked.refresh_from_db()
    assert (asked.answered_by, asked.answer, asked.until) == (
        world["oc_head"], "Không khẩn cấp.", None,
    )  # fmt: skip


def test_whoever_asks_is_not_told_whether_there_is_such_a_case(
    world: World, browser: Browser
) -> None:
    client = browser("admin")
    said = {"code": "KHONG-CO", "hours": 1, "reason": WHY}
    assert client.post(reverse("emergencies"), said).status_code == 302
    with pytest.raises(ValidationError, match="KHONG-CO"):
        approve(EmergencyAccess.objects.get(), by=world["secretary"])


def test_it_is_asked_for_and_approved_by_its_pages(
    world: World, case: Case, browser: Browser
) -> None:
    admin, secretary = browser("admin"), browser("secretary")
    late = admin.post(reverse("emergencies"), {"code": case.code, "hours": 99, "reason": WHY})
    assert late.status_code == 422
    assert WHY in late.content.decode()
    admin.post(reverse("emergencies"), {"code": case.code, "hours": 1, "reason": WHY})
    access = EmergencyAccess.objects.get()
    assert WHY in secretary.get(reverse("emergencies")).content.decode()
    secretary.post(reverse("emergency_answer", args=[access.pk]), {"wish": "approve"})
    assert reverse("case", args=[case.pk]) in admin.get(reverse("emergencies")).content.decode()


def test_ending_what_is_over_is_refused(access: EmergencyAccess, world: World) -> None:
    end(access, by=world["inspector"])
    with pytest.raises(Conflict, match="over"):
        end(access, by=world["inspector"])


def test_the_list_costs_as_much_with_more(
    access: EmergencyAccess, world: World, browser: Browser, django_assert_max_num_queries: object
) -> None:
    for _n in range(5):
        ask(world.units["P26"], by=world["admin"], code="X-1", reason=WHY, hours=1)
    client = browser("secretary")
    client.get(reverse("emergencies"))
    with django_assert_max_num_queries(8):
        client.get(reverse("emergencies"))


def test_whoever_has_none_is_asked_nothing_more(
    world: World, django_assert_num_queries: object
) -> None:
    user = User.objects.get(pk=world["clerk"].pk)
    with django_assert_num_queries(2):  # rights in one statement, then the cases
        list(Case.objects.visible_to(user).values_list("pk", flat=True))


def test_an_inspector_reads_by_unit_and_writes_nothing(
    world: World, case: Case, browser: Browser
) -> None:
    """A role on a unit reaches that unit, on the province all of it; what is read is entered."""
    world.people["local"] = make_user("local")
    grant(world["local"], Role.INSPECTOR, world.units["SNV"], by=None, since=SINCE)
    address = reverse("case", args=[case.pk])
    assert browser("local").get(address).status_code == 404
    assert browser("inspector").get(address).status_code == 200
    assert case.entries.get(event=Event.READ).by == world["inspector"]
    before = case.entries.count()
    for name in ("extend", "hold", "withdraw", "prioritise", "except", "explain"):
        sent = browser("inspector").post(reverse("case_action", args=[case.pk, name]), {})
        assert sent.status_code == 403
    task = case.task_set.get()
    assert task.flow_task.why_not(world["inspector"], task)
    entries = case.entries.order_by("pk")[before:]
    assert {entry.event for entry in entries} == {Event.REFUSED}


def test_what_an_inspector_of_a_unit_reads_is_that_units(
    world: World, case: Case, browser: Browser
) -> None:
    walk = against_person(world.units["P26"], world.candidates[1]).do("receive_finding", "ask")
    world.people["local"] = make_user("local")
    grant(world["local"], Role.INSPECTOR, world.units["SNV"], by=None, since=SINCE)
    address = reverse("case", args=[walk.case.pk])
    assert browser("local").get(address).status_code == 200
    assert walk.case.entries.get(event=Event.READ).by == world["local"]
