"""Copies outside: folders in which nothing is overwritten, and real mail."""

from socket import socket

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from processes.log.checkpoints import checkpoint
from processes.log.models import Delivery
from processes.log.places import deliver, leaves_in, notes_in
from processes.log.tree import leaf_hash
from tests.log.conftest import tell

pytestmark = pytest.mark.django_db


class Post(Message):
    """A mail server that keeps what it is sent."""

    def __init__(self):
        super().__init__()
        self.received = []

    def handle_message(self, message):
        self.received.append(message)


@pytest.fixture
def post(settings):
    handler = Post()
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(handler, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER = False, ""
    settings.LOG_MAIL = ["inspector@example.vn"]
    yield handler
    server.stop()


def test_a_folder_gets_the_note_and_the_hashes_since_the_last_one(key, cases, clerk, drop):
    checkpoint(by=None)
    tell(cases[1], clerk, 2)
    second = checkpoint(by=None)
    assert deliver() == 2
    assert notes_in(drop)[2] == second.note
    assert [row[:3] for row in leaves_in(drop, 2)] == [(7, cases[1].pk, 4), (8, cases[1].pk, 5)]


def test_the_hashes_outside_are_those_of_the_tree(key, cases, drop):
    from processes.log.sequencer import read_tile

    checkpoint(by=None)
    deliver()
    leaves = b"".join(leaf_hash(*row[1:]) for row in leaves_in(drop, 1))
    assert leaves == read_tile(0, 0)


def test_a_copy_arrives_once(key, cases):
    checkpoint(by=None)
    assert [deliver(), deliver()] == [1, 0]


def test_nothing_that_lies_there_is_overwritten(key, cases, drop):
    (drop / "00000001.checkpoint").write_text("another log", "utf-8")
    checkpoint(by=None)
    assert deliver() == 0
    assert str(drop) in Delivery.objects.get().error
    assert (drop / "00000001.checkpoint").read_text("utf-8") == "another log"


def test_a_folder_that_is_away_is_tried_again(key, cases, drop):
    checkpoint(by=None)
    drop.rmdir()
    assert deliver() == 0
    assert (Delivery.objects.get().tries, Delivery.objects.get().done_at) == (1, None)
    drop.mkdir()
    assert deliver() == 1


def test_a_mailbox_gets_the_note_as_text_and_as_a_file(key, cases, post):
    made = checkpoint(by=None)
    assert deliver() == 2
    (message,) = post.received
    body, file = message.get_payload()
    assert message["To"] == "inspector@example.vn"
    assert made.note in body.get_payload(decode=True).decode().replace("\r\n", "\n")
    assert file.get_filename() == "00000001.checkpoint"


def test_a_mail_server_that_is_away_is_tried_again(key, cases, post, settings):
    settings.EMAIL_PORT = 1
    checkpoint(by=None)
    deliver()
    copy = Delivery.objects.get(kind="mail")
    assert (copy.tries, copy.done_at) == (1, None)
    assert copy.error
