"""Two administrators at once: nobody is left without a right that a role gives."""

from threading import Event, Thread

import pytest
from django.db import connection, transaction

from permissions.catalogue import Act, Role
from permissions.checks import may, today
from permissions.grants import grant, revoke
from tests import make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


def grant_elsewhere(person, unit, started):
    """Give another role on a connection of its own."""
    started.set()
    try:
        grant(person, Role.UNIT_HEAD, unit, by=None, since=make.SINCE)
    finally:
        connection.close()


def test_a_role_given_while_another_ends_keeps_the_right_they_share(person, unit, again):
    holding = grant(person, Role.UNIT_CLERK, unit, by=None, since=make.SINCE)
    started = Event()
    other = Thread(target=grant_elsewhere, args=[again(person), unit, started])
    with transaction.atomic():
        revoke(holding, by=None, on=today(), reason="")
        other.start()
        started.wait()
        other.join(timeout=0.5)  # it waits for this transaction to end
        assert other.is_alive()
    other.join()
    assert may(again(person), Act.WITHDRAW, unit.pk)
