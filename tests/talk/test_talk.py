"""What is said about a case: who reads it, what stays of it, and when it is part of the case."""

from hashlib import sha256

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from permissions.errors import Conflict, Refused
from permissions.models import User
from processes.audit.models import Event
from processes.cases.models import Case
from processes.dossiers.models import Document
from processes.notices.models import Notice
from processes.steps.actions import take
from processes.talk.models import Attachment, Comment, CommentText
from processes.talk.moving import move
from processes.talk.queries import may_be_reached, reachable
from processes.talk.writers import reword, say, withdraw
from tests.pages.conftest import words

pytestmark = pytest.mark.stands("appraise")
PDF = b"%PDF-1.4\n%%EOF\n"


def url(comment, name="talk"):
    number = [] if name == "talk" else [comment.pk]
    return reverse(name, args=[comment.case_id, *number])


def talk(walk):
    return reverse("talk", args=[walk.case.pk])


@pytest.fixture
def comment(walk, world):
    """What the specialist of the Organization Committee has said."""
    return say(walk.case, by=world["oc_clerk"], text="Còn thiếu bản kê khai.")


def last(walk):
    return walk.case.entries.latest("seq")


def test_what_is_said_is_read_by_all_who_read_the_case(walk, browser):
    sent = {"text": "Còn thiếu bản kê khai.", "unit": ""}
    assert browser("oc_clerk").post(talk(walk), sent).url == talk(walk)
    for who in ("clerk", "inspector", "ic"):
        assert "Còn thiếu bản kê khai." in words(browser(who).get(talk(walk)))


def test_the_entry_holds_a_digest_and_never_the_text(walk, comment, world):
    entry = last(walk)
    content = CommentText.objects.get(version__comment=comment)
    assert (entry.event, entry.by, entry.role) == ("commented", world["oc_clerk"], "oc_clerk")
    assert "kê khai" not in str(entry.facts)
    assert entry.facts["sha256"] == sha256((content.salt + content.text).encode()).hexdigest()


def test_an_empty_comment_is_refused_and_says_why(walk, browser):
    response = browser("clerk").post(talk(walk), {"text": "  ", "unit": ""})
    assert response.status_code == 422
    assert not Comment.objects.exists()


def test_to_a_stranger_there_is_no_talk(walk, comment, browser):
    for name in ("talk", "talk_edit", "talk_withdraw", "talk_move"):
        assert browser("stranger").get(url(comment, name)).status_code == 404


def test_whom_the_case_is_about_reads_nothing_of_it(walk, comment, browser, world):
    candidate = walk.case.candidate
    candidate.user = world["party"]
    candidate.save()
    assert browser("party").get(talk(walk)).status_code == 403
    assert world["party"] not in reachable(walk.case)


def test_a_note_is_read_at_its_unit_only(walk, world, browser):
    unit = world.units["BTCTU"]
    browser("oc_clerk").post(talk(walk), {"text": "Ghi chú nội bộ", "unit": unit.pk})
    assert "Ghi chú nội bộ" in words(browser("oc_head").get(talk(walk)))
    for who in ("clerk", "inspector"):
        assert "Ghi chú nội bộ" not in words(browser(who).get(talk(walk)))


def test_a_note_of_a_unit_is_found_by_nobody_else(walk, world, browser):
    note = say(walk.case, by=world["oc_clerk"], text="x", unit=world.units["BTCTU"])
    assert browser("clerk").get(url(note, "talk_edit")).status_code == 404


def test_nobody_writes_notes_of_a_unit_that_is_not_theirs(walk, world):
    with pytest.raises(Refused):
        say(walk.case, by=world["clerk"], text="x", unit=world.units["BTCTU"])


def test_a_mention_names_its_person_and_is_in_the_entry(walk, world, browser):
    browser("oc_clerk").post(talk(walk), {"text": "Nhờ @clerk bổ sung.", "unit": ""})
    assert last(walk).facts["mentioned"] == [world["clerk"].pk]
    assert Notice.objects.get(kind="mention").person == world["clerk"]
    page = words(browser("clerk").get(talk(walk)))
    assert f'<strong class="mention">@{world["clerk"]}</strong>' in page


def test_strangers_and_nobody_cannot_be_told_apart_by_mentioning_them(walk, browser):
    client = browser("oc_clerk")
    said = []
    for name in ("stranger", "khong.co.ai"):
        page = words(client.post(talk(walk), {"text": f"Nhờ @{name}", "unit": ""}))
        said.append(page[page.index("is nobody who reads this") :][:60])
    assert said[0] == said[1]
    assert not Comment.objects.exists()


def test_a_note_mentions_only_its_unit(walk, world):
    with pytest.raises(ValidationError):
        say(walk.case, by=world["oc_clerk"], text="@clerk", unit=world.units["BTCTU"])
    say(walk.case, by=world["oc_clerk"], text="@oc_head", unit=world.units["BTCTU"])


@pytest.mark.parametrize("secrecy", Case.Secrecy.values)
def test_those_offered_are_those_who_may_read_it(walk, world, secrecy):
    Case.objects.filter(pk=walk.case.pk).update(secrecy=secrecy)
    case = Case.objects.get(pk=walk.case.pk)
    everybody = User.objects.filter(is_active=True).select_related("cadre")
    assert {one for one in everybody if may_be_reached(one, case, None)} == set(reachable(case))


def test_an_address_of_mail_mentions_nobody(walk, world):
    comment = say(walk.case, by=world["oc_clerk"], text="Gửi về vanthu@clerk.vn")
    assert not comment.versions.get().mentions.exists()


def test_another_text_leaves_the_former_one_to_be_read(walk, comment, browser):
    client = browser("oc_clerk")
    client.post(url(comment, "talk_edit"), {"text": "Đã đủ.", "seen": 1})
    page = words(browser("clerk").get(talk(walk)))
    assert "Đã đủ." in page
    assert "Còn thiếu bản kê khai." in page
    assert walk.case.entries.get(event=Event.REWORDED).facts["version"] == 2


def test_only_who_wrote_it_words_it_anew(walk, comment, browser, world):
    response = browser("oc_head").post(url(comment, "talk_edit"), {"text": "x", "seen": 1})
    assert response.status_code == 403
    assert (last(walk).event, last(walk).by) == ("refused", world["oc_head"])


def test_whoever_saw_an_older_text_does_not_overwrite_the_newer(comment, world):
    reword(comment, by=world["oc_clerk"], text="hai", seen=1)
    with pytest.raises(Conflict):
        reword(comment, by=world["oc_clerk"], text="ba", seen=1)


def test_a_withdrawn_text_is_read_by_inspectors_only(walk, comment, browser):
    browser("oc_clerk").post(url(comment, "talk_withdraw"), {"reason": "Nhầm"})
    assert "Còn thiếu" in words(browser("inspector").get(talk(walk)))
    for who in ("clerk", "oc_clerk"):
        page = words(browser(who).get(talk(walk)))
        assert "Withdrawn on" in page
        assert "Còn thiếu" not in page
    assert walk.case.entries.get(event=Event.COMMENT_WITHDRAWN).reason == "Nhầm"


def test_what_is_withdrawn_is_not_withdrawn_twice(comment, world):
    withdraw(comment, by=world["oc_clerk"])
    with pytest.raises(Conflict):
        withdraw(comment, by=world["oc_clerk"])


def test_nobody_talks_in_a_case_that_has_ended(walk, world, browser):
    browser("clerk").post(
        reverse("case_action", args=[walk.case.pk, "withdraw"]), {"reason": "Thôi"}
    )
    with pytest.raises(Conflict):
        say(walk.case, by=world["oc_clerk"], text="x")
    assert browser("oc_clerk").get(talk(walk)).context["form"] is None


@pytest.fixture
def attached(walk, world):
    """A comment with a paper."""
    file = SimpleUploadedFile("Bản kê khai.exe", PDF)
    return say(walk.case, by=world["oc_clerk"], text="Kèm tệp", files=[file])


def test_an_attachment_is_what_its_bytes_say_and_its_reading_an_entry(walk, attached, browser):
    file = attached.attachments.get()
    assert (file.name, file.sha256) == ("Bản kê khai.pdf", sha256(PDF).hexdigest())
    response = browser("clerk").get(reverse("talk_file", args=[walk.case.pk, file.pk]))
    assert (response.content, response["Content-Type"]) == (PDF, "application/pdf")
    assert (last(walk).event, last(walk).documents) == ("downloaded", [file.sha256])


def test_an_attachment_of_another_type_is_refused_and_nothing_is_written(walk, browser):
    file = SimpleUploadedFile("a.pdf", b"MZ")
    sent = {"text": "x", "unit": "", "file": file}
    response = browser("clerk").post(talk(walk), sent)
    assert response.status_code == 422
    assert "whatever its name says" in words(response)
    assert not Comment.objects.exists()


def test_the_attachment_of_a_note_is_found_by_nobody_else(walk, world, browser):
    note = say(
        walk.case, by=world["oc_clerk"], text="x", unit=world.units["BTCTU"],
        files=[SimpleUploadedFile("a.pdf", PDF)],
    )  # fmt: skip
    address = reverse("talk_file", args=[walk.case.pk, note.attachments.get().pk])
    assert browser("clerk").get(address).status_code == 404
    assert browser("oc_head").get(address).status_code == 200


def test_a_withdrawn_attachment_is_for_inspectors(walk, attached, world, browser):
    withdraw(attached, by=world["oc_clerk"])
    address = reverse("talk_file", args=[walk.case.pk, Attachment.objects.get().pk])
    assert browser("clerk").get(address).status_code == 404
    assert browser("inspector").get(address).status_code == 200


@pytest.fixture
def appraising(walk, world):
    """The appraisal is with the head of the Organization Committee."""
    task = walk.task("appraise")
    take(task.pk, by=world["oc_head"])
    return task


def test_whoever_has_a_step_moves_it_into_the_case(walk, attached, appraising, browser, world):
    before = Document.objects.filter(case=walk.case).count()
    browser("oc_head").post(url(attached, "talk_move"))
    entry = last(walk)
    assert Document.objects.filter(case=walk.case).count() == before + 2
    assert (entry.event, entry.by, entry.step) == ("comment_moved", world["oc_head"], "appraise")
    assert len(entry.documents) == 2
    assert "moved into the case by" in words(browser("clerk").get(talk(walk)))
    assert "Trích nội dung trao đổi" in words(
        browser("clerk").get(reverse("case", args=[walk.case.pk]))
    )


def test_nobody_else_moves_it(walk, comment, appraising, browser):
    assert browser("oc_clerk").post(url(comment, "talk_move")).status_code == 403
    assert last(walk).event == Event.REFUSED


def test_it_is_moved_once(comment, appraising, world):
    move(comment, by=world["oc_head"])
    with pytest.raises(Conflict):
        move(comment, by=world["oc_head"])


def test_what_is_withdrawn_is_not_moved(comment, appraising, world):
    withdraw(comment, by=world["oc_clerk"])
    with pytest.raises(Conflict):
        move(comment, by=world["oc_head"])


@pytest.mark.parametrize("table", ["comment", "commentversion", "mention", "attachment"])
@pytest.mark.parametrize("verb", ["DELETE FROM processes_{}", "UPDATE processes_{} SET id = id"])
def test_the_database_keeps_what_was_written(walk, world, attached, table, verb):
    say(walk.case, by=world["oc_clerk"], text="@clerk")
    connection.check_constraints()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb.format(table))


def test_a_text_is_not_altered_but_can_be_erased(walk, comment, browser):
    connection.check_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        CommentText.objects.update(text="khác")
    CommentText.objects.all().delete()
    assert "This text has been erased." in words(browser("clerk").get(talk(walk)))


def test_the_page_asks_the_same_however_many_comments(
    walk, world, browser, django_assert_max_num_queries
):
    client = browser("clerk")
    for number in range(3):
        say(walk.case, by=world["oc_clerk"], text=f"@clerk {number}")
    client.get(talk(walk))
    with django_assert_max_num_queries(60) as few:
        client.get(talk(walk))
    for number in range(5):
        say(walk.case, by=world["oc_clerk"], text=f"@oc_head {number}")
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(talk(walk))


def test_the_page_of_the_case_leads_to_its_talk(walk, browser):
    assert talk(walk) in words(browser("clerk").get(reverse("case", args=[walk.case.pk])))


def test_why_a_comment_is_withdrawn_is_kept_as_a_draft(comment, browser):
    client = browser("oc_clerk")
    client.post(url(comment, "talk_withdraw"), {"reason": "Viết nhầm", "keep_draft": "1"})
    assert "Viết nhầm</textarea>" in words(client.get(url(comment, "talk_withdraw")))
    assert not comment.versions.filter(withdrawn=True).exists()
    client.post(url(comment, "talk_withdraw"), {"reason": "Viết nhầm"})
    assert comment.versions.filter(withdrawn=True).exists()
