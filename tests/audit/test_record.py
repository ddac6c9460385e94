"""What an entry is made of, and when it cannot be made."""

import json
from datetime import UTC
from hashlib import sha256

import pytest
from django.db import transaction

from processes.audit.models import SITE_CHAIN, AuditEntry, ChainHead, Event
from processes.audit.trail import record

pytestmark = pytest.mark.django_db


def hash_by_hand(entry):
    """The format of the hash, stated a second time and without the library of the first."""
    columns = [
        entry.chain, entry.seq, entry.prev_hash,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00"),
        str(entry.event), entry.by_id, entry.role, entry.behalf_id, entry.unit_id, entry.case_id,
        entry.task, entry.step, entry.outcome, entry.reason, entry.edition, entry.documents,
        entry.facts,
    ]  # fmt: skip
    text = json.dumps(columns, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def test_an_entry_says_who_what_why_and_under_which_edition(case, clerk):
    entry = AuditEntry.objects.get(chain=case.pk, seq=3)
    assert (entry.event, entry.by, entry.case, entry.unit) == ("concluded", clerk, case, case.unit)
    assert (entry.step, entry.outcome, entry.reason) == ("request", "submit", "Lý do 3")
    assert (entry.edition, entry.documents) == ("R377", ["ab" * 32])
    assert entry.facts == {"number": 3, "b": {"z": 1, "a": ["ư", None]}}


def test_each_entry_continues_the_one_before(case):
    entries = list(case.entries.order_by("seq"))
    assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry.prev_hash for entry in entries] == ["", *(e.hash for e in entries[:-1])]


def test_the_hash_is_the_documented_one(case):
    assert [hash_by_hand(e) for e in case.entries.all()] == [e.hash for e in case.entries.all()]


def test_the_head_stands_at_the_last_entry(case):
    last = case.entries.get(seq=5)
    assert ChainHead.objects.filter(chain=case.pk).values_list("seq", "hash").get() == (
        5,
        last.hash,
    )


def test_what_concerns_no_case_goes_into_the_chain_of_the_site(clerk):
    entry = record(Event.SIGNED_IN, by=clerk)
    assert (entry.chain, entry.seq, entry.case, entry.edition) == (SITE_CHAIN, 1, None, "")


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_of_a_transaction_is_refused(clerk):
    with pytest.raises(RuntimeError, match="transaction of its change"):
        record(Event.SIGNED_IN, by=clerk)
    assert not AuditEntry.objects.exists()


def test_an_entry_goes_with_its_transaction(clerk):
    with transaction.atomic():
        record(Event.SIGNED_IN, by=clerk)
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()
    assert not ChainHead.objects.exists()


def test_an_entry_has_no_delete(case):
    with pytest.raises(TypeError):
        case.entries.first().delete()
