"""Papers: who adds and opens them, and what is refused in plain words."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from permissions.checks import today
from processes.audit.models import Event
from processes.demo.stories import advance
from processes.demo.walk import PDF
from tests.pages.conftest import words
from tests.world import make_cadre


def url(walk, item="committee_comment"):
    return reverse("upload", args=[walk.case.pk, item])


def paper(content=PDF, day=None):
    file = SimpleUploadedFile("cv.pdf", content, "application/pdf")
    return {"file": file, "issued_on": (day or today()).isoformat()}


def test_the_clerk_adds_a_paper_and_opens_it(walk, browser):
    client = browser("clerk")
    assert client.post(url(walk), paper()).url == reverse("case", args=[walk.case.pk])
    document = walk.case.documents.get()
    response = client.get(reverse("download", args=[document.pk]))
    assert response.content == PDF
    assert response["Content-Disposition"].startswith("attachment;")


@pytest.fixture
def listed(walk, world):
    """People on the roster of the case; nobody is chosen."""
    advance(walk, "conference_3")
    return world.candidates


@pytest.mark.stands("conference_3")
def test_while_nobody_is_chosen_the_form_asks_whose_paper_it_is(walk, browser, listed):
    client, chosen = browser("clerk"), listed[1]
    field = client.get(url(walk, "cv")).context["form"].fields["cadre"]
    assert (field.required, set(field.queryset)) == (True, set(listed))
    response = client.post(url(walk, "cv"), paper())
    assert (response.status_code, "cadre" in response.context["form"].errors) == (422, True)
    client.post(url(walk, "cv"), paper() | {"cadre": chosen.pk})
    assert walk.case.documents.get(item="cv").cadre == chosen
    assert f"({chosen})" in words(client.get(reverse("case", args=[walk.case.pk])))


@pytest.mark.stands("conference_3")
def test_nobody_else_can_be_said_to_own_a_paper(walk, world, browser, listed):
    other = make_cadre(world.units["SNV"])
    response = browser("clerk").post(url(walk, "cv"), paper() | {"cadre": other.pk})
    assert (response.status_code, walk.case.documents.filter(item="cv").exists()) == (422, False)


@pytest.mark.stands("conference_3")
def test_a_paper_about_nobody_asks_for_nobody(walk, browser, listed):
    client = browser("clerk")
    assert "cadre" not in client.get(url(walk)).context["form"].fields
    client.post(url(walk), paper())
    assert walk.case.documents.get(item="committee_comment").cadre is None


def test_before_there_is_a_roster_a_form_says_when_papers_are_added(walk, browser):
    response = browser("clerk").get(url(walk, "cv"))
    assert "Nobody is on the roster yet" in words(response)


def test_every_download_is_an_entry(walk, world, browser):
    browser("clerk").post(url(walk), paper())
    document = walk.case.documents.get()
    browser("oc_head").get(reverse("download", args=[document.pk]))
    browser("clerk").get(reverse("download", args=[document.pk]))
    entries = walk.case.entries.filter(event=Event.DOWNLOADED)
    assert [entry.by for entry in entries] == [world["clerk"]]


def test_a_stranger_finds_no_paper(walk, browser):
    browser("clerk").post(url(walk), paper())
    document = walk.case.documents.get()
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
