"""The frame of every page: language, policy, person."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture
def sign_in():
    return reverse("login")


def test_a_page_is_vietnamese_even_in_an_english_browser(client, sign_in):
    response = client.get(sign_in, headers={"accept-language": "en"})
    assert '<html lang="vi"' in response.content.decode()
    assert response["Content-Language"] == "vi"


def test_a_person_chooses_english(client, sign_in):
    client.post(reverse("set_language"), {"language": "en", "next": sign_in})
    assert '<html lang="en"' in client.get(sign_in).content.decode()


def test_an_unknown_language_is_vietnamese(client, sign_in):
    client.cookies["django_language"] = "xx"
    assert '<html lang="vi"' in client.get(sign_in).content.decode()


def test_the_policy_allows_only_the_site_itself(client, sign_in):
    policy = client.get(sign_in)["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_the_signed_in_person_is_named(client, django_user_model, sign_in):
    client.force_login(django_user_model.objects.create(username="thu", first_name="Thư"))
    assert "Thư" in client.get(sign_in).content.decode()


def test_demo_mode_is_announced(client, settings, sign_in):
    settings.DEMO_MODE = True
    assert "demo-banner" in client.get(sign_in).content.decode()


def test_without_demo_mode_nothing_is_announced(client, sign_in):
    assert "demo-banner" not in client.get(sign_in).content.decode()


def test_the_colours_are_the_systems_until_a_person_chooses(client, sign_in):
    page = client.get(sign_in).content.decode()
    assert 'data-theme="system" data-bs-theme="light"' in page
    answer = client.post(reverse("set_theme"), {"theme": "dark", "next": sign_in})
    assert (answer.url, client.cookies["theme"]["max-age"]) == (sign_in, 365 * 24 * 60 * 60)
    assert 'data-theme="dark" data-bs-theme="dark"' in client.get(sign_in).content.decode()


@pytest.mark.parametrize("wish", ["purple", ""])
def test_unknown_colours_change_nothing(client, sign_in, wish):
    client.post(reverse("set_theme"), {"theme": wish, "next": sign_in})
    assert "theme" not in client.cookies
    client.cookies["theme"] = "purple"
    assert 'data-theme="system"' in client.get(sign_in).content.decode()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "abc", "inbox"])
def test_the_choice_of_colours_leads_to_no_other_site(client, back):
    answer = client.post(reverse("set_theme"), {"theme": "dark", "next": back})
    assert answer.url == "/"
