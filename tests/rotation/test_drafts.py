"""What is typed into the forms of the rotation plan is kept as it is typed, each apart."""

import pytest
from django.test import Client
from django.urls import reverse

from processes.cases.models import Draft
from processes.rotation.schemes import MoveChain, SchemeTarget

pytestmark = pytest.mark.django_db
IS_DRAFT = "This is your draft of"
NOTE, REASON = "Điều động dự kiến quý I", "Không còn cần nữa"


def kept(client, address, typed):
    """The page after somebody has typed so much and opened it again."""
    said = client.post(address, typed | {"keep_draft": "1"}, headers={"HX-Request": "true"})
    assert "Draft kept at" in said.content.decode()
    return client.get(address).content.decode()


def test_a_chain_that_is_not_begun_yet_is_kept(browser, scheme):
    client, address = browser("oc_clerk"), reverse("rotation_chains")
    typed = {"title": "Chuỗi năm tới", "scheme": scheme.pk}
    page = kept(client, address, typed)
    assert (IS_DRAFT in page, 'value="Chuỗi năm tới"' in page) == (True, True)
    assert f'value="{scheme.pk}" selected' in page
    assert not MoveChain.objects.exists()
    client.post(address, typed)
    assert not Draft.objects.exists()


def test_a_move_and_the_reason_of_a_drop_are_kept_each_apart(world, browser, chain):
    client, address = browser("oc_clerk"), reverse("rotation_chain", args=[chain.pk])
    kept(client, address, {"note": NOTE, "cadre": "0123"})
    page = kept(client, address, {"part": "drop", "reason": REASON})
    assert (page.count(IS_DRAFT), NOTE in page, REASON in page) == (2, True, True)
    assert not chain.moves.exists()
    assert MoveChain.objects.get(pk=chain.pk).is_draft
    client.post(address, {"part": "drop", "reason": REASON})
    assert [(one.part, one.data["note"]) for one in Draft.objects.all()] == [("", NOTE)]


def test_what_is_chosen_on_the_board_goes_before_the_draft(browser, chain):
    client, address = browser("oc_clerk"), reverse("rotation_chain", args=[chain.pk])
    kept(client, address, {"note": NOTE, "cadre": "0123", "position": "P-OLD"})
    page = client.get(address, {"cadre": "0456"}).content.decode()
    assert ('value="0456"' in page, 'value="P-OLD"' in page, NOTE in page) == (True, True, True)
    assert 'value="0123"' not in page
    assert "These fields have changed meanwhile" not in page


def test_a_move_that_is_put_on_paper_is_a_draft_no_longer(world, browser, chain):
    client, address = browser("oc_clerk"), reverse("rotation_chain", args=[chain.pk])
    sent = {
        "cadre": world.candidates[0].code, "position": world.positions["party"].code,
        "direction": "lateral_sector", "note": NOTE,
    }  # fmt: skip
    kept(client, address, sent)
    assert client.post(address, sent).status_code == 302
    assert (chain.moves.count(), Draft.objects.count()) == (1, 0)


def test_a_move_for_a_chain_that_another_has_dropped_meanwhile_is_not_lost(world, browser, chain):
    client, address = browser("oc_clerk"), reverse("rotation_chain", args=[chain.pk])
    hidden = {"draft_by": client.get(address).context["form"].draft.sender}
    browser("oc_head").post(address, {"part": "drop", "reason": REASON})
    sent = {
        "cadre": world.candidates[0].code, "position": world.positions["party"].code,
        "direction": "lateral_sector", "note": NOTE,
    }  # fmt: skip
    assert client.post(address, sent | hidden).status_code == 409
    assert Draft.objects.get().data["note"] == NOTE


def test_a_target_that_is_not_set_yet_is_kept(browser, scheme):
    client, address = browser("oc_clerk"), reverse("rotation_scheme", args=[scheme.pk])
    typed = {"direction": "lateral_sector", "year": "2031", "number": "7"}
    page = kept(client, address, typed)
    assert (IS_DRAFT in page, 'value="2031"' in page) == (True, True)
    assert not SchemeTarget.objects.filter(year=2031).exists()
    client.post(address, typed)
    assert SchemeTarget.objects.get(year=2031).number == 7
    assert not Draft.objects.exists()


@pytest.mark.parametrize("name", ["rotation_chains", "rotation_chain", "rotation_scheme"])
def test_nobody_else_finds_what_was_typed(browser, chain, scheme, name):
    numbers = {"rotation_chain": [chain.pk], "rotation_scheme": [scheme.pk]}
    address = reverse(name, args=numbers.get(name, []))
    kept(browser("oc_clerk"), address, {"title": "Riêng tôi", "note": "Riêng tôi", "year": "2033"})
    for other in ("oc_head", "inspector"):
        page = browser(other).get(address).content.decode()
        assert (IS_DRAFT in page, "Riêng tôi" in page, "2033" in page) == (False, False, False)


def test_what_is_sent_after_the_session_has_ended_waits_for_its_writer(browser, chain, world):
    client, address = browser("oc_clerk"), reverse("rotation_chain", args=[chain.pk])
    hidden = {"draft_by": client.get(address).context["drop"].draft.sender}
    again = Client()
    assert again.post(address, {"part": "drop", "reason": REASON} | hidden).status_code == 302
    again.force_login(world["oc_clerk"], backend="permissions.sessions.PeopleBackend")
    assert REASON in again.get(address).content.decode()
    assert MoveChain.objects.get(pk=chain.pk).is_draft


def test_an_inspector_has_nothing_to_keep(browser, chain):
    address = reverse("rotation_chain", args=[chain.pk])
    sent = {"note": NOTE, "keep_draft": "1"}
    assert browser("inspector").post(address, sent).status_code == 403
    assert not Draft.objects.exists()
