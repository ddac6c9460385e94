"""Accounts are closed, never deleted; coming and going is entered."""

import pytest
from django.db import IntegrityError, connection, transaction

from permissions.models import NeverDeleted, User
from processes.audit.models import SITE_CHAIN, AuditEntry


def test_an_account_is_not_deleted(person):
    with pytest.raises(NeverDeleted):
        person.delete()
    assert User.objects.filter(pk=person.pk).exists()


def test_accounts_are_not_deleted_together(person):
    with pytest.raises(NeverDeleted):
        User.objects.filter(pk=person.pk).delete()
    with pytest.raises(NeverDeleted):
        User.objects.all().delete()
    assert User.objects.filter(pk=person.pk).exists()


def test_the_database_deletes_no_account(person):
    connection.check_constraints()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM permissions_user WHERE id = %s", [person.pk])
    assert User.objects.filter(pk=person.pk).exists()


def entries():
    return list(AuditEntry.objects.values_list("event", "by__username", "chain"))


def test_coming_and_going_is_entered(client, person):
    client.force_login(person)
    client.logout()
    assert entries() == [
        ("signed_in", "person", SITE_CHAIN),
        ("signed_out", "person", SITE_CHAIN),
    ]


def test_the_end_of_no_session_is_not_entered(client, db):
    client.logout()
    assert entries() == []


def test_a_closed_account_does_not_come_in(client, person):
    person.set_password("mat-khau-thu")
    person.is_active = False
    person.save()
    assert not client.login(username="person", password="mat-khau-thu")
    assert entries() == []
