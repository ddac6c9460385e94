"""A question gives the same answer again, whatever is written later, and says when it does not."""

import csv
import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from permissions.models import User
from processes.audit.models import AuditEntry, Event
from processes.conferences.models import Conference
from processes.log.models import Checkpoint
from processes.organisation.units import Unit
from processes.questions import declared
from processes.questions.asking import again
from processes.questions.models import Question
from processes.questions.wishes import papers_called, people_called
from tests.pages.conftest import words
from tests.trail_plugin import without_triggers
from verifier.verify_evidence import verify

pytestmark = pytest.mark.stands("check_dossier")


@pytest.fixture
def asked(asks, walk):
    return asks("search", case=walk.case.pk)


def test_a_question_is_mailed_to_nobody(asks, walk, settings):
    settings.LOG_MAIL = ["inspector@example.vn"]
    made = asks("search", case=walk.case.pk).checkpoint
    assert [copy.kind for copy in made.deliveries.all()] == ["drop"]


def page(browser, asked, who="inspector"):
    return browser(who).get(reverse("asked_question", args=[asked.pk]))


def test_a_later_entry_does_not_change_the_answer(asked, note, world, browser):
    before = again(asked, by=world["inspector"])
    note(Event.READ, "head")
    after = again(asked, by=world["inspector"])
    assert after.digest == before.digest == asked.digest
    assert len(after.lines) == asked.rows > 0
    assert "The same answer" in words(page(browser, asked))


def test_asking_signs_what_the_log_is_now(asked, walk):
    assert asked.checkpoint == Checkpoint.objects.first()
    assert asked.rows == walk.case.entries.count()


def test_an_entry_that_was_altered_gives_another_digest(asked, walk, browser):
    first = walk.case.entries.order_by("seq")[0]
    with without_triggers():
        AuditEntry.objects.filter(pk=first.pk).update(role="secretary")
        connection.check_constraints()
    assert "NOT the answer" in words(page(browser, asked))


def test_a_question_is_never_altered_or_deleted(asked):
    for change in (lambda rows: rows.update(rows=0), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="History is kept"), transaction.atomic():
            change(Question.objects.filter(pk=asked.pk))


def test_asking_is_an_entry_and_so_is_reading_it_again_once_a_day(asked, browser, world):
    entries = AuditEntry.objects.filter(event=Event.ASKED, facts__question=asked.pk)
    (entry,) = entries
    assert (entry.by, entry.role) == (world["inspector"], "inspector")
    assert (entry.facts["digest"], entry.facts["rows"]) == (asked.digest, asked.rows)
    page(browser, asked)
    assert entries.count() == 1


def test_another_inspector_asks_it_again_and_leaves_an_entry(asked, world, browser):
    from permissions.catalogue import Role
    from permissions.grants import grant
    from tests.world import SINCE, make_user

    other = make_user("other_inspector")
    grant(other, Role.INSPECTOR, world.units["P26"], by=None, since=SINCE)
    assert "The same answer" in words(browser(other).get(f"/desk/asked/{asked.pk}/"))
    assert AuditEntry.objects.filter(event=Event.ASKED, by=other).count() == 1


def test_a_question_about_another_province_does_not_exist(asked, world, browser):
    other = Unit.objects.create(
        code="P99", name="Tỉnh Khác", level=world.units["P26"].level, valid_from="2020-01-01"
    )
    with without_triggers():
        Question.objects.filter(pk=asked.pk).update(scope={"provinces": [other.pk], "closed": []})
        connection.check_constraints()
    assert page(browser, asked).status_code == 404


def test_too_many_lines_are_said_to_be_too_many(asks, walk, monkeypatch):
    monkeypatch.setattr(declared.read, "__defaults__", (3,))
    with pytest.raises(declared.TooWide, match="thu hẹp"):
        asks("search", case=walk.case.pk)


def search(browser, **wish):
    answer = browser("inspector").get(reverse("desk"), wish)
    return answer, [row.pk for row in answer.context["page"].rows]


def test_people_are_found_without_diacritics(world, browser):
    clerk = world["clerk"]
    User.objects.filter(pk=clerk.pk).update(last_name="Đặng Thị", first_name="Hằng")
    assert people_called("dang hang") == [clerk.pk]
    _answer, found = search(browser, person="dang thi hang")
    assert found
    assert set(AuditEntry.objects.filter(pk__in=found).values_list("by", flat=True)) == {clerk.pk}


def test_nobody_of_that_name_finds_nothing(browser):
    assert search(browser, person="zzzz")[1] == []
    assert search(browser, case="BN-0")[1] == []
    assert search(browser, document="zzzz")[1] == []


def test_papers_are_found_by_title_and_by_digest(walk, browser):
    paper = walk.case.documents.first()
    for text in (paper.title, paper.sha256):
        assert [walk.case.pk, paper.sha256] in papers_called(text)
    _answer, found = search(browser, document=paper.sha256)
    told = AuditEntry.objects.filter(pk__in=found)
    assert told
    assert all(paper.sha256 in entry.documents for entry in told)


@pytest.mark.parametrize(
    ("wish", "column", "value"),
    [
        ({"role": "oc_clerk"}, "role", "oc_clerk"),
        ({"step": "request_policy"}, "step", "request_policy"),
        ({"event": "uploaded"}, "event", "uploaded"),
        ({"edition": "R377_2025"}, "edition", "R377_2025"),
        ({"only": "refusals"}, "event", "refused"),
    ],
)
def test_codes_narrow(wish, column, value, note, browser):
    note(Event.REFUSED, "head")
    _answer, found = search(browser, **wish)
    assert found
    assert set(AuditEntry.objects.filter(pk__in=found).values_list(column, flat=True)) == {value}


def test_on_behalf_of_and_reads_and_unit(world, note, browser, walk):
    entry = note(Event.READ, "clerk", behalf=world["head"])
    assert search(browser, behalf="head")[1] == [entry.pk]
    assert entry.pk in search(browser, only="reads", unit=walk.case.unit_id)[1]
    assert entry.pk in search(browser, since=entry.at.date(), case=walk.case.code)[1]


def test_a_search_is_an_entry_once_a_day(browser, world):
    for _time in range(2):
        search(browser, event="uploaded")
    search(browser)
    noted = AuditEntry.objects.filter(event=Event.ASKED)
    assert [entry.facts["values"] for entry in noted] == [{"event": "uploaded"}]


def test_pages_follow_each_other(browser, walk, monkeypatch):
    from processes.pages import keyset

    monkeypatch.setattr(keyset, "SIZE", 5)
    first, found = search(browser, case=walk.case.code)
    second = browser("inspector").get(first.context["page"].after)
    rows = found + [row.pk for row in second.context["page"].rows]
    assert len(set(rows)) == 10
    at = [AuditEntry.objects.get(pk=pk).at for pk in rows]
    assert at == sorted(at, reverse=True)


def test_a_search_is_kept_as_a_question(browser, key, walk):
    answer = browser("inspector").post(reverse("desk_ask"), {"case": walk.case.code})
    asked = Question.objects.get()
    assert answer.url == reverse("asked_question", args=[asked.pk])
    assert walk.case.code in asked.title


def test_without_a_key_one_is_told_what_to_do(browser, walk):
    answer = browser("inspector").post(reverse("desk_ask"), {"case": walk.case.code}, follow=True)
    assert Question.objects.count() == 0
    assert answer.context["messages"]


def test_a_ready_made_question_is_asked_with_its_form(browser, key, walk):
    client, address = browser("inspector"), reverse("ready_question", args=["saw_before_vote"])
    assert "Who saw this dossier" in words(client.get(address, {"case": walk.case.code}))
    assert "no case of this number" in words(client.post(address, {"case": "BN-0"}))
    answer = client.post(address, {"case": walk.case.code.lower()}, follow=True)
    assert walk.case.code in words(answer)


def test_a_form_with_wrong_days_says_so(browser, key):
    wrong = {"since": "2026-02-02", "until": "2026-01-01", "times": 1}
    answer = browser("inspector").post(reverse("ready_question", args=["refusals"]), wrong)
    assert answer.status_code == 422
    assert "not before the first one" in words(answer)


def test_files_hold_the_checkpoint(asked, browser):
    client = browser("inspector")
    made = {
        kind: b"".join(
            client.get(reverse("asked_question_file", args=[asked.pk, kind])).streaming_content
        )
        for kind in ("csv", "xlsx")
    }
    rows = list(csv.reader(made["csv"].decode("utf-8-sig").splitlines(keepends=True)))
    told = dict(row for row in rows if len(row) == 2)
    assert told["Digest of the answer"] == asked.digest
    assert told["Root"] == asked.checkpoint.root
    book = load_workbook(BytesIO(made["xlsx"]))
    notes = dict(row for row in book["2"].iter_rows(values_only=True))
    assert notes["Signed checkpoint"].strip() == asked.checkpoint.note.strip()
    assert book["1"].max_row == asked.rows + 1
    taken = AuditEntry.objects.filter(event=Event.DOWNLOADED, facts__question=asked.pk)
    assert {entry.facts["kind"] for entry in taken} == {"csv", "xlsx"}


@pytest.fixture
def exported(browser, tmp_path):
    """The answer with its proofs, made as an inspector makes it."""

    def make(asked, **form):
        client = browser("inspector")
        there = client.post(reverse("asked_question_export", args=[asked.pk]), form).url
        client.post(f"{there}work/")
        assert "Download" in words(client.get(there))
        path = tmp_path / "export.zip"
        path.write_bytes(b"".join(client.get(f"{there}file.zip").streaming_content))
        return path

    return make


def said(path, *held):
    lines = []
    return verify(path, *held, language="en", write=lines.append), "\n".join(lines)


def test_the_export_verifies_against_a_checkpoint_that_one_holds(asked, exported, key):
    path = exported(asked)
    failed, told = said(path, str(key), asked.checkpoint.note)
    assert failed == 0, told
    assert "it cannot be known whether an entry is missing" in told
    with ZipFile(path) as bundle:
        assert json.loads(bundle.read("manifest.json"))["kind"] == "export"
        assert json.loads(bundle.read("question.json"))["digest"] == asked.digest
        assert len(bundle.read("entries.jsonl").splitlines()) == asked.rows


def test_hidden_results_are_left_out_of_an_export_by_digest(asks, exported, walk):
    Conference.objects.filter(case=walk.case).update(announced=False)
    asked = asks("search", event="vote_closed")
    with ZipFile(exported(asked)) as bundle:
        rows = [json.loads(line) for line in bundle.read("entries.jsonl").splitlines()]
    assert rows
    assert all("facts" not in row["columns"] for row in rows)
    with ZipFile(exported(asked, with_hidden="on")) as bundle:
        rows = [json.loads(line) for line in bundle.read("entries.jsonl").splitlines()]
    assert all("facts" in row["columns"] for row in rows)


def test_a_changed_export_is_found(asked, exported):
    from tests.evidence.test_bundle import changed

    path = changed(exported(asked), "entries.jsonl", lambda text: text.replace("oc_clerk", "head"))
    assert said(path)[0] > 0


@pytest.mark.parametrize(("name", "most"), [("desk", 8), ("asked_questions", 8)])
def test_the_pages_ask_few_questions(name, most, asked, browser):
    client = browser("inspector")
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as sent:
        client.get(reverse(name), {"page": 1})
    assert len(sent) <= most
