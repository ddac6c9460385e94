"""What a test has committed is gone after it, as after a flush, and comes back where asked."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from permissions.models import User
from processes.audit import triggers
from processes.audit.verify import verify
from processes.cases.models import Case
from processes.demo.stories import advance
from processes.demo.walk import Walk
from processes.flows import AppointmentInPlaceFlow
from processes.search import upkeep
from tests import kept
from tests.contents import contents
from tests.trail_plugin import empty, without_triggers
from tests.world import small_world

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def held():
    """The rows of each table, in whatever order they lie there."""
    return {table: sorted(rows.splitlines()) for table, rows in contents(connection).items()}


def counted():
    """How many rows each of our models has, asked in Django's way."""
    models = [one for one in apps.get_models() if not one._meta.proxy]
    return {one._meta.label: one._base_manager.count() for one in models}


def case_at_work():
    world = kept.built(small_world)
    walk = Walk.begin(AppointmentInPlaceFlow, world.positions["party"])
    return advance(walk, "check_request").case


def given(table="processes_case"):
    """The last number that the table gave."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT last_value FROM {table}_id_seq")  # noqa: S608
        return cursor.fetchone()[0]


def test_nothing_is_left_but_what_a_flush_leaves():
    case_at_work()
    with without_triggers():
        call_command("flush", verbosity=0, interactive=False, reset_sequences=False)
    left, rows, count = contents(connection), held(), counted()
    assert {label for label in count if count[label]} == {
        "auth.Permission", "contenttypes.ContentType"
    }  # fmt: skip
    case_at_work()
    Permission.objects.filter(codename="add_case").delete()
    ContentType.objects.create(app_label="processes", model="forgotten")
    assert sum(map(bool, counted().values())) > 20
    empty(left)
    assert (held(), counted()) == (rows, count)


def test_a_kind_of_rows_that_a_test_has_made_is_forgotten():
    left = contents(connection)
    made = ContentType.objects.create(app_label="processes", model="forgotten")
    assert ContentType.objects.get_for_id(made.pk) == made
    empty(left)
    with pytest.raises(ContentType.DoesNotExist):
        ContentType.objects.get_for_id(made.pk)


def test_a_number_is_not_given_again():
    left, number = contents(connection), case_at_work().pk
    empty(left)
    assert given() == number
    assert case_at_work().pk == number + 1


def test_history_is_kept_again_by_every_trigger():
    left = contents(connection)
    case_at_work()
    triggers.remove(connection)
    upkeep.remove(connection)
    empty(left)
    assert triggers.missing(connection) == upkeep.missing(connection) == []
    case = case_at_work()
    with pytest.raises(IntegrityError, match="DELETE on processes_case is refused"):
        Case.objects.filter(pk=case.pk)._raw_delete(using=connection.alias)
    with pytest.raises(IntegrityError, match="foreign key"), transaction.atomic():
        User.objects.filter(pk=case.opened_by_id).update(id=0)
    assert [found for _kind, found in upkeep.differences(connection) if found] == []


def test_a_world_that_is_brought_back_is_the_one_that_was_built(monkeypatch):
    monkeypatch.setattr(kept, "_known", {})
    left = contents(connection)
    first = kept.built(small_world)
    whole = held()
    advance(Walk.begin(AppointmentInPlaceFlow, first.positions["party"]), "check_request")
    first["clerk"].first_name = "Khác"
    first["clerk"].save()
    empty(left)
    again = kept.built(small_world)
    assert held() == whole
    assert again.people == first.people
    assert again["clerk"].first_name != "Khác"
    walk = Walk.begin(AppointmentInPlaceFlow, again.positions["party"])
    assert verify(walk.case.pk).sound
    assert [found for _kind, found in upkeep.differences(connection) if found] == []
