"""The pages of retention: ask, approve, revoke, place and lift, by whoever may and nobody else."""

import pytest
from django.urls import reverse

from permissions.checks import today
from processes.audit.models import Event
from processes.cases.erasure import ErasureOrder, LegalHold
from processes.cases.models import Case
from processes.dossiers.models import Document
from processes.organisation.people import Cadre, Kinship
from processes.retention.carry_out import carry_out_due
from tests.flows.support import Browser
from tests.retention.conftest import SAID, WHY, due
from tests.world import World, make_cadre

pytestmark = pytest.mark.django_db
WORDS = {"authority": "Ban Thường vụ Tỉnh ủy", "document": "15-QĐ/TU", "reason": "Theo đơn."}


def page(browser: Browser, who: str, name: str, *arguments: int) -> str:
    return browser(who).get(reverse(name, args=arguments)).content.decode()


def test_the_number_of_a_case_leads_to_what_can_be_erased_of_it(
    case: Case, browser: Browser
) -> None:
    found = browser("ic_clerk").get(reverse("retention"), {"about": case.code.lower()})
    assert found["Location"] == reverse("erase_case", args=[case.pk])
    assert WHY in page(browser, "ic_clerk", "erase_case", case.pk)
    lost = browser("ic_clerk").get(reverse("retention"), {"about": "XL-1"}).content.decode()
    assert "You read no case and no person with this number." in lost


def test_an_order_is_asked_for_approved_and_carried_out(
    case: Case, paper: Document, browser: Browser, django_capture_on_commit_callbacks
) -> None:
    sent = WORDS | {"issued_on": today().isoformat(), "chosen": [f"paper:{paper.pk}:"]}
    browser("ic_clerk").post(reverse("erase_case", args=[case.pk]), sent)
    order = ErasureOrder.objects.get()
    assert "Approve the erasure" not in page(browser, "ic_clerk", "erasure", order.pk)
    assert "Approve the erasure" in page(browser, "secretary", "erasure", order.pk)
    browser("secretary").post(reverse("erasure_answer", args=[order.pk]), {"wish": "approve"})
    with django_capture_on_commit_callbacks(execute=True):
        carry_out_due(due())
    assert "carried out" in page(browser, "inspector", "retention")
    assert "erased by order" in page(browser, "ic_clerk", "case", case.pk)
    refused = browser("ic_clerk").get(reverse("download", args=[paper.pk]))
    assert refused.status_code == 403
    assert "15-QĐ/TU" in refused.content.decode()


def test_what_was_typed_is_kept_where_something_is_missing(case: Case, browser: Browser) -> None:
    answer = browser("ic_clerk").post(reverse("erase_case", args=[case.pk]), WORDS)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose what is to be erased." in said
    assert "Theo đơn." in said


def test_a_reason_is_needed_to_deny_and_to_revoke(order: ErasureOrder, browser: Browser) -> None:
    for wish in ("deny", "revoke"):
        url = reverse("erasure_answer", args=[order.pk])
        told = browser("secretary").post(url, {"wish": wish}, follow=True)
        assert "Say why." in told.content.decode()
    order.refresh_from_db()
    assert (order.answered_by, order.revoked_at) == (None, None)


def test_an_inspector_revokes(approved: ErasureOrder, case: Case, browser: Browser) -> None:
    url = reverse("erasure_answer", args=[approved.pk])
    browser("inspector").post(url, {"wish": "revoke", "answer": "Còn khiếu nại."})
    assert "revoked" in page(browser, "inspector", "erasure", approved.pk)
    assert case.entries.get(event=Event.ERASURE_REVOKED).reason == "Còn khiếu nại."


def test_a_hold_is_placed_shown_and_lifted(
    approved: ErasureOrder, case: Case, browser: Browser
) -> None:
    sent = {"about": case.code, "basis": "CV 7-CV/UBKTTU", "reason": "Đang xem xét khiếu nại."}
    browser("inspector").post(reverse("retention"), sent)
    assert "CV 7-CV/UBKTTU" in page(browser, "secretary", "erasure", approved.pk)
    hold = LegalHold.objects.get()
    browser("inspector").post(reverse("lift_hold", args=[hold.pk]), {})
    hold.refresh_from_db()
    assert hold.lifted_at is None
    browser("inspector").post(reverse("lift_hold", args=[hold.pk]), {"reason": "Xong."})
    hold.refresh_from_db()
    assert hold.lifted_because == "Xong."


def test_a_hold_on_nothing_says_where_to_look(world: World, browser: Browser) -> None:
    sent = {"about": "XL-9", "basis": "x", "reason": "x"}
    answer = browser("inspector").post(reverse("retention"), sent)
    assert answer.status_code == 422
    assert "No case and no person of the province has this number" in answer.content.decode()


def test_an_erased_comment_and_an_erased_attachment_say_so(
    approved: ErasureOrder, case: Case, browser: Browser
) -> None:
    carry_out_due(due())
    talk = page(browser, "ic_clerk", "talk", case.pk)
    assert SAID not in talk
    assert "This text has been erased." in talk


def test_orders_about_a_relative_are_not_shown(
    order: ErasureOrder, world: World, browser: Browser
) -> None:
    user = world["secretary"]
    cadre = Cadre.objects.filter(user=user).first() or make_cadre(world.units["P26"], user)
    Kinship.objects.create(cadre=cadre, relative=world.candidates[0], relation="anh em ruột")
    assert browser("secretary").get(reverse("erasure", args=[order.pk])).status_code == 404


def test_the_pages_ask_few_statements(
    order: ErasureOrder, browser: Browser, django_assert_max_num_queries
) -> None:
    client = browser("inspector")
    client.get(reverse("retention"))
    with django_assert_max_num_queries(14):
        client.get(reverse("retention"))
