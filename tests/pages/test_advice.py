"""A refusal says what happened and what to do, by why somebody was refused."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from permissions.catalogue import Role
from permissions.checks import today
from permissions.errors import Excluded
from permissions.grants import grant
from permissions.models import User
from processes.organisation.people import Kinship
from processes.pages.advice import advice_for
from tests.pages.conftest import words
from tests.world import make_user

TRAIL = "Only inspectors read the trail across cases."


def test_whoever_lacks_the_role_is_told_theirs_and_whom_to_ask(world, browser):
    said = words(browser("clerk").get("/trail/"))
    assert TRAIL in said
    assert "You are here as: Personnel clerk of the unit, Cơ quan SNV." in said
    assert "ask the process administrator for the role that it takes" in said


def test_whoever_has_no_role_is_told_so(world, browser):
    said = words(browser(make_user("nobody")).get("/trail/"))
    assert "You hold no role today" in said


def test_a_role_that_goes_with_no_other_is_not_asked_for(world, browser):
    said = words(browser("admin").get("/trail/"))
    assert "This role goes with no other" in said
    assert "ask the process administrator for the role" not in said


@pytest.mark.stands("check_dossier")
def test_ones_own_matter_is_no_matter_of_roles(walk, world, browser):
    Kinship.objects.create(
        cadre=world.candidates[0], relative=world["head"].cadre, relation="anh em ruột"
    )
    walk.case.candidate = world.candidates[0]
    walk.case.save()
    said = words(browser("head").get(reverse("case_trail", args=[walk.case.pk])))
    assert "This case is about a relative of yours." in said
    assert "Nobody reads or works on what is about themselves or a relative" in said
    assert "You are here as" not in said


def test_whoever_gives_a_role_that_another_excludes_is_told_what_to_do(world):
    """The form says so first; a page is refused where two people give roles at once."""
    with pytest.raises(Excluded) as refused, override("en"):
        grant(world["inspector"], Role.UNIT_HEAD, world.units["SNV"], by=None, since=today())
    with override("en"):
        assert "first end the role" in advice_for(world["admin"], refused.value)


def test_whoever_has_not_signed_in_is_asked_to(client, world):
    assert client.get("/trail/").status_code == 302


def test_a_person_whose_account_was_closed_meanwhile_is_told_at_the_door(world, browser):
    client = browser("clerk")
    assert client.get("/inbox/").status_code == 200
    User.objects.filter(pk=world["clerk"].pk).update(is_active=False)
    said = words(client.get("/inbox/", follow=True))
    assert "This account is closed." in said
    assert "Ask the process administrator if you still need it" in said


def test_nobody_else_is_told_of_closed_accounts(client, world):
    User.objects.filter(pk=world["clerk"].pk).update(is_active=False)
    assert "closed" not in words(client.get("/sign-in/"))
