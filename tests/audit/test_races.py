"""Many write at once: chains stay whole, and are read whole."""

from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from processes.audit.models import SITE_CHAIN, AuditEntry, Event
from processes.audit.trail import record
from processes.audit.verify import verify
from processes.cases.models import Case
from processes.steps.flow import CaseFlow
from tests import make
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, EACH = 6, 5


def write(barrier):
    """What one of the writers does, on a connection of its own."""
    barrier.wait()
    try:
        for _n in range(EACH):
            with transaction.atomic():
                record(Event.SIGNED_IN, by=None)
    finally:
        connection.close()


@pytest.fixture
def writers():
    """Started together, and waited for at the end."""
    barrier = Barrier(WRITERS + 1)
    threads = [Thread(target=write, args=[barrier]) for _n in range(WRITERS)]
    for thread in threads:
        thread.start()
    barrier.wait()
    yield threads
    for thread in threads:
        thread.join()


def test_six_writers_make_one_chain_without_gaps(writers):
    for thread in writers:
        thread.join()
    numbers = AuditEntry.objects.filter(chain=SITE_CHAIN).values_list("seq", flat=True)
    assert sorted(numbers) == list(range(1, WRITERS * EACH + 1))
    assert verify().sound


@pytest.mark.postgresql
def test_a_reading_is_written_while_somebody_holds_the_case():
    """Nobody waits for the case while they hold the end of its chain."""
    case = make.bare_case(make.user("clerk"))

    def read():
        with transaction.atomic():
            return record(Event.REFUSED, by=None, case=Case.objects.get(pk=case.pk))

    with CaseFlow.lock_impl(CaseFlow, case.pk):
        (entry,) = at_once(read)
        assert record(Event.CONCLUDED, by=None, case=case).prev_hash == entry.hash


def test_a_verification_sees_one_state_while_others_write(writers):
    reports = [verify() for _n in range(10)]
    assert [report.findings for report in reports] == [[]] * 10


def test_a_verification_leaves_no_transaction_open(db):
    make.user()
    verify()
    assert connection.get_autocommit()
    make.user()
