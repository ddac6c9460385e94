"""Queries that are built once and then only run give what the queryset gives."""

import re
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from permissions.catalogue import Role
from permissions.checks import today
from permissions.compiled import Compiled, prepares
from permissions.grants import grant
from permissions.models import Holding, User
from processes.organisation.units import Level
from tests import make

pytestmark = pytest.mark.django_db


def of_a_day(person, on, role):
    holdings = Holding.objects.filter(user=person, valid_from__lte=on, role=role)
    return holdings.select_related("unit").order_by("pk")


@pytest.fixture
def query():
    return Compiled(of_a_day, person=int, on=type(today()), role=str)


@pytest.fixture
def clerk(unit):
    clerk = make.user("clerk")
    grant(clerk, Role.UNIT_CLERK, unit, by=None, since=make.SINCE)
    return clerk


def test_the_rows_are_those_of_the_queryset_with_what_they_refer_to(query, clerk, unit):
    asked = {"person": clerk.pk, "on": today(), "role": "unit_clerk"}
    found = query(**asked)
    assert found == list(of_a_day(**asked))
    assert len(found) == 1
    assert "unit" in found[0]._state.fields_cache
    assert found[0].unit == unit
    assert found[0].valid_from == make.SINCE


def test_each_call_has_its_own_arguments(query, clerk):
    asked = {"person": clerk.pk, "on": today(), "role": "unit_clerk"}
    assert query(**asked)
    assert not query(**asked | {"person": clerk.pk + 1})
    assert not query(**asked | {"on": make.SINCE - timedelta(days=1)})
    assert not query(**asked | {"role": "unit_head"})
    assert query(**asked)


def test_annotations_and_tuples_come_along(clerk):
    names = Compiled(lambda pk: User.objects.filter(pk=pk).values_list("pk", "username"), pk=int)
    assert names(pk=clerk.pk) == [(clerk.pk, "clerk")]


def test_a_statement_that_is_planned_anew_finds_the_same_and_is_not_kept(clerk):
    names = Compiled(lambda pk: User.objects.filter(pk=pk).values_list("pk", "username"), pk=int)
    with CaptureQueriesContext(connection) as sent:
        assert names.planned_anew(pk=clerk.pk) == [(clerk.pk, "clerk")]
        assert names.planned_anew(pk=clerk.pk + 1) == []
    assert [one["sql"][:6] for one in sent.captured_queries] == ["SELECT", "SELECT"]


def test_a_statement_is_given_with_its_parameters_for_another_to_contain(clerk):
    names = Compiled(lambda pk: User.objects.filter(pk=pk).values_list("username"), pk=int)
    sql, params = names.filled(pk=clerk.pk)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({sql}) AS found", params)  # noqa: S608 -- our own
        assert cursor.fetchone() == (1,)


@pytest.fixture
def among():
    """People of a name among some numbers."""
    return Compiled(
        lambda name, numbers: User.objects.filter(pk__in=numbers, last_name=name).order_by("pk"),
        name=str,
        numbers=list,
    )


@pytest.mark.parametrize("asked", [0, 1, 2, 3, 5])
def test_a_list_of_any_length_finds_whom_it_names(among, asked):
    people = [make.user(f"person{number}", last_name="Trần") for number in range(5)]
    numbers = {person.pk for person in people[:asked]}
    assert among(name="Trần", numbers=numbers) == people[:asked]
    assert among(name="nobody", numbers=numbers) == []


@pytest.mark.sqlite  # its statements show their places
def test_lists_of_nearly_one_length_share_a_statement(among):
    with CaptureQueriesContext(connection) as sent:
        for numbers in ([1, 2, 3], [4, 5, 6, 7]):
            among(name="Trần", numbers=numbers)
    assert len({re.sub(r"\d+", "N", one["sql"]) for one in sent.captured_queries}) == 1


def test_an_argument_that_is_missing_is_an_error(query):
    with pytest.raises(TypeError, match="expected"):
        query(person=1)


def test_an_argument_that_the_statement_does_not_use_is_an_error(db):
    with pytest.raises(TypeError, match="not a parameter"):
        Compiled(lambda pk, other: User.objects.filter(pk=pk), pk=int, other=int)(pk=1, other=2)


def test_an_argument_that_no_stand_in_can_stand_for_is_an_error(db):
    with pytest.raises(TypeError, match="stand-in"):
        Compiled(lambda rank: Level.objects.filter(rank=rank), rank=int)(rank=1)


def test_a_percent_sign_in_the_text_stays_one(clerk):
    like = Compiled(
        lambda pk: User.objects.filter(pk=pk, username__contains="ler").values_list("pk"), pk=int
    )
    assert like(pk=clerk.pk) == [(clerk.pk,)]
    assert like(pk=clerk.pk) == [(clerk.pk,)]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_new_connection_prepares_anew():
    clerk = make.user("clerk")
    people = Compiled(lambda pk: User.objects.filter(pk=pk), pk=int)
    assert prepares()
    assert people(pk=clerk.pk) == [clerk]
    connection.close()
    assert people(pk=clerk.pk) == [clerk]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_statement_that_was_prepared_in_an_undone_transaction_still_serves():
    clerk = make.user("clerk")
    people = Compiled(lambda pk: User.objects.filter(pk=pk), pk=int)
    with transaction.atomic():
        assert people(pk=clerk.pk) == [clerk]
        transaction.set_rollback(True)
    assert people(pk=clerk.pk) == [clerk]


@pytest.mark.postgresql
@pytest.mark.django_db
def test_nothing_is_prepared_behind_a_pooler(clerk, django_assert_num_queries):
    people = Compiled(lambda pk: User.objects.filter(pk=pk), pk=int)
    settings = connection.settings_dict
    before, settings["DISABLE_SERVER_SIDE_CURSORS"] = settings["DISABLE_SERVER_SIDE_CURSORS"], True
    try:
        with django_assert_num_queries(1) as sent:
            assert people(pk=clerk.pk) == [clerk]
    finally:
        settings["DISABLE_SERVER_SIDE_CURSORS"] = before
    assert "EXECUTE" not in sent.captured_queries[0]["sql"]
