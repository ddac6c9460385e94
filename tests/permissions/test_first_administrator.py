"""The first administrator: made where there is none, by the rules of accounts and roles."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from permissions.catalogue import Act, Role
from permissions.checks import may, today
from permissions.grants import grant, revoke
from permissions.management.commands.first_administrator import VARIABLE
from permissions.models import Holding, User
from processes.audit.models import SITE_CHAIN, AuditEntry, Event
from tests import make

SECRET = "mot-mat-khau-dai-82"
NAME = "Nguyễn Văn An"


@pytest.fixture(autouse=True)
def nobody_at_the_terminal(monkeypatch):
    """Standard input is a pipe with the password in it."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr("sys.stdin", StringIO(f"{SECRET}\n"))


def run(**options):
    out = StringIO()
    call_command("first_administrator", **{"username": "an", "name": NAME, **options}, stdout=out)
    return out.getvalue()


def refused(**options):
    """What the command says when it makes nothing."""
    before = (User.objects.count(), Holding.objects.count(), AuditEntry.objects.count())
    with pytest.raises(CommandError) as error:
        run(**options)
    assert (User.objects.count(), Holding.objects.count(), AuditEntry.objects.count()) == before
    return str(error.value)


def test_it_makes_an_account_that_administers_the_province(province):
    said = run()
    an = User.objects.get(username="an")
    assert may(an, Act.ADMINISTER, province.pk)
    assert (str(an), an.last_name, an.check_password(SECRET)) == (NAME, "Nguyễn", True)
    assert (an.is_staff, an.is_superuser) == (False, False)
    assert "an" in said
    assert SECRET not in said


def test_the_grant_is_an_entry_that_nobody_gave(province):
    run()
    entry = AuditEntry.objects.get(event=Event.GRANTED)
    assert (entry.chain, entry.by, entry.role, entry.unit) == (SITE_CHAIN, None, "", province)
    assert entry.facts["role"] == Role.ADMINISTRATOR
    assert entry.facts["user"] == User.objects.get(username="an").pk


def test_who_was_made_can_sign_in_and_work_on_the_data(province, client):
    run()
    sent = client.post(reverse("login"), {"username": "an", "password": SECRET})
    assert sent.status_code == 302
    assert client.get(reverse("admin:permissions_holding_add")).status_code == 200


def test_the_password_may_stand_in_the_environment(province, monkeypatch):
    monkeypatch.setenv(VARIABLE, "mat-khau-khac-91")
    run()
    assert User.objects.get(username="an").check_password("mat-khau-khac-91")


def test_a_province_with_an_administrator_gets_no_other_by_it(admin):
    assert refused()


def test_an_administrator_from_a_day_to_come_counts(province):
    since = today() + timedelta(days=3)
    grant(make.user(), Role.ADMINISTRATOR, province, by=None, since=since)
    assert refused()


def test_after_the_last_administrator_has_ended_there_may_be_a_first_again(admin, province):
    revoke(admin.holdings.get(), by=None, on=today(), reason="")
    run()
    assert may(User.objects.get(username="an"), Act.ADMINISTER, province.pk)


def test_a_closed_account_administers_nothing(admin, province):
    User.objects.filter(pk=admin.pk).update(is_active=False)
    run()
    assert may(User.objects.get(username="an"), Act.ADMINISTER, province.pk)


@pytest.mark.parametrize("password", ["", "123", "password", "84620173"])
def test_a_password_that_the_page_would_refuse_is_refused(province, monkeypatch, password):
    monkeypatch.setattr("sys.stdin", StringIO(f"{password}\n"))
    assert refused()


@pytest.mark.parametrize("username", ["person", "", "hai từ"])
def test_a_username_that_is_taken_or_no_name_is_refused(province, person, username):
    assert refused(username=username or " ")


def test_without_a_terminal_everything_is_given(province):
    assert "--username" in refused(username=None)
    assert "--name" in refused(name=None)


def test_without_units_there_is_nothing_to_administer(db):
    assert "--province" in refused()


def test_of_several_provinces_one_is_named(province):
    other = make.province()
    assert all(unit.code in refused() for unit in (province, other))
    assert refused(province="nowhere")
    run(province=other.code)
    an = User.objects.get(username="an")
    assert [may(an, Act.ADMINISTER, unit.pk) for unit in (province, other)] == [False, True]
