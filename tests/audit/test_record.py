"""What an entry is made of, and when it cannot be made."""

import json
from datetime import UTC
from hashlib import sha256

import pytest
from django.db import transaction

from processes.audit.chain import NO_SALT, commitment
from processes.audit.models import SITE_CHAIN, AuditEntry, ChainHead, Event
from processes.audit.trail import hash_of, record

pytestmark = pytest.mark.django_db


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def taken_out(salt, text):
    return sha256((salt + text).encode()).hexdigest() if text else ""


def kept(entry):
    """The columns that stand in a hash as they are, up to the step."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00")
    return [
        entry.chain, entry.seq, entry.prev_hash, at, str(entry.event), entry.by_id, entry.role,
        entry.behalf_id, entry.unit_id, entry.case_id, entry.task, entry.step,
    ]  # fmt: skip


def hash_by_hand(entry):
    """The format of the hash, stated a second time and without the library of the first."""
    salts = [entry.salts[start : start + 32] for start in (0, 32, 64)]
    columns = [
        2, *kept(entry), entry.edition, entry.documents,
        taken_out(salts[0], entry.outcome), taken_out(salts[1], entry.reason),
        taken_out(salts[2], canonical(entry.facts) if entry.facts else ""),
    ]  # fmt: skip
    return sha256(canonical(columns).encode()).hexdigest()


def first_format_by_hand(entry):
    columns = [*kept(entry), entry.outcome, entry.reason, entry.edition, entry.documents]
    return sha256(canonical([*columns, entry.facts]).encode()).hexdigest()


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


def test_entries_of_the_first_format_keep_their_hash(case):
    entry = case.entries.get(seq=2)
    entry.format, entry.salts = 1, ""
    assert hash_of(entry) == first_format_by_hand(entry) != entry.hash


def test_salts_are_different_for_each_entry(case):
    salts = [entry.salts for entry in case.entries.all()]
    assert len({text[i : i + 32] for text in salts for i in (0, 32, 64)}) == 15


def test_a_column_can_be_left_out_by_its_digest(case):
    entry = case.entries.get(seq=2)
    entry.removed = {"reason": commitment(entry.salts[32:64], entry.reason)}
    entry.reason, entry.salts = "", entry.salts[:32] + NO_SALT + entry.salts[64:]
    assert hash_of(entry) == entry.hash


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
