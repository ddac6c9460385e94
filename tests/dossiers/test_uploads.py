"""Papers that come in: what they are, who adds them, what is kept."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.exceptions import ValidationError

from permissions.checks import today
from permissions.errors import Conflict, Refused
from processes.audit.models import AuditEntry, Event
from processes.demo.walk import PDF
from processes.dossiers.models import Document
from processes.organisation.people import Kinship
from tests.dossiers.papers import EXE, GIF, JPEG, PNG, add, archive, docx
from tests.world import make_cadre


@pytest.mark.parametrize(
    ("content", "extension"),
    [(PDF, "pdf"), (docx(), "docx"), (JPEG, "jpg"), (PNG, "png")],
    ids=["pdf", "docx", "jpg", "png"],
)
def test_a_paper_of_a_known_type_is_kept_under_its_digest(case, world, folder, content, extension):
    paper = add(case, world["clerk"], content=content)
    assert paper.sha256 == sha256(content).hexdigest()
    assert paper.file == f"{case.pk}/{paper.sha256}.{extension}"
    assert (folder / paper.file).read_bytes() == content


@pytest.mark.parametrize(
    "content",
    [
        EXE,
        b"<html></html>",
        archive("a.txt"),
        archive("xl/workbook.xml"),
        GIF,
        b"PK\x03",
    ],
    ids=["exe", "html", "zip", "xlsx", "gif", "broken zip"],
)
def test_any_other_type_is_refused_whatever_its_name_says(case, world, content):
    with pytest.raises(ValidationError, match="PDF, DOCX, JPEG"):
        add(case, world["clerk"], content=content)
    assert not Document.objects.exists()


def test_a_document_with_macros_is_refused(case, world):
    with pytest.raises(ValidationError, match="PDF, DOCX, JPEG"):
        add(case, world["clerk"], content=archive("word/document.xml", "word/vbaProject.bin"))


def test_an_empty_file_is_refused(case, world):
    with pytest.raises(ValidationError) as error:
        add(case, world["clerk"], content=b"")
    assert list(error.value.message_dict) == ["file"]


@pytest.mark.parametrize(("limit", "taken"), [(len(PDF), True), (len(PDF) - 1, False)])
def test_a_file_is_taken_up_to_the_limit(case, world, settings, limit, taken):
    settings.DOCUMENT_MAX_BYTES = limit
    if taken:
        assert add(case, world["clerk"]).size == limit
        return
    with pytest.raises(ValidationError, match="at most"):
        add(case, world["clerk"])


def test_an_upload_is_in_the_trail_with_its_digest(case, world):
    paper = add(case, world["clerk"])
    entry = AuditEntry.objects.filter(case=case, event=Event.UPLOADED).get()
    assert (entry.by, entry.role, entry.documents) == (
        world["clerk"], "unit_clerk", [paper.sha256],
    )  # fmt: skip
    assert entry.facts["item"] == "cv"


def test_a_second_upload_is_a_second_version(case, world, folder):
    first = add(case, world["clerk"])
    second = add(case, world["clerk"], content=docx())
    assert [first.version, second.version] == [1, 2]
    assert (folder / first.file).read_bytes() == PDF


def test_versions_go_on_when_the_candidate_is_known(walk, world):
    case, (first, second, *_others) = walk.case, world.candidates
    add(case, world["clerk"], cadre=first)
    case.candidate = second
    case.save()
    paper = add(case, world["clerk"])
    assert (paper.version, paper.cadre) == (2, second)


def test_a_personal_paper_is_somebodys(walk, world):
    with pytest.raises(ValidationError, match="whose"):
        add(walk.case, world["clerk"])
    assert not Document.objects.exists()
    assert add(walk.case, world["clerk"], "committee_comment").cadre is None


def test_the_trail_says_whose_paper_was_added_before_somebody_is_chosen(walk, world):
    add(walk.case, world["clerk"], cadre=world.candidates[1])
    entry = AuditEntry.objects.get(case=walk.case, event=Event.UPLOADED)
    assert entry.facts["cadre"] == world.candidates[1].pk


def test_whoever_prepares_no_papers_of_the_unit_is_refused(case, world):
    with pytest.raises(Refused):
        add(case, world["stranger"])
    assert not AuditEntry.objects.filter(event=Event.UPLOADED).exists()


def test_the_party_committee_adds_its_comment(case, world):
    assert add(case, world["party"], "committee_comment").item == "committee_comment"


def test_the_candidate_adds_nothing_to_the_own_case(case, world):
    cadre = make_cadre(world.units["SNV"], world["clerk"])
    case.candidate = cadre
    case.save()
    with pytest.raises(Refused, match="about you"):
        add(case, world["clerk"])


def test_a_relative_of_the_candidate_adds_nothing(case, world):
    cadre = make_cadre(world.units["SNV"], world["clerk"])
    case.candidate = world.candidates[0]
    case.save()
    Kinship.objects.create(cadre=world.candidates[0], relative=cadre, relation="anh")
    with pytest.raises(Refused, match="relative"):
        add(case, world["clerk"])


def test_a_day_to_come_is_refused(case, world):
    with pytest.raises(ValidationError) as error:
        add(case, world["clerk"], issued_on=today() + timedelta(days=1))
    assert list(error.value.message_dict) == ["issued_on"]


@pytest.mark.parametrize("item", ["nothing", "submission", "vote_summary"])
def test_only_items_that_are_uploaded_are_taken(case, world, item):
    with pytest.raises(ValidationError) as error:
        add(case, world["clerk"], item)
    assert list(error.value.message_dict) == ["item"]


def test_the_dossier_of_an_ended_case_is_closed(walk, world):
    walk.do("request_policy", "withdraw", reason="Chưa cần.", need="x", source="in_place",
            assignment="x")  # fmt: skip
    with pytest.raises(Conflict):
        add(walk.case, world["clerk"])
