"""Every committed entry gets one place, in the order of its chain, and no writer waits."""

from threading import Event as Signal
from threading import Thread

import pytest
from django.db import connection, transaction

from processes.audit.models import AuditEntry, Event
from processes.audit.trail import record
from processes.log import sequencer
from processes.log.models import LogLeaf, LogMark
from processes.log.sequencer import sequence, sequence_all, size, tree
from processes.log.tree import Tree, grown, leaf_hash
from tests import make
from tests.log.conftest import tell


def in_log():
    """Chain and number of the entries, as they stand in the log."""
    return list(LogLeaf.objects.order_by("number").values_list("entry__chain", "entry__seq"))


def root_by_hand():
    rows = LogLeaf.objects.order_by("number")
    leaves = rows.values_list("entry__chain", "entry__seq", "entry__hash")
    tiles = grown(lambda *_key: b"", 0, [leaf_hash(*row) for row in leaves])
    return Tree(lambda _wanted: tiles).root(len(leaves))


@pytest.mark.django_db
def test_chains_feed_one_log_in_the_order_of_their_entries(cases):
    one, other = (case.pk for case in cases)
    assert sequence_all() == size() == 6
    assert in_log() == [(one, 1), (other, 1), (one, 2), (other, 2), (one, 3), (other, 3)]


@pytest.mark.django_db
def test_a_second_run_finds_nothing_new(cases):
    sequence_all()
    assert sequence_all() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("portion", [1, 4, 300])
def test_the_tree_grows_with_the_log_in_any_portions(cases, clerk, monkeypatch, portion):
    monkeypatch.setattr(sequencer, "PORTION", portion)
    tell(cases[0], clerk, 20)
    sequence_all()
    tell(cases[1], clerk, 300)
    sequence_all()
    assert (size(), tree().root(326)) == (326, root_by_hand())


@pytest.mark.django_db
def test_a_proof_is_read_by_one_statement(cases, clerk, django_assert_num_queries):
    tell(cases[0], clerk, 600)
    sequence_all()
    with django_assert_num_queries(1):
        assert len(tree().inclusion(5, 606)) == 10
    with django_assert_num_queries(1):
        assert tree().consistency(300, 606)


@pytest.mark.django_db(transaction=True)
def test_the_mark_moves_on_once_nothing_earlier_can_come(clerk):
    with transaction.atomic():
        last = record(Event.SIGNED_IN, by=clerk)
    sequence()
    sequence()
    sequence()
    assert LogMark.objects.get().next_below == last.pk


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_an_entry_that_is_committed_late_is_not_passed_by(clerk):
    """Its number is smaller than that of an entry which has its place already."""
    written, may_commit = Signal(), Signal()
    slow = make.bare_case(clerk)

    def decide_slowly():
        with transaction.atomic():
            record(Event.CONCLUDED, by=None, case=slow)
            written.set()
            may_commit.wait(10)
        connection.close()

    thread = Thread(target=decide_slowly)
    thread.start()
    written.wait(10)
    with transaction.atomic():
        quick = record(Event.SIGNED_IN, by=clerk)
    assert [sequence(), sequence(), sequence()] == [1, 0, 0]
    may_commit.set()
    thread.join()
    late = AuditEntry.objects.get(chain=slow.pk)
    assert late.pk < quick.pk
    assert sequence() == 1
    assert in_log() == [(0, 1), (slow.pk, 1)]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_second_sequencer_leaves_the_work_to_the_first(clerk):
    with transaction.atomic():
        record(Event.SIGNED_IN, by=clerk)
    found = []

    def other():
        found.append(sequence())
        connection.close()

    with transaction.atomic():
        assert sequence() == 1
        thread = Thread(target=other)
        thread.start()
        thread.join()
    assert found == [0]
