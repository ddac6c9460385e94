"""Checkpoints: signed, linked, hourly and on demand; keys that hand over to each other."""

from base64 import b64encode
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from processes.audit.models import AuditEntry, Event
from processes.log import keys
from processes.log.checkpoints import checkpoint, checkpoint_in_passing, due
from processes.log.keys import NoKey, handed_over, new_key, verifier
from processes.log.models import Checkpoint, LogKey
from processes.log.notes import BadNote, Mark, Verifier, digest, opened
from processes.log.sequencer import tree
from tests.log.conftest import ORIGIN, tell

pytestmark = pytest.mark.django_db


def mark_of(made):
    return Mark.parse(opened(made.note, [verifier(made.key)])[0])


def test_a_checkpoint_says_origin_size_root_and_time(key, cases):
    made = checkpoint(by=None)
    mark = mark_of(made)
    assert (mark.origin, mark.size, mark.root) == (ORIGIN, 7, tree().root(7))
    assert (mark.at, mark.previous) == (made.at, "")


def test_a_checkpoint_is_a_note_in_the_manner_of_c2sp(key, cases):
    origin, size, root, *_more = checkpoint(by=None).note.splitlines()
    assert (origin, size, root) == (ORIGIN, "7", b64encode(tree().root(7)).decode())
    assert _more[-2] == ""
    assert _more[-1].startswith(f"— {ORIGIN} ")


def test_each_checkpoint_names_the_one_before(key, cases, clerk):
    first = checkpoint(by=None)
    tell(cases[0], clerk)
    second = checkpoint(by=None)
    assert (second.number, second.size) == (2, 8)
    assert mark_of(second).previous == digest(first.note)


def test_one_that_a_person_asked_for_is_an_entry(key, cases, clerk):
    made = checkpoint(by=clerk)
    entry = AuditEntry.objects.get(event=Event.CHECKPOINTED)
    assert (entry.by, entry.facts["number"], entry.facts["root"]) == (clerk, 1, made.root)


def test_one_is_due_every_hour(key, cases):
    now = timezone.now()
    assert due(now)
    checkpoint(by=None)
    assert not due(now + timedelta(minutes=59))
    assert due(now + timedelta(minutes=61))


def test_what_a_question_rests_on_goes_to_folders_and_to_no_mailbox(key, cases, settings):
    settings.LOG_MAIL = ["inspector@example.vn"]
    kinds = [
        set(made.deliveries.values_list("kind", flat=True))
        for made in (checkpoint_in_passing(), checkpoint(by=None))
    ]
    assert kinds == [{"drop"}, {"drop", "mail"}]


def test_questions_do_not_put_off_the_mail_of_the_hour(key, cases, settings):
    settings.LOG_MAIL = ["inspector@example.vn"]
    now = timezone.now()
    checkpoint_in_passing()
    assert due(now)
    checkpoint(by=None)
    checkpoint_in_passing()
    assert not due(now + timedelta(minutes=59))
    assert due(now + timedelta(minutes=61))


def test_without_mailboxes_any_checkpoint_is_one_of_the_hour(key, cases):
    checkpoint_in_passing()
    assert not due(timezone.now())


def test_without_a_key_nothing_is_signed(cases):
    with pytest.raises(NoKey, match="log_key --new"):
        checkpoint(by=None)
    assert not Checkpoint.objects.exists()


def test_without_the_private_half_nothing_is_signed(key, cases):
    (keys.folder() / f"{key.code}.pem").unlink()
    with pytest.raises(NoKey, match=key.code):
        checkpoint(by=None)


def test_the_private_half_is_for_the_service_only_and_not_in_the_database(key):
    path = keys.folder() / f"{key.code}.pem"
    assert path.stat().st_mode & 0o077 == 0
    assert "PRIVATE" not in str(LogKey.objects.values().get())


def test_a_changed_note_is_signed_by_nobody(key, cases):
    made = checkpoint(by=None)
    with pytest.raises(BadNote):
        opened(made.note.replace("\n7\n", "\n8\n"), [verifier(key)])


def test_a_key_hands_over_with_an_entry_that_it_has_signed(key):
    first = verifier(key)
    second = verifier(new_key())
    entry = AuditEntry.objects.filter(event=Event.REKEYED).latest("pk")
    text, by = opened(entry.facts["note"], [first])
    assert (by, f"new {second}" in text) == (first, True)


def test_whoever_trusts_the_first_key_trusts_those_after_it(key):
    first = verifier(key)
    later = [verifier(new_key()), verifier(new_key())]
    assert handed_over([first], list(LogKey.objects.all())) == [first, *later]


def test_a_key_without_a_handover_is_not_trusted(key, tmp_path, settings):
    first = verifier(key)
    stranger = LogKey(code="0", origin=ORIGIN, public=b64encode(b"k" * 32).decode(), handover="")
    assert handed_over([first], [key, stranger]) == [first]


def test_checkpoints_after_a_change_are_signed_by_the_new_key(key, cases):
    new_key()
    made = checkpoint(by=None)
    assert made.key == LogKey.objects.last() != key
    assert mark_of(made).size == 8


def test_a_printed_key_with_a_wrong_letter_is_refused(key):
    printed = str(verifier(key))
    assert str(Verifier.parse(printed)) == printed
    with pytest.raises(BadNote):
        Verifier.parse(printed[:-3] + "AAA")


def test_the_command_makes_a_first_key_only_with_a_name():
    with pytest.raises(CommandError, match="--origin"):
        call_command("log_key", "--new")
    out = StringIO()
    call_command("log_key", "--new", "--origin", ORIGIN, stdout=out)
    assert out.getvalue() == f"{verifier(LogKey.objects.get())}\n"


def test_the_command_places_signs_and_sends(key, cases, drop):
    out = StringIO()
    call_command("log", stdout=out)
    placed, signed, sent = out.getvalue().splitlines()
    assert (placed, sent) == ("Số mục đã xếp vào nhật ký chung: 7", "Số bản sao đã đến nơi: 1")
    assert signed == "Điểm kiểm soát số 1 của nhật ký: 7 mục"
    assert (drop / "00000001.checkpoint").read_text("utf-8") == Checkpoint.objects.get().note
