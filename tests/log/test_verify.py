"""Whatever the owner of the database does to the log, it is found, and it is said where."""

from pathlib import Path

import pytest
from django.db import connection

from processes.audit.models import AuditEntry
from processes.log.checkpoints import checkpoint
from processes.log.models import Checkpoint, LogLeaf, LogTile
from processes.log.places import deliver
from processes.log.verify import Flaw, Trouble, verify_log
from tests.log.conftest import tell
from tests.trail_plugin import without_triggers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def copied(key, cases, clerk, drop):
    """Two checkpoints that lie outside: of seven entries, and of eleven."""
    checkpoint(by=None)
    tell(cases[0], clerk, 4)
    checkpoint(by=None)
    deliver()


def as_owner(sql, *values):
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        connection.check_constraints()


def found(*folders):
    return verify_log(folders).troubles


def flaws(*folders):
    return {trouble.flaw for trouble in found(*folders)}


def entry_at(number):
    return AuditEntry.objects.get(leaf__number=number)


def test_an_untouched_log_is_sound(drop):
    report = verify_log([drop])
    assert report.troubles == []
    assert (report.leaves, report.checkpoints, report.outside) == (11, 2, 2)


def test_an_entry_that_is_gone_is_named_by_its_place(drop):
    as_owner("DELETE FROM processes_auditentry WHERE id = %s", entry_at(4).pk)
    assert found() == [Trouble(Flaw.GONE, place=4)]


def test_an_entry_that_was_rehashed_is_named(cases):
    entry = entry_at(4)
    as_owner("UPDATE processes_auditentry SET hash = %s WHERE id = %s", "0" * 64, entry.pk)
    assert found() == [Trouble(Flaw.LEAF, place=4, chain=entry.chain, seq=entry.seq)]


def test_a_place_that_is_missing_is_named():
    as_owner("DELETE FROM processes_logleaf WHERE number = 4")
    assert Trouble(Flaw.PLACE, place=4) in found()


def test_an_entry_put_in_behind_the_sequencer_is_named(cases):
    entry = entry_at(4)
    as_owner("UPDATE processes_logmark SET below = %s", entry.pk)
    as_owner("DELETE FROM processes_logleaf WHERE number = 4")
    assert Trouble(Flaw.UNPLACED, chain=entry.chain, seq=entry.seq) in found()


def test_a_tree_that_was_computed_anew_has_another_root(cases):
    LogTile.objects.update(hashes=b"x" * 32 * 11)
    assert {Flaw.LEAF, Flaw.ROOT} <= flaws()


def test_a_changed_note_is_signed_by_nobody():
    note = Checkpoint.objects.get(number=2).note.replace("\n11\n", "\n10\n")
    as_owner("UPDATE processes_checkpoint SET note = %s WHERE number = 2", note)
    assert found() == [Trouble(Flaw.SIGNATURE, checkpoint=2)]


def test_a_checkpoint_that_is_gone_breaks_the_links(drop):
    as_owner("DELETE FROM processes_delivery WHERE checkpoint_id = 1")
    as_owner("DELETE FROM processes_checkpoint WHERE number = 1")
    assert found(drop) == [
        Trouble(Flaw.LINK, checkpoint=2), Trouble(Flaw.LACKING, checkpoint=1),
    ]  # fmt: skip


def test_a_log_that_is_shorter_than_the_copy_outside_was_put_back(drop):
    as_owner("DELETE FROM processes_delivery WHERE checkpoint_id = 2")
    as_owner("DELETE FROM processes_checkpoint WHERE number = 2")
    as_owner("DELETE FROM processes_logleaf WHERE number >= 7")
    tile = LogTile.objects.get(level=0)
    LogTile.objects.update(hashes=bytes(tile.hashes)[: 7 * 32])
    assert found() == []
    assert {Flaw.LACKING, Flaw.SHORT, Flaw.REWRITTEN} == flaws(drop)


def test_another_checkpoint_outside_is_found(drop):
    path = drop / "00000002.checkpoint"
    path.chmod(0o644)
    path.write_text((drop / "00000001.checkpoint").read_text("utf-8"), "utf-8")
    assert found(drop) == [Trouble(Flaw.OTHER, checkpoint=2)]


def test_keys_count_that_lie_outside_of_the_database(settings, tmp_path):
    settings.LOG_KEYS = tmp_path / "elsewhere"
    assert flaws() == {Flaw.SIGNATURE}


def test_the_upper_tiles_are_recomputed(monkeypatch, cases, clerk):
    tell(cases[1], clerk, 260)
    checkpoint(by=None)
    LogTile.objects.filter(level=1).update(hashes=b"y" * 32)
    assert Flaw.TILE in flaws()


def test_a_folder_that_is_away_is_not_an_empty_one():
    with pytest.raises(FileNotFoundError):
        verify_log([Path("/nowhere/at/all")])


def test_so_many_of_a_kind_are_named(cases, clerk):
    tell(cases[1], clerk, 30)
    checkpoint(by=None)
    as_owner("UPDATE processes_auditentry SET hash = %s", "0" * 64)
    assert len(found()) == 20
    assert LogLeaf.objects.count() == 41
