"""Mails over a real SMTP server: what was committed, once, and nothing confidential."""

import smtplib
import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from unittest.mock import patch

import pytest
from aiosmtpd.controller import Controller
from django.db import transaction
from django.utils import timezone

from permissions.models import User
from processes.cases.models import Case
from processes.notices.choosing import choose
from processes.notices.kinds import DEFAULTS, Kind
from processes.notices.models import Mail, Notice
from processes.notices.sending import send_due
from processes.notices.writers import notify
from tests.world import World

NOON = timezone.localtime().replace(hour=12, minute=0)


class Box:
    """Takes mails, or refuses as it is told."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.answer = "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.answer


@pytest.fixture(scope="module")
def server() -> Iterator[Controller]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(Box(), hostname="127.0.0.1", port=port)
    controller.start()
    yield controller
    controller.stop()


@pytest.fixture
def box(server: Controller, settings: Any, standing: Case, world: World) -> Box:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = server.port
    settings.SITE_URL = "https://example.vn"
    server.handler.mails, server.handler.answer = [], "250 OK"
    Notice.objects.all().delete()
    User.objects.filter(pk=world["clerk"].pk).update(email="clerk@example.vn")
    return server.handler


def tell(world: World, case: Case, kind: Kind = Kind.MENTION, key: str = "k") -> None:
    notify(kind, [world["clerk"]], key=key, by=None, case=case)


def test_a_notice_goes_out_with_number_and_link_and_no_more(
    box: Box, world: World, standing: Case
) -> None:
    tell(world, standing)
    assert send_due(NOON) == 1
    (mail,) = box.mails
    text = mail.get_body(("plain",)).get_content() + mail.get_body(("html",)).get_content()
    assert mail["To"] == "clerk@example.vn"
    assert f"https://example.vn/notices/{Notice.objects.get().pk}/" in text
    assert standing.code in text
    assert standing.title not in text


def test_nothing_is_sent_twice(box: Box, world: World, standing: Case) -> None:
    tell(world, standing)
    assert [send_due(NOON), send_due(NOON + timedelta(hours=2))] == [1, 0]
    assert len(box.mails) == 1


def test_what_was_undone_is_never_sent(box: Box, world: World, standing: Case) -> None:
    with transaction.atomic():
        tell(world, standing)
        transaction.set_rollback(True)
    assert send_due(NOON) == 0


def test_a_server_that_is_busy_is_asked_again(box: Box, world: World, standing: Case) -> None:
    tell(world, standing)
    box.answer = "451 later"
    assert send_due(NOON) == 0
    box.answer = "250 OK"
    later = timezone.now() + timedelta(days=1)
    assert send_due(later) == 1


def test_a_sender_that_dies_after_sending_sends_the_same_mail_again(
    box: Box, world: World, standing: Case
) -> None:
    tell(world, standing)
    dies = patch("processes.notices.sending._sent", side_effect=KeyboardInterrupt)
    with dies, pytest.raises(KeyboardInterrupt):
        send_due(NOON)
    assert send_due(NOON + timedelta(minutes=6)) == 1
    assert len({mail["Message-ID"] for mail in box.mails}) == 1
    assert len(box.mails) == 2


def test_an_address_that_is_refused_is_given_up(box: Box, world: World, standing: Case) -> None:
    tell(world, standing)
    refused = smtplib.SMTPRecipientsRefused({})
    with patch("django.core.mail.EmailMessage.send", side_effect=refused):
        assert send_due(NOON) == 0
    assert (Mail.objects.get().next_try_at, Mail.objects.get().error) == (
        None, "SMTPRecipientsRefused"
    )  # fmt: skip


def test_a_digest_waits_for_its_time_and_goes_out_once_a_day(
    box: Box, world: World, standing: Case
) -> None:
    tell(world, standing, Kind.DECISION, "a")
    tell(world, standing, Kind.EXTENSION, "b")
    assert send_due(NOON.replace(hour=5)) == 0
    assert send_due(NOON) == 1
    tell(world, standing, Kind.DECISION, "c")
    assert send_due(NOON + timedelta(hours=1)) == 0
    assert "2" in box.mails[0]["Subject"]


def test_a_mail_speaks_the_persons_language(box: Box, world: World, standing: Case) -> None:
    seven = datetime(2026, 1, 1, 7).time()
    choose(DEFAULTS, language="en", digest_at=seven, by=world["clerk"])
    tell(world, standing)
    send_due(NOON)
    assert box.mails[0]["Subject"] == f"Somebody mentioned me: {standing.code}"


def test_whose_rights_have_ended_meanwhile_gets_no_mail(
    box: Box, world: World, standing: Case
) -> None:
    tell(world, standing)
    world["clerk"].holdings.update(valid_until=timezone.localdate() - timedelta(days=1))
    world["clerk"].tasks.update(owner=None)
    assert (send_due(NOON), box.mails) == (0, [])


def test_what_was_read_in_the_page_is_not_mailed(box: Box, world: World, standing: Case) -> None:
    tell(world, standing)
    Notice.objects.update(read_at=timezone.now())
    assert (send_due(NOON), box.mails) == (0, [])


def test_a_closed_account_gets_no_mail(box: Box, world: World, standing: Case) -> None:
    tell(world, standing)
    User.objects.filter(pk=world["clerk"].pk).update(is_active=False)
    assert (send_due(NOON), box.mails) == (0, [])
