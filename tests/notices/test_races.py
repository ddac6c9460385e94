"""Two senders at once: each mail goes out, and none twice."""

import socket
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.db import transaction

from permissions.models import User
from processes.notices.kinds import Kind
from processes.notices.models import Mail, Notice
from processes.notices.sending import send_due
from processes.notices.writers import notify
from tests.notices.test_mail import NOON, Box
from tests.races import at_once
from tests.world import make_user

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
MANY = 12


@pytest.fixture
def box(settings: Any) -> Iterator[Box]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.SITE_URL = "https://example.vn"
    controller = Controller(Box(), hostname="127.0.0.1", port=port)
    controller.start()
    yield controller.handler
    controller.stop()


def test_two_senders_send_each_mail_once(box: Box) -> None:
    people = [make_user("mot"), make_user("hai")]
    for person in people:
        User.objects.filter(pk=person.pk).update(email=f"{person.username}@example.vn")
    with transaction.atomic():
        for number in range(MANY):
            notify(Kind.MENTION, people, key=f"k{number}", by=None)
    sent = at_once(*[partial(send_due, NOON)] * 3)
    assert sum(sent) == len(box.mails) == 2 * MANY
    assert len({mail["Message-ID"] for mail in box.mails}) == 2 * MANY
    assert not Mail.objects.filter(sent_at=None).exists()
    assert not Notice.objects.filter(mail=None).exists()
