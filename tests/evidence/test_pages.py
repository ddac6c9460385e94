"""Pages of inspectors: checkpoints, one to be printed, verification with progress."""

import pytest
from django.urls import reverse

from processes.audit.models import AuditEntry, Event
from processes.evidence.bar import Bar
from processes.evidence.inquiries import ask_for_verification, progress_of
from processes.evidence.models import Inquiry
from processes.log.checkpoints import checkpoint
from processes.log.models import Checkpoint, LogTile

pytestmark = pytest.mark.stands("check_request")


def page(browser, name, *arguments):
    return browser("inspector").get(reverse(name, args=arguments)).content.decode()


def test_the_list_shows_key_checkpoints_and_copies(key, browser, django_assert_max_num_queries):
    for _turn in range(3):
        checkpoint(by=None)
    inspector = browser("inspector")
    with django_assert_max_num_queries(14):
        text = inspector.get(reverse("checkpoints")).content.decode()
    assert str(key) in text
    assert text.count("mark-bad") == 3


def test_without_a_key_the_list_says_so(walk, browser):
    assert "log_key --new" in page(browser, "checkpoints")


def test_an_inspector_signs_one_now_and_it_goes_outside(key, browser, world, tmp_path):
    answer = browser("inspector").post(reverse("checkpoint_now"))
    assert answer.url == reverse("checkpoint", args=[1])
    assert AuditEntry.objects.get(event=Event.CHECKPOINTED).by == world["inspector"]
    assert (tmp_path / "drop" / "00000001.checkpoint").is_file()


@pytest.mark.parametrize("who", ["clerk", "admin", "secretary"])
def test_nobody_else_signs_one(key, browser, who):
    assert browser(who).post(reverse("checkpoint_now")).status_code == 403
    assert not Checkpoint.objects.exists()


def test_without_a_key_nothing_is_signed_and_it_says_what_to_do(walk, browser):
    inspector = browser("inspector")
    inspector.post(reverse("checkpoint_now"))
    assert "log_key --new" in inspector.get(reverse("checkpoints")).content.decode()


def test_a_checkpoint_is_printed_with_its_note_and_a_code(key, browser):
    made = checkpoint(by=None)
    text = page(browser, "checkpoint", 1)
    assert made.root in text
    assert reverse("checkpoint_code", args=[1]) in text
    assert "<svg" in page(browser, "checkpoint_code", 1)
    assert page(browser, "checkpoint_note", 1) == made.note


def test_a_verification_says_that_all_is_sound(key, browser):
    inspector = browser("inspector")
    checkpoint(by=None)
    asked = inspector.post(reverse("verification")).url
    assert "progress" in inspector.get(asked).content.decode()
    inspector.post(f"{asked}work/")
    assert "alert-success" in inspector.get(asked).content.decode()


def test_a_verification_names_what_is_wrong(key, browser):
    inspector = browser("inspector")
    checkpoint(by=None)
    LogTile.objects.update(hashes=b"x" * 32)
    asked = inspector.post(reverse("verification")).url
    inspector.post(f"{asked}work/")
    assert "alert-danger" in inspector.get(asked).content.decode()
    assert Inquiry.objects.get().found["wrong"]


def test_progress_is_shown_while_it_runs(key, world, browser):
    asked = ask_for_verification(by=world["inspector"])
    report = progress_of(asked)
    report("chains", 40, 100)
    text = page(browser, "inquiry_progress", asked.pk)
    report.over()
    assert 'value="40" max="100"' in text


class Stream:
    """A terminal, or a file, that keeps what is written."""

    def __init__(self, terminal):
        self.terminal, self.lines = terminal, []

    def isatty(self):
        return self.terminal

    def write(self, text, ending="\n"):
        self.lines.append(text + ending)


def test_a_terminal_gets_a_bar():
    stream = Stream(terminal=True)
    Bar(stream, {"chains": "Chains"}, clock=lambda: 0.0)("chains", 50, 100)
    assert stream.lines[0].startswith("\r[###############---------------] Chains:  50%  50/100")


def test_a_file_gets_a_line_for_each_tenth():
    stream = Stream(terminal=False)
    bar = Bar(stream, {})
    for done in range(0, 101, 5):
        bar("log", done, 100)
    assert len(stream.lines) == 10
