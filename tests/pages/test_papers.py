"""Papers: who adds and opens them, and what is refused in plain words."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from permissions.checks import today
from processes.audit.models import Event
from processes.demo.walk import PDF
from tests.pages.conftest import words


def url(walk, item="cv"):
    return reverse("upload", args=[walk.case.pk, item])


def paper(content=PDF, day=None):
    file = SimpleUploadedFile("cv.pdf", content, "application/pdf")
    return {"file": file, "issued_on": (day or today()).isoformat()}


def test_the_clerk_adds_a_paper_and_opens_it(walk, browser):
    client = browser("clerk")
    assert client.post(url(walk), paper()).url == reverse("case", args=[walk.case.pk])
    document = walk.case.documents.get(item="cv")
    response = client.get(reverse("download", args=[document.pk]))
    assert response.content == PDF
    assert response["Content-Disposition"].startswith("attachment;")


def test_every_download_is_an_entry(walk, world, browser):
    browser("clerk").post(url(walk), paper())
    document = walk.case.documents.get(item="cv")
    browser("oc_head").get(reverse("download", args=[document.pk]))
    browser("clerk").get(reverse("download", args=[document.pk]))
    entries = walk.case.entries.filter(event=Event.DOWNLOADED)
    assert [entry.by for entry in entries] == [world["clerk"]]


def test_a_stranger_finds_no_paper(walk, browser):
    browser("clerk").post(url(walk), paper())
    document = walk.case.documents.get(item="cv")
    assert browser("stranger").get(reverse("download", args=[document.pk])).status_code == 404
    assert browser("stranger").get(url(walk)).status_code == 404


def test_a_program_by_the_name_of_a_paper_is_not_taken(walk, browser):
    response = browser("clerk").post(url(walk), paper(b"MZ\x90\x00" * 50))
    assert response.status_code == 422
    assert "whatever its name says" in words(response)
    assert not walk.case.documents.exists()


def test_a_form_without_its_file_says_so(walk, browser):
    response = browser("clerk").post(url(walk), {"issued_on": today().isoformat()})
    assert response.status_code == 422
    assert "file" in response.context["form"].errors


@pytest.mark.parametrize("item", ["nothing", "submission"])
def test_only_items_that_are_uploaded_have_a_page(walk, browser, item):
    assert browser("clerk").get(url(walk, item)).status_code == 404


def test_who_reads_a_case_does_not_add_to_it(walk, browser):
    assert browser("inspector").get(url(walk)).status_code == 403
    assert browser("inspector").post(url(walk), paper()).status_code == 403
    assert not walk.case.documents.exists()
