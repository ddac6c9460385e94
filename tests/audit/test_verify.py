"""Whatever the owner of the database does to a chain, its first bad entry is named."""

import pytest
from django.db import connection

from processes.audit.chain import COVERED
from processes.audit.models import AuditEntry, ChainHead
from processes.audit.trail import hash_of
from processes.audit.verify import Fault, Finding, verify
from tests import make
from tests.trail_plugin import without_triggers

pytestmark = pytest.mark.django_db

#: Another value for each covered column, as SQL. The chain itself is moved as a whole below.
EDITS = {
    "seq": "77",
    "prev_hash": "'" + "0" * 64 + "'",
    "at": "'2020-01-01 00:00:00+00:00'",
    "event": "'read'",
    "by_id": "NULL",
    "role": "'oc_head'",
    "behalf_id": "by_id",
    "unit_id": "NULL",
    "case_id": "NULL",
    "task": "1",
    "step": "'decide'",
    "outcome": "'reject'",
    "reason": "''",
    "edition": "'R80'",
    "documents": "'[]'",
    "facts": """'{"number": 4}'""",
}


def as_owner(*statements):
    """Change rows as somebody who can switch the triggers off."""
    with without_triggers(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        connection.check_constraints()


def forge(entry, **columns):
    """Write an entry with a hash that fits it, as somebody who knows the format."""
    for name, value in columns.items():
        setattr(entry, name, value)
    entry.hash = hash_of(entry)
    with without_triggers():
        entry.save()
        connection.check_constraints()


def update(chain, what, where="true"):
    return f"UPDATE processes_auditentry SET {what} WHERE chain = {chain} AND {where}"  # noqa: S608


def delete(chain, where="true"):
    return f"DELETE FROM processes_auditentry WHERE chain = {chain} AND {where}"  # noqa: S608


def found():
    """Entry and fault of the only finding."""
    (finding,) = verify().findings
    return finding.seq, finding.fault


def test_an_untouched_trail_is_sound(case):
    report = verify()
    assert (report.sound, report.entries, report.chains) == (True, 5, 1)


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "what", ["salts = x'00ff'", "removed = '[1]'", "removed = '5'", "at = x'00'"]
)
def test_what_can_never_have_been_recorded_is_named_and_no_fault_of_the_check(case, what):
    as_owner(update(case.pk, what, "seq = 3"))
    assert found()[0] == 3


def test_moments_without_microseconds_are_sound(case):
    last = case.entries.get(seq=5)
    forge(last, at=last.at.replace(microsecond=0))
    ChainHead.objects.filter(chain=case.pk).update(hash=last.hash)
    assert verify().sound


@pytest.mark.parametrize("portion", [1, 2, 5])
def test_a_chain_may_be_longer_than_a_portion(case, monkeypatch, portion):
    monkeypatch.setattr("processes.audit.verify.PORTION", portion)
    assert (verify().sound, verify().entries) == (True, 5)


def test_every_covered_column_has_its_edit():
    assert {*EDITS, "chain"} == set(COVERED)


@pytest.mark.parametrize("column", EDITS)
def test_an_edited_column_is_found(case, column):
    as_owner(update(case.pk, f"{column} = {EDITS[column]}", "seq = 3"))
    assert verify().findings[0].seq == 3


def test_an_edited_hash_is_found(case):
    as_owner(update(case.pk, f"hash = '{'0' * 64}'", "seq = 3"))
    assert found() == (3, Fault.CONTENT)


def test_an_edited_value_is_bad_content(case):
    as_owner(update(case.pk, "outcome = 'reject'", "seq = 3"))
    assert found() == (3, Fault.CONTENT)


def test_facts_that_no_writer_can_have_recorded_are_bad_content(case):
    as_owner(update(case.pk, f"facts = '[{'9' * 30}]'", "seq = 3"))
    assert found() == (3, Fault.CONTENT)


@pytest.mark.parametrize(
    "removed", ['["reason"]', '"reason"', "5", '{"reason": 5}', '{"other": "x"}']
)
def test_what_is_gone_is_said_in_no_other_form(case, removed):
    as_owner(update(case.pk, f"removed = '{removed}'", "seq = 3"))
    (finding,) = verify(case.pk).findings
    assert finding.seq == 3


@pytest.mark.parametrize("facts", [["x"], {"entries": 5}, {"entries": {"x": [], "4": 5}}])
def test_an_erasure_told_in_another_form_tells_nothing(case, facts):
    forge(case.entries.get(seq=5), event="erased", facts=facts)
    assert found() == (5, Fault.HEAD)


@pytest.mark.parametrize("seq", [1, 3])
def test_a_deleted_entry_is_found(case, seq):
    as_owner(delete(case.pk, f"seq = {seq}"))
    assert found() == (seq, Fault.NUMBER)


def test_a_cut_end_is_found(case):
    as_owner(delete(case.pk, "seq > 3"))
    assert found() == (4, Fault.CUT)


def test_a_chain_that_is_gone_is_found(case):
    as_owner(delete(case.pk))
    assert found() == (1, Fault.CUT)


def test_reordered_entries_are_found(case):
    swap = [(2, 99), (3, 2), (99, 3)]
    as_owner(*(update(case.pk, f"seq = {new}", f"seq = {old}") for old, new in swap))
    assert found() == (2, Fault.LINK)


def test_an_entry_added_at_the_end_is_found(case):
    last = case.entries.get(seq=5)
    forge(last, pk=None, seq=6, prev_hash=last.hash)
    assert found() == (6, Fault.BEYOND)


def test_an_entry_added_in_between_is_found(case):
    as_owner(
        update(case.pk, "seq = seq + 100", "seq > 2"),
        update(case.pk, "seq = seq - 99", "seq > 100"),
    )
    second = case.entries.get(seq=2)
    forge(second, pk=None, seq=3, prev_hash=second.hash)
    assert found() == (4, Fault.LINK)


def test_a_rewritten_hash_breaks_the_link_of_the_next(case):
    forge(case.entries.get(seq=3), reason="Lý do khác")
    assert found() == (4, Fault.LINK)


def test_a_rewritten_last_entry_is_not_the_recorded_end(case):
    forge(case.entries.get(seq=5), reason="Lý do khác")
    assert found() == (5, Fault.HEAD)


def test_a_head_put_back_is_found(case):
    second = case.entries.get(seq=2)
    ChainHead.objects.filter(chain=case.pk).update(seq=2, hash=second.hash)
    assert found() == (3, Fault.BEYOND)


def test_a_chain_without_a_head_is_found(case):
    with without_triggers():
        ChainHead.objects.filter(chain=case.pk).delete()
    assert found() == (5, Fault.NO_HEAD)


def test_a_case_without_a_chain_is_found(case):
    silent = make.bare_case()
    assert verify().findings == [Finding(silent.pk, 1, Fault.NO_CHAIN)]


def test_only_the_first_bad_entry_of_a_chain_is_named(case):
    as_owner(update(case.pk, "reason = ''", "seq > 1"))
    assert found() == (2, Fault.CONTENT)


def test_one_chain_can_be_checked_alone(case):
    silent = make.bare_case()
    assert verify(case.pk).sound
    assert verify(silent.pk).findings == [Finding(silent.pk, 1, Fault.NO_CHAIN)]
    assert AuditEntry.objects.filter(chain=case.pk).count() == verify(case.pk).entries
