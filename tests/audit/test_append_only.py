"""The database itself refuses to alter history, whatever code asks it."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from permissions.models import Holding, User
from processes.audit import triggers
from processes.audit.checks import MIGRATION, history_is_kept
from processes.audit.models import AuditEntry, ChainHead
from processes.audit.replacing import UPSERTED
from processes.cases.erasure import LegalHold
from processes.cases.models import Case
from tests import make

pytestmark = pytest.mark.django_db
POSTGRESQL = pytest.mark.postgresql
SQLITE = pytest.mark.sqlite
KEPT = [
    "permissions_holding",
    "permissions_user",
    "processes_auditentry",
    "processes_case",
    "processes_casetask",
    "processes_chainhead",
]


def run(sql):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture
def rows(case, clerk):
    """At least one row in each table whose rows are kept."""
    unit = make.unit()
    Holding.objects.create(user=clerk, role="unit_clerk", unit=unit, valid_from=make.SINCE)
    case.task_set.create(flow_task_type="HUMAN")
    connection.check_constraints()


@pytest.mark.parametrize("table", KEPT)
def test_rows_cannot_be_deleted(rows, table):
    with pytest.raises(IntegrityError, match=f"DELETE on {table} is refused"):
        run(f"DELETE FROM {table}")  # noqa: S608


@POSTGRESQL
@pytest.mark.parametrize("table", KEPT)
def test_tables_cannot_be_emptied(rows, table):
    with pytest.raises(IntegrityError, match=r"TRUNCATE on \w+ is refused"):
        run(f"TRUNCATE {table} CASCADE")


@POSTGRESQL
def test_a_session_without_triggers_is_refused_as_well(rows):
    with pytest.raises(IntegrityError, match="DELETE on processes_case is refused"):
        run("SET LOCAL session_replication_role = replica; DELETE FROM processes_case")


@SQLITE
@pytest.mark.parametrize("table", KEPT)
def test_no_row_takes_the_place_of_one_that_is_kept(rows, table):
    with pytest.raises(IntegrityError, match=f"REPLACE on {table} is refused"):
        run(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608


@SQLITE
def test_an_entry_with_another_id_removes_none_that_has_its_number(rows):
    columns = [field.column for field in AuditEntry._meta.concrete_fields if field.column != "id"]
    with pytest.raises(IntegrityError, match="REPLACE on processes_auditentry is refused"):
        run(
            f"REPLACE INTO processes_auditentry (id, {', '.join(columns)})"  # noqa: S608
            f" SELECT id + 1000, {', '.join(columns)} FROM processes_auditentry LIMIT 1"
        )


@SQLITE
def test_an_account_that_changes_its_number_or_name_removes_no_other(rows, clerk):
    other = User.objects.create(username="someone.else")
    for change in (f"id = {other.pk}", f"rowid = {other.pk}", f"username = '{other.username}'"):
        with pytest.raises(IntegrityError, match="REPLACE on permissions_user is refused"):
            run(f"UPDATE OR REPLACE permissions_user SET {change} WHERE id = {clerk.pk}")  # noqa: S608


@SQLITE
def test_every_unique_key_of_a_kept_table_is_watched(db):
    guarded = {name: text for name, _table, text in triggers.wanted(connection)}
    for table in triggers.KEPT.keys() - UPSERTED:
        with connection.cursor() as cursor:
            for told in connection.introspection.get_constraints(cursor, table).values():
                if told["unique"] and not told["primary_key"]:
                    kept = " AND ".join(f'o."{one}" = NEW."{one}"' for one in told["columns"])
                    assert kept in guarded[f"{table}_no_replace"]


@SQLITE
def test_only_a_legal_hold_in_force_stands_in_the_way_of_another(case, clerk):
    hold = {"province": make.unit(), "case": case, "placed_by": clerk}
    LegalHold.objects.create(**hold, lifted_at=timezone.now())
    LegalHold.objects.create(**hold)
    LegalHold.objects.create(**hold, lifted_at=timezone.now())
    with pytest.raises(IntegrityError, match="REPLACE on processes_legalhold is refused"):
        LegalHold.objects.create(**hold)


def test_an_entry_cannot_be_edited(rows):
    with pytest.raises(IntegrityError, match="UPDATE on processes_auditentry is refused"):
        run("UPDATE processes_auditentry SET reason = reason")


@pytest.mark.parametrize("model", [AuditEntry, ChainHead, Case, Holding])
def test_querysets_cannot_delete(rows, model):
    with pytest.raises(IntegrityError), transaction.atomic():
        model._default_manager.all()._raw_delete("default")


def test_entries_cannot_be_updated_through_the_orm(rows):
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.update(reason="")


def test_people_can_still_be_changed(rows, clerk):
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    clerk.refresh_from_db()
    assert not clerk.is_active


def test_every_trigger_is_there_after_all_migrations(db):
    assert triggers.missing(connection) == []
    assert history_is_kept(None, databases=["default"]) == []


def test_a_removed_trigger_is_named_by_the_check(db):
    table = " ON processes_auditentry" if connection.vendor == "postgresql" else ""
    run(f"DROP TRIGGER processes_auditentry_no_update{table}")
    (error,) = history_is_kept(None, databases=["default"])
    assert (error.id, error.is_serious()) == ("processes.E001", True)
    assert "processes_auditentry_no_update" in error.msg


def test_a_database_that_is_about_to_get_the_new_triggers_may_be_migrated(db):
    triggers.remove(connection)
    MigrationRecorder(connection).record_unapplied(*MIGRATION)
    assert history_is_kept(None, databases=["default"]) == []


def test_the_check_waits_for_the_last_migration_that_changes_a_trigger():
    migrations = MigrationLoader(None).disk_migrations
    changing = {
        (app, name)
        for (app, name), migration in migrations.items()
        for step in migration.operations
        if app == "processes" and getattr(step, "code", None) == triggers.forwards
    }
    assert max(changing) == MIGRATION


@POSTGRESQL
@pytest.mark.parametrize("mode", ["DISABLE", "ENABLE", "ENABLE REPLICA"])
def test_a_trigger_that_does_not_always_fire_is_missing(db, mode):
    run(f"ALTER TABLE processes_case {mode} TRIGGER processes_case_no_delete")
    assert triggers.missing(connection) == ["processes_case_no_delete"]


@POSTGRESQL
@pytest.mark.parametrize("function", triggers.BODIES)
def test_a_hollow_function_makes_its_triggers_missing(db, function):
    body = "AS 'BEGIN RETURN OLD; END'"
    run(f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql {body}")
    called = [n for n, _table, text in triggers.wanted(connection) if f"{function}()" in text]
    assert called
    assert triggers.missing(connection) == sorted(called)


def test_missing_triggers_are_put_back_and_named(db):
    triggers.remove(connection)
    out = StringIO()
    call_command("protect_trail", stdout=out)
    assert "Đã khôi phục: processes_auditentry_no_delete" in out.getvalue()
    assert triggers.missing(connection) == []
