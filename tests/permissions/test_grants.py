"""Giving and ending roles: who may, what is written, and that it is entered."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from permissions.catalogue import Act, Role
from permissions.checks import may, today
from permissions.errors import Conflict, Refused
from permissions.grants import grant, revoke
from permissions.models import Holding, User
from processes.audit.models import AuditEntry
from tests import make

DAY = timedelta(days=1)


@pytest.fixture
def holding(person, unit, admin):
    return grant(person, Role.UNIT_CLERK, unit, by=admin, since=make.SINCE)


def last_entry():
    return AuditEntry.objects.latest("pk")


def test_a_role_is_given_with_an_entry(holding, person, unit, admin):
    assert may(person, Act.START_CASE, unit.pk)
    entry = last_entry()
    assert (entry.event, entry.by, entry.role, entry.unit) == (
        "granted", admin, "administrator", unit,
    )  # fmt: skip
    assert entry.facts == {
        "user": person.pk, "role": "unit_clerk", "from": "2015-01-01", "until": None,
    }  # fmt: skip


def test_a_role_is_ended_with_an_entry(holding, person, unit, admin, again):
    revoke(holding, by=admin, on=today(), reason="Chuyển công tác")
    assert not may(again(person), Act.START_CASE, unit.pk)
    entry = last_entry()
    assert (entry.event, entry.by, entry.role) == ("revoked", admin, "administrator")
    assert (entry.unit, entry.reason) == (unit, "Chuyển công tác")
    assert entry.facts == {
        "user": person.pk, "role": "unit_clerk", "old_until": None,
        "until": (today() - DAY).isoformat(),
    }  # fmt: skip


def test_an_ended_role_stays_as_history(holding, admin):
    revoke(holding, by=admin, on=today() + DAY, reason="")
    holding.refresh_from_db()
    assert (holding.valid_from, holding.valid_until) == (make.SINCE, today())


def unchanged(action):
    """Whether nothing was written by an action that failed."""
    before = (AuditEntry.objects.count(), list(Holding.objects.values()))
    with pytest.raises((Refused, Conflict, ValidationError)):
        action()
    return before == (AuditEntry.objects.count(), list(Holding.objects.values()))


def test_nobody_grants_to_themselves(admin, province):
    assert unchanged(lambda: grant(admin, Role.INSPECTOR, province, by=admin, since=today()))


def test_nobody_ends_their_own_role(admin):
    own = admin.holdings.get()
    assert unchanged(lambda: revoke(own, by=admin, on=today(), reason=""))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_an_administrator_grants(person, unit, role):
    other = make.user()
    grant(other, role, unit, by=None, since=make.SINCE)
    assert unchanged(lambda: grant(person, Role.MEMBER, unit, by=other, since=today()))


def test_an_administrator_of_another_province_is_refused(person, unit):
    other = make.user()
    grant(other, Role.ADMINISTRATOR, make.province(), by=None, since=make.SINCE)
    assert unchanged(lambda: grant(person, Role.MEMBER, unit, by=other, since=today()))


def test_an_administrator_of_a_unit_only_is_refused(person, unit):
    other = make.user()
    grant(other, Role.ADMINISTRATOR, unit, by=None, since=make.SINCE)
    assert unchanged(lambda: grant(person, Role.MEMBER, unit, by=other, since=today()))


def test_a_superuser_is_refused(person, unit):
    root = make.user(is_superuser=True)
    assert unchanged(lambda: grant(person, Role.MEMBER, unit, by=root, since=today()))


def test_a_closed_administrator_is_refused(person, unit, admin, again):
    User.objects.filter(pk=admin.pk).update(is_active=False)
    assert unchanged(lambda: grant(person, Role.MEMBER, unit, by=again(admin), since=today()))


def test_whoever_may_not_grant_may_not_end(holding, unit):
    other = make.user()
    grant(other, Role.UNIT_HEAD, unit, by=None, since=make.SINCE)
    assert unchanged(lambda: revoke(holding, by=other, on=today(), reason=""))


def test_a_role_does_not_end_before_it_begins(person, unit, admin):
    until = today() - DAY
    assert unchanged(lambda: grant(person, Role.MEMBER, unit, by=admin, since=today(), until=until))


def test_a_role_does_not_end_in_the_past(holding, admin):
    assert unchanged(lambda: revoke(holding, by=admin, on=today() - DAY, reason=""))


def test_an_ended_role_is_not_ended_twice(holding, admin):
    revoke(holding, by=admin, on=today(), reason="")
    assert unchanged(lambda: revoke(holding, by=admin, on=today(), reason=""))


def test_a_role_is_not_prolonged_by_ending_it(person, unit, admin):
    short = grant(person, Role.MEMBER, unit, by=admin, since=make.SINCE, until=today())
    assert unchanged(lambda: revoke(short, by=admin, on=today() + 9 * DAY, reason=""))


def test_an_end_may_come_earlier_than_planned(person, unit, admin):
    until = today() + 9 * DAY
    long = grant(person, Role.MEMBER, unit, by=admin, since=make.SINCE, until=until)
    revoke(long, by=admin, on=today(), reason="")
    assert last_entry().facts["old_until"] == until.isoformat()
