"""What goes wrong between people gets a page that says what happened and what to do."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection, transaction
from django.http import Http404
from django.urls import path
from django.utils.translation import override

from permissions.errors import Closed, Conflict
from workflow_site.errors import status_of
from workflow_site.urls import urlpatterns as site_urls

ERRORS = {
    "taken": Conflict("Số 12 đã được giao."),
    "closed": Closed("Đã kết thúc lúc 10:00."),
    "locked": OperationalError("database is locked"),
    "refused": PermissionDenied("Không được tự quyết."),
    "unknown": Http404("case 4711"),
    "broken": ValueError("a fault"),
}


def fail(request, name):
    raise ERRORS[name]


urlpatterns = [*site_urls, path("fail/<name>/", fail)]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.mark.parametrize(
    ("name", "status"),
    [("taken", 409), ("closed", 423), ("locked", 503), ("refused", 403), ("unknown", 404)],
)
def test_an_error_between_people_has_its_own_page(client, name, status):
    response = client.get(f"/fail/{name}/")
    assert response.status_code == status
    assert f"{status}.html" in [template.name for template in response.templates]


@pytest.mark.parametrize("name", ["taken", "closed", "refused"])
def test_the_page_repeats_what_the_error_says(client, name):
    assert str(ERRORS[name]) in client.get(f"/fail/{name}/").content.decode()


def test_a_stranger_does_not_learn_what_is_hidden(client):
    assert "4711" not in client.get("/fail/unknown/").content.decode()


def test_a_page_of_a_waiting_lock_says_when_to_come_back(client):
    assert client.get("/fail/locked/")["Retry-After"] == "5"


def test_a_fault_of_the_site_is_not_dressed_up(client):
    client.raise_request_exception = False
    response = client.get("/fail/broken/")
    assert response.status_code == 500
    assert "a fault" not in response.content.decode()


def test_an_unknown_address_has_a_page_too(client):
    assert client.get("/no-such-page/").status_code == 404


@pytest.mark.parametrize(("demo", "own"), [(True, True), (False, False)])
def test_a_demonstration_shows_the_sites_own_page_at_an_unknown_address(
    client, settings, demo, own
):
    settings.DEBUG, settings.DEMO_MODE = True, demo
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert ("404.html" in [template.name for template in response.templates]) is own


def test_a_demonstration_still_completes_an_address_without_its_slash(client, settings):
    settings.DEBUG = settings.DEMO_MODE = True
    assert client.get("/sign-in").headers["Location"] == "/sign-in/"


def test_a_foreign_form_is_explained(django_user_model):
    from django.test import Client

    with override("en"):
        response = Client(enforce_csrf_checks=True).post("/sign-in/")
    assert response.status_code == 403
    assert "403_csrf.html" in [template.name for template in response.templates]


def test_other_faults_of_the_database_are_faults():
    assert status_of(OperationalError("disk full")) is None


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_lock_that_postgresql_refuses_is_503(django_user_model):
    django_user_model.objects.create(username="a")
    held, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            list(django_user_model.objects.select_for_update())
            held.set()
            done.wait(10)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    with pytest.raises(OperationalError) as refusal, transaction.atomic():
        list(django_user_model.objects.select_for_update(nowait=True))
    done.set()
    holder.join()
    assert status_of(refusal.value) == 503
