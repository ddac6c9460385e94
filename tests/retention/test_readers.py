"""Who learns what from an order: what stands there is shown to whoever reads it, nobody else."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from permissions.checks import today
from permissions.models import EmergencyAccess
from processes.cases.erasure import ErasureOrder
from processes.cases.models import Case
from processes.demo.stories_sanction import FOUND
from processes.notices.models import Notice
from processes.organisation.people import Discipline
from processes.retention.queries import orders_known_to, why_not_ask
from processes.retention.writers import preserve
from processes.talk.models import Comment, CommentText, CommentVersion
from processes.talk.writers import withdraw
from tests.flows.support import Browser
from tests.retention.conftest import SAID, WHY
from tests.world import World, make_cadre

pytestmark = pytest.mark.django_db


def page(browser: Browser, who: str, order: ErasureOrder) -> str:
    return browser(who).get(reverse("erasure", args=[order.pk])).content.decode()


def test_who_approves_without_reading_the_case_sees_what_goes_and_not_what_it_says(
    order: ErasureOrder, case: Case, world: World, browser: Browser
) -> None:
    assert not Case.objects.visible_to(world["oc_head"]).filter(pk=case.pk).exists()
    shown = page(browser, "oc_head", order)
    assert order.items.first().title in shown
    assert not [text for text in (SAID, WHY, FOUND["finding"]) if text in shown]
    assert WHY in page(browser, "ic_clerk", order)


def test_who_approves_without_reading_the_case_is_told(order: ErasureOrder, world: World) -> None:
    seen = Notice.objects.for_reader(world["oc_head"]).filter(kind="retention")
    assert [notice.case for notice in seen] == [None]


def test_who_only_asks_knows_of_no_order_about_a_case_that_they_do_not_read(
    order: ErasureOrder, case: Case, world: World, browser: Browser
) -> None:
    assert not orders_known_to(world["oc_clerk"]).exists()
    assert browser("oc_clerk").get(reverse("erasure", args=[order.pk])).status_code == 404
    preserve(case, by=world["inspector"], basis="CV 7-CV/UBKTTU", reason="Có khiếu nại.")
    assert "CV 7-CV/UBKTTU" not in browser("oc_clerk").get(reverse("retention")).content.decode()


def test_an_emergency_access_lets_nobody_ask(case: Case, world: World) -> None:
    clerk, until = world["oc_clerk"], timezone.now() + timedelta(hours=2)
    EmergencyAccess.objects.create(
        reader=clerk, province_id=case.province_id, code=case.code, reason="x", hours=2, case=case,
        answered_by=world["secretary"], answered_at=timezone.now(), until=until,
        until_on=timezone.localtime(until).date(),
    )  # fmt: skip
    assert Case.objects.visible_to(clerk).filter(pk=case.pk).exists()
    assert why_not_ask(clerk, case) == "You take no part in this case."


def test_a_record_is_opened_only_to_who_reads_it(world: World, browser: Browser) -> None:
    person = make_cadre(world.units["P26"])
    person.posthelds.update(until=today() - timedelta(days=1))
    Discipline.objects.create(cadre=person, form="warning", decided_on=today(), document="01-QĐ")
    there = reverse("erase_record", args=[person.pk])
    assert browser("oc_clerk").get(there).status_code == 200
    assert browser("ic_clerk").get(there).status_code == 404
    assert why_not_ask(world["ic_clerk"], person) != ""


def test_a_withdrawn_comment_and_a_note_of_another_unit_are_not_read_here_either(
    running: Case, world: World, browser: Browser
) -> None:
    own = CommentVersion.objects.get(comment__case=running)
    withdraw(own.comment, by=world["ic_clerk"])
    note = Comment.objects.create(
        case=running, by=world["clerk"], unit=world.units["BTCTU"], private=True
    )
    other = CommentVersion.objects.create(comment=note, number=1, digest="0" * 64)
    CommentText.objects.create(version=other, salt="x", text="Ghi chú riêng của đơn vị khác.")
    Case.objects.filter(pk=running.pk).update(finished=timezone.now())
    shown = browser("ic_clerk").get(reverse("erase_case", args=[running.pk])).content.decode()
    for version in (own, other):
        assert f"comment:{version.pk}:" in shown
        assert version.content.text not in shown
