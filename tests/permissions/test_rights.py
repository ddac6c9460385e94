"""A right counts today, for that unit, for an open account, when holding and row agree."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from guardian.shortcuts import assign_perm

from permissions.catalogue import Act, Role
from permissions.checks import holders, may, rights_of, role_for, today, units_where
from permissions.grants import grant, resync, sync
from permissions.models import Holding, User
from tests import make

DAY = timedelta(days=1)


@pytest.fixture
def clerk(unit):
    clerk = make.user("clerk")
    grant(clerk, Role.UNIT_CLERK, unit, by=None, since=make.SINCE)
    return clerk


def held(user, unit, since, until=None):
    grant(user, Role.UNIT_CLERK, unit, by=None, since=since, until=until)
    return may(user, Act.START_CASE, unit.pk)


def test_a_holding_gives_its_rights(clerk, unit):
    assert may(clerk, Act.START_CASE, unit.pk)
    assert units_where(clerk, Act.START_CASE, Act.SIGN) == {unit.pk}
    assert role_for(clerk, Act.START_CASE, unit.pk) == Role.UNIT_CLERK
    assert holders(Act.START_CASE, [unit.pk]) == [clerk]


def test_another_unit_is_not_included(clerk, province):
    other = make.unit(province)
    assert not may(clerk, Act.START_CASE, other.pk)
    assert role_for(clerk, Act.START_CASE, other.pk) == ""
    assert holders(Act.START_CASE, [other.pk]) == []


def test_the_unit_above_is_not_included(clerk, province):
    assert not may(clerk, Act.START_CASE, province.pk)


def test_the_units_below_are_not_included(person, province, unit):
    grant(person, Role.UNIT_CLERK, province, by=None, since=make.SINCE)
    assert not may(person, Act.START_CASE, unit.pk)


@pytest.mark.parametrize(("first", "last", "allowed"), [
    (0, None, True), (0, 0, True), (-9, 0, True), (-9, -1, False), (1, None, False),
])  # fmt: skip
def test_a_holding_counts_from_its_first_to_its_last_day(person, unit, first, last, allowed):
    until = None if last is None else today() + last * DAY
    assert held(person, unit, today() + first * DAY, until) is allowed


def test_a_closed_account_may_nothing(clerk, unit, again):
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    closed = again(clerk)
    assert rights_of(closed) == frozenset()
    assert role_for(closed, Act.START_CASE, unit.pk) == ""
    assert holders(Act.START_CASE, [unit.pk]) == []


def test_a_stranger_may_nothing(clerk):
    assert rights_of(AnonymousUser()) == frozenset()
    assert units_where(AnonymousUser(), *Act) == set()


def test_a_superuser_gets_nothing_by_it(unit, db):
    root = make.user("root", is_superuser=True, is_staff=True)
    assert not any(may(root, act, unit.pk) for act in Act)


def test_a_row_without_a_holding_gives_nothing(person, unit):
    assign_perm(Act.SIGN, person, unit)
    assert not may(person, Act.SIGN, unit.pk)


def test_a_holding_without_a_row_gives_nothing(person, unit):
    Holding.objects.create(user=person, role=Role.UNIT_CLERK, unit=unit, valid_from=make.SINCE)
    assert not may(person, Act.START_CASE, unit.pk)


def test_a_row_of_one_unit_does_not_help_a_holding_on_another(person, province, unit):
    Holding.objects.create(user=person, role=Role.UNIT_CLERK, unit=unit, valid_from=make.SINCE)
    assign_perm(Act.START_CASE, person, make.unit(province))
    assert rights_of(person) == frozenset()


def test_rights_end_before_the_rows_are_swept(clerk, unit, again):
    Holding.objects.filter(user=clerk).update(valid_until=today() - DAY)
    assert not may(again(clerk), Act.START_CASE, unit.pk)


def test_roles_and_rights_are_read_with_one_query(clerk, unit, again, django_assert_num_queries):
    clerk = again(clerk)
    with django_assert_num_queries(1):
        may(clerk, Act.START_CASE, unit.pk)
        may(clerk, Act.SIGN, unit.pk)
        units_where(clerk, Act.READ)


def rows(user):
    return user.userobjectpermission_set.count()


def test_the_sweep_adds_rows_of_a_role_that_has_begun(person, unit, again):
    grant(person, Role.UNIT_CLERK, unit, by=None, since=today() + DAY)
    Holding.objects.update(valid_from=today())
    resync()
    assert may(again(person), Act.START_CASE, unit.pk)


def test_the_sweep_removes_rows_of_a_role_that_has_ended(clerk):
    Holding.objects.filter(user=clerk).update(valid_until=today() - DAY)
    resync()
    assert rows(clerk) == 0


def test_the_sweep_removes_rows_that_nothing_ever_gave(person, unit):
    assign_perm(Act.SIGN, person, unit)
    resync()
    assert rows(person) == 0


def test_a_second_sweep_writes_nothing(clerk, django_assert_num_queries):
    with django_assert_num_queries(2):
        sync(clerk)


def test_two_roles_share_a_right_until_both_have_ended(clerk, unit, again):
    grant(clerk, Role.UNIT_HEAD, unit, by=None, since=make.SINCE)
    Holding.objects.filter(role=Role.UNIT_CLERK).update(valid_until=today() - DAY)
    sync(clerk)
    assert may(again(clerk), Act.WITHDRAW, unit.pk)
    assert not may(again(clerk), Act.START_CASE, unit.pk)
