"""Sign in: by password everywhere, by one click only in a demonstration."""

import pytest
from django.urls import reverse

from permissions.models import User
from tests.pages.conftest import words


@pytest.fixture
def demo(settings):
    settings.DEMO_MODE = True


def sign_in_as(client, user):
    return client.post(reverse("sign_in_as", args=[user.pk]))


def signed_in(client):
    return client.session.get("_auth_user_id")


def test_a_password_signs_in(client, world):
    user = world["clerk"]
    user.set_password("một mật khẩu dài")
    user.save()
    client.post(reverse("login"), {"username": "clerk", "password": "một mật khẩu dài"})
    assert signed_in(client) == str(user.pk)


def test_a_wrong_password_does_not(client, world):
    response = client.post(reverse("login"), {"username": "clerk", "password": "x"})
    assert response.status_code == 200
    assert signed_in(client) is None
    page = response.content.decode()
    assert "Chưa đăng nhập được:" in page
    assert "Chưa lưu nội dung nào" not in page


def test_a_demonstration_offers_its_personas(client, demo, world):
    personas = client.get(reverse("login")).context["personas"]
    offered = {holding.user for persona in personas for holding in persona["people"]}
    assert offered == {user for user in world.people.values() if user.holdings.exists()}


def test_without_a_demonstration_there_are_no_personas(client, world):
    assert client.get(reverse("login")).context["personas"] == []


def test_one_click_signs_in(client, demo, world):
    assert sign_in_as(client, world["clerk"]).url == "/"
    assert signed_in(client) == str(world["clerk"].pk)


def test_without_a_demonstration_one_click_does_nothing(client, world):
    assert sign_in_as(client, world["clerk"]).status_code == 404
    assert signed_in(client) is None


def test_a_closed_account_is_no_persona(client, demo, world):
    User.objects.filter(pk=world["clerk"].pk).update(is_active=False)
    assert sign_in_as(client, world["clerk"]).status_code == 404


def test_a_superuser_is_no_persona(client, demo, world):
    User.objects.filter(pk=world["clerk"].pk).update(is_superuser=True)
    assert sign_in_as(client, world["clerk"]).status_code == 404


def test_the_navigation_holds_what_the_person_can_use(browser):
    def links(who):
        return {item.url for item in browser(who).get("/inbox/").context["nav"]}

    clerk, inspector = links("clerk"), links("inspector")
    assert {"/inbox/", "/cases/", "/start/", "/units/"} <= clerk
    assert {"/inbox/", "/cases/", "/start/", "/cadres/", "/units/", "/trail/"} <= inspector
    assert clerk & {"/cadres/", "/trail/", "/admin/"} == set()
    assert "/admin/" not in inspector
    assert "/admin/" in links("admin")


def test_only_the_page_that_one_is_on_is_marked_in_the_navigation(world, browser):
    own = reverse("person", args=[world["head"].cadre.pk])
    for address in ("/cadres/", own, "/units/"):
        nav = browser("head").get(address).context["nav"]
        assert [item.url for item in nav if item.active] == [address]


def test_signing_out_leads_to_signing_in(browser):
    response = browser("clerk").post(reverse("logout"))
    assert response.url == reverse("login")
    assert "Sign in" in words(browser("clerk").get(reverse("login")))
